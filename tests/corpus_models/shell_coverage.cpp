#include <cstddef>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/dockerfile/container_view.h"
#include "model/dockerfile/instruction_parser.h"
#include "model/shell/script_parser.h"
#include "syntax/dockerfile_segments.h"
#include "syntax/tree.h"

/// Reads paths of Dockerfiles, one a line, from standard input, and says of how many RUN in a POSIX shell all of the
/// text could be parsed. Lists the others, and the files where one of them changes what is read from the rest.
namespace quaymaster {
namespace {

/// What was read from one RUN: where each command stands.
struct Body {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool posix = false;
  bool complete = true;
  std::vector<TextRange> commands;  ///< relative to the segment
};

class Reader {
 public:
  /// The RUNs of a text; of the instruction at `left_out` only that it is there.
  std::vector<Body> read(std::string_view text, std::uint32_t left_out = ~std::uint32_t{0}) {
    const syntax::DockerfileSegments cut = syntax::dockerfile_segments(text);
    std::vector<dockerfile::FileModeler::Part> parts;
    std::vector<std::uint32_t> ends;
    for (const syntax::DockerfileSegment& segment : cut.segments) {
      if (segment.kind != syntax::DockerfileSegment::Kind::Instruction) continue;
      const std::string_view part = segment.range.begin == left_out ? "RUN true\n" : slice(text, segment.range);
      parts.push_back({segment.range.begin, std::make_shared<const dockerfile::Instruction>(
                                                dockerfile::parse_instruction(part, cut.escape, parser_))});
      ends.push_back(segment.range.end);
    }
    const dockerfile::File file = modeler_.model(std::move(parts), {}, cut.escape);
    std::vector<Body> bodies;
    for (std::size_t i = 0; i < file.instructions.size(); ++i) {
      const auto& [begin, instruction, context] = file.instructions[i];
      const auto* run = instruction->as<dockerfile::Run>();
      if (run == nullptr) continue;
      const shell::Text script = dockerfile::run_text(*run, *context, scripts_);
      const bool posix = !run->command.json &&
                         shell::dialect_of_text(script.source.text.bytes(), context->dialect) == shell::Dialect::Posix;
      Body body{begin, ends[i], posix, script.script->complete, {}};
      for (const shell::Command& command : script.script->commands)
        body.commands.push_back(script.in_file(command.range));
      bodies.push_back(std::move(body));
    }
    return bodies;
  }

 private:
  syntax::Parser parser_{syntax::Grammar::Dockerfile};
  dockerfile::FileModeler modeler_;
  shell::ScriptParser scripts_;
};

/// Whether everything but the RUN at `index` reads the same when that one is a harmless one.
bool silences_only_itself(Reader& reader, std::string_view text, const std::vector<Body>& bodies, std::size_t index) {
  const std::vector<Body> others = reader.read(text, bodies[index].begin);
  if (others.size() != bodies.size()) return false;
  for (std::size_t i = 0; i < bodies.size(); ++i)
    if (i != index && others[i].commands != bodies[i].commands) return false;
  return true;
}

int run() {
  std::size_t files = 0;
  std::size_t all = 0;
  std::size_t complete = 0;
  std::size_t commands = 0;
  std::size_t not_alone = 0;
  Reader reader;
  for (std::string path; std::getline(std::cin, path);) {
    std::ifstream stream(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    ++files;
    const std::vector<Body> bodies = reader.read(text);
    for (std::size_t i = 0; i < bodies.size(); ++i) {
      if (!bodies[i].posix) continue;
      ++all;
      commands += bodies[i].commands.size();
      if (bodies[i].complete) {
        ++complete;
        continue;
      }
      std::cout << path << ": " << slice(text, {bodies[i].begin, bodies[i].end}).substr(0, 100) << '\n';
      if (silences_only_itself(reader, text, bodies, i)) continue;
      ++not_alone;
      std::cout << path << ": it changes what is read from other instructions\n";
    }
  }
  const double share = all == 0 ? 0 : 100.0 * static_cast<double>(complete) / static_cast<double>(all);
  std::cout << files << " files, " << all << " RUN in a POSIX shell, " << commands
            << " commands; parsed completely: " << complete << " (" << share
            << " %); silenced more than itself: " << not_alone << '\n';
  constexpr double kLeast = 99;
  return share >= kLeast && not_alone == 0 ? 0 : 1;
}

}  // namespace
}  // namespace quaymaster

int main() { return quaymaster::run(); }
