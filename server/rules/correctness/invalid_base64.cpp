#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/secret.h"
#include "model/schema/placeholder.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "text/ascii.h"
#include "text/one_of.h"

namespace quaymaster::rules {
extern const Rule invalid_base64;
namespace {

/// Text that a tool or a person replaces before the manifest is applied.
bool is_filled_in(std::string_view text) {
  constexpr std::string_view kBeginnings[] = {"your-",   "your_", "replace",     "change-me", "change_me", "insert-",
                                              "insert_", "ref+",  "placeholder", "vault:",    "path:",     "op://"};
  return schema::is_placeholder(text) || text.find('<') != std::string_view::npos ||
         starts_with_any(ascii_lower(text), kBeginnings) ||
         (schema::is_placeholder_name(text) && text.find_first_of("-_") != std::string_view::npos);
}

std::string encoded(std::string_view text) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t at = 0; at < text.size(); at += 3) {
    const std::string_view group = text.substr(at, 3);
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 3; ++i)
      bits = (bits << 8U) | (i < group.size() ? static_cast<unsigned char>(group[i]) : 0U);
    for (std::size_t i = 0; i < 4; ++i) out += i <= group.size() ? kDigits[(bits >> (18U - 6U * i)) & 63U] : '=';
  }
  return out;
}

/// What is nearly base64 was encoded, and then was wrapped, lost its end, or has the digits of URLs: to encode it again
/// would hide that.
bool is_nearly_encoded(std::string_view text) {
  constexpr std::size_t kLong = 12;
  if (text.ends_with('=')) return true;
  std::string digits;
  for (const char c : text)
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') digits += c == '-' ? '+' : c == '_' ? '/' : c;
  if (digits.size() % 4 == 1 && digits.size() > kLong) digits.pop_back();
  digits.append((4 - digits.size() % 4) % 4, '=');
  return kubernetes::decode_base64(digits).has_value();
}

std::vector<Fix> encode(const kubernetes::SecretEntry& entry) {
  const std::string_view text = *entry.value.string();
  if (entry.shared || schema::is_placeholder_name(text) || is_nearly_encoded(text)) return {};
  std::optional<Edit> edit = yaml::replace_scalar(entry.value, encoded(text));
  if (!edit) return {};
  return {{"Encode the value",
           Applicability::Unsafe,
           {*std::move(edit)},
           "Only you know whether this is the value itself, or stands for one that is filled in later."}};
}

void check_object(const kubernetes::Object& object, RuleContext& ctx) {
  const std::optional<kubernetes::Secret> secret = kubernetes::secret_of(object);
  if (!secret || secret->encrypted) return;
  for (const kubernetes::SecretEntry& entry : secret->entries) {
    const std::string_view text = *entry.value.string();
    if (!entry.encoded || is_filled_in(text) || kubernetes::decode_base64(text)) continue;
    ctx.report({.range = entry.key_range,
                .message = "the value of " + quoted(entry.key, 28) + " is no base64, which `data` has to be",
                .fixes = encode(entry)});
  }
}

}  // namespace

constinit const Rule invalid_base64 = checked({
    .name = "invalid-base64",
    .family = Family::Correctness,
    .title = "A value in the data of a Secret is not base64.",
    .consequence = "`kubectl apply` stops at this object with `illegal base64 data at input byte 4`. What comes before "
                   "it in the file is applied, what comes after it is not.",
    .fine_when = "A tool that runs before `kubectl apply` replaces the value.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = {},
                  .summary = {},
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data"},
    .examples = {{"plain text", "secret.yaml",
                  "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  <|user|>: shop_user  # as in SQL\n"
                  "  host: ZGI=\n",
                  "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  user: c2hvcF91c2Vy  # as in SQL\n"
                  "  host: ZGI=\n"},
                 {"in flow style", "secret.yaml",
                  "apiVersion: v1\nkind: Secret\nmetadata: {name: db}\ndata: {<|user|>: \"shop: user\"}\n",
                  "apiVersion: v1\nkind: Secret\nmetadata: {name: db}\ndata: {user: \"c2hvcDogdXNlcg==\"}\n"},
                 {"base64 that lost its end", "secret.yaml",
                  "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  <|user|>: c2hvcCB1c2VyIDE\n"},
                 {"base64 without its padding, with blanks, in the digits of URLs, and a word in capitals",
                  "secret.yaml",
                  "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  <|a|>: c2hvcA\n  <|b|>: c2hv cHM=\n"
                  "  <|c|>: c2hv_HM-\n  <|d|>: ADMIN\n  <|e|>: c2hvcCB1c2VyI\n"},
                 {"what stands for a value", "secret.yaml",
                  "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  a: YOUR-KEY-HERE\n  b: REPLACE_ME\n"
                  "  c: changeme\n  d: '%KEY%'\n  e: '@@KEY@@'\n  f: __key__\n  g: ref+vault://kv/db#key\n"
                  "  h: vault:kv/db#key\n  i: path:kv/db#key\n  j: op://kv/db/key\n  k: change-me\n  l: your_key\n"},
                 {"a block scalar is not rewritten", "secret.yaml",
                  "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  <|conf|>: |\n    user = shop\n"},
                 {"base64, plain text where it belongs, and what is filled in", "secret.yaml",
                  "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  user: c2hvcA==\n  a: <base64 of it>\n"
                  "  b: ${B}\n  c: ''\nstringData:\n  conf: user = shop\n"}},
    .checks = {on(check_object)},
});

}  // namespace quaymaster::rules
