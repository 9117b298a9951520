#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "text/ascii.h"
#include "text/one_of.h"

namespace quaymaster::rules {
extern const Rule secret_file_copied;
namespace {

/// A path in lower case, with '/' between its parts and without quotes and what stands for nothing.
std::string plain_path(std::string_view path) {
  if (path.size() >= 2 && (path.front() == '"' || path.front() == '\'') && path.back() == path.front())
    path = path.substr(1, path.size() - 2);
  std::string result = ascii_lower(path);
  std::replace(result.begin(), result.end(), '\\', '/');
  while (result.size() > 1 && (result.back() == '/' || result.back() == '*')) result.pop_back();
  return result;
}

/// Where the last part of `written` stands that `path` was made of.
TextRange name_range(std::string_view written, std::string_view path) {
  const bool in_quotes = written.starts_with('"') || written.starts_with('\'');
  const std::uint32_t begin = in_quotes && written.size() >= path.size() + 2 ? 1 : 0;
  const auto end = begin + static_cast<std::uint32_t>(path.size());
  return {end - static_cast<std::uint32_t>(path.size() - (path.find_last_of('/') + 1)), end};
}

std::string_view base_name(std::string_view path) { return path.substr(path.find_last_of('/') + 1); }

/// Made to be seen: an example, or something for tests.
bool is_harmless(std::string_view path) {
  constexpr std::string_view kParts[] = {"example", "sample", "template", ".dist",    ".tpl", ".tmpl",     "dummy",
                                         "fake",    "test",   "snakeoil", "insecure", "mock", "localhost", "debug"};
  return contains_any(path, kParts);
}

bool is_private_key(std::string_view path, std::string_view target) {
  const std::string_view name = base_name(path);
  constexpr std::string_view kNames[] = {"id_rsa",        "id_dsa", "id_ecdsa", "id_ed25519", "id_ecdsa_sk",
                                         "id_ed25519_sk", ".ssh",   ".gnupg",   "master.key"};
  if (one_of(kNames, name)) return true;
  constexpr std::string_view kPublic[] = {"pub", "gpg", "release", "archive", "repo", "apt", "rpm", "keyring"};
  if (contains_any(name, kPublic) || contains_any(target, kPublic)) return false;
  if (name.ends_with(".ppk")) return true;
  if (name.ends_with(".pem")) return name.find("key") != std::string_view::npos || name.starts_with("priv");
  if (!name.ends_with(".key")) return false;
  constexpr std::string_view kOwners[] = {"priv", "server", "client", "ssl", "tls",
                                          "cert", "rsa",    "ssh",    "jwt", "https"};
  constexpr std::string_view kFolders[] = {"/ssl/", "/tls/", "/cert", "/private/", "/nginx", "/ssh", "/pki/"};
  return contains_any(name, kOwners) || contains_any(target, kFolders);
}

bool is_credentials(std::string_view path) {
  constexpr std::string_view kNames[] = {".netrc",
                                         "_netrc",
                                         ".pypirc",
                                         "credentials.json",
                                         "service-account.json",
                                         "service_account.json",
                                         "serviceaccount.json",
                                         "serviceaccountkey.json",
                                         "kubeconfig",
                                         ".kube",
                                         ".aws",
                                         ".azure",
                                         ".git-credentials",
                                         ".pgpass",
                                         ".my.cnf",
                                         "secrets.json",
                                         "secrets.yml",
                                         "secrets.yaml",
                                         ".vault-token",
                                         ".dockercfg",
                                         ".s3cfg",
                                         ".boto",
                                         "secrets.env",
                                         "secrets.properties"};
  if (one_of(kNames, base_name(path))) return true;
  constexpr std::string_view kPaths[] = {
      ".kube/config",       ".docker/config.json",     ".aws/credentials",         ".config/gcloud",
      ".cargo/credentials", ".cargo/credentials.toml", ".m2/settings-security.xml"};
  return std::any_of(std::begin(kPaths), std::end(kPaths), [&](std::string_view place) {
    return path == place || (path.ends_with(place) && path[path.size() - place.size() - 1] == '/');
  });
}

bool is_environment_file(std::string_view path) {
  const std::string_view name = base_name(path);
  return name == ".env" || (name.starts_with(".env") && name.ends_with(".local"));
}

bool is_package_settings(std::string_view path) {
  constexpr std::string_view kNames[] = {".npmrc", ".yarnrc", "pip.conf", "auth.json", "nuget.config", "settings.xml"};
  return one_of(kNames, base_name(path));
}

struct Kind {
  std::string_view variant;
  std::string_view harm;  ///< behind the name of the file, in messages
};

std::optional<Kind> kind_of(const std::string& path, const std::string& target) {
  if (path.empty() || base_name(path).find('$') != std::string_view::npos || is_harmless(path)) return std::nullopt;
  if (is_private_key(path, target)) return Kind{"private-key", " is in the image: all who pull it have the key"};
  if (is_credentials(path)) return Kind{"credentials", " is in the image: all who pull it can log in with it"};
  if (is_environment_file(path)) return Kind{"env-file", " is in the image: its settings are the same everywhere"};
  if (base_name(path) == ".git") return Kind{"repository", " is in the image: all that was ever committed"};
  if (is_package_settings(path)) return Kind{"package-settings", " is in the image, with a token if it has one"};
  return std::nullopt;
}

std::vector<Fix> fixes_for(std::string_view variant, std::string_view name) {
  Fix fix{"Leave " + quoted(name) + " out of the image", Applicability::DisplayOnly, {}};
  if (variant == "env-file")
    fix.caveat =
        "Set the variables when the container starts (`env_file` of Compose, a ConfigMap, `--env-file`), and "
        "add `.env` to .dockerignore.";
  else if (variant == "repository")
    fix.caveat =
        "Hand the commit in as a build argument, or use `RUN --mount=type=bind,target=…` for the one command "
        "that reads it, and add `.git` to .dockerignore.";
  else
    fix.caveat =
        "`RUN --mount=type=secret,id=…,target=…` (for SSH `--mount=type=ssh`) shows the file to one RUN and "
        "leaves nothing behind; what the program reads is mounted when it starts. The file that was copied is "
        "in every layer cache and registry by now: replace the secret.";
  return {std::move(fix)};
}

void check_source(const dockerfile::Word& source, const std::string& target, RuleContext& ctx) {
  const std::string path = plain_path(source.string());
  // What the network gives to everybody is no secret.
  if (path.find("://") != std::string::npos || path.starts_with("<<")) return;
  std::optional<Kind> kind = kind_of(path, target);
  if (!kind && !is_harmless(path)) kind = kind_of(target, target);
  if (!kind) return;
  const bool ships =
      ctx.instruction_context() == nullptr || ctx.instruction_context()->ships || !ctx.instruction_context()->in_stage;
  // As it is written: lowering changes no length.
  const std::string_view written = source.string();
  const std::string_view name = slice(written, name_range(written, path));
  Report report{.variant = kind->variant,
                .range = source.range,
                .message = quoted(name) + std::string(kind->harm),
                .fixes = fixes_for(kind->variant, name)};
  if (!ships) {
    if (kind->variant != "private-key" && kind->variant != "credentials") return;
    report.variant = "in-build-stage";
    report.message = quoted(name) + " is in a layer of the build's cache; a secret mount leaves none";
  }
  ctx.report(std::move(report));
}

void check_transfer(const dockerfile::Transfer& transfer, RuleContext& ctx) {
  if (!transfer.destination) return;
  const std::string target = plain_path(transfer.destination->string());
  for (const dockerfile::Word& source : transfer.sources) check_source(source, target, ctx);
}

void check_copy(const dockerfile::Copy& copy, RuleContext& ctx) { check_transfer(copy, ctx); }
void check_add(const dockerfile::Add& add, RuleContext& ctx) { check_transfer(add, ctx); }

consteval Variant found_in_image(std::string_view name, std::string_view summary) {
  return {.name = name,
          .summary = summary,
          .severity = Severity::Warning,
          .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
          .languages = Language::Dockerfile};
}

consteval Variant strict_only(std::string_view name, std::string_view summary) {
  return {.name = name,
          .summary = summary,
          .severity = Severity::Information,
          .presets = {{Preset::Strict, Severity::Information}},
          .languages = Language::Dockerfile};
}

}  // namespace

constinit const Rule secret_file_copied = checked({
    .name = "secret-file-copied",
    .family = Family::Configuration,
    .title = "A file with secrets is copied into the image.",
    .consequence =
        "The deploy key was needed for one `git clone` and is deleted two lines below. The image goes to a customer, "
        "whose scanner unpacks the layers one by one and finds the key in the third: read and write to all "
        "repositories. A layer is not undone by the next one.",
    .fine_when =
        "The file opens nothing: a key made for tests, or settings without a secret that the image is meant to have.",
    .variants = {found_in_image("private-key", "A private key, or the folder that keys are kept in, is copied."),
                 found_in_image("credentials", "A file that a program logs in with is copied."),
                 found_in_image("env-file", "The `.env` file, the settings of one machine, is copied."),
                 found_in_image("repository", "The folder `.git` is copied, with all that was ever committed."),
                 strict_only("package-settings",
                             "The settings of a package manager are copied; they may hold a token."),
                 strict_only("in-build-stage", "A key or credentials are copied into a stage that does not ship.")},
    .references = {"https://docs.docker.com/build/building/secrets/",
                   "https://docs.docker.com/build/concepts/context/#dockerignore-files",
                   "https://docs.docker.com/reference/dockerfile/#run---mounttypesecret"},
    .examples =
        {{"a deploy key", "Dockerfile",
          "FROM alpine:3.21\nCOPY <|id_rsa|> /root/.ssh/\nRUN git clone git@git.shop.eu:api && rm /root/.ssh/id_rsa\n"},
         {"a key that is called otherwise outside", "Dockerfile",
          "FROM alpine:3.21\nCOPY <|deploy|> /root/.ssh/id_ed25519\n"},
         {"a key of a web server", "Dockerfile",
          "FROM nginx:1.27.3\nCOPY shop.crt <|\"certs/server.key\"|> /etc/nginx/\n"},
         {"credentials and settings of one machine", "Dockerfile",
          "FROM node:22.11\nCOPY <|.env|> <|.aws/|> package.json ./\nCOPY <|kubeconfig|> /root/.kube/config\n"},
         {"the history", "Dockerfile", "FROM golang:1.23\nCOPY <|.git/|> /src/.git/\n"},
         {"settings that may hold a token", "Dockerfile",
          "FROM node:22.11\nCOPY package.json package-lock.json <|.npmrc|> ./\n"},
         {"a stage that does not ship", "Dockerfile",
          "FROM golang:1.23 AS build\nCOPY <|id_ed25519|> /root/.ssh/id_ed25519\nCOPY .git .env ./\n"
          "FROM scratch\nCOPY --from=build /app /app\n"},
         {"public keys, certificates and examples", "Dockerfile",
          "FROM debian:12.8\nCOPY id_rsa.pub ca.pem shop.crt .env.example /etc/shop/\n"
          "COPY docker-archive.key /usr/share/keyrings/\nADD https://repo.shop.eu/server.key /etc/ssl/\n"
          "COPY tests/server.key /etc/ssl/\nCOPY .env.example .env\n"}},
    .checks = {on(check_copy), on(check_add)},
});

}  // namespace quaymaster::rules
