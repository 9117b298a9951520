#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/container/container.h"
#include "model/kubernetes/config_script.h"
#include "model/kubernetes/kubernetes.h"
#include "model/packages/invocation.h"
#include "rules/rule_context.h"
#include "rules/support/development.h"
#include "rules/support/message.h"
#include "rules/support/start_text.h"

namespace quaymaster::rules {
extern const Rule startup_install;
namespace {

using Words = std::span<const shell::Word>;

constexpr std::string_view kPackages = "system-packages";
constexpr std::string_view kDependencies = "dependencies";
constexpr std::string_view kUpgrade = "upgrade";
constexpr std::string_view kCode = "code";
constexpr std::string_view kScript = "remote-script";

/// What installs and is no package manager of the model. The sub-command is of one or two words; "*" is for whatever
/// follows.
struct Installer {
  std::string_view program;
  std::string_view subcommand;
  std::string_view variant;
};
constexpr Installer kInstallers[] = {
    {"opkg", "install", kPackages},
    {"docker-php-ext-install", "*", kPackages},
    {"dotnet", "restore", kDependencies},
    {"dotnet", "tool install", kDependencies},
    {"luarocks", "install", kDependencies},
    {"cpanm", "*", kDependencies},
    {"mix", "deps.get", kDependencies},
    {"ansible-galaxy", "install", kDependencies},
    {"playwright", "install", kDependencies},
    {"unattended-upgrade", "*", kUpgrade},
    {"unattended-upgrades", "*", kUpgrade},
    {"git", "clone", kCode},
    {"git", "pull", kCode},
    {"git", "fetch", kCode},
    {"git", "submodule update", kCode},
    {"svn", "checkout", kCode},
    {"svn", "co", kCode},
    {"svn", "update", kCode},
    {"svn", "up", kCode},
    {"hg", "clone", kCode},
    {"hg", "pull", kCode},
};

struct Found {
  std::string_view variant;
  std::string name;  ///< as the message says it
  TextRange range;   ///< in the bytes of the script
};

/// "pip3.12" is pip, "python3" is python.
std::string_view without_version(std::string_view program) {
  const std::size_t last = program.find_last_not_of("0123456789.");
  return last == std::string_view::npos ? program : program.substr(0, last + 1);
}

bool is_option(const shell::Word& word) { return word.text.size() > 1 && word.text.front() == '-'; }

/// The last word of `subcommand` in `words`: first among the words that are no options, or second when the first may be
/// the value of an option (`git -C app pull`). Null when it does not stand there.
const shell::Word* find_subcommand(Words words, std::string_view subcommand) {
  const std::size_t blank = subcommand.find(' ');
  const std::string_view first = subcommand.substr(0, blank);
  bool may_be_value = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (is_option(words[i])) {
      may_be_value = true;
      continue;
    }
    if (words[i].text == first) {
      if (blank == std::string_view::npos) return &words[i];
      const bool follows = i + 1 < words.size() && words[i + 1].text == subcommand.substr(blank + 1);
      return follows ? &words[i + 1] : nullptr;
    }
    if (!may_be_value) return nullptr;
    may_be_value = false;
  }
  return nullptr;
}

std::optional<std::string_view> variant_of(const packages::Invocation& invocation) {
  using enum packages::Operation;
  for (const packages::Flag flag : {packages::Flag::Help, packages::Flag::DryRun, packages::Flag::DownloadOnly})
    if (invocation.has(flag)) return std::nullopt;
  const bool system = packages::is_system(invocation.manager);
  switch (invocation.operation) {
    case Install: return system ? kPackages : kDependencies;
    case Upgrade: return system ? kUpgrade : kDependencies;
    case Sync: return kDependencies;
    default: return std::nullopt;
  }
}

/// `text` are the bytes that the command stands in.
std::optional<Found> find_installer(const shell::Command& command, std::string_view text) {
  const Words words = working_words(command);
  if (const std::optional<packages::Invocation> invocation = packages::invocation(words, text)) {
    const std::optional<std::string_view> variant = variant_of(*invocation);
    if (!variant) return std::nullopt;
    std::string name(without_version(invocation->program));
    if (!invocation->verb.empty()) name += " " + invocation->verb;
    return Found{*variant, std::move(name), invocation->head()};
  }
  const TextRange begin = words.front().range;
  const std::string_view program = without_version(program_name(words.front()));
  for (const Installer& installer : kInstallers) {
    if (installer.program != program) continue;
    if (installer.subcommand == "*") return Found{installer.variant, std::string(program), begin};
    const shell::Word* last = find_subcommand(words.subspan(1), installer.subcommand);
    if (last == nullptr) continue;
    return Found{installer.variant, std::string(program) + " " + std::string(installer.subcommand),
                 cover(begin, last->range)};
  }
  return std::nullopt;
}

/// `kubectl apply -f https://…`.
std::optional<Found> find_remote_objects(const shell::Command& command) {
  const Words words = working_words(command);
  if (program_name(words.front()) != "kubectl" || find_subcommand(words.subspan(1), "apply") == nullptr)
    return std::nullopt;
  for (const shell::Word& word : words)
    if (word.text.starts_with("https://") || word.text.starts_with("http://"))
      return Found{kScript, "kubectl apply", word.range};
  return std::nullopt;
}

bool is_download(std::string_view program) { return program == "curl" || program == "wget"; }

bool is_interpreter(std::string_view program) {
  constexpr std::string_view kInterpreters[] = {"sh", "bash", "ash", "dash", "zsh", "python", "perl", "ruby", "node"};
  return std::find(std::begin(kInterpreters), std::end(kInterpreters), without_version(program)) !=
         std::end(kInterpreters);
}

/// An interpreter at the end of a pipeline that a download begins, or one whose text a substitution downloads.
std::optional<Found> find_remote_script(const std::vector<shell::Command>& commands, std::size_t index) {
  const shell::Command& command = commands[index];
  const shell::Word& program = working_words(command).front();
  const std::string_view name = program_name(program);
  for (const std::string_view start : {"$(curl ", "$(wget ", "`curl ", "`wget "})
    if (program.text.starts_with(start))
      return Found{kScript, std::string(start.substr(start.size() - 5, 4)), program.range};
  if (!is_interpreter(name) && name != "eval" && name != "source" && name != ".") return std::nullopt;
  for (const shell::Word& word : command.words)
    for (const std::string_view start : {"$(curl ", "$(wget ", "<(curl ", "<(wget "})
      if (word.text.find(start) != std::string::npos)
        return Found{kScript, std::string(start.substr(2, 4)), program.range};
  for (std::size_t i = index; i > 0 && is_interpreter(name) && commands[i - 1].pipeline == command.pipeline; --i)
    if (const std::string_view source = working_words(commands[i - 1]).front().text; is_download(source))
      return Found{kScript, std::string(source), program.range};
  return std::nullopt;
}

std::string message_of(const Found& found) {
  if (found.variant == kUpgrade) return quoted(found.name) + " at start: this is not the image that was tested";
  if (found.variant == kCode) return quoted(found.name) + " at start: the code that runs is in no image";
  if (found.variant == kScript) return "runs at start whatever " + quoted(found.name) + " fetches at that moment";
  return quoted(found.name) + " at start: each container gets what is current then";
}

void check_text(const container::StartCommand& start, bool development, RuleContext& ctx) {
  const std::vector<shell::Command>& commands = start.text.script->commands;
  std::vector<Report> reports;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    std::optional<Found> found = find_installer(commands[i], start.text.source.text.bytes());
    if (!found) found = find_remote_script(commands, i);
    if (!found) found = find_remote_objects(commands[i]);
    if (!found || (development && found->variant == kDependencies)) continue;
    const TextRange range = start.text.in_file(found->range);
    // One finding of a kind: the first. The others are listed with it.
    const auto same = std::find_if(reports.begin(), reports.end(),
                                   [&](const Report& report) { return report.variant == found->variant; });
    if (same == reports.end())
      reports.push_back({.variant = found->variant, .range = range, .message = message_of(*found)});
    else if (same->range != range)
      same->related.push_back({range, quoted(found->name) + " runs at start, too"});
  }
  for (Report& report : reports) ctx.report(std::move(report));
}

/// What is installed by a probe is installed every few seconds.
void check_probe(const shell::Text& text, RuleContext& ctx) {
  for (const shell::Command& command : text.script->commands) {
    const std::optional<Found> found = find_installer(command, text.source.text.bytes());
    if (!found) continue;
    ctx.report({.variant = found->variant,
                .range = text.in_file(found->range),
                .message = quoted(found->name) + " in a probe: it runs again every few seconds"});
    return;
  }
}

void check_container(const container::Container& container, RuleContext& ctx) {
  if (ctx.language() == Language::Kubernetes)
    for (const container::HealthCheck& health : container.health)
      if (health.command) check_probe(*health.command, ctx);
  const bool development = is_development_path(ctx.path()) || names_development(container.name);
  for (const container::StartCommand* start : start_texts(container)) check_text(*start, development, ctx);
  for (const container::StartCommand& start : container.start)
    if (start.role == container::StartCommand::Role::PostStart) check_text(start, development, ctx);
}

/// Scripts that stand in a ConfigMap and are run from there.
void check_manifests(const kubernetes::File& file, RuleContext& ctx) {
  const bool development = is_development_path(ctx.path());
  for (const kubernetes::MountedScript& mounted : mounted_scripts(file))
    check_text(mounted.script, development || names_development(mounted.container->name), ctx);
}

}  // namespace

constinit const Rule startup_install = checked({
    .name = "startup-install",
    .family = Family::Immutability,
    .title = "Software is installed when the container starts, not when the image is built.",
    .consequence =
        "At three in the morning a node dies and its containers start elsewhere. The package mirror answers slowly, or "
        "a dependency was released an hour ago, and what worked for months does not come up. The containers that do "
        "start run other versions than those beside them, nobody can say which, and going back to the old image "
        "changes nothing, since the software was never in it.",
    .fine_when =
        "The container is for development, the source is mounted into it, and whoever starts it wants the newest "
        "dependencies.",
    .fix = FixAvailability::None,
    .variants = {{.name = "system-packages",
                  .summary = "Packages of the distribution are installed at start.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}}},
                 {.name = "dependencies",
                  .summary = "A package manager of a language installs dependencies at start.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}}},
                 {.name = "upgrade",
                  .summary = "The system is upgraded at start.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}}},
                 {.name = "code",
                  .summary = "Code is fetched from a repository at start.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}}},
                 {.name = "remote-script",
                  .summary = "A script is downloaded and run at start.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}}}},
    .references = {"https://docs.docker.com/build/building/best-practices/#create-ephemeral-containers",
                   "https://12factor.net/build-release-run"},
    .examples =
        {{"a command in shell form", "Dockerfile",
          "FROM node:22.11.0\nWORKDIR /app\nCOPY . .\nCMD <|npm install|> && node server.js\n"},
         {"a command in exec form", "Dockerfile",
          "FROM python:3.13.0\nCOPY . /app\nCMD [\"sh\", \"-c\", \"<|pip3 install|> -r /app/requirements.txt && exec "
          "python3 /app/main.py\"]\n"},
         {"a package of the distribution", "Dockerfile",
          "FROM debian:12.8\nENTRYPOINT apt-get update && <|apt-get -y install|> curl && curl http://api/\n"},
         {"an installation in the build", "Dockerfile",
          "FROM node:22.11.0\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD [\"node\", \"server.js\"]\n"},
         {"a stage that does not ship", "Dockerfile",
          "FROM node:22.11.0 AS dev\nCMD npm install && npm run dev\nFROM node:22.11.0\nCMD [\"node\", "
          "\"server.js\"]\n"},
         {"dependencies for development", "compose.dev.yaml",
          "services:\n  web:\n    image: node:22.11.0\n    command: sh -c \"npm install && npm run dev\"\n"},
         {"npm runs what is there", "Dockerfile", "FROM node:22.11.0\nCMD [\"npm\", \"run\", \"install-hooks\"]\n"},
         {"an upgrade", "compose.yaml",
          "services:\n  api:\n    image: shop/api:1.4.2\n    command: sh -c \"apt-get update && <|apt-get upgrade|> -y "
          "&& /app/api\"\n"},
         {"code from a branch", "compose.yaml",
          "services:\n  api:\n    image: shop/api:1.4.2\n    entrypoint: [\"sh\", \"-c\", \"<|git -C /app pull|> && "
          "/app/run\"]\n"},
         {"one finding of a kind", "compose.yaml",
          "services:\n  api:\n    image: shop/api:1.4.2\n    command: sh -c '<|bundle install|> && yarn install && "
          "./run'\n"},
         {"a script from elsewhere", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: agent\nspec:\n  containers:\n    - name: agent\n      image: "
          "debian:12.8\n      command: [\"bash\", \"-c\"]\n      args:\n        - |\n          curl -fsSL "
          "https://get.example.org | <|sh|>\n          exec agent\n"},
         {"a hook", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: "
          "nginx:1.27.2\n      lifecycle:\n        postStart:\n          exec:\n            command: [\"sh\", \"-c\", "
          "\"<|apk add|> curl\"]\n"},
         {"a script of the image", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: "
          "shop/web:3.1.0\n      command: [\"/app/install-check\", \"install\"]\n"},
         {"a script in a ConfigMap that is run from there", "web.yaml",
          "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: start\ndata:\n  start.sh: |\n    set -e\n"
          "    <|apk add|> curl\n    exec /app/web\n  unused.sh: |\n    apk add curl\n  notes.txt: apk add curl\n"
          "---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n"
          "      image: shop/web:1.4.2\n      command: [sh, /scripts/start.sh]\n      volumeMounts:\n"
          "        - {name: scripts, mountPath: /scripts}\n  volumes:\n    - name: scripts\n"
          "      configMap: {name: start}\n"},
         {"objects from elsewhere", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: app\nspec:\n  containers:\n    - name: app\n"
          "      image: shop/tools:1.4.2\n"
          "      command: [kubectl, apply, -f, \"<|https://example.org/all.yaml|>\"]\n    - name: other\n"
          "      image: shop/tools:1.4.2\n      command: [kubectl, apply, -f, /objects/all.yaml]\n"},
         {"a probe", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: app\nspec:\n  containers:\n    - name: app\n"
          "      image: shop/app:1.4.2\n      livenessProbe:\n"
          "        exec: {command: [sh, -c, \"which curl || <|apk add|> curl; curl -f http://localhost/\"]}\n"}},
    .checks = {on(check_container), on(check_manifests)},
});

}  // namespace quaymaster::rules
