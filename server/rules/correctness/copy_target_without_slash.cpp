#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule copy_target_without_slash;
namespace {

using dockerfile::Transfer;

/// `COPY file:8b88… in /app`: a line of an image's history, with no files in it.
bool is_history(const Transfer& transfer) {
  const std::string& first = transfer.sources.front().string();
  return transfer.sources.back().string() == "in" && (first.starts_with("file:") || first.starts_with("multi:"));
}

/// Whether the last part of the path looks like the name of a file: `pom.xml`.
bool looks_like_file(std::string_view path) {
  const std::string_view name = path.substr(path.find_last_of('/') + 1);
  return name.find('.', 1) != std::string_view::npos && name.find_first_not_of('.') != std::string_view::npos;
}

void check_transfer(const Transfer& transfer, bool is_copy, RuleContext& ctx) {
  if (transfer.sources.size() < 2 || !transfer.destination) return;
  const dockerfile::Word& word = *transfer.destination;
  const std::string_view written = transfer.json ? std::string_view(word.string()) : without_quotes(word.string());
  if (is_history(transfer) || written.empty() || written.starts_with("<<") || written.ends_with('/') ||
      written.ends_with('\\'))
    return;
  const bool certain_folder = written == "." || written == ".." || written.ends_with("/.") || written.ends_with("/..");
  const bool variable = written.find('$') != std::string_view::npos;
  if (variable) {
    const std::optional<std::string> value = known_value(word, *ctx.instruction_context());
    if (value && value->ends_with('/')) return;
  }
  const bool in_quotes = transfer.json || written.size() != word.string().size();
  const std::uint32_t end = word.range.end - (in_quotes ? 1 : 0);
  std::optional<std::vector<std::string_view>> aliases;
  if (!is_copy || transfer.triggered) aliases = std::vector<std::string_view>{};
  std::vector<Fix> fixes;
  if (written.find_first_of("\"'") == std::string_view::npos)
    fixes.push_back({"End it with a slash",
                     looks_like_file(written) ? Applicability::Unsafe : Applicability::Safe,
                     {Edit::insertion(end, "/")},
                     "The files go to a folder of that name then."});
  ctx.report({.variant = certain_folder || variable ? "folder" : "name",
              .range = word.range,
              .message = "several sources go to " + quoted(written, 36) + ", which does not end with a slash",
              .fixes = std::move(fixes),
              .aliases = std::move(aliases)});
}

void check_copy(const dockerfile::Copy& copy, RuleContext& ctx) { check_transfer(copy, true, ctx); }
void check_add(const dockerfile::Add& add, RuleContext& ctx) { check_transfer(add, false, ctx); }

}  // namespace

constinit const Rule copy_target_without_slash = checked({
    .name = "copy-target-without-slash",
    .family = Family::Correctness,
    .title = "Several files are copied to a target that does not look like a folder.",
    .consequence =
        "`COPY package.json yarn.lock app` works on the laptop. The builder of the pipeline is another one and stops: "
        "with more than one source the target has to end with `/`.",
    .fine_when = "The target is `.` or a variable that holds a folder, and all who build the image use BuildKit.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "name",
                  .summary = "The target may be the name of a file.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning},
                              {Preset::Strict, Severity::Warning},
                              {Preset::Hadolint, Severity::Error}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3021"}, {Language::Dockerfile, "trivy:DS-0011"}},
                  .languages = Language::Dockerfile},
                 {.name = "folder",
                  .summary = "The target is a folder such as `.`, or a variable.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Hadolint, Severity::Error}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3021"}, {Language::Dockerfile, "trivy:DS-0011"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/reference/dockerfile/#destination"},
    .examples = {{"two files", "Dockerfile", "FROM node:22.11.0\nCOPY package.json yarn.lock <|/app|>\n",
                  "FROM node:22.11.0\nCOPY package.json yarn.lock /app/\n"},
                 {"in quotes", "Dockerfile", "FROM node:22.11.0\r\nCOPY a b <|\"/app\"|>\r\n",
                  "FROM node:22.11.0\r\nCOPY a b \"/app/\"\r\n"},
                 {"a list", "Dockerfile", "FROM node:22.11.0\nCOPY [\"a\", \"b\", <|\"/app\"|>]\n",
                  "FROM node:22.11.0\nCOPY [\"a\", \"b\", \"/app/\"]\n"},
                 {"here", "Dockerfile", "FROM node:22.11.0\nWORKDIR /app\nCOPY a b <|.|>\n",
                  "FROM node:22.11.0\nWORKDIR /app\nCOPY a b ./\n"},
                 {"a variable", "Dockerfile", "FROM node:22.11.0\nENV APP=/app\nCOPY a b <|$APP|>\n",
                  "FROM node:22.11.0\nENV APP=/app\nCOPY a b $APP/\n"},
                 {"added", "Dockerfile", "FROM node:22.11.0\nADD a.tgz b.tgz <|/app|>\n",
                  "FROM node:22.11.0\nADD a.tgz b.tgz /app/\n"},
                 {"a slash, or one file", "Dockerfile",
                  "FROM node:22.11.0\nENV APP=/app/\nCOPY a b /app/\nCOPY a /app\nCOPY [\"a\", \"b\", \"/app/\"]\n"
                  "COPY a b \"/app/\"\nCOPY a b $APP\n"},
                 {"a line of an image's history", "Dockerfile",
                  "FROM node:22.11.0\nCOPY file:8b8864b3e02a33a5 in /app\n"}},
    .checks = {on(check_copy), on(check_add)},
});

}  // namespace quaymaster::rules
