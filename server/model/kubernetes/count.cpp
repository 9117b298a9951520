#include "model/kubernetes/count.h"

#include <charconv>

namespace quaymaster::kubernetes {
namespace {

std::optional<std::int64_t> percent_of(std::string_view text) {
  if (!text.ends_with('%')) return std::nullopt;
  text.remove_suffix(1);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<Count> count_of(const yaml::Value& mapping, std::string_view key) {
  const std::optional<yaml::Entry> entry = mapping.entry(key);
  if (!entry || entry->value.is_null()) return std::nullopt;
  const std::string_view text = entry->value.string().value_or("");
  return Count{std::string(text), entry->value.integer(),       percent_of(text),
               entry->key_range,  entry->value.content_range(), entry->shared || entry->value.shared(),
               entry->value};
}

}  // namespace quaymaster::kubernetes
