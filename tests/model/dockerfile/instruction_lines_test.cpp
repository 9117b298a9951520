// What an instruction says about the lines that it is written on.
#include <string>
#include <string_view>
#include <vector>

#include "model/dockerfile/dump.h"
#include "model/dockerfile/file.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

/// Each instruction of the text: its keyword, its empty lines as `begin-end`, and the size of its line end.
std::string lines_of(std::string_view text) {
  std::string out;
  for (const dockerfile::Placed& placed : model_of(text).instructions) {
    const dockerfile::Instruction& instruction = *placed.instruction;
    out += instruction.statement().keyword_text;
    for (const TextRange line : instruction.empty_lines)
      out += " " + std::to_string(line.begin) + "-" + std::to_string(line.end);
    out += "/" + std::to_string(instruction.line_end.size()) + ";";
  }
  return out;
}

TEST_CASE("an instruction knows its keyword, its empty lines and its line end") {
  struct Case {
    std::string_view text;
    std::string_view expected;
  };
  const std::vector<Case> cases = {
      {"From a\nrun b", "From/1;run/0;"},        {"FR\\\nOM a\r\n", "FROM/2;"},
      {"RUN a \\\n\n  b\n", "RUN 8-9/1;"},       {"RUN a \\\r\n \t\r\n\r\n  b\r\n", "RUN 9-13 13-15/2;"},
      {"RUN a \\\n# note\n\\\n  b\n", "RUN/1;"}, {"RUN a \\\n\n", "RUN 8-9/1;"},
      {"RUN <<EOT\n\na\n\nEOT\n", "RUN/1;"},     {"ONBUILD run a \\\n\n  b\n", "ONBUILD 16-17/1;"},
      {"nonsense here\n", "nonsense/1;"},
  };
  for (const Case& each : cases) {
    INFO(each.text);
    CHECK(lines_of(each.text) == each.expected);
  }
}

}  // namespace
}  // namespace quaymaster::tests
