#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/compose/compose.h"
#include "model/container/command_credentials.h"
#include "model/container/container.h"
#include "model/container/credential_files.h"
#include "model/container/credentials.h"
#include "model/container/token_shapes.h"
#include "model/dockerfile/file.h"
#include "model/kubernetes/config_map.h"
#include "model/kubernetes/kubernetes.h"
#include "model/yaml/scalar.h"
#include "rules/rule_context.h"
#include "rules/support/build_step.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule hardcoded_credential;
namespace {

using container::EnvironmentEntry;
using container::Token;

/// "an AWS access key", "a GitHub token".
std::string with_article(std::string_view kind) {
  const bool vowel = std::string_view("AEIOaeio").find(kind.front()) != std::string_view::npos;
  return (vowel ? "an " : "a ") + std::string(kind);
}

std::string_view who_sees(const RuleContext& ctx) {
  const dockerfile::Context* context = ctx.instruction_context();
  const bool in_image = context != nullptr && (context->ships || !context->in_stage);
  return in_image ? " is in the image for all who pull it" : " is there for all who can read this file";
}

std::string message_of(const Token& token, const RuleContext& ctx) {
  if (token.host.empty()) return with_article(token.kind) + std::string(who_sees(ctx));
  return "the password in the URL of " + quoted(token.host, 24) + std::string(who_sees(ctx));
}

std::vector<Fix> hand_in(const RuleContext& ctx) {
  Fix fix{"Hand it in when it is needed", Applicability::DisplayOnly, {}};
  fix.caveat =
      ctx.language() == Language::Dockerfile
          ? "What the build needs comes in with `RUN --mount=type=secret,id=…`, which no layer and no history keeps; "
            "what the program needs, when the container starts. Change the secret itself too, for it is known now."
          : "Keep it in a secret of Compose or Kubernetes and let the program read it from there. Change the secret "
            "itself too: the history of the repository keeps it.";
  return {std::move(fix)};
}

void report_token(const Token& token, TextRange place, RuleContext& ctx) {
  ctx.report({.variant = "token", .range = place, .message = message_of(token, ctx), .fixes = hand_in(ctx)});
}

/// Those that are reported.
std::vector<Token> tokens_in(std::string_view text) {
  std::vector<Token> tokens = container::find_tokens(text);
  std::erase_if(tokens, [](const Token& token) { return token.stand_in; });
  return tokens;
}

/// A text of which every byte knows its place.
void check_mapped(const MappedText& text, RuleContext& ctx) {
  for (const Token& token : tokens_in(text.bytes())) report_token(token, text.to_file(token.mark), ctx);
}

/// Whether one of `places`, which are sorted and disjoint, has bytes in common with `range`.
template <class Place>
bool overlaps(TextRange range, const std::vector<Place>& places) {
  const auto first = std::partition_point(places.begin(), places.end(),
                                          [&](const Place& place) { return place.range.end <= range.begin; });
  return first != places.end() && first->range.begin < range.end;
}

/// The commands of a text. What is a token is reported as one; passwords of accounts have a rule of their own where an
/// image is built. `whole` is where the text stands: of what a Compose file has in an order of its own the place is not
/// known.
void check_commands(const shell::Text& text, TextRange whole, bool build, RuleContext& ctx) {
  const std::string& bytes = text.source.text.bytes();
  const std::vector<Token> tokens = tokens_in(bytes);
  for (const container::CommandCredential& found : container::command_credentials(*text.script, bytes)) {
    if (overlaps(found.range, tokens) || (build && found.account)) continue;
    const TextRange place = text.in_file(found.range);
    ctx.report({.variant = "command",
                .range = place.empty() ? whole : place,
                .message = "the secret behind " + quoted(found.place) + std::string(who_sees(ctx)),
                .fixes = hand_in(ctx)});
  }
}

void check_script(const shell::Text& text, TextRange whole, RuleContext& ctx) {
  check_mapped(text.source.text, ctx);
  check_commands(text, whole, true, ctx);
}

/// Whether the command takes the file away, or the setting that was written.
bool removes(const shell::Command& command, std::string_view file) {
  const bool setting = file.ends_with(" config");
  const auto any_word = [&](auto matches) { return std::any_of(command.words.begin(), command.words.end(), matches); };
  if (setting && command.name() == file.substr(0, file.find(' ')))
    return any_word([](const shell::Word& word) {
      constexpr std::string_view kUnset[] = {"--unset", "--unset-all", "--remove-section", "delete", "rm", "unset"};
      return std::find(std::begin(kUnset), std::end(kUnset), word.text) != std::end(kUnset);
    });
  if (command.name() != "rm" && command.name() != "shred" && command.name() != "unlink") return false;
  return any_word([&](const shell::Word& word) {
    if (!setting) return word.text.ends_with(file) || word.text.ends_with('*');
    return word.text.ends_with("rc") || word.text.ends_with(".gitconfig") || word.text.ends_with(".conf");
  });
}

/// The commands that may remove something, the last ones of the text: cleaning up comes at the end.
std::vector<std::size_t> removers(const shell::Script& script) {
  constexpr std::string_view kPrograms[] = {"rm", "shred", "unlink", "git", "npm", "pnpm", "pip", "pip3"};
  constexpr std::size_t kMost = 64;
  std::vector<std::size_t> result;
  for (std::size_t i = script.commands.size(); i-- > 0 && result.size() < kMost;)
    if (std::find(std::begin(kPrograms), std::end(kPrograms), script.commands[i].name()) != std::end(kPrograms))
      result.push_back(i);
  return result;
}

void report_file(std::string_view file, bool variable, TextRange place, RuleContext& ctx) {
  Fix fix{"Mount " + quoted(file) + " as a secret", Applicability::DisplayOnly, {}};
  fix.caveat =
      "`RUN --mount=type=secret,id=…,target=…` puts the file there for the time of one RUN alone; the caller of the "
      "build hands it in with `--secret`.";
  ctx.report({.variant = "credential-file",
              .range = place,
              .message = quoted(file) + (variable ? " stays in the layer with the secret's value"
                                                  : " is written with a secret that all can read"),
              .fixes = {std::move(fix)}});
}

void check_written(const dockerfile::BuildScript& build, RuleContext& ctx) {
  const std::string& bytes = build.text.source.text.bytes();
  const std::vector<Token> tokens = tokens_in(bytes);
  const std::vector<container::CommandCredential> others = container::command_credentials(*build.text.script, bytes);
  const bool kept = stays_in_image(build);
  const std::vector<shell::Command>& commands = build.text.script->commands;
  const std::vector<std::size_t> cleaning = removers(*build.text.script);
  for (const container::WrittenCredential& written : container::written_credentials(*build.text.script, bytes)) {
    if (overlaps(written.range, tokens) || overlaps(written.range, others)) continue;
    const bool removed = std::any_of(cleaning.begin(), cleaning.end(), [&](std::size_t i) {
      return i > written.command && removes(commands[i], written.file);
    });
    if (written.variable && (!kept || removed)) continue;
    report_file(written.file, written.variable, build.text.in_file(written.range), ctx);
  }
}

void check_run(const dockerfile::BuildScript& build, RuleContext& ctx) {
  check_script(build.text, build.run.range, ctx);
  check_written(build, ctx);
}

void check_start(const container::StartCommand& start, RuleContext& ctx) {
  if (ctx.language() == Language::Dockerfile) check_mapped(start.text.source.text, ctx);
  check_commands(start.text, start.range, false, ctx);
}

void check_health(const container::HealthCheck& health, RuleContext& ctx) {
  if (!health.command) return;
  if (ctx.language() == Language::Dockerfile) check_mapped(health.command->source.text, ctx);
  check_commands(*health.command, health.range, false, ctx);
}

/// What has no variable is reported where the environment is looked at.
void check_pairs(const std::vector<dockerfile::Pair>& pairs, bool environment, RuleContext& ctx) {
  for (const dockerfile::Pair& pair : pairs)
    if (pair.value && (!environment || pair.value->string().find('$') != std::string::npos))
      check_mapped(pair.value->text, ctx);
}

void check_env(const dockerfile::Env& env, RuleContext& ctx) { check_pairs(env.pairs, true, ctx); }
void check_arg(const dockerfile::Arg& arg, RuleContext& ctx) { check_pairs(arg.pairs, true, ctx); }
void check_label(const dockerfile::Label& label, RuleContext& ctx) { check_pairs(label.pairs, false, ctx); }

/// A heredoc that becomes a file with credentials.
void check_file(const MappedText& body, std::string_view path, RuleContext& ctx) {
  const std::vector<Token> tokens = tokens_in(body.bytes());
  const bool kept = ctx.instruction_context() == nullptr || ctx.instruction_context()->ships;
  const std::string_view name = path.substr(path.find_last_of('/') + 1);
  for (const container::FileCredential& found : container::credentials_of_file(body.bytes()))
    if (!overlaps(found.range, tokens) && (kept || !found.variable))
      report_file(name, found.variable, body.to_file(found.range), ctx);
}

void check_transfer(const dockerfile::Transfer& transfer, RuleContext& ctx) {
  const std::string_view target = transfer.destination ? std::string_view(transfer.destination->string()) : "";
  for (const dockerfile::Word& source : transfer.sources) check_mapped(source.text, ctx);
  for (const dockerfile::Heredoc& heredoc : transfer.heredocs) {
    check_mapped(heredoc.body, ctx);
    if (container::is_credential_file(target)) check_file(heredoc.body, target, ctx);
  }
}
void check_copy(const dockerfile::Copy& copy, RuleContext& ctx) { check_transfer(copy, ctx); }
void check_add(const dockerfile::Add& add, RuleContext& ctx) { check_transfer(add, ctx); }

/// Whether the rule about environments reports the entry.
bool is_reported_elsewhere(const EnvironmentEntry& entry, std::string_view text) {
  if (container::is_credential(entry)) return true;
  std::string_view written = slice(text, entry.value_range);
  written.remove_prefix(std::min(written.find_first_not_of("\"'"), written.size()));
  return container::holds_credential(entry) && written.starts_with("${");
}

void add_reported(const std::vector<EnvironmentEntry>& entries, std::string_view text,
                  std::vector<TextRange>& reported) {
  for (const EnvironmentEntry& entry : entries)
    if (is_reported_elsewhere(entry, text)) reported.push_back(entry.value_range);
}

/// All of a document but its comments, and but what is `reported`.
void check_document(const yaml::Document& document, std::uint32_t begin, std::vector<TextRange> reported,
                    RuleContext& ctx) {
  const std::vector<Token> tokens = tokens_in(document.text());
  if (tokens.empty()) return;
  reported.insert(reported.end(), document.comments().begin(), document.comments().end());
  std::sort(reported.begin(), reported.end());
  for (const Token& token : tokens) {
    const auto behind = std::upper_bound(reported.begin(), reported.end(), token.range.begin,
                                         [](std::uint32_t at, TextRange range) { return at < range.begin; });
    if (behind != reported.begin() && std::prev(behind)->end > token.range.begin) continue;
    report_token(token, token.mark.shifted(begin), ctx);
  }
}

/// Labels name secrets of Kubernetes and other tools: `kompose.service.expose.tls-secret`.
bool names_object(std::string_view label) { return label.ends_with("secret") || label.ends_with("secrets"); }

/// What labels say by their names; secrets that show by their looks are found with the document.
void check_labels(const compose::Service& service, RuleContext& ctx) {
  for (const EnvironmentEntry& label : service.labels)
    if (container::is_credential(label) && !container::looks_like_credential(*label.value) && !names_object(label.name))
      ctx.report({.variant = "label",
                  .range = label.value_range,
                  .message = "the label " + quoted(label.name, 32) + " is a secret that `docker inspect` shows",
                  .fixes = hand_in(ctx)});
}

/// Settings that stand in the file as the content of a config.
void check_configs(const compose::File& file, RuleContext& ctx) {
  for (const compose::Declaration& config : file.configs) {
    const yaml::Value content = config.value.get("content");
    if (!content.is_scalar()) continue;
    const MappedText text = yaml::mapped_scalar(*file.document, *content.node());
    const std::vector<Token> tokens = tokens_in(text.bytes());
    for (const container::FileCredential& found : container::credentials_of_file(text.bytes()))
      if (!found.variable && !overlaps(found.range, tokens))
        ctx.report({.variant = "config",
                    .range = text.to_file(found.range),
                    .message = "the config " + quoted(config.name, 32) + " has a secret in its content",
                    .fixes = hand_in(ctx)});
  }
}

void check_compose(const compose::File& file, RuleContext& ctx) {
  check_configs(file, ctx);
  std::vector<TextRange> reported;
  for (const compose::Service& service : file.services) {
    add_reported(service.container.environment, file.document->text(), reported);
    if (service.build) add_reported(service.build->arguments, file.document->text(), reported);
    check_labels(service, ctx);
  }
  check_document(*file.document, 0, std::move(reported), ctx);
}

std::vector<Fix> secret_fix() {
  Fix fix{"Keep it in a Secret", Applicability::DisplayOnly, {}};
  fix.caveat =
      "A Secret has rights of its own, and tools such as Sealed Secrets or External Secrets keep its value out of the "
      "repository. Change the secret itself too.";
  return {std::move(fix)};
}

void check_manifest(const kubernetes::Manifest& manifest, std::uint32_t begin, RuleContext& ctx) {
  const std::string& text = manifest.document->text();
  std::vector<TextRange> reported;
  for (const kubernetes::Workload& workload : manifest.workloads)
    for (const kubernetes::PodContainer& pod_container : workload.containers)
      add_reported(pod_container.container.environment, text, reported);
  for (const kubernetes::Object& object : manifest.objects)
    for (const kubernetes::ConfigCredential& found : kubernetes::config_credentials(object)) {
      const std::vector<Token> tokens = tokens_in(slice(text, found.range));
      const TextRange place = tokens.empty() ? found.range : tokens.front().mark.shifted(found.range.begin);
      if (found.secret) reported.push_back(found.range);
      const std::string where = quoted(found.name) + " in ConfigMap " + quoted(object.name, 24);
      ctx.report({.variant = found.secret ? "config-map" : "config-map-name",
                  .range = (found.secret ? place : found.name_range).shifted(begin),
                  .message = where + (found.secret ? " is a secret in plain text" : " sounds like a secret"),
                  .fixes = secret_fix()});
    }
  check_document(*manifest.document, begin, std::move(reported), ctx);
}

void check_kubernetes(const kubernetes::File& file, RuleContext& ctx) {
  for (const kubernetes::File::Part& part : file.parts) check_manifest(*part.manifest, part.begin, ctx);
}

}  // namespace

constinit const Rule hardcoded_credential = checked({
    .name = "hardcoded-credential",
    .family = Family::Configuration,
    .title = "A secret is written into the file.",
    .consequence =
        "The image is pushed to a registry for the new branch office. There somebody types `docker history "
        "--no-trunc`, "
        "reads the password that a RUN once gave to curl, and has the artifact server with all releases. To remove the "
        "line changes nothing: old layers and old commits keep it, and nobody knows who has copied them.",
    .fine_when =
        "The secret opens nothing: a database that lives for one test, or an account that the whole world may use.",
    .variants = {{.name = "token",
                  .summary = "Text that is a secret by its looks: a private key, a service's token, a URL with a "
                             "password.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}}},
                 {.name = "command",
                  .summary = "A command is given a secret on its command line or in a variable.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}}},
                 {.name = "credential-file",
                  .summary = "RUN writes a file with credentials, such as `.npmrc`, and leaves it in the layer.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Dockerfile},
                 {.name = "label",
                  .summary = "A label of a service has a secret as its value.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Compose},
                 {.name = "config",
                  .summary = "The content of a config has a secret among its settings.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Compose},
                 {.name = "config-map",
                  .summary = "A ConfigMap has a secret among its settings.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Kubernetes, "trivy:KSV-0109"},
                              {Language::Kubernetes, "polaris:sensitiveConfigmapContent"}},
                  .languages = Language::Kubernetes},
                 {.name = "config-map-name",
                  .summary = "A setting of a ConfigMap is named like a secret, and its value is to be filled in.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Kubernetes, "polaris:sensitiveConfigmapContent"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://docs.docker.com/build/building/secrets/",
                   "https://docs.docker.com/compose/how-tos/use-secrets/",
                   "https://kubernetes.io/docs/concepts/configuration/secret/"},
    .examples =
        {{"a token in a RUN", "Dockerfile",
          "FROM node:22.11\nRUN git clone https://<|ghp_q8Zr3TnWx5Lb7Kd9Yc1Vf2Gh4Jm6Ps0AeBtQ|>@github.com/shop/api\n"},
         {"a password in a URL", "Dockerfile",
          "FROM python:3.13\nRUN pip install --index-url https://ci:<|tr0ub4dor|>@pypi.shop.eu/simple shop\n"},
         {"a password for curl", "Dockerfile",
          "FROM alpine:3.21\nRUN apk add curl && \\\n    curl -fsS -u \"ci:<|tr0ub4dor|>\" -O "
          "https://repo.shop.eu/a.tgz\n"},
         {"a password in a variable", "Dockerfile",
          "FROM debian:12.8\nRUN export DB_PASSWORD=<|tr0ub4dor|> && ./migrate\n"},
         {"a password in a label and in exec form", "Dockerfile",
          "FROM alpine:3.21\nLABEL repo=\"https://ci:<|tr0ub4dor|>@git.shop.eu/api\"\n"
          "CMD [\"redis-server\", \"--requirepass\", \"<|tr0ub4dor|>\"]\n"},
         {"a token that the shell writes into a file", "Dockerfile",
          "FROM node:22.11\nARG NPM_TOKEN\n"
          "RUN echo \"//registry.shop.eu/:_authToken=<|${NPM_TOKEN}|>\" > ~/.npmrc && npm ci\n"},
         {"a file with credentials in a heredoc", "Dockerfile",
          "FROM python:3.13\nCOPY <<EOF /root/.netrc\nmachine git.shop.eu\nlogin ci\npassword <|tr0ub4dor|>\nEOF\n"},
         {"a file with credentials that is gone in the end", "Dockerfile",
          "FROM node:22.11\nARG NPM_TOKEN\n"
          "RUN echo \"//registry.shop.eu/:_authToken=${NPM_TOKEN}\" > ~/.npmrc && npm ci && rm ~/.npmrc\n"},
         {"a variable that npm itself reads", "Dockerfile",
          "FROM node:22.11\nRUN echo '//registry.shop.eu/:_authToken=${NPM_TOKEN}' > ~/.npmrc\n"},
         {"a stage that does not ship", "Dockerfile",
          "FROM golang:1.23 AS build\nARG TOKEN\n"
          "RUN git config --global url.\"https://${TOKEN}@github.com/\".insteadOf https://github.com/ && go build\n"
          "FROM scratch\nCOPY --from=build /go/app /app\n"},
         {"variables and secret mounts", "Dockerfile",
          "FROM alpine:3.21\nARG CI_PASSWORD\n"
          "RUN --mount=type=secret,id=ci curl -u \"ci:$(cat /run/secrets/ci)\" -O https://repo.shop.eu/a.tgz\n"
          "RUN mysql -u root -p\"$CI_PASSWORD\" -e 'select 1'\n"},
         {"a server that a build starts for itself", "Dockerfile",
          "FROM python:3.13\nRUN pg_start && DATABASE_URL=postgres://shop:shop@localhost/shop ./manage.py migrate\n"},
         {"text to be filled in, samples and patterns", "Dockerfile",
          "FROM alpine:3.21\nLABEL usage=\"app postgres://user:password@host/db\" key=\"AKIAIOSFODNN7EXAMPLE\"\n"
          "RUN sed -i 's#://[^:]*:[^@]*@#://***:***@#' /etc/app.conf && adduser --disabled-password app\n"},
         {"services", "compose.yaml",
          "services:\n  cache:\n    image: redis:7.4\n    command: redis-server --requirepass <|tr0ub4dor|>\n"
          "  db:\n    image: mysql:8.4\n    healthcheck:\n"
          "      test: [\"CMD\", \"mysqladmin\", \"ping\", \"-p<|tr0ub4dor|>\"]\n"
          "    labels:\n      dump: https://ci:<|tr0ub4dor|>@dump.shop.eu\n"},
         {"a command above its entrypoint", "compose.yaml",
          "services:\n  db:\n    image: mysql:8.4\n    command: ping\n"
          "    entrypoint: <|mysqladmin -ptr0ub4dor|>\n"},
         {"services that are given variables", "compose.yaml",
          "services:\n  cache:\n    image: redis:7.4\n    command: redis-server --requirepass ${REDIS_PASSWORD}\n"
          "  db:\n    image: mysql:8.4\n    healthcheck:\n"
          "      test: mysqladmin ping -p$$MYSQL_ROOT_PASSWORD\n"},
         {"labels and configs", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    labels:\n      shop.backup.password: <|tr0ub4dor|>\n"
          "      shop.backup.password-file: /run/secrets/backup\n      kompose.service.expose.tls-secret: "
          "shop\nconfigs:\n  web:\n    content: |\n      user=shop\n"
          "      password=<|tr0ub4dor|>\n  mail:\n    content: |\n      password=${MAIL_PASSWORD}\n"},
         {"a pod", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: shop\n"
          "      image: shop:1.4.2\n      args: [--db-password, <|tr0ub4dor|>]\n"},
         {"a ConfigMap", "config.yaml",
          "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\ndata:\n  DB_PASSWORD: <|tr0ub4dor|>\n"
          "  app.properties: |\n    db.user=shop\n    db.password=<|tr0ub4dor|>\n  MAX_TOKENS: \"5\"\n"},
         {"a private key in a ConfigMap", "config.yaml",
          "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\ndata:\n  tls.key: |\n"
          "    <|-----BEGIN PRIVATE KEY-----|>\n"
          "    MIICXAIBAAKBgQCxiQEUg5S3LmCUDVUaa6q1GM5phvoL4UXkzr8aa1VZGJCWEEQualGonn5DmCN99NPI\n"
          "    -----END PRIVATE KEY-----\n  <|other.key|>: |\n    -----BEGIN PRIVATE KEY-----\n    xxxx\n"},
         {"a ConfigMap with a value to be filled in", "config.yaml",
          "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\ndata:\n  <|DB_PASSWORD|>: xxxxx\n"},
         {"a ConfigMap that refers to a variable", "config.yaml",
          "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\ndata:\n"
          "  env: DB_PASSWORD=${DB_PASSWORD}\n  password_min_length: \"12\"\n"}},
    .checks = {on(check_run), on(check_start), on(check_health), on(check_env), on(check_arg), on(check_label),
               on(check_copy), on(check_add), on(check_compose), on(check_kubernetes)},
});

}  // namespace quaymaster::rules
