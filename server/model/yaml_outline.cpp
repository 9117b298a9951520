#include "model/yaml_outline.h"

#include <algorithm>
#include <array>

namespace quaymaster {
namespace {

struct Line {
  std::string_view text;  // without terminator
  std::size_t begin = 0;
  std::size_t next = 0;
};

Line line_at(std::string_view text, std::size_t begin) {
  const std::size_t end = std::min(text.find('\n', begin), text.size());
  std::string_view line = text.substr(begin, end - begin);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return {line, begin, std::min(end + 1, text.size())};
}

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string_view unquoted(std::string_view text) {
  if (text.size() > 1 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front())
    return text.substr(1, text.size() - 2);
  return text;
}

std::string_view without_comment(std::string_view text) {
  if (text.starts_with('#')) return {};
  const std::size_t comment = text.find(" #");
  return trim(comment == std::string_view::npos ? text : text.substr(0, comment));
}

/// The colon that ends the key at the beginning of `text`.
std::size_t key_end(std::string_view text) {
  std::size_t at = 0;
  if (text.starts_with('"') || text.starts_with('\'')) {
    at = text.find(text.front(), 1);
    if (at == std::string_view::npos) return at;
  }
  for (at = text.find(':', at); at != std::string_view::npos; at = text.find(':', at + 1))
    if (at + 1 == text.size() || text[at + 1] == ' ' || text[at + 1] == '\t') return at;
  return at;
}

/// Whether a line ends with the header of a block scalar, as in `run: |-`.
bool opens_block_scalar(std::string_view content) {
  const std::string_view value = without_comment(content);
  const std::size_t word = value.find_last_of(" \t:");
  const std::string_view last = value.substr(word == std::string_view::npos ? 0 : word + 1);
  if (!last.starts_with('|') && !last.starts_with('>')) return false;
  return last.find_first_not_of("+-123456789", 1) == std::string_view::npos;
}

/// Whether the template action that `text` begins with is one that Helm's templates are made of.
bool is_template_action(std::string_view text) {
  text.remove_prefix(2);
  if (text.starts_with('-')) text.remove_prefix(1);
  text = trim(text);
  constexpr std::array<std::string_view, 10> kWords{"if ",     "range ",   "with ",     "end",    "else",
                                                    "define ", "include ", "template ", "block ", "/*"};
  return std::ranges::any_of(kWords, [&](std::string_view word) { return text.starts_with(word); }) ||
         text.starts_with('$');
}

/// Whether the line has an expression over Helm's objects. One in quotes is a value that something else expands later.
bool mentions_chart(std::string_view line) {
  const std::size_t action = line.find("{{");
  if (action == std::string_view::npos || line.substr(0, action).find_first_of("\"'") != std::string_view::npos)
    return false;
  constexpr std::array<std::string_view, 5> kObjects{".Values", ".Release.", ".Chart.", ".Capabilities.", "include \""};
  return std::ranges::any_of(kObjects,
                             [&](std::string_view word) { return line.find(word, action) != std::string_view::npos; });
}

/// Reads the lines of one mapping.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  Outline scan() {
    for (std::size_t at = 0; at < text_.size();) {
      const Line line = line_at(text_, at);
      read(line);
      at = line.next;
    }
    close(text_.size());
    return std::move(outline_);
  }

 private:
  void read(const Line& line) {
    const std::string_view content = trim(line.text);
    if (content.empty()) return;
    const auto indent = static_cast<std::size_t>(content.data() - line.text.data());
    if (block_indent_ && indent > *block_indent_) return;
    block_indent_.reset();
    if (content.starts_with('#') || content.starts_with('%') || content == "---" || content == "...") return;
    if (opens_block_scalar(content)) block_indent_ = indent;
    if ((content.starts_with("{{") && content.ends_with("}}") && is_template_action(content)) ||
        mentions_chart(content))
      outline_.templated = true;
    if (content.starts_with("{{")) return;
    if (!indent_) indent_ = indent;
    if (indent == *indent_) read_key(line, content);
  }

  void read_key(const Line& line, std::string_view content) {
    if (content.starts_with("- ") || content == "-" || content.starts_with("--- ")) {
      // A sequence may stand at the indentation of the key that it belongs to.
      if (outline_.keys.empty()) outline_.is_mapping = false;
      return;
    }
    const std::size_t colon = key_end(content);
    if (colon == std::string_view::npos) {
      if (outline_.keys.empty()) outline_.is_mapping = false;
      return;
    }
    close(line.begin);
    const std::string_view value = without_comment(trim(content.substr(colon + 1)));
    outline_.keys.push_back({unquoted(trim(content.substr(0, colon))), unquoted(value), {}});
    below_ = line.next;
  }

  /// The lines of the last key end at `at`.
  void close(std::size_t at) {
    if (!outline_.keys.empty()) outline_.keys.back().below = text_.substr(below_, at - below_);
  }

  std::string_view text_;
  Outline outline_;
  std::optional<std::size_t> indent_;        // of the keys
  std::optional<std::size_t> block_indent_;  // of the line that opened a block scalar
  std::size_t below_ = 0;
};

}  // namespace

const TopKey* Outline::find(std::string_view name) const {
  const auto found = std::ranges::find(keys, name, &TopKey::name);
  return found == keys.end() ? nullptr : &*found;
}

Outline outline(std::string_view document) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (document.starts_with(kByteOrderMark)) document.remove_prefix(kByteOrderMark.size());
  return Scanner(document).scan();
}

Outline outline_below(std::string_view lines) { return Scanner(lines).scan(); }

}  // namespace quaymaster
