#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/start_text.h"

namespace quaymaster::rules {
extern const Rule directory_change;
namespace {

using Commands = std::vector<const shell::Command*>;

constexpr std::string_view kLost = "without-effect";
constexpr std::string_view kInPlace = "in-place-of-workdir";

bool is_change(const shell::Command& command) { return command.words.front().text == "cd"; }

TextRange range_of(const shell::Command& change) {
  return cover(change.words.front().range, change.words[change.words.size() > 1 ? 1 : 0].range);
}

/// Back to where it was, or to a place that means nothing: somebody tidies up.
bool goes_back(const shell::Command& change) {
  if (change.words.size() != 2) return true;
  const std::string_view folder = change.words[1].text;
  return folder == "/" || folder == "-" || folder == ".." || folder.starts_with("../") || folder == "~" ||
         folder == "$HOME" || folder == "/root" || folder == "/tmp" || folder == "$OLDPWD";
}

/// The only change of the folder, with nothing behind it that would run there.
const shell::Command* lost_change(const Commands& commands) {
  if (commands.empty() || !is_change(*commands.back()) || goes_back(*commands.back())) return nullptr;
  const auto changes = std::count_if(commands.begin(), commands.end(),
                                     [](const shell::Command* command) { return is_change(*command); });
  const shell::Command& last = *commands.back();
  const bool alone = changes == 1 && !last.conditional && !last.background && last.wrappers.empty();
  return alone && last.connector != shell::Connector::Or ? &last : nullptr;
}

/// The whole RUN becomes a WORKDIR when it does nothing else but to make the folder.
std::vector<Fix> fixes_of(const dockerfile::BuildScript& build, const Commands& commands) {
  const shell::Word& folder = commands.back()->words[1];
  const auto serves = [&](const shell::Command* command) {
    return command == commands.back() || (command->name() == "mkdir" && command->words.back().text == folder.text);
  };
  const bool only = std::all_of(commands.begin(), commands.end(), serves) && build.text.script->complete &&
                    build.text.script->commands.size() == commands.size();
  if (!only || !folder.literal || folder.text.find_first_of(" $\\\"'") != std::string::npos ||
      !build.run.flags.empty() || build.run.command.json || !build.run.heredocs.empty())
    return {};
  return {
      {.title = "Set WORKDIR " + folder.text,
       .applicability = Applicability::Unsafe,
       .edits = {Edit::replacement(build.run.range, "WORKDIR " + folder.text)},
       .caveat = "All instructions behind it, and the container, then start in this folder; until now they did not."}};
}

/// Trivy looks at what begins the text, or follows a `&&`.
bool is_seen_by_trivy(const dockerfile::BuildScript& build) {
  const std::string_view bytes = build.text.source.text.bytes();
  return std::any_of(build.text.script->commands.begin(), build.text.script->commands.end(),
                     [&](const shell::Command& command) {
                       if (!is_change(command)) return false;
                       const std::string_view before = bytes.substr(0, command.words.front().range.begin);
                       const std::size_t end = before.find_last_not_of(" \t\n");
                       return end == std::string_view::npos || before.substr(0, end + 1).ends_with("&&");
                     });
}

std::vector<std::string_view> aliases_of(const dockerfile::BuildScript& build) {
  std::vector<std::string_view> aliases;
  if (build.run.triggered) return aliases;
  aliases.emplace_back("hadolint:DL3003");
  if (is_seen_by_trivy(build)) aliases.emplace_back("trivy:DS-0013");
  return aliases;
}

void check_run(const dockerfile::BuildScript& build, RuleContext& ctx) {
  const Commands commands = own_commands(*build.text.script);
  if (const shell::Command* lost = lost_change(commands)) {
    Report report{.variant = kLost,
                  .range = build.text.in_file(range_of(*lost)),
                  .message = quoted("cd " + lost->words[1].text) + " ends with this RUN: the next one starts elsewhere",
                  .fixes = fixes_of(build, commands),
                  .aliases = aliases_of(build)};
    ctx.report(std::move(report));
    return;
  }
  for (const shell::Command& command : build.text.script->commands) {
    if (!is_change(command)) continue;
    const std::string folder = command.words.size() > 1 ? command.words[1].text : std::string();
    Report report{.variant = kInPlace,
                  .range = build.text.in_file(range_of(command)),
                  .message = quoted(folder.empty() ? "cd" : "cd " + folder) +
                             " holds for this RUN only; WORKDIR says it for all that follow",
                  .aliases = aliases_of(build)};
    ctx.report(std::move(report));
    return;
  }
}

}  // namespace

constinit const Rule directory_change = checked({
    .name = "directory-change",
    .family = Family::Correctness,
    .title = "A RUN changes the working folder with cd.",
    .consequence =
        "`RUN cd /app` succeeds, and the next RUN starts in the old folder again, since each RUN has a shell of its "
        "own: `npm install` finds no package.json, or files land in `/` and nobody misses them before the first start.",
    .fine_when =
        "The change is for the commands behind it in the same RUN, most of all in a subshell, and WORKDIR would only "
        "have to be set back afterwards.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "without-effect",
                  .summary = "Nothing behind the cd runs in the folder that it changes to.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning},
                              {Preset::Strict, Severity::Warning},
                              {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3003"}, {Language::Dockerfile, "trivy:DS-0013"}},
                  .languages = Language::Dockerfile},
                 {.name = "in-place-of-workdir",
                  .summary = "Commands of one RUN work in another folder.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3003"}, {Language::Dockerfile, "trivy:DS-0013"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/build/building/best-practices/#workdir",
                   "https://docs.docker.com/reference/dockerfile/#workdir"},
    .examples = {{"forgotten at once", "Dockerfile", "FROM node:22.11.0\nRUN <|cd /app|>\nRUN npm ci\n",
                  "FROM node:22.11.0\nWORKDIR /app\nRUN npm ci\n"},
                 {"a folder that is made for it", "Dockerfile",
                  "FROM node:22.11.0\nRUN mkdir -p /srv/app && \\\n    <|cd /srv/app|>\nCOPY . .\n",
                  "FROM node:22.11.0\nWORKDIR /srv/app\nCOPY . .\n"},
                 {"at the end of other work", "Dockerfile",
                  "FROM alpine/git:2.45.2\nRUN git clone https://example.com/a.git /src && <|cd /src|>\n"},
                 {"a folder that only the shell knows", "Dockerfile", "FROM node:22.11.0\nRUN <|cd \"$APP_HOME\"|>\n"},
                 {"work in another folder", "Dockerfile", "FROM gcc:14.2.0\nRUN <|cd /src|> && make && make install\n"},
                 {"in a subshell", "Dockerfile", "FROM gcc:14.2.0\nRUN mkdir /b && (<|cd /b|> && cmake /src) && ls\n"},
                 {"back again", "Dockerfile", "FROM gcc:14.2.0\nRUN <|cd /src|> && make && cd /\n"},
                 {"WORKDIR", "Dockerfile", "FROM gcc:14.2.0\nWORKDIR /src\nRUN make -C lib && make\n"},
                 {"an option, not a command", "Dockerfile", "FROM gcc:14.2.0\nRUN git -C cd status && echo cd /src\n"}},
    .checks = {on(check_run)},
});

}  // namespace quaymaster::rules
