#include "lsp/document.h"

#include <algorithm>

namespace quaymaster::lsp {
namespace {

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, [](char x, char y) { return x == y || ((x ^ y) == 0x20 && (x | 0x20) >= 'a' && (x | 0x20) <= 'z'); });
}

}  // namespace

std::optional<Language> language_of_id(std::string_view language_id) {
  struct Name {
    std::string_view id;
    Language language;
  };
  static constexpr Name kNames[] = {
      {"dockerfile", Language::Dockerfile},       {"containerfile", Language::Dockerfile},
      {"dockercompose", Language::Compose},       {"docker-compose", Language::Compose},
      {"yaml.docker-compose", Language::Compose}, {"compose", Language::Compose},
      {"kubernetes", Language::Kubernetes},       {"k8s", Language::Kubernetes},
      {"yaml.kubernetes", Language::Kubernetes},
  };
  for (const Name& name : kNames)
    if (equal_ignoring_case(name.id, language_id)) return name.language;
  return std::nullopt;
}

std::optional<Language> language_of(const Document& document) {
  if (const auto language = language_of_id(document.language_id)) return language;
  if (equal_ignoring_case(document.language_id, "helm") ||
      equal_ignoring_case(document.language_id, "yaml.helm-values"))
    return std::nullopt;
  return detect_language(document.path, document.text);
}

}  // namespace quaymaster::lsp
