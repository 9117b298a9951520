#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "model/container/credentials.h"
#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/secret.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "text/ascii.h"

namespace quaymaster::rules {
extern const Rule committed_secret;
namespace {

/// Who or where, and not the secret: `username`, `db-host`, `tls.crt`.
bool names_no_secret(std::string_view key) {
  constexpr std::string_view kEndings[] = {"name", "user", "host", "port", "url", "endpoint", "database", ".crt"};
  const std::string lower = ascii_lower(key);
  return std::ranges::any_of(kEndings, [&](std::string_view ending) { return lower.ends_with(ending); });
}

/// Words for people: "the token of the bot", "this is id_rsa base64 string".
bool is_prose(std::string_view text) {
  constexpr std::string_view kOfWords = "abcdefghijklmnopqrstuvwxyz0123456789 _-.,'\n";
  return text.find(' ') != std::string_view::npos && ascii_lower(text).find_first_not_of(kOfWords) == std::string::npos;
}

/// `id_rsa`, `ssh-privatekey`: what is no private key there stands for one.
bool names_private_key(std::string_view key) {
  return key == "ssh-privatekey" || key.starts_with("id_rsa") || key.starts_with("id_ed25519");
}

/// Whether a line `name = value` or `name: value` of a file sets a credential.
bool sets_credential(std::string_view line) {
  const std::size_t sign = line.find_first_of("=:");
  if (sign == std::string_view::npos) return false;
  constexpr std::string_view kAround = " \t\r\"'";
  const auto trimmed = [&](std::string_view text) {
    const std::size_t begin = text.find_first_not_of(kAround);
    if (begin == std::string_view::npos) return std::string_view();
    return text.substr(begin, text.find_last_not_of(kAround) + 1 - begin);
  };
  return container::names_credential(trimmed(line.substr(0, sign))) &&
         container::may_be_credential(trimmed(line.substr(sign + 1)));
}

/// Whether the text may be a secret, or of a file of settings, whether one of them is.
bool is_secret(std::string_view text) {
  const std::size_t end = text.find_last_not_of("\r\n");
  if (end == std::string_view::npos) return false;
  text = text.substr(0, end + 1);
  if (text.find('\n') == std::string_view::npos || container::looks_like_credential(text))
    return container::may_be_credential(text);
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    if (sets_credential(line)) return true;
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
  }
  return false;
}

bool holds_secret(const kubernetes::SecretEntry& entry) {
  const std::string_view written = *entry.value.string();
  if (written.find("{{") != std::string_view::npos || written.find('$') != std::string_view::npos) return false;
  const std::optional<std::string> text =
      entry.encoded ? kubernetes::decode_base64(written) : std::optional(std::string(written));
  if (!text || names_no_secret(entry.key) || is_prose(*text)) return false;
  return names_private_key(entry.key) ? container::looks_like_credential(*text) : is_secret(*text);
}

/// Keys that say of themselves that they are secret, before others.
const kubernetes::SecretEntry* secret_entry(const kubernetes::Secret& secret) {
  const kubernetes::SecretEntry* first = nullptr;
  for (const kubernetes::SecretEntry& entry : secret.entries) {
    if (!holds_secret(entry)) continue;
    if (container::names_credential(entry.key) || entry.key.ends_with("key") || entry.key == ".dockerconfigjson")
      return &entry;
    if (first == nullptr) first = &entry;
  }
  return first;
}

void check_object(const kubernetes::Object& object, RuleContext& ctx) {
  const std::optional<kubernetes::Secret> secret = kubernetes::secret_of(object);
  if (!secret || secret->encrypted) return;
  if (secret->type && secret->type->text == "kubernetes.io/service-account-token")
    ctx.report({.variant = "account-token",
                .range = secret->type->value_range,
                .message = quoted(object.name, 28) + " keeps a token of an account that never expires"});
  const kubernetes::SecretEntry* entry = secret_entry(*secret);
  if (entry == nullptr) return;
  Fix fix{"Encrypt it, or have it fetched", Applicability::DisplayOnly, {}};
  fix.caveat =
      "Sealed Secrets and SOPS keep it in the repository encrypted; the External Secrets Operator fetches it from "
      "where secrets are kept. Change the secret itself too: the history keeps it.";
  ctx.report({.variant = "value",
              .range = entry->key_range,
              .message = "the Secret " + quoted(object.name, 24) + " has " + quoted(entry->key, 24) +
                         " in the file, for all to read",
              .fixes = {std::move(fix)}});
}

}  // namespace

constinit const Rule committed_secret = checked({
    .name = "committed-secret",
    .family = Family::Configuration,
    .title = "A Secret stands in the file with its value.",
    .consequence =
        "The repository is made public, or a laptop with it is sold. `base64 -d` is all that the password of the "
        "database needs, and it is the one of production, since nobody changed it after the first week.",
    .fine_when = "The value opens nothing: a database in a test cluster that lives for an hour.",
    .variants = {{.name = "value",
                  .summary = "A key of a Secret has a value.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Kubernetes, "kubescape:C-0208"}},
                  .languages = Language::Kubernetes},
                 {.name = "account-token",
                  .summary = "A Secret of the type `kubernetes.io/service-account-token`: its token never expires.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/security/secrets-good-practices/",
                   "https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets"},
    .examples = {{"encoded is not encrypted", "secret.yaml",
                  "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  host: ZGIuc2hvcC5ldQ==\n"
                  "  <|password|>: dHIwdWI0ZG9y\n"},
                 {"in plain text", "secret.yaml",
                  "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\nstringData: {<|password|>: tr0ub4dor}\n"},
                 {"a file of settings", "secret.yaml",
                  "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\nstringData:\n  <|settings.ini|>: |\n    [db]\n"
                  "    user = shop\n    password = tr0ub4dor\n"},
                 {"a token for good", "secret.yaml",
                  "apiVersion: v1\nkind: Secret\nmetadata:\n  name: ci-token\n  annotations:\n"
                  "    kubernetes.io/service-account.name: ci\ntype: <|kubernetes.io/service-account-token|>\n"},
                 {"filled in later, or encrypted", "secret.yaml",
                  "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\nstringData:\n  password: ${DB_PASSWORD}\n"
                  "  token: <token>\n  key: the key of the bot\n  username: shop_1\n  id_rsa: the id_rsa of 2 bots.\n"
                  "  config: |\n    [default]\n    region = eu-west-1\n    output = json\n---\napiVersion: v1\nkind: "
                  "Secret\nmetadata:\n  name: enc\nstringData:\n"
                  "  password: ENC[AES256_GCM,data:Zm9v,type:str]\nsops:\n  version: 3.9.1\n---\n"
                  "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata:\n  name: db\nspec:\n"
                  "  encryptedData:\n    password: AgBy3i4OJSWK+PiTySYZZA==\n"}},
    .checks = {on(check_object)},
});

}  // namespace quaymaster::rules
