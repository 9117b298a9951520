#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/compose/compose.h"
#include "model/container/container.h"
#include "model/kubernetes/config_script.h"
#include "model/kubernetes/kubernetes.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/development.h"
#include "rules/support/development_service.h"
#include "rules/support/message.h"
#include "rules/support/removal.h"
#include "rules/support/start_text.h"
#include "text/one_of.h"

namespace quaymaster::rules {
extern const Rule development_server;
namespace {

using Kind = DevelopmentUse::Kind;

/// Takes a word of the text away, with the blanks before it.
std::vector<Fix> word_removal(const shell::Text& text, TextRange word) {
  const std::string& bytes = text.source.text.bytes();
  TextRange range = word;
  while (range.begin > 0 && bytes[range.begin - 1] == ' ') --range.begin;
  std::optional<Edit> edit = text.edit(range, "");
  if (!edit) return {};
  return {{"Remove " + bytes.substr(word.begin, word.size()),
           Applicability::Unsafe,
           {*std::move(edit)},
           "The server no longer picks up changed files; keep the option in an override file for development."}};
}

void check_start(const container::StartCommand& start, RuleContext& ctx) {
  for (const shell::Command& command : start.text.script->commands) {
    if (command.conditional) continue;
    const std::optional<DevelopmentUse> use = development_use(working_words(command));
    if (!use) continue;
    const bool debugger = use->kind == Kind::Debugger;
    ctx.report({.variant = debugger ? "debugger" : "command",
                .range = start.text.in_file(use->range),
                .message = quoted(use->text, 36) + (debugger ? " lets whoever connects take control of the program"
                                                             : " is for development: it must not serve users"),
                .fixes = use->kind == Kind::Reload && !start.shared ? word_removal(start.text, use->range)
                                                                    : std::vector<Fix>()});
  }
}

std::vector<Fix> setting_fix(const container::EnvironmentEntry& entry, const DevelopmentSetting& setting,
                             const container::Container& container) {
  if (entry.shared || setting.production.empty()) return {};
  const std::string value(setting.production);
  std::optional<Edit> edit;
  if (container.place) {
    const yaml::Document& document = *container.place->document;
    edit = yaml::replace_scalar(yaml::value_at(document, entry.value_range), value);
    if (!edit) edit = yaml::replace_scalar(yaml::value_at(document, entry.item_range), entry.name + "=" + value);
  } else if (entry.value_range.size() == entry.value->size()) {
    edit = Edit::replacement(entry.value_range, value);
  } else if (entry.value_range.size() == entry.value->size() + 2) {  // in quotes
    edit = Edit::replacement({entry.value_range.begin + 1, entry.value_range.end - 1}, value);
  }
  if (!edit) return {};
  return {{"Set " + entry.name + " to " + value,
           Applicability::Unsafe,
           {*std::move(edit)},
           "Error pages become short, caches are on, and tools for development may no longer be found."}};
}

/// The last value of each variable is the one in force.
bool is_in_force(const container::EnvironmentEntry& entry, const container::Container& container) {
  const auto last = std::find_if(container.environment.rbegin(), container.environment.rend(),
                                 [&](const container::EnvironmentEntry& other) { return other.name == entry.name; });
  return &*last == &entry;
}

void check_environment(const container::Container& container, RuleContext& ctx) {
  for (const container::EnvironmentEntry& entry : container.environment) {
    const bool at_run_time = entry.origin == container::EnvironmentEntry::Origin::Environment;
    if (!at_run_time || !entry.value || !entry.literal || !is_in_force(entry, container)) continue;
    const std::optional<DevelopmentSetting> setting = development_setting(entry.name, *entry.value);
    if (!setting) continue;
    const std::string shown = quoted(entry.name + "=" + *entry.value, 40);
    ctx.report({.variant = setting->debugger ? "debugger" : "environment",
                .range = entry.value_range,
                .message = shown + (setting->debugger ? " opens a debugger in what ships"
                                                      : " is for development, and this ships"),
                .fixes = setting_fix(entry, *setting, container)});
  }
}

void check(const container::Container& container, RuleContext& ctx) {
  for (const container::StartCommand* start : start_texts(container)) check_start(*start, ctx);
  check_environment(container, ctx);
}

/// The final stage of a Dockerfile, and containers of pods; services have a check of their own.
void check_container(const container::Container& container, RuleContext& ctx) {
  if (container.kind == container::Container::Kind::Service) return;
  if (is_development_path(ctx.path()) || names_development(container.name)) return;
  check(container, ctx);
}

void check_service(const compose::Service& service, RuleContext& ctx) {
  if (is_development_path(ctx.path()) || is_for_development(service)) return;
  check(service.container, ctx);
}

/// A debugger that listens on this port by default; of others the port's name has to say it.
std::string_view debugger_at(std::int64_t port, std::string_view name) {
  constexpr std::int64_t kJava = 5005;
  constexpr std::int64_t kNode = 9229;
  constexpr std::string_view kNames[] = {"debugger", "jdwp", "delve", "dlv", "debugpy", "pydevd"};
  if (port == kJava) return "Java's debugger";
  if (port == kNode) return "Node's debugger";
  return one_of(kNames, name) ? "a debugger" : std::string_view();
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  if (is_development_path(ctx.path()) || names_development(workload.object.name)) return;
  for (const kubernetes::PodContainer& container : workload.containers) {
    if (container.ephemeral || names_development(container.container.name)) continue;
    for (const yaml::Element& item : container.value.get("ports").items()) {
      const yaml::Value port = item.value.get("containerPort");
      const std::string_view found =
          debugger_at(port.integer().value_or(0), item.value.get("name").string().value_or(""));
      if (found.empty() || !port.is_scalar()) continue;
      ctx.report({.variant = "debug-port",
                  .range = port.range(),
                  .message = "port " + quoted(*port.string(), 8) + " is that of " + std::string(found),
                  .fixes = removal(*container.value.document(), item.value.range(), item.shared || item.value.shared(),
                                   "Take the port out",
                                   "The debugger itself has to be switched off where it is switched on.")});
    }
  }
}

/// Scripts that stand in a ConfigMap and are run from there.
void check_manifests(const kubernetes::File& file, RuleContext& ctx) {
  if (is_development_path(ctx.path())) return;
  for (const kubernetes::MountedScript& mounted : mounted_scripts(file))
    if (!names_development(mounted.container->name)) check_start(mounted.script, ctx);
}

}  // namespace

constinit const Rule development_server = checked({
    .name = "development-server",
    .family = Family::Parity,
    .title = "A server or a setting for development is in what ships.",
    .consequence =
        "The first real load arrives and everything hangs: the development server answers one request after the other "
        "and "
        "watches every file in between. The first error shows a page with the source and a console that runs what a "
        "visitor types; an open debug port does so without an error.",
    .fine_when = "The image or the service is for developers only; its name, stage or profile had better say so.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "command",
                  .summary = "The start command is a server, reloader or watcher for development.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}}},
                 {.name = "debugger",
                  .summary = "A debugger listens.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}}},
                 {.name = "environment",
                  .summary = "A variable switches the behaviour for development on.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}}},
                 {.name = "debug-port",
                  .summary = "A container of a pod opens the port of a debugger.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Kubernetes}},
    .references =
        {"https://12factor.net/dev-prod-parity", "https://flask.palletsprojects.com/en/stable/deploying/",
         "https://docs.djangoproject.com/en/stable/ref/django-admin/#runserver",
         "https://nodejs.org/en/learn/getting-started/nodejs-the-difference-between-development-and-production"},
    .examples =
        {{"the server of a framework", "Dockerfile", "FROM python:3.13\nCMD <|flask --app shop run|> --host 0.0.0.0\n"},
         {"in a list of words", "Dockerfile",
          "FROM python:3.13\nCMD [\"python\", \"<|manage.py\", \"runserver|>\", \"0.0.0.0:8000\"]\n"},
         {"a script for development", "Dockerfile", "FROM node:22.11.0\nCMD <|npm run dev|>\n"},
         {"a server that reloads", "Dockerfile", "FROM python:3.13\nCMD exec uvicorn main:app <|--reload|> --port 80\n",
          "FROM python:3.13\nCMD exec uvicorn main:app --port 80\n"},
         {"an open debugger", "Dockerfile",
          "FROM eclipse-temurin:21\nENTRYPOINT java <|-agentlib:jdwp=transport=dt_socket,server=y,address=*:5005|> "
          "-jar a.jar\n"},
         {"an environment", "Dockerfile",
          "FROM node:22.11.0\nENV NODE_ENV=<|development|> PORT=80\nCMD [\"node\", \"server.js\"]\n",
          "FROM node:22.11.0\nENV NODE_ENV=production PORT=80\nCMD [\"node\", \"server.js\"]\n"},
         {"a stage that does not ship", "Dockerfile",
          "FROM node:22.11.0 AS dev\nENV NODE_ENV=development\nCMD npm run dev\n\nFROM node:22.11.0\n"
          "CMD [\"node\", \"server.js\"]\n"},
         {"a later value wins", "Dockerfile", "FROM node:22.11.0\nENV NODE_ENV=development\nENV NODE_ENV=production\n"},
         {"a file for development", "Dockerfile.dev", "FROM node:22.11.0\nCMD npm run dev\n"},
         {"servers for production", "Dockerfile",
          "FROM python:3.13\nCMD gunicorn --workers 4 shop:app && npm run start && vite build\n"},
         {"a service", "compose.yaml",
          "services:\n  web:\n    image: web:1.4.2\n    command: <|yarn dev|>\n    environment:\n"
          "      - APP_DEBUG=<|true|>\n      - XDEBUG_MODE=<|debug|>\n",
          "services:\n  web:\n    image: web:1.4.2\n    command: yarn dev\n    environment:\n"
          "      - APP_DEBUG=false\n      - XDEBUG_MODE=off\n"},
         {"a service to develop in", "compose.yaml",
          "services:\n  web:\n    build: .\n    command: yarn dev\n    volumes:\n      - .:/app\n"},
         {"an override file", "compose.override.yaml",
          "services:\n  web:\n    command: yarn dev\n    environment:\n      NODE_ENV: development\n"},
         {"a pod", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      command: [\"node\", \"<|--inspect=0.0.0.0|>\", \"server.js\"]\n      env:\n"
          "        - name: NODE_ENV\n          value: <|\"development\"|>\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      command: [\"node\", \"--inspect=0.0.0.0\", \"server.js\"]\n      env:\n"
          "        - name: NODE_ENV\n          value: \"production\"\n"},
         {"a port for a debugger", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop/web:1.4.2\n      ports:\n        - containerPort: 8080\n"
          "        - containerPort: <|5005|>\n          name: remote\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop/web:1.4.2\n      ports:\n        - containerPort: 8080\n"}},
    .checks = {on(check_container), on(check_service), on(check_workload), on(check_manifests)},
});

}  // namespace quaymaster::rules
