#include "rules/support/development.h"

#include <algorithm>
#include <iterator>

#include "rules/support/start_text.h"
#include "text/ascii.h"
#include "text/one_of.h"

namespace quaymaster::rules {
namespace {

using Words = std::span<const shell::Word>;
using Kind = DevelopmentUse::Kind;

/// The word `want` among the first words that are no options; its index.
std::optional<std::size_t> find_word(Words words, std::string_view want, std::size_t from = 1) {
  for (std::size_t i = from; i < words.size(); ++i)
    if (words[i].text == want) return i;
  return std::nullopt;
}

/// The first word behind the program that is no option.
std::optional<std::size_t> first_argument(Words words) {
  for (std::size_t i = 1; i < words.size(); ++i)
    if (!words[i].text.starts_with('-')) return i;
  return std::nullopt;
}

std::optional<DevelopmentUse> use_of(Words words, std::size_t last, Kind kind = Kind::Server) {
  DevelopmentUse use{
      kind, {words.front().range.begin, words[last].range.end}, std::string(program_name(words.front()))};
  if (last > 0) use.text += " " + words[last].text;
  return use;
}

/// What npm installs for Windows is called by its file: `nodemon.cmd`.
std::string_view without_script_ending(std::string_view program) {
  constexpr std::string_view kEnding = ".cmd";
  if (program.ends_with(kEnding)) program.remove_suffix(kEnding.size());
  return program;
}

std::optional<DevelopmentUse> word_of(Words words, std::size_t at, Kind kind) {
  return DevelopmentUse{kind, words[at].range, words[at].text};
}

/// Programs that exist for development only.
constexpr std::string_view kPrograms[] = {
    "nodemon",     "ts-node-dev",         "tsnd",         "air",  "webpack-dev-server",
    "live-server", "react-scripts-start", "browser-sync", "modd", "CompileDaemon",
    "watchmedo",   "watchfiles",          "shotgun",      "rerun"};

/// A sub-command that makes a program one for development: its first argument.
struct Subcommand {
  std::string_view program;
  std::string_view argument;
};
constexpr Subcommand kSubcommands[] = {
    {"next", "dev"},
    {"nuxt", "dev"},
    {"nuxi", "dev"},
    {"vite", "dev"},
    {"vite", "serve"},
    {"astro", "dev"},
    {"remix", "dev"},
    {"gatsby", "develop"},
    {"ng", "serve"},
    {"vue-cli-service", "serve"},
    {"react-scripts", "start"},
    {"webpack", "serve"},
    {"svelte-kit", "dev"},
    {"quasar", "dev"},
    {"hugo", "server"},
    {"hugo", "serve"},
    {"jekyll", "serve"},
    {"mkdocs", "serve"},
    {"ember", "serve"},
    {"docusaurus", "start"},
    {"storybook", "dev"},
    {"start-storybook", ""},
    {"tsx", "watch"},
    {"fastapi", "dev"},
    {"django-admin", "runserver"},
    {"cargo", "watch"},
    {"dotnet", "watch"},
    {"mvn", "spring-boot:run"},
    {"mvnw", "spring-boot:run"},
    {"mvn", "quarkus:dev"},
    {"mvnw", "quarkus:dev"},
    {"gradle", "bootRun"},
    {"gradlew", "bootRun"},
    {"gradle", "quarkusDev"},
    {"gradlew", "quarkusDev"},
    {"symfony", "serve"},
    {"symfony", "server:start"},
    {"quart", "run"},
    {"flask", "run"},
};

/// Takes off what only finds the program in a project: `poetry run`, `npx`, `python -m`.
Words without_runner(Words words) {
  constexpr Subcommand kRunners[] = {{"poetry", "run"}, {"pipenv", "run"}, {"uv", "run"},      {"pdm", "run"},
                                     {"rye", "run"},    {"hatch", "run"},  {"bundle", "exec"}, {"npm", "exec"},
                                     {"pnpm", "exec"},  {"pnpm", "dlx"},   {"yarn", "exec"},   {"conda", "run"}};
  while (words.size() > 1) {
    const std::string_view program = program_name(words.front());
    std::size_t skipped = 0;
    if (program == "npx" || program == "bunx" || program == "pnpx") skipped = 1;
    for (const Subcommand& runner : kRunners)
      if (program == runner.program && words[1].text == runner.argument) skipped = 2;
    if (program.starts_with("python"))
      if (const std::optional<std::size_t> module = find_word(words, "-m"); module && *module <= 3)
        skipped = *module + 1;
    if (skipped == 0) return words;
    while (skipped < words.size() && words[skipped].text.starts_with('-')) ++skipped;
    if (skipped >= words.size()) return words;
    words = words.subspan(skipped);
  }
  return words;
}

/// The name of a script of package.json.
bool is_development_script(std::string_view name) {
  constexpr std::string_view kNames[] = {"dev", "develop", "development", "watch", "debug", "start-dev", "serve-dev"};
  return one_of(kNames, name) || name.starts_with("dev:") || name.ends_with(":dev") || name.ends_with(":watch") ||
         name.ends_with(":debug");
}

std::optional<DevelopmentUse> of_package_script(Words words) {
  const std::string_view program = program_name(words.front());
  if (program != "npm" && program != "yarn" && program != "pnpm" && program != "bun") return std::nullopt;
  std::optional<std::size_t> at = first_argument(words);
  if (!at) return std::nullopt;
  const bool says_run = words[*at].text == "run" || words[*at].text == "run-script";
  if (program == "npm" && !says_run) return std::nullopt;
  if (says_run) {
    at = *at + 1;
    while (*at < words.size() && words[*at].text.starts_with('-')) ++*at;
  }
  if (*at >= words.size() || !is_development_script(words[*at].text)) return std::nullopt;
  DevelopmentUse use{Kind::Server, {words.front().range.begin, words[*at].range.end}, std::string(program)};
  use.text += (says_run ? " run " : " ") + words[*at].text;
  return use;
}

bool is_jdwp(std::string_view text) {
  return text.starts_with("-agentlib:jdwp") || text.starts_with("-Xrunjdwp") || text == "-Xdebug";
}

std::optional<DevelopmentUse> of_debugger(Words words) {
  constexpr std::string_view kDebuggers[] = {"dlv", "debugpy", "gdbserver", "rdbg", "rdebug-ide", "pydevd"};
  const std::string_view program = program_name(words.front());
  if (one_of(kDebuggers, program)) return word_of(words, 0, Kind::Debugger);
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string_view text = words[i].text;
    if (program == "java" && is_jdwp(text)) return word_of(words, i, Kind::Debugger);
    if (program == "node" && !text.starts_with('-')) break;
    if (program == "node" && text.starts_with("--inspect")) return word_of(words, i, Kind::Debugger);
  }
  return std::nullopt;
}

std::optional<DevelopmentUse> of_reloader(Words words) {
  constexpr std::string_view kServers[] = {"uvicorn", "gunicorn", "hypercorn", "granian", "sanic"};
  const std::string_view program = program_name(words.front());
  if (one_of(kServers, program))
    if (const std::optional<std::size_t> at = find_word(words, "--reload")) return word_of(words, *at, Kind::Reload);
  if (program == "node")
    for (std::size_t i = 1; i < words.size() && words[i].text.starts_with('-'); ++i)
      if (words[i].text.starts_with("--watch")) return word_of(words, i, Kind::Reload);
  return std::nullopt;
}

std::optional<DevelopmentUse> of_script(Words words) {
  const std::string_view program = program_name(words.front());
  const bool python = program.starts_with("python");
  if (python || program == "manage.py") {
    const std::optional<std::size_t> script = python ? first_argument(words) : std::optional<std::size_t>(0);
    if (!script || program_name(words[*script]) != "manage.py") return std::nullopt;
    for (const std::string_view command : {"runserver", "runserver_plus"})
      if (const std::optional<std::size_t> at = find_word(words, command, *script + 1); at && *at == *script + 1) {
        DevelopmentUse use{Kind::Server, {words[*script].range.begin, words[*at].range.end}, "manage.py "};
        use.text += command;
        return use;
      }
    return std::nullopt;
  }
  if (program == "php" && words.size() > 1) {
    if (words[1].text == "-S") return use_of(words, 1);
    if (words.size() > 2 && words[1].text == "artisan" && words[2].text == "serve")
      return DevelopmentUse{Kind::Server, {words[1].range.begin, words[2].range.end}, "artisan serve"};
  }
  if (program == "rails" && words.size() > 3 && (words[1].text == "server" || words[1].text == "s"))
    for (std::size_t i = 2; i + 1 < words.size(); ++i)
      if ((words[i].text == "-e" || words[i].text == "--environment") && words[i + 1].text == "development")
        return DevelopmentUse{
            Kind::Server, {words[i].range.begin, words[i + 1].range.end}, "rails server -e development"};
  return std::nullopt;
}

std::optional<DevelopmentUse> of_program(Words words) {
  const std::string_view program = program_name(words.front());
  if (one_of(kPrograms, without_script_ending(program))) return use_of(words, 0);
  const std::optional<std::size_t> argument = first_argument(words);
  if (program == "vite" && !argument) return use_of(words, 0);
  for (const Subcommand& each : kSubcommands) {
    if (each.program != program) continue;
    if (each.argument.empty()) return use_of(words, 0);
    // `flask --app shop run`: options with values stand before it.
    const std::optional<std::size_t> at = program == "flask" ? find_word(words, each.argument) : argument;
    if (at && words[*at].text == each.argument) return use_of(words, *at);
  }
  return std::nullopt;
}

struct KnownSetting {
  std::string_view name;
  std::string_view values;  ///< in lower case, each between blanks
  std::string_view production;
};
constexpr KnownSetting kSettings[] = {
    {"NODE_ENV", " development dev ", "production"},
    {"RAILS_ENV", " development ", "production"},
    {"RACK_ENV", " development ", "production"},
    {"ASPNETCORE_ENVIRONMENT", " development ", "Production"},
    {"DOTNET_ENVIRONMENT", " development ", "Production"},
    {"FLASK_ENV", " development ", "production"},
    {"APP_ENV", " development dev local ", ""},
    {"MIX_ENV", " dev ", "prod"},
    {"SPRING_PROFILES_ACTIVE", " dev development ", ""},
    {"GIN_MODE", " debug ", "release"},
    {"FLASK_DEBUG", " 1 true ", "0"},
    {"DJANGO_DEBUG", " 1 true ", "0"},
    {"APP_DEBUG", " 1 true ", "false"},
    {"WORDPRESS_DEBUG", " 1 true ", ""},
};

}  // namespace

std::optional<DevelopmentUse> development_use(Words words) {
  if (words.empty()) return std::nullopt;
  words = without_runner(words);
  for (const auto& find : {of_debugger, of_reloader, of_package_script, of_script, of_program})
    if (std::optional<DevelopmentUse> use = find(words)) return use;
  return std::nullopt;
}

std::optional<DevelopmentSetting> development_setting(std::string_view name, std::string_view value) {
  constexpr std::string_view kJavaOptions[] = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "JAVA_OPTS", "CATALINA_OPTS",
                                               "JAVA_OPTIONS"};
  if (one_of(kJavaOptions, name) &&
      (value.find("agentlib:jdwp") != std::string_view::npos || value.find("Xrunjdwp") != std::string_view::npos))
    return DevelopmentSetting{.debugger = true};
  if (name == "NODE_OPTIONS" && value.find("--inspect") != std::string_view::npos)
    return DevelopmentSetting{.debugger = true};
  if (name == "XDEBUG_MODE" && value.find("debug") != std::string_view::npos)
    return DevelopmentSetting{.debugger = true, .production = "off"};
  for (const KnownSetting& known : kSettings)
    if (known.name == name && known.values.find(" " + ascii_lower(value) + " ") != std::string_view::npos)
      return DevelopmentSetting{.production = known.production};
  return std::nullopt;
}

bool names_development(std::string_view name) {
  constexpr std::string_view kWords[] = {"dev",   "devel",    "develop", "development", "developer", "devcontainer",
                                         "local", "debug",    "test",    "tests",       "testing",   "e2e",
                                         "ci",    "override", "sandbox", "hot",         "watch"};
  const std::string lower = ascii_lower(name);
  for (std::size_t begin = 0; begin < lower.size();) {
    std::size_t end = begin;
    while (end < lower.size() && ((lower[end] >= 'a' && lower[end] <= 'z') || (lower[end] >= '0' && lower[end] <= '9')))
      ++end;
    if (one_of(kWords, std::string_view(lower).substr(begin, end - begin))) return true;
    begin = end + 1;
  }
  return false;
}

bool is_development_path(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  const std::string_view file = slash == std::string_view::npos ? path : path.substr(slash + 1);
  if (names_development(file)) return true;
  if (slash == std::string_view::npos) return false;
  std::string_view folder = path.substr(0, slash);
  folder = folder.substr(folder.rfind('/') == std::string_view::npos ? 0 : folder.rfind('/') + 1);
  constexpr std::string_view kFolders[] = {"dev", "develop", "development", "devcontainer", ".devcontainer"};
  return one_of(kFolders, ascii_lower(folder));
}

}  // namespace quaymaster::rules
