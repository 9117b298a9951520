#include <string>
#include <string_view>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "text/ascii.h"

namespace quaymaster::rules {
extern const Rule mixed_keyword_case;
namespace {

using dockerfile::Placed;
using dockerfile::Statement;

enum class Case : std::uint8_t { Upper, Lower, Mixed };

Case case_of(std::string_view word) {
  bool upper = false;
  bool lower = false;
  for (const char c : word) {
    upper = upper || (c >= 'A' && c <= 'Z');
    lower = lower || (c >= 'a' && c <= 'z');
  }
  if (upper && lower) return Case::Mixed;
  return lower ? Case::Lower : Case::Upper;
}

std::string in_case(std::string_view word, Case wanted) {
  std::string result = ascii_lower(word);
  if (wanted == Case::Lower) return result;
  for (char& c : result)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return result;
}

std::string_view adjective(Case which) { return which == Case::Lower ? "lower case" : "capitals"; }

/// An ARG before the first FROM may be as it likes, as for the builder; and so may a word that is no keyword.
bool counts(const Placed& placed) {
  const bool global_argument = placed.instruction->as<dockerfile::Arg>() != nullptr && !placed.context->in_stage;
  return !global_argument && placed.instruction->as<dockerfile::Unknown>() == nullptr;
}

std::vector<Fix> rewritten(TextRange range, std::string_view text, Case wanted) {
  if (range.size() != text.size()) return {};
  std::string better = in_case(text, wanted);
  std::string title = "Write " + better;
  return {{std::move(title), Applicability::Safe, {Edit::replacement(range, std::move(better))}}};
}

void check_as(const Placed& placed, RuleContext& ctx) {
  const auto* from = placed.instruction->as<dockerfile::From>();
  if (from == nullptr || !from->as_keyword || !equals_ignoring_case(from->as_keyword->string(), "as")) return;
  const Case wanted = case_of(from->keyword_text);
  const std::string& text = from->as_keyword->string();
  if (wanted == Case::Mixed || case_of(text) == wanted) return;
  const TextRange range = from->as_keyword->range.shifted(placed.begin);
  ctx.report({.variant = "as",
              .range = range,
              .message = quoted(text) + " is not in the case of " + quoted(from->keyword_text) + " before it",
              .fixes = rewritten(range, text, wanted)});
}

void check_file(const dockerfile::File& file, RuleContext& ctx) {
  std::size_t upper = 0;
  std::size_t lower = 0;
  for (const Placed& placed : file.instructions) {
    if (!counts(placed)) continue;
    const Case found = case_of(placed.instruction->statement().keyword_text);
    upper += found == Case::Upper ? 1 : 0;
    lower += found == Case::Lower ? 1 : 0;
  }
  const Case wanted = lower > upper ? Case::Lower : Case::Upper;
  for (const Placed& placed : file.instructions) {
    check_as(placed, ctx);
    const Statement& statement = placed.instruction->statement();
    if (!counts(placed) || case_of(statement.keyword_text) == wanted) continue;
    const TextRange range = statement.keyword.shifted(placed.begin);
    ctx.report({.variant = "instruction",
                .range = range,
                .message = quoted(statement.keyword_text) + " is odd in a file that writes its instructions in " +
                           std::string(adjective(wanted)),
                .fixes = rewritten(range, statement.keyword_text, wanted)});
  }
}

}  // namespace

constinit const Rule mixed_keyword_case = checked({
    .name = "mixed-keyword-case",
    .family = Family::Correctness,
    .title = "Keywords are written now in capitals, now in lower case.",
    .consequence =
        "Somebody greps for `^COPY` to see what gets into the image, and misses the one line that says `copy`. The "
        "builder takes every spelling; it is readers, scripts and reviews that fall over it.",
    .fine_when = "Nobody but the builder ever reads the file, for example because a program writes it.",
    .fix = FixAvailability::Always,
    .variants = {{.name = "instruction",
                  .summary = "The keyword of an instruction is not in the case of most others.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}, {Preset::BuildKit, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "buildkit:ConsistentInstructionCasing"}},
                  .languages = Language::Dockerfile},
                 {.name = "as",
                  .summary = "AS is not in the case of its FROM.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}, {Preset::BuildKit, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "buildkit:FromAsCasing"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/reference/build-checks/consistent-instruction-casing/",
                   "https://docs.docker.com/reference/build-checks/from-as-casing/"},
    .examples = {{"one in lower case", "Dockerfile", "FROM alpine:3.21\n<|copy|> app /app\nCMD [\"/app\"]\n",
                  "FROM alpine:3.21\nCOPY app /app\nCMD [\"/app\"]\n"},
                 {"one in capitals", "Dockerfile", "from alpine:3.21\r\n<|COPY|> app /app\r\ncmd [\"/app\"]\r\n",
                  "from alpine:3.21\r\ncopy app /app\r\ncmd [\"/app\"]\r\n"},
                 {"neither", "Dockerfile", "<|From|> alpine:3.21\n", "FROM alpine:3.21\n"},
                 {"one each", "Dockerfile", "FROM alpine:3.21\n<|run|> make\n", "FROM alpine:3.21\nRUN make\n"},
                 {"a name for a stage", "Dockerfile", "FROM golang:1.23.3 <|as|> build\n",
                  "FROM golang:1.23.3 AS build\n"},
                 {"a name for a stage in lower case", "Dockerfile", "from golang:1.23.3 <|AS|> build\n",
                  "from golang:1.23.3 as build\n"},
                 {"all in lower case", "Dockerfile", "from golang:1.23.3 as build\nrun make\n"},
                 {"an argument before everything", "Dockerfile", "arg TAG=3.21\nFROM alpine:${TAG}\nRUN make\n"},
                 {"what is triggered, and what is text", "Dockerfile",
                  "FROM alpine:3.21\nONBUILD run make\nRUN <<EOT\nenv\nEOT\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
