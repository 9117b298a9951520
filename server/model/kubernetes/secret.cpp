#include "model/kubernetes/secret.h"

#include <cstdint>

#include "model/kubernetes/object.h"

namespace quaymaster::kubernetes {
namespace {

void add_entries(const yaml::Value& object, std::string_view key, bool encoded, Secret& secret) {
  const std::optional<yaml::Entry> data = object.entry(key);
  if (!data) return;
  for (const yaml::Entry& entry : data->value.entries()) {
    const std::optional<std::string_view> text = entry.value.string();
    if (!text || text->empty()) continue;
    secret.entries.push_back({std::string(entry.key), entry.key_range, encoded, entry.value,
                              data->shared || entry.shared || entry.value.shared()});
    secret.encrypted = secret.encrypted || text->starts_with("ENC[");
  }
}

}  // namespace

std::optional<Secret> secret_of(const Object& object) {
  if (object.kind != "Secret" || object.api_version != "v1") return std::nullopt;
  Secret secret;
  secret.type = setting_of(object.value, "type");
  secret.encrypted = object.value.get("sops").is_mapping();
  add_entries(object.value, "data", true, secret);
  add_entries(object.value, "stringData", false, secret);
  return secret;
}

std::optional<std::string> decode_base64(std::string_view text) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string decoded;
  std::uint32_t bits = 0;
  std::size_t digits = 0;
  std::size_t padding = 0;
  for (const char c : text) {
    if (c == '\n' || c == '\r') continue;
    if (c == '=') {
      ++padding;
      continue;
    }
    const std::size_t digit = kDigits.find(c);
    if (digit == std::string_view::npos || padding > 0) return std::nullopt;
    bits = (bits << 6U) | static_cast<std::uint32_t>(digit);
    if (++digits % 4 == 0) {
      for (const unsigned shift : {16U, 8U, 0U}) decoded += static_cast<char>((bits >> shift) & 0xFFU);
      bits = 0;
    }
  }
  const std::size_t rest = digits % 4;
  if (rest == 1 || padding != (rest == 0 ? 0 : 4 - rest)) return std::nullopt;
  if (rest == 2) decoded += static_cast<char>((bits >> 4U) & 0xFFU);
  if (rest == 3)
    for (const unsigned shift : {10U, 2U}) decoded += static_cast<char>((bits >> shift) & 0xFFU);
  return decoded;
}

}  // namespace quaymaster::kubernetes
