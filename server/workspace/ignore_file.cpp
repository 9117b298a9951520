#include "workspace/ignore_file.h"

#include <algorithm>
#include <array>
#include <utility>

namespace quaymaster::workspace {
namespace {

std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t slash = path.find('/');
    parts.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return parts;
    path.remove_prefix(slash + 1);
  }
}

bool between(char c, char low, char high) { return low <= c && c <= high; }
bool upper(char c) { return between(c, 'A', 'Z'); }
bool lower(char c) { return between(c, 'a', 'z'); }
bool digit(char c) { return between(c, '0', '9'); }
bool blank(char c) { return c == ' ' || c == '\t'; }
bool space(char c) { return c == ' ' || between(c, '\t', '\r'); }
bool alpha(char c) { return upper(c) || lower(c); }
bool alnum(char c) { return alpha(c) || digit(c); }
bool graph(char c) { return between(c, '!', '~'); }
bool print(char c) { return between(c, ' ', '~'); }
bool punct(char c) { return graph(c) && !alnum(c); }
bool hex(char c) { return digit(c) || between(c, 'a', 'f') || between(c, 'A', 'F'); }
bool control(char c) { return between(c, '\0', '\x1f') || c == '\x7f'; }

struct NamedClass {
  std::string_view name;
  bool (*contains)(char);
};
constexpr std::array<NamedClass, 12> kClasses{{{"alnum", alnum},
                                               {"alpha", alpha},
                                               {"blank", blank},
                                               {"cntrl", control},
                                               {"digit", digit},
                                               {"graph", graph},
                                               {"lower", lower},
                                               {"print", print},
                                               {"punct", punct},
                                               {"space", space},
                                               {"upper", upper},
                                               {"xdigit", hex}}};

/// A `[…]` at the start of a pattern: whether `c` is in it, and how long it is. Empty when it is not closed, or names a
/// class that does not exist: then the pattern matches nothing.
struct Bracket {
  bool contains = false;
  std::size_t size = 0;
};
std::optional<Bracket> match_bracket(std::string_view pattern, char c) {
  std::size_t i = 1;
  const bool negated = i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^');
  if (negated) ++i;
  bool found = false;
  for (bool first = true; i < pattern.size(); first = false) {
    if (pattern[i] == ']' && !first) return Bracket{found != negated, i + 1};
    if (pattern.substr(i).starts_with("[:")) {
      const std::size_t close = pattern.find(":]", i + 2);
      if (close == std::string_view::npos) return std::nullopt;
      const auto* named = std::ranges::find(kClasses, pattern.substr(i + 2, close - i - 2), &NamedClass::name);
      if (named == kClasses.end()) return std::nullopt;
      found = found || named->contains(c);
      i = close + 2;
      continue;
    }
    const auto next = [&]() -> std::optional<unsigned char> {
      if (i < pattern.size() && pattern[i] == '\\') ++i;
      if (i >= pattern.size()) return std::nullopt;
      return static_cast<unsigned char>(pattern[i++]);
    };
    const auto low = next();
    if (!low) return std::nullopt;
    auto high = low;
    if (i + 1 < pattern.size() && pattern[i] == '-' && pattern[i + 1] != ']') {
      ++i;
      high = next();
      if (!high) return std::nullopt;
    }
    const auto byte = static_cast<unsigned char>(c);
    found = found || (*low <= byte && byte <= *high);
  }
  return std::nullopt;
}

/// How many bytes of the pattern match the character `c`; 0 when they do not.
std::size_t match_one(std::string_view pattern, char c) {
  if (pattern.empty()) return 0;
  switch (pattern.front()) {
    case '?': return 1;
    case '[': {
      const auto bracket = match_bracket(pattern, c);
      return bracket && bracket->contains ? bracket->size : 0;
    }
    case '\\': return pattern.size() > 1 && pattern[1] == c ? 2 : 0;
    default: return pattern.front() == c ? 1 : 0;
  }
}

}  // namespace

// Only the last star is ever taken back: what an earlier one could take in addition, the later one can take as well.
bool matches_part(std::string_view pattern, std::string_view name) {
  std::size_t p = 0;
  std::size_t n = 0;
  std::optional<std::pair<std::size_t, std::size_t>> star;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star.emplace(++p, n);
    } else if (const std::size_t used = match_one(pattern.substr(p), name[n])) {
      p += used;
      ++n;
    } else if (star) {
      p = star->first;
      n = ++star->second;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

IgnoreFile::IgnoreFile(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (auto pattern = parse(text.substr(0, end))) patterns_.push_back(std::move(*pattern));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::optional<IgnoreFile::Pattern> IgnoreFile::parse(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.starts_with('#')) return std::nullopt;
  while (line.ends_with(' ') && !line.ends_with("\\ ")) line.remove_suffix(1);
  Pattern pattern;
  if (line.starts_with('!')) {
    pattern.negated = true;
    line.remove_prefix(1);
  }
  if (line.ends_with('/')) {
    pattern.folders_only = true;
    line.remove_suffix(1);
  }
  if (line.empty()) return std::nullopt;
  pattern.anchored = line.find('/') != std::string_view::npos;
  if (line.starts_with('/')) line.remove_prefix(1);
  for (const std::string_view part : split(line)) pattern.parts.emplace_back(part);
  return pattern;
}

// As in matches_part, with "**" in the place of the star and whole names in the place of characters.
bool IgnoreFile::matches(const Pattern& pattern, const std::vector<std::string_view>& path) {
  if (!pattern.anchored) return matches_part(pattern.parts.front(), path.back());
  const auto& parts = pattern.parts;
  std::size_t p = 0;
  std::size_t n = 0;
  std::optional<std::pair<std::size_t, std::size_t>> stars;
  while (n < path.size()) {
    if (p < parts.size() && parts[p] == "**") {
      // At the end it stands for what is inside of the folder, and not for the folder.
      if (p + 1 == parts.size()) return true;
      stars.emplace(++p, n);
    } else if (p < parts.size() && matches_part(parts[p], path[n])) {
      ++p;
      ++n;
    } else if (stars) {
      p = stars->first;
      n = ++stars->second;
    } else {
      return false;
    }
  }
  return p == parts.size();
}

std::optional<bool> IgnoreFile::ignored(std::string_view path, bool is_folder) const {
  if (patterns_.empty()) return std::nullopt;
  const std::vector<std::string_view> parts = split(path);
  for (auto at = patterns_.rbegin(); at != patterns_.rend(); ++at)
    if ((is_folder || !at->folders_only) && matches(*at, parts)) return !at->negated;
  return std::nullopt;
}

}  // namespace quaymaster::workspace
