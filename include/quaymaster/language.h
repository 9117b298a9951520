#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace quaymaster {

/// The file formats that are understood.
enum class Language : std::uint8_t { Dockerfile, Compose, Kubernetes };

/// A set of languages.
class Languages {
 public:
  constexpr Languages() = default;
  constexpr Languages(Language only) : bits_(static_cast<std::uint8_t>(bit(only))) {}

  [[nodiscard]] constexpr bool contains(Language language) const { return (bits_ & bit(language)) != 0; }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
  friend constexpr Languages operator|(Languages a, Languages b) { return Languages(Bits{}, a.bits_ | b.bits_); }
  friend constexpr bool operator==(Languages, Languages) = default;

 private:
  struct Bits {};
  constexpr Languages(Bits, unsigned bits) : bits_(static_cast<std::uint8_t>(bits)) {}
  static constexpr unsigned bit(Language language) { return 1U << static_cast<unsigned>(language); }

  std::uint8_t bits_ = 0;
};
constexpr Languages operator|(Language a, Language b) { return Languages(a) | Languages(b); }

inline constexpr Languages kAllLanguages = Language::Dockerfile | Language::Compose | Languages(Language::Kubernetes);

/// "dockerfile", "compose" or "kubernetes": the spelling in JSON, in options and in documentation.
[[nodiscard]] std::string_view to_string(Language language);
/// The inverse; also takes LSP's `dockercompose` and `k8s`. Empty for anything else.
[[nodiscard]] std::optional<Language> parse_language(std::string_view name);

/// What a text is, judged by the name of its file *and* its content. A Dockerfile is known by name alone; YAML is
/// Compose when it is named so, or has a `services:` mapping of services; it is Kubernetes when all its documents
/// have `apiVersion` and `kind`. Empty: a file that Quaymaster leaves alone (also Helm templates, charts and values).
/// `path` may be relative; '/' separates.
[[nodiscard]] std::optional<Language> detect_language(std::string_view path, std::string_view text);

/// Whether the name alone makes `path` worth reading: a Dockerfile name, or YAML.
[[nodiscard]] bool may_be_container_file(std::string_view path);

}  // namespace quaymaster
