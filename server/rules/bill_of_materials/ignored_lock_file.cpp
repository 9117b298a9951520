#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/dockerfile/file.h"
#include "model/shell/script.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule ignored_lock_file;
namespace {

using shell::Command;
using shell::Word;

/// A command that installs what a project needs, and what makes it keep to the lock file.
struct Installer {
  std::string_view variant;
  std::string_view program;
  std::string_view subcommand;         ///< empty: the program alone
  std::string_view strict_subcommand;  ///< takes the place of `subcommand`; empty: an option is added
  std::string_view strict_option;      ///< is added behind the subcommand
  /// Options that keep to the lock file, that do without one on purpose, or that mean another use; each between blanks.
  std::string_view silent_options;
};

constexpr std::string_view kNpm =
    " -g --global --location=global --package-lock-only --no-package-lock --package-lock=false --help --version ";
constexpr std::string_view kYarn =
    " --frozen-lockfile --immutable --pure-lockfile --no-lockfile --version -v --help -h ";
constexpr std::string_view kPnpm =
    " --frozen-lockfile --lockfile-only --no-lockfile --lockfile=false -g --global --help --version ";
constexpr std::string_view kBundler = " --frozen --deployment --version -v --help ";
constexpr std::string_view kUv = " --frozen --locked --help ";
constexpr std::string_view kCargo = " --locked --frozen --git --help --version ";

constexpr Installer kInstallers[] = {
    {"npm", "npm", "install", "ci", "", kNpm},
    {"npm", "npm", "i", "ci", "", kNpm},
    {"yarn", "yarn", "install", "", "--frozen-lockfile", kYarn},
    {"yarn", "yarn", "", "", "install --frozen-lockfile", kYarn},
    {"pnpm", "pnpm", "install", "", "--frozen-lockfile", kPnpm},
    {"pnpm", "pnpm", "i", "", "--frozen-lockfile", kPnpm},
    {"bun", "bun", "install", "", "--frozen-lockfile", " --frozen-lockfile --no-save -g --global --help "},
    {"bundler", "bundle", "install", "", "", kBundler},
    {"bundler", "bundle", "", "", "", kBundler},
    {"pipenv", "pipenv", "install", "", "--deploy", " --deploy --ignore-pipfile --skip-lock --help "},
    {"uv", "uv", "sync", "", "--locked", kUv},
    {"cargo", "cargo", "build", "", "--locked", kCargo},
    {"cargo", "cargo", "install", "", "--locked", kCargo},
};

/// A command that makes the lock file anew.
struct Updater {
  std::string_view program;
  std::string_view subcommand;
  std::string_view instead;
};
constexpr Updater kUpdaters[] = {
    {"composer", "update", "install"},
    {"composer", "u", "install"},
    {"composer", "upgrade", "install"},
    {"poetry", "update", "install"},
    {"npm", "update", "ci"},
    {"npm", "up", "ci"},
    {"npm", "upgrade", "ci"},
    {"yarn", "upgrade", ""},
    {"yarn", "up", ""},
    {"pnpm", "update", ""},
    {"pnpm", "up", ""},
    {"bundle", "update", "install"},
    {"cargo", "update", ""},
    {"pipenv", "update", "sync"},
};

constexpr std::string_view kLockFiles[] = {
    "package-lock.json", "npm-shrinkwrap.json", "yarn.lock",     "pnpm-lock.yaml", "bun.lock",
    "bun.lockb",         "Gemfile.lock",        "composer.lock", "poetry.lock",    "uv.lock",
    "Pipfile.lock",      "Cargo.lock",          "go.sum"};

bool lists(std::string_view options, std::string_view option) {
  return options.find(" " + std::string(option) + " ") != std::string_view::npos;
}

/// Whether the option takes a value in the next word.
bool takes_value(std::string_view option) {
  constexpr std::string_view kOptions =
      " --prefix --registry --loglevel --cache --omit --include --only --cwd --dir -C --filter -F --network-timeout "
      "--userconfig "
      "--jobs -j --gemfile --path --retry --without --with --target --bin --features --profile --package -p --group "
      "--extra "
      "--no-group --mutex --modules-folder --cache-folder --fetch-timeout --maxsockets --workspace -w --manifest-path "
      "--install-strategy --network-concurrency --store-dir --reporter ";
  return lists(kOptions, option);
}

/// The words behind the program that are no options and no values of options.
std::vector<const Word*> operands(const Command& command) {
  std::vector<const Word*> result;
  for (std::size_t i = 1; i < command.words.size(); ++i) {
    const std::string& text = command.words[i].text;
    if (text.starts_with('-')) {
      if (takes_value(text)) ++i;
    } else {
      result.push_back(&command.words[i]);
    }
  }
  return result;
}

bool has_any_option(const Command& command, std::string_view options) {
  return std::ranges::any_of(command.words, [options](const Word& word) {
    const std::string_view text = word.text;
    return text.starts_with('-') && (lists(options, text) || lists(options, text.substr(0, text.find('='))));
  });
}

bool installs_all(const Command& command, const Installer& installer) {
  if (command.name() != installer.program || has_any_option(command, installer.silent_options)) return false;
  const std::vector<const Word*> words = operands(command);
  const bool all_literal = std::ranges::all_of(command.words, [](const Word& word) { return word.literal; });
  // A word from a variable may be an option, or what to install.
  if (!all_literal) return false;
  if (installer.subcommand.empty()) return words.empty();
  if (words.size() != 1 || words.front()->text != installer.subcommand) return false;
  // `cargo install` is for one program; without --path it does not install this project.
  const bool cargo_install = installer.program == "cargo" && installer.subcommand == "install";
  return !cargo_install || command.option("--path") != nullptr;
}

std::string shown(std::string_view program, std::string_view subcommand) {
  return std::string(program) + (subcommand.empty() ? "" : " ") + std::string(subcommand);
}

constexpr std::string_view kNeedsLock =
    "The lock file has to be in the image, and to fit the file that it belongs to: copy both before this line.";

std::vector<Fix> strict_fix(const shell::Text& text, const Word& last, const Installer& installer) {
  if (!installer.strict_subcommand.empty()) {
    std::optional<Edit> edit = text.edit(last.range, installer.strict_subcommand);
    if (!edit) return {};
    return {{"Use " + shown(installer.program, installer.strict_subcommand),
             Applicability::Unsafe,
             {*std::move(edit)},
             std::string(kNeedsLock)}};
  }
  if (installer.strict_option.empty()) return {};
  const std::string replacement =
      text.source.text.bytes().substr(last.range.begin, last.range.size()) + " " + std::string(installer.strict_option);
  std::optional<Edit> edit = text.edit(last.range, replacement);
  if (!edit) return {};
  return {{"Add " + std::string(installer.strict_option),
           Applicability::Unsafe,
           {*std::move(edit)},
           std::string(kNeedsLock)}};
}

void check_install(const Command& command, const dockerfile::BuildScript& script, RuleContext& ctx) {
  for (const Installer& installer : kInstallers) {
    if (!installs_all(command, installer)) continue;
    const std::vector<const Word*> words = operands(command);
    const Word& last = words.empty() ? command.words.front() : *words.front();
    std::string message = quoted(shown(installer.program, installer.subcommand));
    if (!installer.strict_subcommand.empty())
      message += " may change the lock file; " + quoted(shown(installer.program, installer.strict_subcommand)) +
                 " keeps to it";
    else if (!installer.strict_option.empty())
      message += " without " + quoted(installer.strict_option) + " may change the lock file";
    else
      message += " may change the lock file: the build is not frozen";
    ctx.report({.variant = installer.variant,
                .range = script.text.in_file({command.words.front().range.begin, last.range.end}),
                .message = std::move(message),
                .fixes = strict_fix(script.text, last, installer)});
    return;
  }
}

void check_update(const Command& command, const dockerfile::BuildScript& script, RuleContext& ctx) {
  const std::vector<const Word*> words = operands(command);
  if (words.empty() || !words.front()->literal || has_any_option(command, " -g --global --help --version --dry-run "))
    return;
  for (const Updater& updater : kUpdaters) {
    if (command.name() != updater.program || words.front()->text != updater.subcommand) continue;
    std::vector<Fix> fixes;
    if (!updater.instead.empty() && words.size() == 1)
      if (std::optional<Edit> edit = script.text.edit(words.front()->range, updater.instead))
        fixes = {{"Use " + shown(updater.program, updater.instead),
                  Applicability::Unsafe,
                  {*std::move(edit)},
                  std::string(kNeedsLock)}};
    ctx.report({.variant = "update",
                .range = script.text.in_file({command.words.front().range.begin, words.front()->range.end}),
                .message = quoted(shown(updater.program, updater.subcommand)) +
                           " throws the locked versions away in every build",
                .fixes = std::move(fixes)});
    return;
  }
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

bool installs_later(const std::vector<Command>& commands, std::size_t from) {
  return std::any_of(commands.begin() + static_cast<std::ptrdiff_t>(from), commands.end(), [](const Command& command) {
    const std::vector<const Word*> words = command.arguments();
    return !words.empty() &&
           (words.front()->text == "install" || words.front()->text == "i" || words.front()->text == "add");
  });
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
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const Command& command = commands[i];
    // `[ -f package-lock.json ] && npm ci || npm install` has thought of it.
    if (command.conditional || command.connector == shell::Connector::Or) continue;
    if (!frozen || command.name() != "bundle") check_install(command, script, ctx);
    check_update(command, script, ctx);
    // Without an install behind it the file is only cleaned up.
    if (installs_later(commands, i + 1)) check_removal(command, script, ctx);
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
