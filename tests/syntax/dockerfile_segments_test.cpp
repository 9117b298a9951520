#include "syntax/dockerfile_segments.h"

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.h"
#include "syntax/dockerfile_heredoc.h"
#include "syntax/dockerfile_line.h"

namespace quaymaster::tests {
namespace {

using syntax::DockerfileSegment;

/// One line a segment: D, I or T, and its text with line ends shown as ⏎.
std::string dump(std::string_view text) {
  std::string out;
  for (const DockerfileSegment& segment : syntax::dockerfile_segments(text).segments) {
    out += segment.kind == DockerfileSegment::Kind::Directives    ? 'D'
           : segment.kind == DockerfileSegment::Kind::Instruction ? 'I'
                                                                  : 'T';
    out += ' ';
    for (const char c : slice(text, segment.range)) {
      if (c == '\n')
        out += "⏎";
      else
        out += c;
    }
    out += '\n';
  }
  return out;
}

TEST_CASE("a Dockerfile is cut where no construct crosses") {
  struct Row {
    const char* text;
    const char* segments;
  };
  const Row rows[] = {
      {"", ""},
      {"FROM a\nRUN b\n", "I FROM a⏎\nI RUN b⏎\n"},
      {"FROM a", "I FROM a\n"},
      {"# c\n\nFROM a\n\n# d\n", "T # c⏎⏎\nI FROM a⏎\nT ⏎# d⏎\n"},
      {"# syntax=x\n# escape=`\nFROM a\nRUN a `\n b\n", "D # syntax=x⏎# escape=`⏎\nI FROM a⏎\nI RUN a `⏎ b⏎\n"},
      {"# c\n# escape=`\nFROM a\nRUN a `\nRUN b\n", "T # c⏎# escape=`⏎\nI FROM a⏎\nI RUN a `⏎\nI RUN b⏎\n"},
      {"RUN a \\\n# c\n\n  b\nRUN d\n", "I RUN a \\⏎# c⏎⏎  b⏎\nI RUN d⏎\n"},
      {"RUN a \\\\\nRUN b\n", "I RUN a \\\\⏎\nI RUN b⏎\n"},
      {"RUN a \\ \t\n b\n", "I RUN a \\ \t⏎ b⏎\n"},
      {"RUN <<EOF\nFROM x\nEOF\nRUN b\n", "I RUN <<EOF⏎FROM x⏎EOF⏎\nI RUN b⏎\n"},
      {"COPY <<A <<-'B' /d/\n1\nA\n2\n\tB\nRUN b\n", "I COPY <<A <<-'B' /d/⏎1⏎A⏎2⏎\tB⏎\nI RUN b⏎\n"},
      {"RUN cat <<EOF \\\n > f\nx\nEOF\nRUN b", "I RUN cat <<EOF \\⏎ > f⏎x⏎EOF⏎\nI RUN b\n"},
      // A terminator that is missing leaves the rest alone.
      {"RUN <<EOF\nRUN b\n", "I RUN <<EOF⏎\nI RUN b⏎\n"},
      {"RUN [\"<<EOF\"]\nRUN b\nEOF\n", "I RUN [\"<<EOF\"]⏎\nI RUN b⏎\nI EOF⏎\n"},
      {"RUN echo it's <<EOF\nRUN b\nEOF\n", "I RUN echo it's <<EOF⏎\nI RUN b⏎\nI EOF⏎\n"},
      {"ONBUILD RUN <<EOF\nx\nEOF\n", "I ONBUILD RUN <<EOF⏎x⏎EOF⏎\n"},
      {"CMD <<EOF\nRUN b\nEOF\n", "I CMD <<EOF⏎\nI RUN b⏎\nI EOF⏎\n"},
      {"\xEF\xBB\xBF"
       "FROM a\n",
       "I \xEF\xBB\xBF"
       "FROM a⏎\n"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(dump(row.text) == row.segments);
  }
}

TEST_CASE("heredoc words are found as the builder finds them") {
  struct Row {
    const char* line;
    std::vector<std::string> delimiters;
  };
  const Row rows[] = {
      {"RUN <<EOF", {"EOF"}},
      {"RUN <<   EOF  > f", {"EOF"}},
      {"RUN <<-  EOF", {}},
      {"RUN 3<<EOF cat", {"EOF"}},
      {"RUN cat<<EOF", {}},
      {"RUN cat <<<EOF", {}},
      {"RUN echo $((1 << 2))", {"2))"}},
      {"RUN echo $((1<<2))", {}},
      {"RUN cat <<EOF>f", {"EOF>f"}},
      {"RUN { cat <<EOF; }", {"EOF;"}},
      {"RUN (<<EOF cat)", {}},
      {"COPY <<'E O' /x", {"E O"}},
      {"RUN <<e\"o\"f", {"eof"}},
      {"RUN <<eo\\'f", {"eo'f"}},
      {"RUN <<''", {}},
      {"RUN echo \\<<EOF", {}},
      {"RUN echo \"<<EOF\"", {}},
      {"RUN echo ${x^^} <<EOF", {}},
      {"RUN echo ${x:0:3} <<EOF", {"EOF"}},
      {"RUN echo ${x/a/b} <<EOF", {"EOF"}},
      {"RUN echo x # <<EOF", {"EOF"}},
      {"RUN <<$EOF", {"$EOF"}},
      {"run <<EOF", {"EOF"}},
      {"LABEL a <<EOF", {}},
  };
  for (const Row& row : rows) {
    INFO(row.line);
    std::vector<std::string> found;
    for (const auto& marker : syntax::heredoc_markers(row.line)) found.push_back(marker.delimiter);
    CHECK(found == row.delimiters);
  }
}

TEST_CASE("joining leaves out continuations, comment lines and empty lines, and knows the way back") {
  const std::string_view text = "RUN a \\\n# c\n\n  b\\\r\nc\r\n";
  const MappedText joined = syntax::joined(text, {0, static_cast<std::uint32_t>(text.size())}, '\\');
  CHECK(joined.bytes() == "RUN a   bc");
  const TextRange c = joined.to_file({9, 10});
  CHECK(slice(text, c) == "c");
  CHECK(slice(text, joined.to_file({8, 10})) == "b\\\r\nc");
}

TEST_CASE("segments concatenate to the text, whatever it is") {
  std::mt19937 random(20240611);
  const char* bits[] = {"FROM a", "RUN ",         "<<EOF", "EOF",  "\n", "\n", "\r\n",    "\\\n", "`\n",
                        "# c\n",  "# escape=`\n", " ",     "\t",   "'",  "\"", "[\"a\"]", "\xC3", "\xEF\xBB\xBF",
                        "$",      "${",           "}",     "<<-X", "X"};
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (auto i = random() % 24; i > 0; --i) text += bits[random() % std::size(bits)];
    std::uint32_t at = 0;
    for (const DockerfileSegment& segment : syntax::dockerfile_segments(text).segments) {
      REQUIRE(segment.range.begin == at);
      REQUIRE(segment.range.end > at);
      at = segment.range.end;
    }
    REQUIRE(at == text.size());
  }
}

TEST_CASE("a file of nothing but open heredocs does not take forever") {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "RUN cat <<A" + std::to_string(i) + "\n";
  CHECK(syntax::dockerfile_segments(text).segments.size() == 20'000);
}

}  // namespace
}  // namespace quaymaster::tests
