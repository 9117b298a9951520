#include "model/kubernetes/config_map.h"

#include <algorithm>
#include <string_view>

#include "model/container/credentials.h"
#include "model/container/token_shapes.h"
#include "text/ascii.h"

namespace quaymaster::kubernetes {
namespace {

/// Narrower than for variables: in files all kinds of settings have a `password` somewhere in their names.
bool names_secret(std::string_view name) {
  constexpr std::string_view kEndings[] = {"password",  "passwd",     "pass",   "pwd",           "passphrase",
                                           "secret",    "token",      "apikey", "secretkey",     "privatekey",
                                           "accesskey", "masterkey",  "jwtkey", "encryptionkey", "keycontent",
                                           "batchkey",  "credentials"};
  std::string letters;
  for (const char c : ascii_lower(name))
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) letters += c;
  if (std::ranges::none_of(kEndings, [&](std::string_view ending) { return letters.ends_with(ending); })) return false;
  return container::names_credential(name) || letters.ends_with("keycontent") || letters.ends_with("batchkey");
}

bool is_reference(std::string_view value) {
  return value.find('$') != std::string_view::npos || value.find("{{") != std::string_view::npos;
}

/// `tls-secret: shop/tls`, `tls-secret: shop-tls`: which Secret is meant, not what is in it.
bool names_object(std::string_view name, std::string_view value) {
  return ascii_lower(name).ends_with("secret") && value.find_first_of("-/") != std::string_view::npos &&
         value.find_first_not_of("abcdefghijklmnopqrstuvwxyz-./") == std::string_view::npos;
}

TextRange trimmed(std::string_view text, TextRange range, std::string_view surplus) {
  while (!range.empty() && surplus.find(text[range.begin]) != std::string_view::npos) ++range.begin;
  while (!range.empty() && surplus.find(text[range.end - 1]) != std::string_view::npos) --range.end;
  return range;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  void add(std::string_view name, TextRange name_range, TextRange range) {
    const std::string_view value = slice(text_, range);
    if (value.empty() || is_reference(value) || !names_secret(name) || names_object(name, value)) return;
    found_.push_back({std::string(name), name_range, range, container::may_be_credential(value)});
  }

  /// Whether the value is a private key, or what stands for one; it is added.
  bool add_private_key(std::string_view name, TextRange name_range, TextRange range) {
    const std::string_view value = slice(text_, range);
    if (value.find("PRIVATE KEY---") == std::string_view::npos || !container::looks_like_credential(value))
      return false;
    found_.push_back({std::string(name), name_range, range, !container::find_tokens(value).empty()});
    return true;
  }

  /// The lines of a file, or of a text on one line.
  void read_lines(TextRange range) {
    while (!range.empty()) {
      const std::size_t line_end = text_.substr(0, range.end).find('\n', range.begin);
      const std::uint32_t end = line_end == std::string_view::npos ? range.end : static_cast<std::uint32_t>(line_end);
      read_line({range.begin, end});
      range.begin = std::min(end + 1, range.end);
    }
  }

  std::vector<ConfigCredential> take() { return std::move(found_); }

 private:
  void read_line(TextRange line) {
    line = trimmed(text_, line, " \t\r");
    const std::string_view text = slice(text_, line);
    const std::size_t separator = text.find_first_of("=:");
    if (separator == std::string_view::npos || text.starts_with('#')) return;
    const std::uint32_t at = line.begin + static_cast<std::uint32_t>(separator);
    const TextRange name = trimmed(text_, {line.begin, at}, " \t\"'-");
    const TextRange value = trimmed(text_, {at + 1, line.end}, " \t\"',;");
    // A sentence is no setting.
    if (slice(text_, name).find_first_of(" \t/<(") != std::string_view::npos) return;
    if (slice(text_, value).find_first_of(" \t({[") != std::string_view::npos) return;
    add(slice(text_, name), name, value);
  }

  std::string_view text_;
  std::vector<ConfigCredential> found_;
};

}  // namespace

std::vector<ConfigCredential> config_credentials(const Object& object) {
  const yaml::Document* document = object.value.document();
  if (object.kind != "ConfigMap" || document == nullptr) return {};
  Reader reader(document->text());
  for (const yaml::Entry& entry : object.value.get("data").entries()) {
    // What stands under `_example` is read by people only (Knative).
    if (entry.shared || entry.value.shared() || !entry.value.is_scalar() || entry.key == "_example") continue;
    const TextRange range = entry.value.content_range();
    if (reader.add_private_key(entry.key, entry.key_range, range)) continue;
    const bool one_line = slice(document->text(), range).find('\n') == std::string_view::npos;
    if (one_line) reader.add(entry.key, entry.key_range, range);
    if (!one_line || !names_secret(entry.key)) reader.read_lines(range);
  }
  return reader.take();
}

}  // namespace quaymaster::kubernetes
