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
  bool starts = false;
  bool changes_user = false;  ///< has a program that a start script changes the user with
};

bool has_user_changer(std::string_view text) {
  constexpr std::string_view kPrograms[] = {"gosu",  "su-exec",   "setpriv", "s6-setuidgid",
                                            "chpst", "setuidgid", "runuser"};
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
  if (const auto* copy = instruction.as<dockerfile::Copy>())
    return std::ranges::any_of(copy->sources, [](const dockerfile::Word& w) { return has_user_changer(w.string()); });
  if (const auto* add = instruction.as<dockerfile::Add>())
    return std::ranges::any_of(add->sources, [](const dockerfile::Word& w) { return has_user_changer(w.string()); });
  return false;
}

/// A shell for somebody to type in: the image is a tool, and serves nobody.
bool is_interactive(const dockerfile::CommandLine& command) {
  if (command.strings.size() > 1) return false;
  std::string_view program;
  if (!command.strings.empty())
    program = command.strings.front().string();
  else if (command.source)
    program = command.source->text.bytes();
  program = program.substr(program.find_last_of('/') + 1);
  constexpr std::string_view kShells[] = {"ash", "bash", "sh", "zsh", "fish", "pwsh"};
  return std::ranges::find(kShells, program) != std::end(kShells);
}

void read(const dockerfile::File& file, std::size_t first, std::size_t end, Findings& findings) {
  for (std::size_t i = first; i < end; ++i) {
    const auto& [begin, instruction, context] = file.instructions[i];
    if (std::optional<container::UserSetting> user = dockerfile::user_setting(*instruction, *context)) {
      user->range = user->range.shifted(begin);
      findings.user = std::move(user);
      findings.any_user = true;
    }
    const auto* cmd = instruction->as<dockerfile::Cmd>();
    if ((cmd != nullptr && !is_interactive(cmd->command)) || instruction->as<dockerfile::Entrypoint>() != nullptr)
      findings.starts = true;
    findings.changes_user = findings.changes_user || has_user_changer(*instruction);
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
  const bool starts = findings.starts || (stage.base_known && starts_by_itself(stage.base));
  if (!starts || findings.changes_user || !stage.base_known) return;
  const StartsAs base = user_of_image(stage.base);
  if (base == StartsAs::Other) return;
  Findings whole_file;
  read(file, 0, file.instructions.size(), whole_file);
  std::vector<std::string_view> aliases{"trivy:DS-0002"};
  if (!whole_file.any_user) aliases.emplace_back("checkov:CKV_DOCKER_3");
  const std::string name = quoted(stage.base.canonical_name(), 32);
  ctx.report({.variant = base == StartsAs::Root ? "never-set" : "unknown-base",
              .range = name_range(file, stage),
              .message = base == StartsAs::Root ? "no USER: the container runs as root, like its base " + name
                                                : "no USER: whether the container runs as root is up to " + name,
              .fixes = {never_set_fix(file, stage)},
              .aliases = std::move(aliases)});
}

void check_file(const dockerfile::File& file, RuleContext& ctx) {
  Findings last;
  if (file.stages.empty())
    read(file, 0, file.instructions.size(), last);
  else
    last = read_chain(file, file.stages.size() - 1);
  if (last.user && last.user->root() && !last.changes_user)
    ctx.report({.variant = "set-to-root",
                .range = last.user->range,
                .message = "the last USER is " + quoted(last.user->user) + ": what the image starts runs as root",
                .fixes = {advice()}});
  else if (!last.user && !file.stages.empty())
    check_never_set(file, last, ctx);

  for (std::size_t i = 0; i + 1 < file.stages.size(); ++i) {
    Findings stage;
    read(file, file.stages[i].first, file.stages[i].end, stage);
    if (!stage.user || !stage.user->root() || stage.user->range == (last.user ? last.user->range : TextRange{}))
      continue;
    ctx.report({.variant = "build-stage",
                .range = stage.user->range,
                .message = "the stage ends as " + quoted(stage.user->user) + ", and so do stages built on it"});
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
                  .summary = "The image starts a process, its base runs as root, and no USER changes that.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
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
                 {.name = "build-stage",
                  .summary = "A stage that others may build on ends with root as its user.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3002"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/build/building/best-practices/#user",
                   "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted"},
    .examples =
        {{"nobody says who", "Dockerfile", "FROM <|node:22.11.0|>\nCOPY . .\nCMD [\"node\", \"server.js\"]\n"},
         {"the final stage counts", "Dockerfile",
          "FROM golang:1.23 AS build\nUSER nobody\nRUN go build -o /app .\n\nFROM <|alpine:3.20|>\n"
          "COPY --from=build /app /app\nENTRYPOINT [\"/app\"]\n"},
         {"a server that its image starts", "Dockerfile", "FROM <|nginx:1.27.2|>\nCOPY site /usr/share/nginx/html\n"},
         {"back to root", "Dockerfile",
          "FROM node:22.11.0\nUSER node\nRUN npm ci\nUSER <|root|>\nCMD [\"node\", \"server.js\"]\n"},
         {"root by number, with a group", "Dockerfile", "FROM alpine:3.20\nUSER <|0:0|>\n"},
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
         {"only the build knows", "Dockerfile", "ARG BASE\nFROM ${BASE}\nCMD [\"/app\"]\n"},
         {"a service", "compose.yaml",
          "services:\n  web:\n    image: web:1.4.2\n    user: \"<|0:0|>\"\n    restart: always\n",
          "services:\n  web:\n    image: web:1.4.2\n    restart: always\n"},
         {"a service with a user", "compose.yaml", "services:\n  web:\n    image: web:1.4.2\n    user: \"1000\"\n"},
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
