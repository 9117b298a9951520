#include "cli/source_text.h"

#include <algorithm>

#include "text/ascii.h"

namespace quaymaster::cli {
namespace {

/// Whether the first instruction is one that a Dockerfile can begin with.
bool begins_like_dockerfile(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    line.remove_prefix(std::min(line.find_first_not_of(" \t\r"), line.size()));
    if (line.empty() || line.starts_with('#')) continue;
    const std::string_view word = line.substr(0, line.find_first_of(" \t\r"));
    return equals_ignoring_case(word, "FROM") || equals_ignoring_case(word, "ARG");
  }
  return false;
}

}  // namespace

std::optional<std::string> not_a_text(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return "is UTF-16; save it as UTF-8";
  if (bytes.find('\0') != std::string_view::npos) return "contains NUL bytes, so it is not a text file";
  return std::nullopt;
}

std::optional<Language> language_of_named(std::string_view path, std::string_view text) {
  if (const auto language = detect_language(path, text)) return language;
  if (is_yaml_name(path)) return std::nullopt;
  if (begins_like_dockerfile(text)) return Language::Dockerfile;
  return detect_language("manifest.yaml", text);
}

bool is_yaml_name(std::string_view path) { return path.ends_with(".yaml") || path.ends_with(".yml"); }

}  // namespace quaymaster::cli
