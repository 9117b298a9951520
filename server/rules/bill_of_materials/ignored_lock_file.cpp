#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/dockerfile/file.h"
#include "model/packages/invocation.h"
#include "model/shell/script.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule ignored_lock_file;
namespace {

using shell::Command;
using shell::Word;

using packages::Flag;
using packages::Invocation;
using packages::Manager;
using packages::Operation;

/// A command that installs what a project needs, and what makes it keep to the lock file.
struct Installer {
  std::string_view variant;
  Manager manager;
  std::string_view verb;           ///< empty: the program alone
  std::string_view strict_verb;    ///< takes the place of `verb`; empty: an option is added
  std::string_view strict_option;  ///< is added behind the verb
};
constexpr Installer kInstallers[] = {
    {"npm", Manager::Npm, "install", "ci", ""},
    {"npm", Manager::Npm, "i", "ci", ""},
    {"yarn", Manager::Yarn, "install", "", "--frozen-lockfile"},
    {"yarn", Manager::Yarn, "", "", "install --frozen-lockfile"},
    {"pnpm", Manager::Pnpm, "install", "", "--frozen-lockfile"},
    {"pnpm", Manager::Pnpm, "i", "", "--frozen-lockfile"},
    {"bun", Manager::Bun, "install", "", "--frozen-lockfile"},
    {"bundler", Manager::Bundler, "install", "", ""},
    {"bundler", Manager::Bundler, "", "", ""},
    {"pipenv", Manager::Pipenv, "install", "", "--deploy"},
    {"uv", Manager::Uv, "sync", "", "--locked"},
    {"cargo", Manager::Cargo, "build", "", "--locked"},
    {"cargo", Manager::Cargo, "install", "", "--locked"},
};

/// A manager whose lock file an upgrade makes anew, and the verb that keeps to it.
struct Updater {
  Manager manager;
  std::string_view instead;
};
constexpr Updater kUpdaters[] = {
    {Manager::Composer, "install"},
    {Manager::Poetry, "install"},
    {Manager::Npm, "ci"},
    {Manager::Yarn, ""},
    {Manager::Pnpm, ""},
    {Manager::Bundler, "install"},
    {Manager::Cargo, ""},
    {Manager::Pipenv, "sync"},
};

constexpr std::string_view kLockFiles[] = {
    "package-lock.json", "npm-shrinkwrap.json", "yarn.lock",     "pnpm-lock.yaml", "bun.lock",
    "bun.lockb",         "Gemfile.lock",        "composer.lock", "poetry.lock",    "uv.lock",
    "Pipfile.lock",      "Cargo.lock",          "go.sum"};

bool has_any(const Invocation& invocation, std::initializer_list<Flag> flags) {
  return std::ranges::any_of(flags, [&](Flag flag) { return invocation.has(flag); });
}

bool all_literal(const Command& command) {
  return std::ranges::all_of(command.words, [](const Word& word) { return word.literal; });
}

/// Whether it installs all that the project needs, as the lock file or the newest versions have it.
bool installs_all(const Invocation& invocation) {
  if (has_any(invocation, {Flag::Frozen, Flag::NoLock, Flag::LockOnly, Flag::Global, Flag::Help})) return false;
  if (invocation.manager != Manager::Cargo)
    return invocation.operation == Operation::Sync && invocation.packages.empty();
  // `cargo install` is for one program; without --path it does not install this project.
  return invocation.operation == Operation::Build || invocation.has(Flag::Path);
}

std::string shown(std::string_view program, std::string_view verb) {
  return std::string(program) + (verb.empty() ? "" : " ") + std::string(verb);
}

/// The verb, or else the program.
TextRange last_word(const Invocation& invocation) {
  return invocation.verb.empty() ? invocation.program_range : invocation.verb_range;
}

constexpr std::string_view kNeedsLock =
    "The lock file has to be in the image, and to fit the file that it belongs to: copy both before this line.";

Fix fix_of(std::string title, Edit edit) {
  return {std::move(title), Applicability::Unsafe, {std::move(edit)}, std::string(kNeedsLock)};
}

std::vector<Fix> strict_fix(const shell::Text& text, const Invocation& invocation, const Installer& installer) {
  const TextRange last = last_word(invocation);
  if (!installer.strict_verb.empty()) {
    std::optional<Edit> edit = text.edit(last, installer.strict_verb);
    if (!edit) return {};
    return {fix_of("Use " + shown(invocation.program, installer.strict_verb), *std::move(edit))};
  }
  if (installer.strict_option.empty()) return {};
  const std::string replacement(slice(text.source.text.bytes(), last));
  std::optional<Edit> edit = text.edit(last, replacement + " " + std::string(installer.strict_option));
  if (!edit) return {};
  return {fix_of("Add " + std::string(installer.strict_option), *std::move(edit))};
}

void check_install(const Invocation& invocation, const dockerfile::BuildScript& script, RuleContext& ctx) {
  if (!installs_all(invocation)) return;
  for (const Installer& installer : kInstallers) {
    if (installer.manager != invocation.manager || installer.verb != invocation.verb) continue;
    std::string message = quoted(shown(invocation.program, invocation.verb));
    if (!installer.strict_verb.empty())
      message +=
          " may change the lock file; " + quoted(shown(invocation.program, installer.strict_verb)) + " keeps to it";
    else if (!installer.strict_option.empty())
      message += " without " + quoted(installer.strict_option) + " may change the lock file";
    else
      message += " may change the lock file: the build is not frozen";
    ctx.report({.variant = installer.variant,
                .range = script.text.in_file(invocation.head()),
                .message = std::move(message),
                .fixes = strict_fix(script.text, invocation, installer)});
    return;
  }
}

void check_update(const Invocation& invocation, const dockerfile::BuildScript& script, RuleContext& ctx) {
  // A verb of two words is `global update`.
  if (invocation.operation != Operation::Upgrade || invocation.verb.find(' ') != std::string::npos) return;
  if (has_any(invocation, {Flag::Global, Flag::Help, Flag::DryRun})) return;
  const auto updater = std::ranges::find(kUpdaters, invocation.manager, &Updater::manager);
  if (updater == std::end(kUpdaters)) return;
  std::vector<Fix> fixes;
  if (!updater->instead.empty() && invocation.packages.empty())
    if (std::optional<Edit> edit = script.text.edit(invocation.verb_range, updater->instead))
      fixes = {fix_of("Use " + shown(invocation.program, updater->instead), *std::move(edit))};
  ctx.report({.variant = "update",
              .range = script.text.in_file(invocation.head()),
              .message = quoted(shown(invocation.program, invocation.verb)) +
                         " throws the locked versions away in every build",
              .fixes = std::move(fixes)});
}

void check_removal(const Command& command, const dockerfile::BuildScript& script, RuleContext& ctx) {
  if (command.name() != "rm") return;
  for (const Word* word : command.arguments()) {
    const std::string_view path = word->text;
    const std::string_view file = path.substr(path.find_last_of('/') + 1);
    if (std::ranges::find(kLockFiles, file) == std::end(kLockFiles)) continue;
    ctx.report({.variant = "removed",
                .range = script.text.in_file(word->range),
                .message = quoted(file) + " is deleted: the next install takes whatever is newest"});
  }
}

/// bundler remembers what `bundle config` said.
bool freezes_bundler(const Command& command) {
  if (command.name() != "bundle" || command.words.size() < 3 || command.words[1].text != "config") return false;
  return std::ranges::any_of(command.words,
                             [](const Word& word) { return word.text == "deployment" || word.text == "frozen"; });
}

void check_script(const dockerfile::BuildScript& script, RuleContext& ctx) {
  const std::vector<Command>& commands = script.text.script->commands;
  const bool frozen = std::ranges::any_of(commands, freezes_bundler);
  std::vector<std::optional<Invocation>> invocations;
  std::size_t last_install = 0;
  for (const Command& command : commands) {
    invocations.push_back(packages::invocation(command.words, script.text.source.text.bytes()));
    const std::optional<Invocation>& invocation = invocations.back();
    if (invocation && (invocation->operation == Operation::Install || invocation->operation == Operation::Sync))
      last_install = invocations.size() - 1;
  }
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const Command& command = commands[i];
    // `[ -f package-lock.json ] && npm ci || npm install` has thought of it.
    if (command.conditional || command.connector == shell::Connector::Or) continue;
    // Without an install behind it the file is only cleaned up.
    if (i < last_install) check_removal(command, script, ctx);
    const std::optional<Invocation>& invocation = invocations[i];
    if (!invocation) continue;
    // A word from a variable may be an option, or what to install.
    const bool may_be_frozen = (frozen && invocation->manager == Manager::Bundler) || !all_literal(command);
    if (!may_be_frozen) check_install(*invocation, script, ctx);
    check_update(*invocation, script, ctx);
  }
}

constexpr StaticList<PresetEntry, kPresetCount> kRecommended = {{Preset::Recommended, Severity::Information},
                                                                {Preset::Strict, Severity::Information}};
constexpr StaticList<PresetEntry, kPresetCount> kStrict = {{Preset::Strict, Severity::Information}};
constexpr StaticList<PresetEntry, kPresetCount> kWarning = {{Preset::Recommended, Severity::Warning},
                                                            {Preset::Strict, Severity::Warning}};

}  // namespace

constinit const Rule ignored_lock_file = checked({
    .name = "ignored-lock-file",
    .family = Family::BillOfMaterials,
    .title = "The build does not keep to the lock file.",
    .consequence =
        "Somebody adds a package to `package.json` and forgets to commit the lock file. `npm install` says nothing, "
        "chooses "
        "versions on its own, and writes them into a lock file inside of the image where nobody sees it. The build of "
        "Tuesday has one version, the rebuild for the security fix another, and the tests never saw either.",
    .fine_when = "The project has no lock file on purpose, as a library tested against the newest of everything has.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "npm",
                  .summary = "npm install is used where npm ci keeps to the lock file.",
                  .severity = Severity::Information,
                  .presets = kRecommended,
                  .languages = Language::Dockerfile},
                 {.name = "yarn",
                  .summary = "yarn may change yarn.lock.",
                  .severity = Severity::Information,
                  .presets = kRecommended,
                  .languages = Language::Dockerfile},
                 {.name = "pnpm",
                  .summary = "pnpm may change pnpm-lock.yaml.",
                  .severity = Severity::Information,
                  .presets = kRecommended,
                  .languages = Language::Dockerfile},
                 {.name = "bun",
                  .summary = "bun may change its lock file.",
                  .severity = Severity::Information,
                  .presets = kRecommended,
                  .languages = Language::Dockerfile},
                 {.name = "bundler",
                  .summary = "bundler may change Gemfile.lock.",
                  .severity = Severity::Information,
                  .presets = kStrict,
                  .languages = Language::Dockerfile},
                 {.name = "pipenv",
                  .summary = "pipenv may lock anew.",
                  .severity = Severity::Information,
                  .presets = kStrict,
                  .languages = Language::Dockerfile},
                 {.name = "uv",
                  .summary = "uv may change uv.lock.",
                  .severity = Severity::Information,
                  .presets = kStrict,
                  .languages = Language::Dockerfile},
                 {.name = "cargo",
                  .summary = "cargo may change Cargo.lock.",
                  .severity = Severity::Information,
                  .presets = kStrict,
                  .languages = Language::Dockerfile},
                 {.name = "update",
                  .summary = "A command that makes the lock file anew runs in the build.",
                  .severity = Severity::Warning,
                  .presets = kWarning,
                  .languages = Language::Dockerfile},
                 {.name = "removed",
                  .summary = "The lock file is deleted before an install.",
                  .severity = Severity::Warning,
                  .presets = kWarning,
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.npmjs.com/cli/commands/npm-ci", "https://pnpm.io/cli/install#--frozen-lockfile",
                   "https://classic.yarnpkg.com/en/docs/cli/install",
                   "https://docs.astral.sh/uv/concepts/projects/sync/",
                   "https://getcomposer.org/doc/01-basic-usage.md#installing-dependencies"},
    .examples =
        {{"npm", "Dockerfile",
          "FROM node:22.11.0\nCOPY package*.json ./\nRUN <|npm install|> --omit=dev && npm cache clean -f\n",
          "FROM node:22.11.0\nCOPY package*.json ./\nRUN npm ci --omit=dev && npm cache clean -f\n"},
         {"on a continued line", "Dockerfile",
          "FROM node:22.11.0\r\nRUN cd /app \\\r\n && <|npm i|> \\\r\n && npm run build\r\n",
          "FROM node:22.11.0\r\nRUN cd /app \\\r\n && npm ci \\\r\n && npm run build\r\n"},
         {"in the quotes of another shell", "Dockerfile",
          "FROM node:22.11.0\nRUN bash -c \"cd /app && <|npm install|>\"\n",
          "FROM node:22.11.0\nRUN bash -c \"cd /app && npm ci\"\n"},
         {"yarn", "Dockerfile", "FROM node:22.11.0\nRUN <|yarn|> && <|yarn install|> --production\n",
          "FROM node:22.11.0\nRUN yarn install --frozen-lockfile && yarn install --frozen-lockfile --production\n"},
         {"pnpm and bun", "Dockerfile", "FROM node:22.11.0\nRUN <|pnpm install|>\nRUN <|bun install|>\n",
          "FROM node:22.11.0\nRUN pnpm install --frozen-lockfile\nRUN bun install --frozen-lockfile\n"},
         {"bundler", "Dockerfile", "FROM ruby:3.3\nRUN <|bundle install|> --jobs 4\n"},
         {"Python and Rust", "Dockerfile",
          "FROM python:3.13\nRUN <|pipenv install|> --system\nRUN <|uv sync|>\nRUN <|cargo build|> --release\n",
          "FROM python:3.13\nRUN pipenv install --deploy --system\nRUN uv sync --locked\nRUN cargo build --locked "
          "--release\n"},
         {"locked anew", "Dockerfile", "FROM composer:2.8\nRUN <|composer update|> --no-dev\n",
          "FROM composer:2.8\nRUN composer install --no-dev\n"},
         {"deleted", "Dockerfile", "FROM node:22.11.0\nRUN rm -f <|package-lock.json|> && npm install left-pad\n"},
         {"what keeps to it", "Dockerfile",
          "FROM node:22.11.0\nRUN npm ci\nRUN yarn install --frozen-lockfile\nRUN pnpm i --frozen-lockfile=true\n"
          "RUN bundle config set deployment true && bundle install\nRUN composer install\nRUN poetry install\n"},
         {"other uses", "Dockerfile",
          "FROM node:22.11.0\nRUN npm install -g pnpm@9.12.3\nRUN npm install express@4.21.1\nRUN yarn build\n"
          "RUN yarn --version && cargo install ripgrep\n"},
         {"somebody has thought of it", "Dockerfile",
          "FROM node:22.11.0\nRUN if [ -f package-lock.json ]; then npm ci; else npm install; fi\n"}},
    .checks = {on(check_script)},
});

}  // namespace quaymaster::rules
