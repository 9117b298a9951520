#include "model/dockerfile/json_array.h"

#include <cstdint>
#include <vector>

#include "syntax/dockerfile_line.h"

namespace quaymaster::dockerfile {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Reads JSON without keeping it; with a stack of its own, so that depth costs memory and not the program's stack.
class JsonReader {
 public:
  explicit JsonReader(std::string_view text) : text_(text) {}

  std::optional<TextRange> first_other_element() {
    skip_blanks();
    if (!take('[')) return std::nullopt;
    std::optional<TextRange> other;
    skip_blanks();
    if (!take(']')) {
      do {
        skip_blanks();
        const std::uint32_t begin = at_;
        const bool is_string = at_ < text_.size() && text_[at_] == '"';
        if (!read_value()) return std::nullopt;
        if (!is_string && !other) other = TextRange{begin, at_};
        skip_blanks();
      } while (take(','));
      if (!take(']')) return std::nullopt;
    }
    return syntax::is_empty_line(text_.substr(at_)) ? other : std::nullopt;
  }

 private:
  void skip_blanks() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) ++at_;
  }
  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool take(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += static_cast<std::uint32_t>(word.size());
    return true;
  }

  /// A value with all that it holds.
  bool read_value() {
    std::vector<char> open;  // the brackets that are to come
    do {
      skip_blanks();
      if (take('[')) {
        skip_blanks();
        if (!take(']')) {
          open.push_back(']');
          continue;
        }
      } else if (take('{')) {
        skip_blanks();
        if (!take('}')) {
          open.push_back('}');
          if (!read_key()) return false;
          continue;
        }
      } else if (!read_scalar()) {
        return false;
      }
      if (!read_behind_value(open)) return false;
    } while (!open.empty());
    return true;
  }

  /// The brackets that close behind a value, or the comma before the next one.
  bool read_behind_value(std::vector<char>& open) {
    while (!open.empty()) {
      skip_blanks();
      if (take(',')) return open.back() != '}' || read_key();
      if (!take(open.back())) return false;
      open.pop_back();
    }
    return true;
  }

  bool read_key() {
    skip_blanks();
    if (!read_string()) return false;
    skip_blanks();
    return take(':');
  }

  bool read_scalar() {
    if (at_ < text_.size() && text_[at_] == '"') return read_string();
    return take("true") || take("false") || take("null") || read_number();
  }

  bool read_string() {
    if (!take('"')) return false;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (static_cast<unsigned char>(text_[at_]) < 0x20) return false;
      if (text_[at_++] != '\\') continue;
      if (at_ >= text_.size() || std::string_view("\"\\/bfnrtu").find(text_[at_]) == std::string_view::npos)
        return false;
      const bool unicode = text_[at_++] == 'u';
      for (int i = 0; unicode && i < 4; ++i, ++at_)
        if (at_ >= text_.size() ||
            std::string_view("0123456789abcdefABCDEF").find(text_[at_]) == std::string_view::npos)
          return false;
    }
    return take('"');
  }

  bool read_digits() {
    const std::uint32_t begin = at_;
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    return at_ > begin;
  }

  bool read_number() {
    take('-');
    if (!take('0') && !read_digits()) return false;
    if (take('.') && !read_digits()) return false;
    if (take('e') || take('E')) {
      if (!take('+')) take('-');
      return read_digits();
    }
    return true;
  }

  std::string_view text_;
  std::uint32_t at_ = 0;
};

}  // namespace

std::optional<TextRange> element_that_is_no_string(std::string_view text) {
  if (!text.starts_with('[')) return std::nullopt;
  return JsonReader(text).first_other_element();
}

}  // namespace quaymaster::dockerfile
