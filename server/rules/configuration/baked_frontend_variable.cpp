#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/compose/compose.h"
#include "model/container/container.h"
#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/build_step.h"
#include "rules/support/development.h"
#include "rules/support/development_service.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"
#include "rules/support/start_text.h"
#include "text/ascii.h"
#include "text/one_of.h"

namespace quaymaster::rules {
extern const Rule baked_frontend_variable;
namespace {

/// Bundlers write variables with these beginnings into what they build.
bool is_bundled(std::string_view name) {
  constexpr std::string_view kPrefixes[] = {"NEXT_PUBLIC_", "VITE_",   "REACT_APP_",   "VUE_APP_",
                                            "NUXT_PUBLIC_", "PUBLIC_", "EXPO_PUBLIC_", "GATSBY_"};
  return std::any_of(std::begin(kPrefixes), std::end(kPrefixes),
                     [&](std::string_view prefix) { return name.starts_with(prefix) && name.size() > prefix.size(); });
}

/// What belongs to the build, not to the place where the program runs.
bool is_about_build(std::string_view name) {
  constexpr std::string_view kParts[] = {"version", "commit", "sha",  "revision", "build",
                                         "release", "git",    "date", "telemetry"};
  const std::string lower = ascii_lower(name);
  return std::any_of(std::begin(kParts), std::end(kParts),
                     [&](std::string_view part) { return lower.find(part) != std::string::npos; });
}

/// Text that a script replaces when the container starts.
bool is_marker(std::string_view value) {
  const std::string lower = ascii_lower(value);
  return lower.find("__") != std::string::npos || lower.find("placeholder") != std::string::npos ||
         lower.find("baked_") != std::string::npos || lower.find("replace") != std::string::npos;
}

struct Variable {
  std::string name;
  TextRange range;  ///< absolute
};

void add_variables(const dockerfile::Placed& placed, std::vector<Variable>& variables) {
  const auto* env = placed.instruction->as<dockerfile::Env>();
  const auto* arg = placed.instruction->as<dockerfile::Arg>();
  if (env == nullptr && arg == nullptr) return;
  for (const dockerfile::Pair& pair : env != nullptr ? env->pairs : arg->pairs) {
    const std::string& name = pair.key.string();
    if (!is_bundled(name) || is_about_build(name) || (pair.value && is_marker(pair.value->string()))) continue;
    const bool known = std::any_of(variables.begin(), variables.end(),
                                   [&](const Variable& variable) { return variable.name == name; });
    constexpr std::size_t kMost = 32;
    if (!known && variables.size() < kMost) variables.push_back({name, pair.key.range.shifted(placed.begin)});
  }
}

/// Whether the command makes a bundle: `npm run build`, `yarn build`, `next build`.
bool is_bundling(const shell::Command& command) {
  constexpr std::string_view kPrograms[] = {"npm",   "yarn", "pnpm",   "bun",           "npx",
                                            "next",  "vite", "nuxt",   "nuxi",          "ng",
                                            "turbo", "nx",   "gatsby", "react-scripts", "vue-cli-service",
                                            "astro", "expo"};
  if (!one_of(kPrograms, command.name())) return false;
  return std::any_of(command.words.begin() + 1, command.words.end(), [](const shell::Word& word) {
    return word.text.starts_with("build") || word.text == "generate" || word.text == "export" ||
           word.text.find(":build") != std::string::npos;
  });
}

Fix at_start() {
  Fix fix{"Let the container hand it to the page", Applicability::DisplayOnly, {}};
  fix.caveat =
      "The page asks its own server for the settings (`/config.json`, written from the environment when the container "
      "starts), or is served from an address that is relative to it, such as `/api`.";
  return fix;
}

/// One finding a stage: the first variable, with the others.
void report(const std::vector<Variable>& variables, TextRange build, RuleContext& ctx) {
  Report report{
      .range = variables.front().range,
      .message = quoted(variables.front().name) + " becomes a constant of the bundle: one image per environment",
      .fixes = {at_start()}};
  for (std::size_t i = 1; i < variables.size(); ++i)
    report.related.push_back({variables[i].range, quoted(variables[i].name) + " becomes one, too"});
  report.related.push_back({build, "the bundle is made here"});
  ctx.report(std::move(report));
}

void check_build(const dockerfile::BuildFile& build, RuleContext& ctx) {
  std::size_t next = 0;
  for (const Section& section : sections(build.file)) {
    std::vector<Variable> variables;
    bool reported = false;
    for (std::size_t i = section.first; i < section.end; ++i) {
      add_variables(build.file.instructions[i], variables);
      for (; next < build.steps.size() && build.steps[next].index <= i; ++next) {
        if (reported || variables.empty()) continue;
        const shell::Text& text = build.steps[next].script.text;
        const auto& commands = text.script->commands;
        const auto bundling = std::find_if(commands.begin(), commands.end(), is_bundling);
        if (bundling == commands.end()) continue;
        report(variables, text.in_file(bundling->range).shifted(build.file.instructions[i].begin), ctx);
        reported = true;
      }
    }
  }
}

/// One finding a service: the first variable that its build is given, with the others.
void check_service(const compose::Service& service, RuleContext& ctx) {
  if (!service.build || service.container.template_only || is_development_path(ctx.path()) || says_development(service))
    return;
  std::optional<Report> report;
  for (const container::EnvironmentEntry& argument : service.build->arguments) {
    const bool marker = argument.value && is_marker(*argument.value);
    if (!is_bundled(argument.name) || is_about_build(argument.name) || marker) continue;
    constexpr std::size_t kMost = 32;
    if (!report)
      report = Report{.range = argument.name_range,
                      .message = quoted(argument.name) + " becomes a constant of the bundle: one image per environment",
                      .fixes = {at_start()}};
    else if (report->related.size() < kMost)
      report->related.push_back({argument.name_range, quoted(argument.name) + " becomes one, too"});
  }
  if (report) ctx.report(*std::move(report));
}

}  // namespace

constinit const Rule baked_frontend_variable = checked({
    .name = "baked-frontend-variable",
    .family = Family::Configuration,
    .title = "A setting of the browser's program is fixed when the image is built.",
    .consequence =
        "The image was tried on the test system, is started in production, and there every customer's browser talks to "
        "`api.test.shop.eu`. `docker run -e VITE_API_URL=…` changes nothing: the bundler put the text into a "
        "JavaScript file months ago. So an image is built for each environment, and what runs was never tested.",
    .fine_when = "The value is the same everywhere, such as the public key of a service.",
    .variants = {{.severity = Severity::Information,
                  .presets = {{Preset::Recommended, Severity::Information}, {Preset::Strict, Severity::Information}},
                  .languages = Language::Dockerfile | Language::Compose}},
    .references = {"https://vite.dev/guide/env-and-mode", "https://nextjs.org/docs/app/guides/environment-variables",
                   "https://12factor.net/config"},
    .examples = {{"a build argument", "Dockerfile",
                  "FROM node:22.11\nARG <|NEXT_PUBLIC_API_URL|>\nARG NEXT_PUBLIC_SHOP\nCOPY . .\nRUN npm run build\n"},
                 {"a variable", "Dockerfile",
                  "FROM node:22.11 AS build\nENV <|VITE_API_URL|>=https://api.shop.eu\nRUN npm ci && npx vite build\n"
                  "FROM nginx:1.27.3\nCOPY --from=build /app/dist /usr/share/nginx/html\n"},
                 {"a marker that the start replaces, and what is about the build", "Dockerfile",
                  "FROM node:22.11\nENV VITE_API_URL=__API_URL__\nARG VITE_GIT_SHA\nRUN npm run build\n"},
                 {"arguments of a service's build", "compose.yaml",
                  "services:\n  web:\n    build:\n      context: ./web\n      args:\n        NODE_VERSION: \"22\"\n"
                  "        <|VITE_API_URL|>: https://api.shop.eu\n        VITE_SHOP: ${SHOP}\n  docs:\n    build:\n"
                  "      args:\n        - \"<|NEXT_PUBLIC_API_URL|>\"\n      context: ./docs\n"},
                 {"a build for developers", "compose.dev.yaml",
                  "services:\n  web:\n    build:\n      context: .\n      args: [VITE_API_URL=http://localhost]\n"},
                 {"no bundle is made in the stage", "Dockerfile",
                  "FROM node:22.11\nENV REACT_APP_API=/api\nRUN npm ci\nCMD [\"node\", \"server.js\"]\n"}},
    .checks = {on(check_build), on(check_service)},
});

}  // namespace quaymaster::rules
