#include "model/container/credentials.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "model/container/token_shapes.h"
#include "text/ascii.h"
#include "text/one_of.h"

namespace quaymaster::container {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_letter_or_digit(char c) { return is_lower(c) || is_upper(c) || is_digit(c); }

/// The words of a name, in lower case: "DB_PASSWORD", "dbPassword" and "db.password" have the same two.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words(1);
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool new_word = i > 0 && is_upper(name[i]) && is_lower(name[i - 1]);
    if (new_word || !is_letter_or_digit(name[i])) {
      if (!words.back().empty()) words.emplace_back();
    }
    if (is_letter_or_digit(name[i])) words.back() += ascii_lower(name.substr(i, 1));
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

constexpr std::array<std::string_view, 16> kSecretWords{
    "password", "passwords", "passwd",    "pass",      "pwd",        "passphrase",  "secret",     "secrets",
    "token",    "apikey",    "secretkey", "apisecret", "credential", "credentials", "privatekey", "accesstoken"};
/// What a word ends with that was written without a separator: "PGPASSWORD", "DBPASS".
constexpr std::array<std::string_view, 7> kSecretEndings{"password", "passwd",   "apikey",   "dbpass",
                                                         "rootpass", "userpass", "adminpass"};
constexpr std::array<std::string_view, 14> kKeyKinds{"api",     "private", "access", "secret", "encryption",
                                                     "signing", "master",  "app",    "jwt",    "auth",
                                                     "session", "crypto",  "hmac",   "license"};
/// A name that ends so says something about a secret, and is not the secret itself.
constexpr std::string_view kAboutSecrets[] = {
    "file",       "files",    "path",     "paths",    "dir",       "directory", "folder",    "name",     "names",
    "length",     "min",      "max",      "minimum",  "maximum",   "ttl",       "expiry",    "expire",   "expires",
    "expiration", "lifetime", "seconds",  "minutes",  "hours",     "days",      "timeout",   "interval", "url",
    "uri",        "endpoint", "host",     "port",     "server",    "service",   "namespace", "type",     "kind",
    "policy",     "enabled",  "enable",   "disabled", "required",  "size",      "age",       "id",       "ids",
    "header",     "prefix",   "issuer",   "audience", "algorithm", "alg",       "algo",      "method",   "mode",
    "format",     "hash",     "count",    "limit",    "rate",      "command",   "provider",  "backend",  "store",
    "manager",    "strategy", "rotation", "user",     "username",  "email",     "regex",     "pattern",  "version",
    "location",   "mount",    "volume",   "ref",      "arn",       "scope",     "image",     "budget",   "counter",
    "counts",     "limits",   "quota",    "usage",    "window",    "period",    "delay",     "retries",  "attempts",
    "level",      "strength", "capacity", "sizes",    "total",     "threshold", "duration",  "ratio",    "charset",
    "claim",      "domain",   "region",   "rounds",   "label",     "field"};

/// Services that call the name of a user an access key; the secret is another variable.
constexpr std::string_view kNamesUsersByKey[] = {"minio", "s3"};

/// A name that begins so is a switch.
constexpr std::string_view kSwitches[] = {"enable", "enabled", "disable", "allow", "require",
                                          "use",    "has",     "is",      "show",  "skip"};

/// The first line of a private key. A setting that begins so is one, however short the rest.
bool names_private_key(std::string_view value) {
  const std::size_t begin = value.find("---BEGIN ");
  return begin != std::string_view::npos && value.find("PRIVATE KEY---", begin) != std::string_view::npos;
}

/// Text that says where the secret is: a variable, a path, an address, an entry of a secret store, or encrypted text.
bool is_reference(std::string_view value) {
  constexpr std::array<std::string_view, 15> kBeginnings{"$",     "/",      "./",    "../",  "~/",
                                                         "file:", "vault:", "op://", "arn:", "secretRef",
                                                         "sm://", "ssm:",   "ref+",  "ENC[", "!"};
  return starts_with_any(value, kBeginnings) || value.find("$(") != std::string_view::npos ||
         value.find("${") != std::string_view::npos || value.find("://") != std::string_view::npos;
}

}  // namespace

bool names_credential(std::string_view name) {
  std::vector<std::string> words = words_of(name);
  while (words.size() > 1 && std::ranges::all_of(words.back(), is_digit)) words.pop_back();
  if (words.empty() || one_of(kAboutSecrets, words.back()) || one_of(kSwitches, words.front()) ||
      one_of(words, "public"))
    return false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (one_of(kSecretWords, words[i]) || ends_with_any(words[i], kSecretEndings)) return true;
    const bool key = words[i] == "key" || words[i] == "keys";
    if (key && i > 1 && words[i - 1] == "access" && one_of(kNamesUsersByKey, words[i - 2])) return false;
    if (key && i > 0 && one_of(kKeyKinds, words[i - 1])) return true;
  }
  return false;
}

bool looks_like_credential(std::string_view value) { return !find_tokens(value).empty() || names_private_key(value); }

bool may_be_credential(std::string_view value) {
  return looks_like_credential(value) || (!value.empty() && !is_placeholder(value) && !is_reference(value));
}

bool holds_credential(const EnvironmentEntry& entry) {
  if (!entry.value) return false;
  if (looks_like_credential(*entry.value)) return true;
  return names_credential(entry.name) && may_be_credential(*entry.value);
}

bool is_credential(const EnvironmentEntry& entry) { return entry.literal && holds_credential(entry); }

}  // namespace quaymaster::container
