#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/compose/compose.h"
#include "model/compose/interpolation.h"
#include "model/container/container.h"
#include "model/container/credentials.h"
#include "model/container/token_shapes.h"
#include "model/dockerfile/file.h"
#include "model/yaml/edit.h"
#include "model/yaml/scalar.h"
#include "rules/rule_context.h"
#include "rules/support/compose_secret.h"
#include "rules/support/message.h"
#include "text/ascii.h"
#include "text/one_of.h"

namespace quaymaster::rules {
extern const Rule credential_in_environment;
namespace {

using container::EnvironmentEntry;
using Origin = EnvironmentEntry::Origin;

/// BuildKit looks at the words between underscores.
bool buildkit_reports(std::string_view name) {
  constexpr std::string_view kSecret[] = {"apikey",   "auth",  "credential", "credentials", "key",
                                          "password", "pword", "passwd",     "secret",      "token"};
  constexpr std::string_view kHarmless[] = {"public", "file", "version"};
  const std::string lower = ascii_lower(name);
  bool secret = false;
  for (std::size_t begin = 0; begin <= lower.size();) {
    const std::size_t end = std::min(lower.find('_', begin), lower.size());
    const std::string_view word = std::string_view(lower).substr(begin, end - begin);
    if (one_of(kHarmless, word)) return false;
    secret = secret || one_of(kSecret, word);
    begin = end + 1;
  }
  return secret;
}

/// hadolint looks for parts of words.
bool hadolint_reports(std::string_view name) {
  constexpr std::string_view kParts[] = {"api_key", "client_key", "password", "private", "secret", "token", "username"};
  const std::string lower = ascii_lower(name);
  return lower == "aws_access_key_id" ||
         std::ranges::any_of(kParts, [&](std::string_view part) { return lower.find(part) != std::string::npos; });
}

std::vector<std::string_view> dockerfile_aliases(const EnvironmentEntry& entry, const RuleContext& ctx,
                                                 bool credential) {
  std::vector<std::string_view> aliases;
  const dockerfile::Context* context = ctx.instruction_context();
  if (buildkit_reports(entry.name) && context != nullptr && context->in_stage)
    aliases.emplace_back("buildkit:SecretsUsedInArgOrEnv");
  if (hadolint_reports(entry.name)) aliases.emplace_back("hadolint:DL3064");
  if (credential) aliases.emplace_back("trivy:DS-0031");
  return aliases;
}

bool name_contains_secret(const EnvironmentEntry& entry) {
  return ascii_lower(entry.name).find("secret") != std::string::npos;
}

/// kubescape looks for parts of words, too, but not where the value is a path.
bool kubescape_reports(const EnvironmentEntry& entry) {
  constexpr std::string_view kParts[] = {"secret", "key",    "password",   "pwd",         "token",
                                         "jwt",    "bearer", "credential", "azure_batch", "aws_access"};
  return entry.value && !entry.value->empty() && !entry.value->starts_with('/') && entry.literal &&
         contains_any(ascii_lower(entry.name), kParts);
}

std::string_view variant_of(const EnvironmentEntry& entry) {
  return entry.origin == Origin::BuildArgument ? "build-argument" : "environment";
}

/// Whether it is an address with a password that the final image does not have: what a build connects to.
bool is_for_build_alone(const EnvironmentEntry& entry, const RuleContext& ctx) {
  const dockerfile::Context* context = ctx.instruction_context();
  if (context == nullptr || !context->in_stage || context->ships || entry.origin == Origin::BuildArgument) return false;
  const std::vector<container::Token> tokens = container::find_tokens(*entry.value);
  return !tokens.empty() && std::ranges::all_of(tokens, [](const container::Token& t) { return !t.host.empty(); });
}

void check_dockerfile_entry(const EnvironmentEntry& entry, RuleContext& ctx) {
  if (ctx.language() != Language::Dockerfile) return;
  const bool argument = entry.origin == Origin::BuildArgument;
  const bool credential = container::is_credential(entry) && !is_for_build_alone(entry, ctx);
  std::vector<std::string_view> aliases = dockerfile_aliases(entry, ctx, credential);
  const std::string keyword = argument ? "ARG " : "ENV ";
  if (credential && ctx.enabled(variant_of(entry))) {
    Fix fix{"Hand it in when it is needed", Applicability::DisplayOnly, {}};
    fix.caveat = argument
                     ? "A secret for the build comes in with `RUN --mount=type=secret,id=…`: no layer and no history "
                       "keeps it. Change the secret itself too, for it is known now."
                     : "Leave the variable out of the image and set it when the container starts: from a secret of "
                       "Compose or Kubernetes, or with `--env-file`. Change the secret itself too.";
    ctx.report(
        {.variant = variant_of(entry),
         .range = entry.value_range,
         .message = quoted(keyword + entry.name) + (argument ? " keeps a secret in the history of the image"
                                                             : " keeps a secret in the image for all who pull it"),
         .fixes = {std::move(fix)},
         .aliases = std::move(aliases)});
    return;
  }
  if (aliases.empty()) return;
  ctx.report({.variant = container::names_credential(entry.name) ? "secret-name" : "loose-name",
              .range = entry.name_range,
              .message = quoted(keyword + entry.name) + (argument ? " sounds like a secret, and the history keeps it"
                                                                  : " sounds like a secret, and the image keeps it"),
              .aliases = std::move(aliases)});
}

/// Whether `name` can stand between `${` and `}`.
bool is_variable_name(std::string_view name) {
  return !name.empty() && (name.front() < '0' || name.front() > '9') && std::ranges::all_of(name, [](char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  });
}

constexpr std::string_view kSetCaveat =
    "Compose then refuses to start until the variable is set, in the environment or in an `.env` file that is not "
    "committed. Change the secret itself too: the history of the repository keeps it.";

/// Replaces the value by a variable of the same name that has to be set.
std::vector<Fix> variable_fix(const EnvironmentEntry& entry, const yaml::Document& document) {
  if (entry.shared || !is_variable_name(entry.name)) return {};
  const std::string variable = "${" + entry.name + ":?set " + entry.name + "}";
  std::optional<Edit> edit = yaml::replace_scalar(yaml::value_at(document, entry.value_range), variable);
  if (!edit) edit = yaml::replace_scalar(yaml::value_at(document, entry.item_range), entry.name + "=" + variable);
  if (!edit) return {};
  return {
      {"Read it from the variable " + entry.name, Applicability::Unsafe, {*std::move(edit)}, std::string(kSetCaveat)}};
}

Fix build_secret() {
  Fix fix{"Hand it in as a secret of the build", Applicability::DisplayOnly, {}};
  fix.caveat =
      "`build: {secrets: [npm_token]}`, with `secrets: {npm_token: {environment: NPM_TOKEN}}` at the top of the file, "
      "and `RUN --mount=type=secret,id=npm_token …` in the Dockerfile: no layer and no history keeps it.";
  return fix;
}

/// The variable that is the whole value, when it has a default.
std::optional<compose::Variable> defaulted_variable(const EnvironmentEntry& entry, const yaml::Document& document) {
  for (const TextRange place : {entry.value_range, entry.item_range}) {
    const yaml::Value value = yaml::value_at(document, place);
    if (!value.is_scalar()) continue;
    const std::vector<compose::Variable> variables =
        compose::interpolate(yaml::mapped_scalar(document, *value.node())).variables;
    if (variables.size() != 1 || !variables.front().default_range) return std::nullopt;
    constexpr std::uint32_t kQuotes = 2;
    const TextRange range = variables.front().range;
    if (!entry.value_range.contains(range) || range.size() + kQuotes < entry.value_range.size()) return std::nullopt;
    return variables.front();
  }
  return std::nullopt;
}

void check_default(const EnvironmentEntry& entry, const yaml::Document& document, RuleContext& ctx) {
  const bool secret = !entry.literal && container::holds_credential(entry);
  const std::optional<compose::Variable> variable = secret ? defaulted_variable(entry, document) : std::nullopt;
  if (!variable) return;
  std::vector<Fix> fixes;
  const std::string opening = "${" + variable->name;
  if (!entry.shared && slice(document.text(), variable->range).starts_with(opening + ":-")) {
    const TextRange tail{variable->range.begin + static_cast<std::uint32_t>(opening.size()), variable->range.end - 1};
    fixes = {{"Demand that " + variable->name + " is set",
              Applicability::Unsafe,
              {Edit::replacement(tail, ":?set " + variable->name)},
              std::string(kSetCaveat)}};
  }
  ctx.report({.variant = "default-value",
              .range = *variable->default_range,
              .message = quoted(entry.name) + " falls back to a secret that all can read here",
              .fixes = std::move(fixes),
              .aliases = std::vector<std::string_view>{
                  container::looks_like_credential(slice(document.text(), *variable->default_range))
                      ? "compose-lint:CL-0021"
                      : "compose-lint:CL-0020"}});
}

/// Whether it is the password of something that lives in the container of a developer's editor, and opens nothing else.
bool is_for_editor(const EnvironmentEntry& entry, std::string_view path) {
  if (path.find("devcontainer") == std::string_view::npos) return false;
  return entry.value && std::ranges::all_of(container::find_tokens(*entry.value),
                                            [](const container::Token& token) { return !token.host.empty(); });
}

void check_service(const compose::Service& service, RuleContext& ctx) {
  const yaml::Document* document = service.value.document();
  if (document == nullptr) return;
  for (const EnvironmentEntry& entry : service.container.environment) {
    if (is_for_editor(entry, ctx.path())) continue;
    if (!container::is_credential(entry)) {
      check_default(entry, *document, ctx);
      continue;
    }
    const bool argument = entry.origin == Origin::BuildArgument;
    const bool by_looks = container::looks_like_credential(*entry.value);
    std::vector<Fix> fixes = variable_fix(entry, *document);
    if (argument) fixes.push_back(build_secret());
    if (std::optional<Fix> file = secret_file_fix(service, entry); file && !argument) fixes.push_back(*std::move(file));
    std::vector<std::string_view> aliases;
    if (!argument) aliases.emplace_back(by_looks ? "compose-lint:CL-0021" : "compose-lint:CL-0020");
    ctx.report(
        {.variant = variant_of(entry),
         .range = entry.value_range,
         .message = argument ? "build argument " + quoted(entry.name) + " is a secret, and stays in the image's history"
                             : quoted(entry.name) + (by_looks ? " holds" : " is") +
                                   " a secret that all who see this file can read",
         .fixes = std::move(fixes),
         .aliases = std::move(aliases)});
  }
}

/// A key of a Secret made from a variable's name: DB_PASSWORD gives db-password.
std::string key_for(std::string_view name) {
  std::string key = ascii_lower(name);
  std::ranges::replace(key, '_', '-');
  return key;
}

std::vector<Fix> secret_reference_fix(const EnvironmentEntry& entry, const container::Container& container) {
  Fix fix{"Take it from a Secret", Applicability::DisplayOnly, {}};
  fix.caveat =
      "The Secret has to be there before the pod starts, and must not stand in plain text in the repository "
      "either. Change the secret itself too.";
  const yaml::Value item = yaml::value_at(*container.place->document, entry.item_range);
  const std::optional<yaml::Entry> pair = item.entry("value");
  if (pair && !pair->shared && !entry.shared)
    fix.edits = {Edit::replacement(
        pair->range, "valueFrom: {secretKeyRef: {name: " + container.name + ", key: " + key_for(entry.name) + "}}")};
  return {std::move(fix)};
}

void check_pod_container(const container::Container& container, RuleContext& ctx) {
  if (ctx.language() != Language::Kubernetes || !container.place) return;
  for (const EnvironmentEntry& entry : container.environment) {
    const bool secret_in_name = name_contains_secret(entry);
    std::vector<std::string_view> aliases;
    if (secret_in_name) aliases.emplace_back("kube-linter:env-var-secret");
    if (kubescape_reports(entry)) aliases.insert(aliases.end(), {"kubescape:C-0012", "kubescape:C-0259"});
    if (container::is_credential(entry)) {
      const bool by_looks = container::looks_like_credential(*entry.value);
      aliases.emplace_back("polaris:sensitiveContainerEnvVar");
      ctx.report({.variant = "environment",
                  .range = entry.value_range,
                  .message = quoted(entry.name) + (by_looks ? " holds" : " is") +
                             " a secret that all who see this file can read",
                  .fixes = secret_reference_fix(entry, container),
                  .aliases = std::move(aliases)});
    } else if (!aliases.empty() && entry.value && !entry.value->empty()) {
      const bool secret = secret_in_name && container::names_credential(entry.name);
      ctx.report({.variant = secret ? "secret-name" : "loose-name",
                  .range = entry.name_range,
                  .message = quoted(entry.name) + " sounds like a secret, and has a value in plain text",
                  .aliases = std::move(aliases)});
    }
  }
}

}  // namespace

constinit const Rule credential_in_environment = checked({
    .name = "credential-in-environment",
    .family = Family::Configuration,
    .title = "A secret is written down where the environment is set.",
    .consequence =
        "The image goes to a registry, a trainee pulls it, types `docker history` or `docker inspect`, and reads the "
        "password of the production database. A later `ENV` or `RUN unset` does not help, for the layer below keeps "
        "it. "
        "In a Compose file or a manifest it is the same with everyone who can clone the repository, for ever.",
    .fine_when =
        "The value opens nothing: a throw-away database of a test that no network reaches, or a name that only sounds "
        "like a secret.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "environment",
                  .summary = "A variable of the container's environment holds a secret.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "buildkit:SecretsUsedInArgOrEnv"},
                              {Language::Dockerfile, "hadolint:DL3064"},
                              {Language::Dockerfile, "trivy:DS-0031"},
                              {Language::Compose, "compose-lint:CL-0020"},
                              {Language::Compose, "compose-lint:CL-0021"},
                              {Language::Kubernetes, "kube-linter:env-var-secret"},
                              {Language::Kubernetes, "kubescape:C-0012"},
                              {Language::Kubernetes, "kubescape:C-0259"},
                              {Language::Kubernetes, "polaris:sensitiveContainerEnvVar"}}},
                 {.name = "build-argument",
                  .summary = "A build argument has a secret as its value; the image's history shows it.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "buildkit:SecretsUsedInArgOrEnv"},
                              {Language::Dockerfile, "hadolint:DL3064"},
                              {Language::Dockerfile, "trivy:DS-0031"}},
                  .languages = Language::Dockerfile | Language::Compose},
                 {.name = "default-value",
                  .summary = "A variable of a Compose file has a secret as its default.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Recommended, Severity::Information}, {Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Compose, "compose-lint:CL-0020"}, {Language::Compose, "compose-lint:CL-0021"}},
                  .languages = Language::Compose},
                 {.name = "secret-name",
                  .summary = "A variable or build argument is named like a secret, whatever its value.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information},
                              {Preset::Hadolint, Severity::Warning},
                              {Preset::BuildKit, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "buildkit:SecretsUsedInArgOrEnv"},
                              {Language::Dockerfile, "hadolint:DL3064"},
                              {Language::Kubernetes, "kube-linter:env-var-secret"},
                              {Language::Kubernetes, "kubescape:C-0012"},
                              {Language::Kubernetes, "kubescape:C-0259"}},
                  .languages = Language::Dockerfile | Language::Kubernetes},
                 {.name = "loose-name",
                  .summary = "A name has a part in which other tools see a secret, such as `key` or `username`.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Hadolint, Severity::Warning}, {Preset::BuildKit, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "buildkit:SecretsUsedInArgOrEnv"},
                              {Language::Dockerfile, "hadolint:DL3064"},
                              {Language::Kubernetes, "kube-linter:env-var-secret"},
                              {Language::Kubernetes, "kubescape:C-0012"},
                              {Language::Kubernetes, "kubescape:C-0259"}},
                  .languages = Language::Dockerfile | Language::Kubernetes}},
    .references = {"https://docs.docker.com/build/building/secrets/",
                   "https://docs.docker.com/compose/how-tos/use-secrets/",
                   "https://kubernetes.io/docs/concepts/configuration/secret/"},
    .examples =
        {{"a password in the image", "Dockerfile", "FROM postgres:16.4\nENV POSTGRES_PASSWORD=<|hunter2|>\n"},
         {"the old form", "Dockerfile", "FROM postgres:16.4\nENV POSTGRES_PASSWORD <|hunter2|>\n"},
         {"a default that will be used", "Dockerfile",
          "FROM alpine:3.20\nENV <|API_TOKEN|>=\"\" DB_PASS=<|\"changeme\"|>\n"},
         {"a build argument", "Dockerfile", "FROM node:22.11.0\nARG NPM_TOKEN=<|npm-12345|>\n"},
         {"an address with a password", "Dockerfile",
          "FROM alpine:3.20\nENV DATABASE_URL=<|postgres://shop:hunter2@db/shop|>\n"},
         {"a name is enough for a build argument", "Dockerfile", "FROM node:22.11.0\nARG <|NPM_TOKEN|>\n"},
         {"what a build connects to", "Dockerfile",
          "FROM node:22.11.0 AS build\nENV DATABASE_URL=postgres://shop:hunter2@db/shop\nRUN npm run build\n"
          "FROM nginx:1.27.3\nCOPY --from=build /app/dist /srv\n"},
         {"a database beside an editor", ".devcontainer/compose.yaml",
          "services:\n  db:\n    image: postgres:16.4\n    environment: {POSTGRES_PASSWORD: postgres}\n"},
         {"sizes and times of tokens", "compose.yaml",
          "services:\n  api:\n    image: shop/api:1.4.2\n    environment:\n      TOKEN_BUDGET: \"4096\"\n"
          "      TOKEN_LIMIT: \"12\"\n      PASSWORD_RETRIES: \"3\"\n      SECRET_TTL: 60s\n      JWT_TOKEN_SIZE: "
          "64\n"},
         {"no secrets", "Dockerfile",
          "FROM alpine:3.20\nARG BASE_URL\nENV DB_PASS_FILE=/run/secrets/db GPG_FINGERPRINT=39B641343D8C104B\n"},
         {"a name that others take for a secret", "Dockerfile", "FROM alpine:3.20\nENV <|GPG_KEY|>=39B641343D8C104B\n"},
         {"a service", "compose.yaml",
          "services:\n  db:\n    image: postgres:16.4\n    environment:\n      POSTGRES_USER: shop\n"
          "      POSTGRES_PASSWORD: <|hunter2|>  # for now\n",
          "services:\n  db:\n    image: postgres:16.4\n    environment:\n      POSTGRES_USER: shop\n"
          "      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?set POSTGRES_PASSWORD}  # for now\n"},
         {"a service with a list", "compose.yaml",
          "services:\r\n  db:\r\n    image: postgres:16.4\r\n    environment:\r\n      - "
          "POSTGRES_PASSWORD=<|root|>\r\n",
          "services:\r\n  db:\r\n    image: postgres:16.4\r\n    environment:\r\n"
          "      - POSTGRES_PASSWORD=${POSTGRES_PASSWORD:?set POSTGRES_PASSWORD}\r\n"},
         {"an argument of a service's build", "compose.yaml",
          "services:\n  app:\n    build:\n      context: .\n      args:\n        NPM_TOKEN: <|\"12345\"|>\n",
          "services:\n  app:\n    build:\n      context: .\n      args:\n"
          "        NPM_TOKEN: \"${NPM_TOKEN:?set NPM_TOKEN}\"\n"},
         {"a default of a variable", "compose.yaml",
          "services:\n  db:\n    image: postgres:16.4\n    environment:\n"
          "      POSTGRES_PASSWORD: ${DB_PASSWORD:-<|postgres|>}\n",
          "services:\n  db:\n    image: postgres:16.4\n    environment:\n"
          "      POSTGRES_PASSWORD: ${DB_PASSWORD:?set DB_PASSWORD}\n"},
         {"text that others share is not edited", "compose.yaml",
          "x-db: &db\n  POSTGRES_PASSWORD: <|hunter2|>\nservices:\n  db:\n    image: postgres:16.4\n"
          "    environment:\n      <<: *db\n"},
         {"variables, files and switches", "compose.yaml",
          "services:\n  db:\n    image: postgres:16.4\n    environment:\n      POSTGRES_PASSWORD: "
          "${POSTGRES_PASSWORD}\n"
          "      PGADMIN_PASSWORD_FILE: /run/secrets/pgadmin\n      ALLOW_EMPTY_PASSWORD: \"yes\"\n"},
         {"a pod", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: shop\n"
          "      image: shop:1.4.2\n      env:\n        - name: DB_PASSWORD\n          value: <|hunter2|>\n"},
         {"a name that sounds like a secret", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: shop\n"
          "      image: shop:1.4.2\n      env:\n        - name: <|SECRET_PATH|>\n          value: /etc/shop/key\n"},
         {"a reference to a Secret", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: shop\n"
          "      image: shop:1.4.2\n      env:\n        - name: DB_PASSWORD\n          valueFrom:\n"
          "            secretKeyRef: {name: shop, key: db-password}\n"}},
    .checks = {on(check_dockerfile_entry), on(check_service), on(check_pod_container)},
});

}  // namespace quaymaster::rules
