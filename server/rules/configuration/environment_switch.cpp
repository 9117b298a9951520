#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/container/container.h"
#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/development.h"
#include "rules/support/environment_names.h"
#include "rules/support/message.h"
#include "rules/support/start_text.h"
#include "text/ascii.h"
#include "text/one_of.h"

namespace quaymaster::rules {
extern const Rule environment_switch;
namespace {

using container::EnvironmentEntry;
using Words = std::span<const shell::Word>;

/// An option of the command line that chooses an environment, with the word that names it.
struct Switch {
  TextRange range;  ///< in the bytes of the script
  std::string shown;
  bool mode = false;  ///< `production` without more may be a mode of the program
};

/// Options whose value is the name of an environment.
bool is_environment_option(std::string_view option) {
  constexpr std::string_view kOptions[] = {"--env",
                                           "--environment",
                                           "-environment",
                                           "--spring.profiles.active",
                                           "-Dspring.profiles.active",
                                           "-Dquarkus.profile",
                                           "-Dmicronaut.environments",
                                           "-Dplay.env",
                                           "-Denv",
                                           "--stage",
                                           "--app-env",
                                           "--rails-env"};
  return one_of(kOptions, option);
}

/// Servers of Ruby, whose option is short, also behind `bundle exec`.
bool takes_short_option(Words words) {
  static constexpr std::string_view kPrograms[] = {"rails",   "puma",   "unicorn",  "thin",
                                                   "sidekiq", "rackup", "passenger"};
  constexpr std::size_t kFirst = 3;
  words = words.first(std::min(words.size(), kFirst));
  return std::any_of(words.begin(), words.end(),
                     [](const shell::Word& word) { return one_of(kPrograms, program_name(word)); });
}

/// Options that are followed by the name of a file with settings.
bool is_settings_option(std::string_view option) {
  constexpr std::string_view kOptions[] = {
      "-c",         "--config",      "-config",           "--config-file", "--conf",
      "--settings", "-Dconfig.file", "-Dconfig.resource", "--env-file",    "--spring.config.location"};
  return one_of(kOptions, option);
}

bool names_environment_file(std::string_view path) {
  const std::string_view name = path.substr(path.find_last_of('/') + 1);
  // `app.settings.production` of Django is a module.
  return name.find('.') != std::string_view::npos && environment_in_name(name);
}

std::optional<Switch> find_switch(Words words) {
  const bool short_option = takes_short_option(words);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i].text;
    if (!word.starts_with('-')) continue;
    const std::size_t equals = word.find('=');
    const std::string_view option = word.substr(0, equals);
    const bool attached = equals != std::string_view::npos;
    if (!attached && i + 1 == words.size()) continue;
    const std::string_view value = attached ? word.substr(equals + 1) : std::string_view(words[i + 1].text);
    const bool ruby = short_option && (option == "-e" || option == "-E");
    const bool environment = (is_environment_option(option) || ruby) && is_environment_name(value);
    if (!environment && !(is_settings_option(option) && names_environment_file(value))) continue;
    const std::string lower = ascii_lower(value);
    const bool profile = option.find("profile") != std::string_view::npos;
    Switch found{words[i].range, std::string(word), environment && !profile && lower.starts_with("prod")};
    if (attached) return found;
    found.range.end = words[i + 1].range.end;
    found.shown += " " + words[i + 1].text;
    return found;
  }
  return std::nullopt;
}

void check_start(const container::StartCommand& start, RuleContext& ctx) {
  if (ctx.language() != Language::Dockerfile || !start.ships || is_development_path(ctx.path())) return;
  for (const shell::Command& command : start.text.script->commands) {
    const std::optional<Switch> found = find_switch(command.words);
    if (!found) continue;
    ctx.report({.variant = found->mode ? "mode" : "start-command",
                .range = start.text.in_file(found->range),
                .message = quoted(found->shown, 40) + " starts the same environment wherever the image runs"});
  }
}

/// The frameworks' own modes, such as NODE_ENV, are not among them: one image runs in one mode everywhere.
bool names_environment(std::string_view name) {
  constexpr std::string_view kNames[] = {"ENVIRONMENT",
                                         "ENV",
                                         "APP_ENVIRONMENT",
                                         "BUILD_ENV",
                                         "BUILD_ENVIRONMENT",
                                         "DEPLOY_ENV",
                                         "TARGET_ENV",
                                         "ENV_NAME",
                                         "RUNTIME_ENV",
                                         "ENVIRONMENT_NAME",
                                         "PROFILE",
                                         "SPRING_PROFILE",
                                         "SPRING_PROFILES_ACTIVE",
                                         "DEPLOYMENT_ENV",
                                         "DEPLOYMENT_ENVIRONMENT",
                                         "DEPLOY_ENVIRONMENT",
                                         "CONFIG_ENV"};
  return one_of(kNames, name);
}

void check_entry(const EnvironmentEntry& entry, RuleContext& ctx) {
  const dockerfile::Context* context = ctx.instruction_context();
  if (ctx.language() != Language::Dockerfile || context == nullptr || is_development_path(ctx.path())) return;
  if (entry.origin == EnvironmentEntry::Origin::BuildArgument) {
    const bool environment = !entry.value || entry.value->empty() || is_environment_name(*entry.value);
    if (names_environment(entry.name) && environment)
      ctx.report({.variant = "build-argument",
                  .range = entry.name_range,
                  .message = quoted("ARG " + entry.name) + " makes another image for each environment"});
    return;
  }
  if (!entry.value || !context->ships || !entry.literal || !is_environment_name(*entry.value)) return;
  const bool staging = ascii_lower(*entry.value).starts_with("st") || *entry.value == "qa" || *entry.value == "uat";
  const bool framework = entry.name.ends_with("_ENV") || entry.name.ends_with("_ENVIRONMENT");
  if (names_environment(entry.name) || (staging && framework))
    ctx.report(
        {.variant = "variable",
         .range = entry.value_range,
         .message = quoted(entry.name + "=" + *entry.value, 44) + " is the place where the image runs, not its own"});
}

consteval Variant variant(std::string_view name, std::string_view summary, bool recommended) {
  Variant result{.name = name,
                 .summary = summary,
                 .severity = Severity::Information,
                 .presets = {{Preset::Strict, Severity::Information}},
                 .languages = Language::Dockerfile};
  if (recommended)
    result.presets = {{Preset::Recommended, Severity::Information}, {Preset::Strict, Severity::Information}};
  return result;
}

}  // namespace

constinit const Rule environment_switch = checked({
    .name = "environment-switch",
    .family = Family::Configuration,
    .title = "The image says which environment it runs in.",
    .consequence =
        "The image with `--spring.profiles.active=prod` in its ENTRYPOINT is started on a laptop to look at a bug. It "
        "connects to what the profile names: the mail server sends a reminder to every customer.",
    .fine_when =
        "The word is a mode of the program and not a place: `production` as the one mode that all environments run.",
    .variants = {variant("start-command", "The start command chooses an environment or the settings of one.", true),
                 variant("mode", "The start command asks for `production`, which may be a place or a mode.", false),
                 variant("variable", "A variable of the image names the environment.", false),
                 variant("build-argument", "A build argument names the environment, so that images differ.", false)},
    .references = {"https://12factor.net/config", "https://12factor.net/build-release-run",
                   "https://docs.docker.com/build/building/best-practices/#create-ephemeral-containers"},
    .examples =
        {{"a profile", "Dockerfile",
          "FROM eclipse-temurin:21.0.5_11-jre\nENTRYPOINT [\"java\", \"-jar\", \"app.jar\", "
          "\"<|--spring.profiles.active=prod|>\"]\n"},
         {"an option with its value", "Dockerfile",
          "FROM ruby:3.3.6\nCMD bundle exec puma <|-e production|> -p 3000\n"},
         {"the settings of one environment", "Dockerfile",
          "FROM python:3.13.1\nCMD [\"gunicorn\", \"<|-c\", \"config/gunicorn.prod.py|>\", \"app\"]\n"},
         {"variables", "Dockerfile",
          "FROM node:22.11\nARG <|ENVIRONMENT|>=production\nENV ENVIRONMENT=<|staging|> APP_ENV=<|staging|>\n"},
         {"modes, and what the start decides", "Dockerfile",
          "FROM node:22.11\nENV NODE_ENV=production RAILS_ENV=production PROFILE=$PROFILE\nARG NODE_ENV=production\n"
          "CMD [\"app\", \"--config\", \"/etc/app.yml\", \"-e\", \"production\"]\n"}},
    .checks = {on(check_start), on(check_entry)},
});

}  // namespace quaymaster::rules
