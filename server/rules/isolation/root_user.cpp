#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/compose/compose.h"
#include "model/dockerfile/container_view.h"
#include "model/dockerfile/file.h"
#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/security.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/image_user.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule root_user;
namespace {

/// What a range of instructions says about users, the later winning. Ranges are absolute.
struct Findings {
  std::optional<container::UserSetting> user;
  bool any_user = false;
  const dockerfile::CommandLine* entrypoint = nullptr;
  const dockerfile::CommandLine* command = nullptr;
  bool changes_user = false;  ///< has a program that a start script changes the user with
  bool listens = false;       ///< says that somebody talks to it: EXPOSE, HEALTHCHECK

  /// Whether it is more than a tool that somebody calls.
  [[nodiscard]] bool starts() const;
  /// Whether it plainly is a service: somebody talks to it, or it is an interpreter with a program.
  [[nodiscard]] bool serves() const;
  /// Whether what it starts gets root only to give it away, or is of no use without it.
  [[nodiscard]] bool has_reason() const;
};

bool has_user_changer(std::string_view text) {
  // The last two are how PHP's and Apache's workers are told whom to run as.
  constexpr std::string_view kPrograms[] = {"gosu",      "su-exec", "setpriv",          "s6-setuidgid",   "chpst",
                                            "setuidgid", "runuser", "--with-fpm-user=", "APACHE_RUN_USER"};
  return std::ranges::any_of(kPrograms, [text](std::string_view p) { return text.find(p) != std::string_view::npos; });
}

bool has_user_changer(const dockerfile::CommandLine& command) {
  if (command.source && has_user_changer(command.source->text.bytes())) return true;
  return std::ranges::any_of(command.strings, [](const dockerfile::Word& w) { return has_user_changer(w.string()); });
}

bool has_user_changer(const dockerfile::Instruction& instruction) {
  if (const auto* run = instruction.as<dockerfile::Run>()) return has_user_changer(run->command);
  if (const auto* cmd = instruction.as<dockerfile::Cmd>()) return has_user_changer(cmd->command);
  if (const auto* entrypoint = instruction.as<dockerfile::Entrypoint>()) return has_user_changer(entrypoint->command);
  if (const auto* env = instruction.as<dockerfile::Env>())
    return std::ranges::any_of(env->pairs, [](const dockerfile::Pair& p) { return has_user_changer(p.key.string()); });
  if (const auto* copy = instruction.as<dockerfile::Copy>())
    return std::ranges::any_of(copy->sources, [](const dockerfile::Word& w) { return has_user_changer(w.string()); });
  if (const auto* add = instruction.as<dockerfile::Add>())
    return std::ranges::any_of(add->sources, [](const dockerfile::Word& w) { return has_user_changer(w.string()); });
  return false;
}

/// The words of a command as far as they are separated by blanks.
std::vector<std::string_view> words_of(const dockerfile::CommandLine& command) {
  std::vector<std::string_view> words;
  for (const dockerfile::Word& word : command.strings) words.push_back(word.string());
  if (!command.strings.empty() || !command.source) return words;
  const std::string_view text = command.source->text.bytes();
  constexpr std::string_view kBlanks = " \t\r\n";
  for (std::size_t at = text.find_first_not_of(kBlanks); at != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(kBlanks, at), text.size());
    words.push_back(text.substr(at, end - at));
    at = text.find_first_not_of(kBlanks, end);
  }
  return words;
}

/// "mvn" of `/usr/local/bin/mvn-entrypoint.sh` and of `mvn-entrypoint`.
std::string_view program_of(std::string_view word) {
  word = word.substr(word.find_last_of('/') + 1);
  if (word.ends_with(".sh")) word.remove_suffix(3);
  constexpr std::string_view kWrapper = "-entrypoint";
  if (word.ends_with(kWrapper)) word.remove_suffix(kWrapper.size());
  return word;
}

/// "pwsh" of `pwsh-preview`, "python" of `python3.13`.
std::string_view without_version(std::string_view program) {
  program = program.substr(0, program.find('-'));
  const std::size_t last_letter = program.find_last_not_of("0123456789.");
  return last_letter == std::string_view::npos ? program : program.substr(0, last_letter + 1);
}

/// Nothing, or a shell, an interpreter or a build tool without anything to do: somebody calls it, and it serves nobody.
bool is_tool(const dockerfile::CommandLine& command) {
  const std::vector<std::string_view> words = words_of(command);
  if (words.empty()) return true;
  constexpr std::string_view kTools[] = {"ash",     "bash", "sh",     "zsh",     "fish", "pwsh",     "make",  "mvn",
                                         "gradle",  "ant",  "sbt",    "cargo",   "go",   "msbuild",  "node",  "python",
                                         "ipython", "php",  "ruby",   "irb",     "ghci", "composer", "julia", "R",
                                         "lua",     "perl", "jshell", "clojure", "erl",  "iex"};
  const auto asks_for_prompt = [](std::string_view word) {
    return word == "-a" || word == "-i" || word == "-l" || word == "-il" || word == "--login" || word == "--no-save";
  };
  return std::ranges::find(kTools, without_version(program_of(words.front()))) != std::end(kTools) &&
         std::all_of(words.begin() + 1, words.end(), asks_for_prompt);
}

/// An interpreter with a program to run, or what starts the program of a project.
bool runs_program(const dockerfile::CommandLine& command) {
  constexpr std::string_view kRuntimes[] = {
      "node",  "python", "java",      "dotnet",   "php",   "ruby",    "deno",   "bun",      "npm",
      "yarn",  "pnpm",   "npx",       "perl",     "rails", "bundle",  "rackup", "gunicorn", "uvicorn",
      "flask", "celery", "hypercorn", "waitress", "uwsgi", "php-fpm", "nginx",  "httpd",    "apache2-foreground"};
  const std::vector<std::string_view> words = words_of(command);
  if (words.empty()) return false;
  const std::string_view program = program_of(words.front());
  return std::ranges::find(kRuntimes, program) != std::end(kRuntimes) ||
         std::ranges::find(kRuntimes, without_version(program)) != std::end(kRuntimes);
}

/// A program that is nothing without root: it makes containers, or everything else that runs.
bool needs_root(const dockerfile::CommandLine& command) {
  constexpr std::string_view kPrograms[] = {"dockerd", "containerd", "buildkitd", "crio",
                                            "kubelet", "k3s",        "systemd",   "init"};
  const std::vector<std::string_view> words = words_of(command);
  return !words.empty() && std::ranges::find(kPrograms, program_of(words.front())) != std::end(kPrograms);
}

/// A program that is told whom to run as: `uwsgi --uid app`.
bool names_user(const dockerfile::CommandLine& command) {
  const std::vector<std::string_view> words = words_of(command);
  return std::ranges::any_of(words, [](std::string_view word) {
    return word == "--user" || word == "--uid" || word.starts_with("--user=") || word.starts_with("--uid=");
  });
}

/// A script that prepares something, and then becomes what CMD says.
bool is_wrapper(const dockerfile::CommandLine& entrypoint) {
  const std::vector<std::string_view> words = words_of(entrypoint);
  return words.size() == 1 && (words.front().ends_with("entrypoint.sh") || words.front().ends_with("entrypoint"));
}

bool Findings::starts() const {
  const bool decides =
      entrypoint != nullptr && !is_tool(*entrypoint) && !(command != nullptr && is_wrapper(*entrypoint));
  return decides || (command != nullptr && !is_tool(*command));
}

bool Findings::serves() const {
  return listens || (entrypoint != nullptr && !is_tool(*entrypoint) && runs_program(*entrypoint)) ||
         (command != nullptr && !is_tool(*command) && runs_program(*command));
}

bool Findings::has_reason() const {
  const auto is_reason = [](const dockerfile::CommandLine* line) {
    return line != nullptr && (needs_root(*line) || names_user(*line));
  };
  return changes_user || is_reason(entrypoint) || is_reason(command);
}

void read(const dockerfile::File& file, std::size_t first, std::size_t end, Findings& findings) {
  for (std::size_t i = first; i < end; ++i) {
    const auto& [begin, instruction, context] = file.instructions[i];
    if (std::optional<container::UserSetting> user = dockerfile::user_setting(*instruction, *context)) {
      user->range = user->range.shifted(begin);
      findings.user = std::move(user);
      findings.any_user = true;
    }
    if (const auto* cmd = instruction->as<dockerfile::Cmd>()) findings.command = &cmd->command;
    if (const auto* entrypoint = instruction->as<dockerfile::Entrypoint>()) findings.entrypoint = &entrypoint->command;
    findings.changes_user = findings.changes_user || has_user_changer(*instruction);
    findings.listens = findings.listens || instruction->as<dockerfile::Expose>() != nullptr ||
                       instruction->as<dockerfile::Healthcheck>() != nullptr;
  }
}

/// What holds for the stage with all that it builds on in the file.
Findings read_chain(const dockerfile::File& file, std::size_t stage) {
  std::vector<std::size_t> chain;
  for (std::optional<std::size_t> at = stage; at; at = file.stages[*at].parent) chain.push_back(*at);
  Findings findings;
  for (auto at = chain.rbegin(); at != chain.rend(); ++at)
    read(file, file.stages[*at].first, file.stages[*at].end, findings);
  return findings;
}

constexpr std::string_view kUserCaveat =
    "Files that it writes have to belong to that user, and ports below 1024 may be out of its reach.";

Fix advice() {
  Fix fix{"Give the program a user of its own", Applicability::DisplayOnly, {}};
  fix.caveat =
      "Make a user with `RUN useradd --system --uid 10001 app` (`adduser -S` on Alpine), or take the one that the "
      "image brings (`node`, `nonroot`), and put `USER 10001` above the CMD. " +
      std::string(kUserCaveat);
  return fix;
}

/// The place in front of the first CMD or ENTRYPOINT of the stage.
std::optional<std::uint32_t> before_start(const dockerfile::File& file, const dockerfile::Stage& stage) {
  for (std::size_t i = stage.first; i < stage.end; ++i) {
    const auto& [begin, instruction, context] = file.instructions[i];
    if (instruction->as<dockerfile::Cmd>() != nullptr || instruction->as<dockerfile::Entrypoint>() != nullptr)
      return begin + instruction->statement().range.begin;
  }
  return std::nullopt;
}

Fix never_set_fix(const dockerfile::File& file, const dockerfile::Stage& stage) {
  const std::string_view user = spare_user(stage.base);
  const std::optional<std::uint32_t> place = before_start(file, stage);
  if (user.empty() || !place) return advice();
  Fix fix{"Run it as " + std::string(user), Applicability::DisplayOnly, {}};
  fix.edits = {Edit::insertion(*place, "USER " + std::string(user) + std::string(file.line_ending))};
  fix.caveat = kUserCaveat;
  return fix;
}

TextRange name_range(const dockerfile::File& file, const dockerfile::Stage& stage) {
  const dockerfile::Placed& placed = file.instructions[stage.first];
  const auto* from = placed.instruction->as<dockerfile::From>();
  const TextRange range = from != nullptr && from->image ? from->image->range : placed.instruction->statement().keyword;
  return range.shifted(placed.begin);
}

void check_never_set(const dockerfile::File& file, const Findings& findings, RuleContext& ctx) {
  const dockerfile::Stage& stage = file.stages.back();
  const bool starts = findings.starts() || (stage.base_known && starts_by_itself(stage.base));
  if (!starts || findings.has_reason() || !stage.base_known) return;
  const StartsAs base = user_of_image(stage.base);
  if (base == StartsAs::Other) return;
  Findings whole_file;
  read(file, 0, file.instructions.size(), whole_file);
  std::vector<std::string_view> aliases{"trivy:DS-0002"};
  if (!whole_file.any_user) aliases.emplace_back("checkov:CKV_DOCKER_3");
  const std::string name = quoted(stage.base.canonical_name(), 32);
  const bool serves = findings.serves() || starts_by_itself(stage.base);
  ctx.report({.variant = base != StartsAs::Root ? "unknown-base"
                         : serves               ? "never-set"
                                                : "no-service",
              .range = name_range(file, stage),
              .message = base == StartsAs::Root ? "no USER: the container runs as root, like its base " + name
                                                : "no USER: whether the container runs as root is up to " + name,
              .fixes = {never_set_fix(file, stage)},
              .aliases = std::move(aliases)});
}

/// Whether it is known that the image starts nothing, so that others build on it, or call what is in it.
bool only_brings_tools(const dockerfile::File& file, const Findings& findings) {
  if (findings.starts() || file.stages.empty()) return false;
  const dockerfile::Stage& stage = file.stages.back();
  return stage.base_known && user_of_image(stage.base) == StartsAs::Root && !starts_by_itself(stage.base);
}

void report_root(const dockerfile::File& file, const Findings& last, RuleContext& ctx) {
  const std::string user = quoted(last.user->user);
  if (only_brings_tools(file, last))
    ctx.report({.variant = "build-stage",
                .range = last.user->range,
                .message = "the image ends as " + user + ", and so does what is built on it",
                .aliases = std::vector<std::string_view>{"hadolint:DL3002", "trivy:DS-0002", "checkov:CKV_DOCKER_8"}});
  else
    ctx.report({.variant = "set-to-root",
                .range = last.user->range,
                .message = "the last USER is " + user + ": what the image starts runs as root",
                .fixes = {advice()}});
}

void check_file(const dockerfile::File& file, RuleContext& ctx) {
  Findings last;
  if (file.stages.empty())
    read(file, 0, file.instructions.size(), last);
  else
    last = read_chain(file, file.stages.size() - 1);
  if (last.user && last.user->root() && !last.has_reason())
    report_root(file, last, ctx);
  else if (!last.user && !file.stages.empty())
    check_never_set(file, last, ctx);

  for (std::size_t i = 0; i + 1 < file.stages.size(); ++i) {
    Findings stage;
    read(file, file.stages[i].first, file.stages[i].end, stage);
    if (!stage.user || !stage.user->root() || stage.user->range == (last.user ? last.user->range : TextRange{}))
      continue;
    ctx.report({.variant = "build-stage",
                .range = stage.user->range,
                .message = "the stage ends as " + quoted(stage.user->user) + ", and so do stages built on it",
                .aliases = std::vector<std::string_view>{"hadolint:DL3002"}});
  }
}

/// Takes the key `key` out of `mapping`.
std::vector<Fix> removal(const yaml::Value& mapping, std::string_view key, std::string title, std::string caveat) {
  const std::optional<yaml::Entry> entry = mapping.entry(key);
  if (!entry || entry->shared || mapping.shared() || entry->value.shared()) return {};
  std::optional<Edit> edit = yaml::remove_at(*mapping.document(), entry->key_range);
  if (!edit) return {};
  return {{std::move(title), Applicability::Unsafe, {*std::move(edit)}, std::move(caveat)}};
}

constexpr std::string_view kImageDecides =
    "The user of the image decides then, and has to be able to read and write the volumes.";

void check_service(const compose::Service& service, RuleContext& ctx) {
  const std::optional<container::UserSetting>& user = service.container.user;
  if (!user || !user->root()) return;
  if (service.container.image && changes_user_itself(service.container.image->reference) &&
      !service.container.entrypoint()) {
    ctx.report({.variant = "superfluous",
                .range = user->range,
                .message = quoted(service.name) + " need not be made root: its image changes the user itself"});
    return;
  }
  ctx.report({.variant = "set-to-root",
              .range = user->range,
              .message = quoted(service.name) + " is made to run as root, whatever its image says",
              .fixes = removal(service.value, "user", "Leave the user to the image", std::string(kImageDecides))});
}

std::vector<std::string_view> run_as_user_aliases(bool of_container) {
  std::vector<std::string_view> aliases{"pss:runAsUser", "trivy:KSV-0105", "kube-linter:run-as-non-root"};
  if (of_container) aliases.emplace_back("polaris:runAsRootAllowed");
  return aliases;
}

void check_security_context(const yaml::Value& context, std::string_view name, bool of_container, RuleContext& ctx) {
  const yaml::Value user = context.get("runAsUser");
  if (user.integer() == 0)
    ctx.report({.variant = "set-to-root",
                .range = user.range(),
                .message = quoted(name) + " is made to run as root, whatever its image says",
                .fixes = removal(context, "runAsUser", "Leave the user to the image", std::string(kImageDecides)),
                .aliases = run_as_user_aliases(of_container)});
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  if (kubernetes::has_own_users(workload)) return;
  check_security_context(workload.pod_security_context, workload.object.name, false, ctx);
  for (const kubernetes::PodContainer& container : workload.containers)
    check_security_context(container.security_context, container.container.name, true, ctx);
}

}  // namespace

constinit const Rule root_user = checked({
    .name = "root-user",
    .family = Family::Isolation,
    .title = "The container runs as root.",
    .consequence =
        "A file upload in your shop turns out to accept scripts. The script runs as the user of the server: as root it "
        "rewrites the program, reads every mounted secret and, when a volume of the host is mounted or the kernel has "
        "a "
        "hole that week, it is root on the host, for both are the same user 0.",
    .fine_when = "It starts as root only to prepare files and then gives the rights away itself, or it is a build tool "
                 "that runs "
                 "on throw-away machines.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "never-set",
                  .summary = "The image is a service, its base runs as root, and no USER changes that.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "trivy:DS-0002"}, {Language::Dockerfile, "checkov:CKV_DOCKER_3"}},
                  .languages = Language::Dockerfile},
                 {.name = "no-service",
                  .summary = "The same for an image in which nothing shows that it is a service: it may be a tool.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}},
                  .aliases = {{Language::Dockerfile, "trivy:DS-0002"}, {Language::Dockerfile, "checkov:CKV_DOCKER_3"}},
                  .languages = Language::Dockerfile},
                 {.name = "unknown-base",
                  .summary = "The image starts a process and has no USER; what its base says is not known.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}},
                  .aliases = {{Language::Dockerfile, "trivy:DS-0002"}, {Language::Dockerfile, "checkov:CKV_DOCKER_3"}},
                  .languages = Language::Dockerfile},
                 {.name = "set-to-root",
                  .summary = "The user is set to root.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning},
                              {Preset::Strict, Severity::Warning},
                              {Preset::Hadolint, Severity::Warning},
                              {Preset::PssRestricted, Severity::Error}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3002"},
                              {Language::Dockerfile, "trivy:DS-0002"},
                              {Language::Dockerfile, "checkov:CKV_DOCKER_8"},
                              {Language::Compose, "compose-lint:CL-0018"},
                              {Language::Kubernetes, "pss:runAsUser"},
                              {Language::Kubernetes, "trivy:KSV-0105"},
                              {Language::Kubernetes, "kube-linter:run-as-non-root"},
                              {Language::Kubernetes, "polaris:runAsRootAllowed"}}},
                 {.name = "superfluous",
                  .summary = "The user is set to root for an image that starts as root and changes the user itself.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Compose, "compose-lint:CL-0018"}},
                  .languages = Language::Compose},
                 {.name = "build-stage",
                  .summary = "A stage that others may build on ends with root as its user.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3002"},
                              {Language::Dockerfile, "trivy:DS-0002"},
                              {Language::Dockerfile, "checkov:CKV_DOCKER_8"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/build/building/best-practices/#user",
                   "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted"},
    .examples =
        {{"an image that changes the user itself", "compose.yaml",
          "services:\n  db:\n    image: clickhouse/clickhouse-server:24.8\n    user: <|root|>\n  own:\n    image: "
          "postgres:17.2\n    user: <|root|>\n    entrypoint: [run]\n  web:\n    image: web:1.4.2\n    user: "
          "\"1000\"\n",
          "services:\n  db:\n    image: clickhouse/clickhouse-server:24.8\n    user: root\n  own:\n    image: "
          "postgres:17.2\n    entrypoint: [run]\n  web:\n    image: web:1.4.2\n    user: \"1000\"\n"},
         {"nobody says who", "Dockerfile", "FROM <|node:22.11.0|>\nCOPY . .\nCMD [\"node\", \"server.js\"]\n"},
         {"the final stage counts", "Dockerfile",
          "FROM golang:1.23 AS build\nUSER nobody\nRUN go build -o /app .\n\nFROM <|alpine:3.20|>\n"
          "COPY --from=build /app /app\nENTRYPOINT [\"/app\"]\n"},
         {"a server that its image starts", "Dockerfile", "FROM <|nginx:1.27.2|>\nCOPY site /usr/share/nginx/html\n"},
         {"back to root", "Dockerfile",
          "FROM node:22.11.0\nUSER node\nRUN npm ci\nUSER <|root|>\nCMD [\"node\", \"server.js\"]\n"},
         {"root by number, with a group", "Dockerfile", "FROM alpine:3.20\nUSER <|0:0|>\nCMD [\"/app\"]\n"},
         {"an image for others to build on", "Dockerfile", "FROM alpine:3.20\nUSER <|root|>\nRUN apk add git\n"},
         {"back to root on a server with a user", "Dockerfile",
          "FROM jenkins/jenkins:2.492.1\nUSER <|root|>\nRUN apt-get update\n"},
         {"a stage that does not ship", "Dockerfile",
          "FROM golang:1.23 AS build\nUSER <|root|>\nRUN go build -o /app .\n\nFROM gcr.io/distroless/static:nonroot\n"
          "COPY --from=build /app /app\nENTRYPOINT [\"/app\"]\n"},
         {"a base that only its makers know", "Dockerfile",
          "FROM <|registry.example/base/java:21|>\nENTRYPOINT [\"java\", \"-jar\", \"app.jar\"]\n"},
         {"a user of its own", "Dockerfile", "FROM node:22.11.0\nCOPY . .\nUSER node\nCMD [\"node\", \"server.js\"]\n"},
         {"a user from a stage below", "Dockerfile",
          "FROM alpine:3.20 AS base\nUSER 10001\n\nFROM base\nCMD [\"/app\"]\n"},
         {"bases with a user", "Dockerfile", "FROM cgr.dev/chainguard/python:latest\nCMD [\"/app.py\"]\n"},
         {"an entrypoint that changes the user", "Dockerfile",
          "FROM debian:12.8\nRUN apt-get update && apt-get install -y gosu\nCOPY entrypoint.sh /\n"
          "ENTRYPOINT [\"/entrypoint.sh\"]\n"},
         {"nothing is started", "Dockerfile", "FROM alpine:3.20\nRUN apk add curl\n"},
         {"a tool to type in", "Dockerfile", "FROM alpine:3.20\nCMD [\"/bin/sh\"]\n"},
         {"a tool to call", "Dockerfile",
          "FROM maven:3.9.9\nENTRYPOINT [\"/usr/local/bin/mvn-entrypoint.sh\"]\nCMD [\"mvn\"]\n"},
         {"an interpreter behind a script", "Dockerfile",
          "FROM alpine:3.20\nCOPY docker-php-entrypoint /usr/local/bin/\nENTRYPOINT [\"docker-php-entrypoint\"]\n"
          "CMD [\"php\", \"-a\"]\n"},
         {"an interpreter with a program", "Dockerfile",
          "FROM <|python:3.13|>\nENTRYPOINT [\"python3\"]\nCMD [\"/app.py\"]\n"},
         {"a server that is told whom to run as", "Dockerfile",
          "FROM debian:12.8\nCMD uwsgi --uid www-data --ini app.ini\n"},
         {"an engine that makes containers", "Dockerfile", "FROM debian:12.8\nENTRYPOINT [\"/usr/bin/dockerd\"]\n"},
         {"only the build knows", "Dockerfile", "ARG BASE\nFROM ${BASE}\nCMD [\"/app\"]\n"},
         {"a service", "compose.yaml",
          "services:\n  web:\n    image: web:1.4.2\n    user: \"<|0:0|>\"\n    restart: always\n",
          "services:\n  web:\n    image: web:1.4.2\n    restart: always\n"},
         {"a pod", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  securityContext:\n    runAsUser: <|0|>\n"
          "    fsGroup: 1000\n  containers:\n    - name: web\n      image: shop:1.4.2\n      securityContext:\n"
          "        runAsUser: 1000\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  securityContext:\n"
          "    fsGroup: 1000\n  containers:\n    - name: web\n      image: shop:1.4.2\n      securityContext:\n"
          "        runAsUser: 1000\n"}},
    .checks = {on(check_file), on(check_service), on(check_workload)},
});

}  // namespace quaymaster::rules
