#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/environment_names.h"
#include "rules/support/message.h"
#include "text/ascii.h"

namespace quaymaster::rules {
extern const Rule environment_config_copied;
namespace {

template <class List>
bool starts_with_any(std::string_view text, const List& beginnings) {
  return std::any_of(std::begin(beginnings), std::end(beginnings),
                     [&](std::string_view beginning) { return text.starts_with(beginning); });
}

std::string_view without_quotes_and_slashes(std::string_view path) {
  constexpr std::string_view kSurplus = "\"'/";
  while (!path.empty() && kSurplus.find(path.back()) != std::string_view::npos) path.remove_suffix(1);
  while (!path.empty() && (path.front() == '"' || path.front() == '\'')) path.remove_prefix(1);
  return path;
}

/// Settings of the program that runs, going by the end of the name.
bool is_settings_file(std::string_view name) {
  constexpr std::string_view kEndings[] = {".yml",  ".yaml", ".json", ".properties", ".conf", ".cfg",      ".ini",
                                           ".toml", ".xml",  ".env",  ".config",     ".hcl",  ".config.js"};
  return name.starts_with(".env") || std::any_of(std::begin(kEndings), std::end(kEndings),
                                                 [&](std::string_view ending) { return name.ends_with(ending); });
}

/// Settings of tools that build, test or start, and of engines that are tuned and not told where they run.
bool is_for_tools(std::string_view name, std::string_view target) {
  constexpr std::string_view kTools[] = {"package", "tsconfig",    "jsconfig",     "webpack", "vite.",  "rollup",
                                         "babel",   "jest",        "requirements", "compose", "docker", "tslint",
                                         "eslint",  "dockerfile",  "gemfile",      "cypress", "turbo",  "composer",
                                         "conda",   "environment", "pyproject",    "angular", "php"};
  return starts_with_any(name, kTools) || name.ends_with(".ini") || target.find("conf.d") != std::string_view::npos ||
         name.find("example") != std::string_view::npos || name.find("template") != std::string_view::npos;
}

void check_source(const dockerfile::Word& source, const std::string& target, RuleContext& ctx) {
  const std::string_view path = without_quotes_and_slashes(source.string());
  const std::string_view name = path.substr(path.find_last_of("/\\") + 1);
  const std::string lower = ascii_lower(name);
  if (!is_settings_file(lower) || is_for_tools(lower, target)) return;
  const std::optional<TextRange> environment = environment_in_name(name);
  if (!environment) return;
  // A file of settings for one's own machine is what `secret-file-copied` looks for.
  const std::string word = ascii_lower(slice(name, *environment));
  if (word == "local") return;
  ctx.report(
      {.range = source.range, .message = quoted(name, 40) + " ties the image to one environment, " + quoted(word, 16)});
}

void check_transfer(const dockerfile::Transfer& transfer, RuleContext& ctx) {
  const dockerfile::Context* context = ctx.instruction_context();
  if (transfer.flag("from") != nullptr || !transfer.destination || context == nullptr) return;
  const std::string target = ascii_lower(transfer.destination->string());
  for (const dockerfile::Word& source : transfer.sources)
    // What a bundler reads, it writes into the bundle, whichever stage it runs in.
    if (context->ships || source.string().find(".env") != std::string::npos) check_source(source, target, ctx);
}

void check_copy(const dockerfile::Copy& copy, RuleContext& ctx) { check_transfer(copy, ctx); }
void check_add(const dockerfile::Add& add, RuleContext& ctx) { check_transfer(add, ctx); }

}  // namespace

constinit const Rule environment_config_copied = checked({
    .name = "environment-config-copied",
    .family = Family::Configuration,
    .title = "The settings of one environment are copied into the image.",
    .consequence =
        "The image with `production.yml` in it cannot be tried anywhere but in production: for the test system another "
        "one is built, with another file and, an hour later, another version of a library. The error of tonight is in "
        "the one that nobody has tested.",
    .fine_when =
        "The file of every environment is in the image, and a variable chooses one when the container starts; or the "
        "file tunes the program and names no host, account or switch.",
    .variants = {{.severity = Severity::Information,
                  .presets = {{Preset::Recommended, Severity::Information}, {Preset::Strict, Severity::Information}},
                  .languages = Language::Dockerfile}},
    .references = {"https://12factor.net/config", "https://docs.docker.com/compose/how-tos/use-secrets/",
                   "https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/"},
    .examples =
        {{"settings of production", "Dockerfile",
          "FROM node:22.11\nCOPY <|config/production.json|> /app/config/\nCOPY <|\"nginx.prod.conf\"|> "
          "/etc/nginx/nginx.conf\n"},
         {"settings that a bundler reads", "Dockerfile",
          "FROM node:22.11 AS build\nCOPY <|.env.production|> ./\nRUN npm run build\nFROM nginx:1.27.3\n"
          "COPY --from=build /app/dist /usr/share/nginx/html\n"},
         {"a profile", "Dockerfile",
          "FROM eclipse-temurin:21.0.5_11-jre\nCOPY app.jar <|src/main/resources/application-prod.yml|> /app/\n"},
         {"settings for all, tools, engines and examples", "Dockerfile",
          "FROM node:22.11\nCOPY config/default.json product.yml nginx.conf /app/config/\n"
          "COPY tsconfig.prod.json requirements-dev.txt docker-compose.prod.yml ./\n"
          "COPY php.prod.ini $PHP_INI_DIR/conf.d/\nCOPY .env.production.example ./\n"},
         {"a stage that does not ship", "Dockerfile",
          "FROM node:22.11 AS test\nCOPY config/staging.json ./\nFROM node:22.11-slim\n"}},
    .checks = {on(check_copy), on(check_add)},
});

}  // namespace quaymaster::rules
