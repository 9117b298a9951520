#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/one_edit.h"
#include "text/ascii.h"
#include "text/near_miss.h"

namespace quaymaster::rules {
extern const Rule unknown_instruction;
namespace {

using dockerfile::Placed;
using dockerfile::Unknown;

constexpr std::string_view kKeywords[] = {"ADD",    "ARG",   "CMD",         "COPY",  "ENTRYPOINT", "ENV",
                                          "EXPOSE", "FROM",  "HEALTHCHECK", "LABEL", "MAINTAINER", "ONBUILD",
                                          "RUN",    "SHELL", "STOPSIGNAL",  "USER",  "VOLUME",     "WORKDIR"};

/// Words that begin a line of a shell script rather than an instruction.
constexpr std::string_view kShellWords[] = {
    "apk",   "apt",   "apt-get", "awk",      "bash",  "cat",  "cd",   "chmod",  "chown", "cmake", "cp",
    "curl",  "do",    "done",    "dnf",      "echo",  "else", "esac", "export", "fi",    "for",   "gem",
    "git",   "go",    "grep",    "groupadd", "if",    "ln",   "ls",   "make",   "mkdir", "mv",    "npm",
    "pip",   "pip3",  "python",  "python3",  "rm",    "sed",  "set",  "sh",     "sudo",  "tar",   "then",
    "touch", "unzip", "useradd", "wget",     "while", "yarn", "yum"};

/// Whether a line that begins with `word` looks like the rest of a command above it.
bool continues_command(std::string_view word) {
  constexpr std::string_view kOperators = "&|;)-";
  if (!word.empty() && kOperators.find(word.front()) != std::string_view::npos) return true;
  return std::find(std::begin(kShellWords), std::end(kShellWords), word) != std::end(kShellWords);
}

/// `keyword` in lower case when all of `like` is so.
std::string in_case_of(std::string_view like, std::string_view keyword) {
  return like == ascii_lower(like) ? ascii_lower(keyword) : std::string(keyword);
}

/// Reports a word that is nearly a keyword.
void report_misspelt(const Unknown& unknown, std::uint32_t begin, std::string_view keyword, RuleContext& ctx) {
  constexpr std::size_t kLongEnough = 4;
  const bool sure = unknown.name.size() >= kLongEnough && one_edit_apart(unknown.name, keyword);
  const TextRange range = unknown.keyword.shifted(begin);
  std::vector<Fix> fixes;
  if (range.size() == unknown.name.size())
    fixes.push_back({"Replace it with " + std::string(keyword),
                     sure ? Applicability::Safe : Applicability::Unsafe,
                     {Edit::replacement(range, in_case_of(unknown.name, keyword))}});
  ctx.report({.variant = "misspelt",
              .range = range,
              .message = quoted(unknown.name) + " is no instruction; did you mean " + std::string(keyword) + "?",
              .fixes = std::move(fixes)});
}

/// Reports a line that belongs to the RUN above it, whose last line does not say so.
void report_lost(const Unknown& unknown, std::uint32_t begin, const Placed& above, char escape, RuleContext& ctx) {
  const dockerfile::Statement& statement = above.instruction->statement();
  const std::uint32_t end = above.begin + statement.range.end;
  std::vector<Fix> fixes;
  const auto* run = above.instruction->as<dockerfile::Run>();
  if (run != nullptr && run->heredocs.empty() && !run->command.json)
    fixes.push_back({"Continue the line above",
                     Applicability::Unsafe,
                     {Edit::insertion(end, std::string(" ") + escape)},
                     "Commands on lines of their own still need `&&` between them."});
  ctx.report({.variant = "lost-continuation",
              .range = unknown.keyword.shifted(begin),
              .message = quoted(unknown.name) + " is no instruction: the line above does not end with `" + escape + "`",
              .fixes = std::move(fixes),
              .related = {{statement.keyword.shifted(above.begin), "the instruction that ends too early"}}});
}

void check_file(const dockerfile::File& file, RuleContext& ctx) {
  bool lost = false;        // the line above is one that the builder cannot read, either
  bool in_heredoc = false;  // of one without an end, which is another finding
  for (std::size_t i = 0; i < file.instructions.size(); ++i) {
    const Placed& placed = file.instructions[i];
    const auto* unknown = placed.instruction->as<Unknown>();
    if (unknown == nullptr || unknown->triggered) {
      lost = false;
      in_heredoc = placed.instruction->open_heredoc.has_value();
      continue;
    }
    if (in_heredoc) continue;
    const std::string_view keyword = near_miss(unknown->name, kKeywords);
    const bool continues = continues_command(unknown->name);
    if (!continues && !keyword.empty()) {
      report_misspelt(*unknown, placed.begin, keyword, ctx);
    } else if (lost) {
      continue;  // the first of several lines says it all
    } else if (continues && i > 0) {
      report_lost(*unknown, placed.begin, file.instructions[i - 1], file.escape, ctx);
    } else {
      ctx.report({.variant = "unknown",
                  .range = unknown->keyword.shifted(placed.begin),
                  .message = quoted(unknown->name) + " is no instruction of a Dockerfile"});
    }
    lost = continues || keyword.empty();
  }
}

}  // namespace

constinit const Rule unknown_instruction = checked({
    .name = "unknown-instruction",
    .family = Family::Correctness,
    .title = "The line begins with a word that is no instruction.",
    .consequence =
        "The build stops before its first step with `unknown instruction`. Nothing is wrong with the rest of the file, "
        "but nothing of it is built until this line is an instruction, or a part of the one above.",
    .fine_when = "Never: no builder takes the file as it is.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "misspelt",
                  .summary = "The word is nearly the name of an instruction.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = Language::Dockerfile},
                 {.name = "lost-continuation",
                  .summary = "The line is a part of the command above, which was not continued.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = Language::Dockerfile},
                 {.name = "unknown",
                  .summary = "The word is like no instruction.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/reference/dockerfile/#format"},
    .examples = {{"two letters swapped", "Dockerfile", "FROM debian:12.8\n<|EXPSOE|> 8080\n",
                  "FROM debian:12.8\nEXPOSE 8080\n"},
                 {"a letter too many, in lower case", "Dockerfile", "from debian:12.8\r\n<|coppy|> . /app\r\n",
                  "from debian:12.8\r\ncopy . /app\r\n"},
                 {"three letters", "Dockerfile", "FROM debian:12.8\n<|RN|> make\n", "FROM debian:12.8\nRUN make\n"},
                 {"a command that is not continued", "Dockerfile",
                  "FROM debian:12.8\nRUN apt-get update\n    <|&&|> apt-get install -y curl\n",
                  "FROM debian:12.8\nRUN apt-get update \\\n    && apt-get install -y curl\n"},
                 {"one finding for many lines", "Dockerfile",
                  "FROM debian:12.8\nRUN set -e\n  <|mkdir|> /a\n  cp b /a\n  echo done\nCMD [\"/a/b\"]\n",
                  "FROM debian:12.8\nRUN set -e \\\n  mkdir /a \\\n  cp b /a \\\n  echo done\nCMD [\"/a/b\"]\n"},
                 {"something else", "Dockerfile", "FROM debian:12.8\n<|INCLUDE|> common.docker\n"},
                 {"a continued command", "Dockerfile",
                  "FROM debian:12.8\nRUN apt-get update \\\n && apt-get install -y curl\n"},
                 {"the case does not count", "Dockerfile", "From debian:12.8\nrun make\nCopy . /app\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
