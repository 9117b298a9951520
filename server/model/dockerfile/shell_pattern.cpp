#include "model/dockerfile/shell_pattern.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace quaymaster::dockerfile {
namespace {

/// A UTF-8 character, or any other byte, as the pattern's `?` counts it.
using Text = std::vector<std::string_view>;

Text characters(std::string_view text) {
  Text result;
  while (!text.empty()) {
    std::size_t length = 1;
    while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) ++length;
    result.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return result;
}

std::string joined(const Text& text, std::size_t begin, std::size_t end) {
  std::string result;
  for (std::size_t i = begin; i < end; ++i) result += text[i];
  return result;
}

struct Element {
  enum class Kind : unsigned char { Character, AnyCharacter, AnyText } kind = Kind::Character;
  std::string_view character;
};
using Pattern = std::vector<Element>;

std::optional<Pattern> pattern_of(std::string_view text) {
  Pattern result;
  const Text all = characters(text);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i] == "*") {
      result.push_back({Element::Kind::AnyText, {}});
    } else if (all[i] == "?") {
      result.push_back({Element::Kind::AnyCharacter, {}});
    } else if (all[i] != "\\") {
      result.push_back({Element::Kind::Character, all[i]});
    } else {
      if (++i == all.size() || std::string_view("*?\\}/").find(all[i]) == std::string_view::npos) return std::nullopt;
      result.push_back({Element::Kind::Character, all[i]});
    }
  }
  return result;
}

/// A value and a pattern whose sizes multiply to more than this are left alone.
constexpr std::size_t kMostSteps = 100'000;

bool too_much(const Text& value, const Pattern& pattern) { return value.size() * (pattern.size() + 1) > kMostSteps; }

/// Where a match of `pattern` that begins at `begin` ends.
std::optional<std::size_t> match_end(const Text& value, std::size_t begin, const Pattern& pattern, Match match) {
  // `reached[p]`: the first p elements match what was read so far.
  std::vector<char> reached(pattern.size() + 1, 0);
  reached[0] = 1;
  const auto skip_any_text = [&] {
    for (std::size_t p = 0; p < pattern.size(); ++p)
      if (reached[p] != 0 && pattern[p].kind == Element::Kind::AnyText) reached[p + 1] = 1;
  };
  skip_any_text();
  std::optional<std::size_t> end;
  for (std::size_t at = begin;; ++at) {
    if (reached[pattern.size()] != 0) {
      end = at;
      if (match == Match::Shortest) return end;
    }
    if (at == value.size()) return end;
    bool any = false;
    for (std::size_t p = pattern.size(); p > 0; --p) {
      const Element& element = pattern[p - 1];
      // A match never crosses a line.
      const bool stays = p < pattern.size() && reached[p] != 0 && pattern[p].kind == Element::Kind::AnyText;
      const bool takes = element.kind == Element::Kind::Character ? element.character == value[at] : value[at] != "\n";
      const bool moves = element.kind != Element::Kind::AnyText && reached[p - 1] != 0 && takes;
      reached[p] = moves || (stays && value[at] != "\n") ? 1 : 0;
      any = any || reached[p] != 0;
    }
    const bool first_stays =
        !pattern.empty() && pattern[0].kind == Element::Kind::AnyText && reached[0] != 0 && value[at] != "\n";
    reached[0] = first_stays ? 1 : 0;
    if (!any && !first_stays) return end;
    skip_any_text();
  }
}

}  // namespace

bool is_pattern(std::string_view pattern) { return pattern_of(pattern).has_value(); }

std::optional<std::string> without_prefix(std::string_view value, std::string_view pattern, Match match) {
  const std::optional<Pattern> elements = pattern_of(pattern);
  const Text text = characters(value);
  if (!elements || too_much(text, *elements)) return std::nullopt;
  return joined(text, match_end(text, 0, *elements, match).value_or(0), text.size());
}

std::optional<std::string> without_suffix(std::string_view value, std::string_view pattern, Match match) {
  std::optional<Pattern> elements = pattern_of(pattern);
  Text text = characters(value);
  if (!elements || too_much(text, *elements)) return std::nullopt;
  std::ranges::reverse(*elements);
  std::ranges::reverse(text);
  const std::size_t length = match_end(text, 0, *elements, match).value_or(0);
  std::ranges::reverse(text);
  return joined(text, 0, text.size() - length);
}

std::optional<std::string> with_replaced(std::string_view value, std::string_view pattern, std::string_view replacement,
                                         bool all) {
  const std::optional<Pattern> elements = pattern_of(pattern);
  const Text text = characters(value);
  if (!elements || text.size() * text.size() * (elements->size() + 1) > kMostSteps) return std::nullopt;
  std::string result;
  bool may_match = true;
  std::size_t behind_last = text.size() + 1;  // an empty match right behind a match does not count
  for (std::size_t at = 0; at <= text.size();) {
    std::optional<std::size_t> end;
    if (may_match) end = match_end(text, at, *elements, Match::Longest);
    if (end == at && at == behind_last) end.reset();
    if (end) {
      result += replacement;
      may_match = all;
      behind_last = *end;
    }
    if (end && *end > at) {
      at = *end;
      continue;
    }
    if (at < text.size()) result += text[at];
    ++at;
  }
  return result;
}

}  // namespace quaymaster::dockerfile
