#include "model/shell/word_decoder.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace quaymaster::shell {
namespace {

enum class Quote : std::uint8_t { None, Single, Double, AnsiC };

constexpr int digit_value(char c) {
  if ('0' <= c && c <= '9') return c - '0';
  if ('a' <= c && c <= 'f') return c - 'a' + 10;
  if ('A' <= c && c <= 'F') return c - 'A' + 10;
  return 16;
}

class Decoder {
 public:
  Decoder(std::string_view text, TextRange range, std::span<const TextRange> expansions, Globs globs)
      : text_(text.substr(0, range.end)), at_(range.begin), begin_(range.begin), expansions_(expansions) {
    if (globs == Globs::Literal) return;
    const std::string_view word = text_.substr(std::min<std::size_t>(begin_, text_.size()));
    const auto last = [&](std::string_view what, std::size_t before) {
      const std::size_t found = word.rfind(what, before);
      return found == std::string_view::npos ? begin_ : begin_ + static_cast<std::uint32_t>(found);
    };
    globs_ = true;
    last_bracket_ = last("]", std::string_view::npos);
    const std::uint32_t last_brace = last("}", std::string_view::npos);
    last_choice_ = std::max(last(",", last_brace - begin_), last("..", last_brace - begin_));
  }

  DecodedWord run() {
    while (at_ < text_.size()) {
      if (!expansions_.empty() && expansions_.front().begin <= at_)
        take_expansion();
      else
        step();
    }
    return std::move(word_);
  }

 private:
  [[nodiscard]] char peek(std::uint32_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  void take(std::uint32_t length) {
    word_.text.append(text_.substr(at_, length), at_);
    at_ += length;
  }
  void replace(std::uint32_t length, std::string_view decoded) {
    length = std::min(length, static_cast<std::uint32_t>(text_.size()) - at_);
    word_.text.append_decoded(decoded, {at_, at_ + length});
    at_ += length;
  }
  void open(Quote quote, std::uint32_t length) {
    quote_ = quote;
    at_ += length;
  }

  void take_expansion() {
    const TextRange expansion = expansions_.front();
    expansions_ = expansions_.subspan(1);
    word_.literal = false;
    if (expansion.end > at_) take(std::min(expansion.end, static_cast<std::uint32_t>(text_.size())) - at_);
  }

  void step() {
    switch (quote_) {
      case Quote::None: unquoted(); break;
      case Quote::Single: peek() == '\'' ? open(Quote::None, 1) : take_until("'"); break;
      case Quote::Double: double_quoted(); break;
      case Quote::AnsiC: ansi_c(); break;
    }
  }

  void unquoted() {
    switch (peek()) {
      case '\'': open(Quote::Single, 1); return;
      case '"': open(Quote::Double, 1); return;
      case '\\': backslash(); return;
      case '$':
        if (peek(1) == '\'') return open(Quote::AnsiC, 2);
        if (peek(1) == '"') return open(Quote::Double, 2);
        break;
      case '*':
      case '?':
        if (globs_) word_.literal = false;
        break;
      case '[':
        if (at_ < last_bracket_) word_.literal = false;
        break;
      case '{':
        if (at_ < last_choice_) word_.literal = false;
        break;
      case '~':
        if (at_ == begin_) word_.literal = false;
        break;
      default: return take_until("'\"\\$*?[{~");
    }
    take(1);
  }

  /// Takes at least one byte.
  void take_until(std::string_view stops) {
    std::size_t end = text_.find_first_of(stops, at_ + 1);
    if (end == std::string_view::npos) end = text_.size();
    if (!expansions_.empty()) end = std::min<std::size_t>(end, expansions_.front().begin);
    take(static_cast<std::uint32_t>(end) - at_);
  }

  /// An escaped line end is nothing; any other escaped character is itself.
  void backslash() {
    if (peek(1) == '\n')
      at_ += 2;
    else if (peek(1) == '\r' && peek(2) == '\n')
      at_ += 3;
    else if (at_ + 1 < text_.size())
      replace(2, text_.substr(at_ + 1, 1));
    else
      take(1);
  }

  void double_quoted() {
    if (peek() == '"') return open(Quote::None, 1);
    const bool escape = peek() == '\\' && std::string_view("\\\"$`\n").find(peek(1)) != std::string_view::npos;
    if (escape && at_ + 1 < text_.size())
      backslash();
    else
      take_until("\"\\");
  }

  void ansi_c() {
    if (peek() == '\'') return open(Quote::None, 1);
    if (peek() != '\\') return take(1);
    static constexpr std::string_view kNames = "abefnrtv\\'\"?";
    static constexpr std::string_view kValues = "\a\b\x1B\f\n\r\t\v\\'\"?";
    const std::size_t name = kNames.find(peek(1));
    if (at_ + 1 < text_.size() && name != std::string_view::npos) return replace(2, kValues.substr(name, 1));
    if (peek(1) == 'x') return number(2, 16, 2);
    if (digit_value(peek(1)) < 8) return number(1, 8, 3);
    word_.literal = false;  // a rarer escape: stays as written
    take(std::min<std::uint32_t>(2, static_cast<std::uint32_t>(text_.size()) - at_));
  }

  void number(std::uint32_t skip, int base, std::uint32_t most_digits) {
    unsigned value = 0;
    std::uint32_t length = skip;
    while (length < skip + most_digits && digit_value(peek(length)) < base)
      value = value * static_cast<unsigned>(base) + static_cast<unsigned>(digit_value(peek(length++)));
    const char byte = static_cast<char>(static_cast<unsigned char>(value & 0xFFU));
    replace(length, {&byte, 1});
  }

  std::string_view text_;
  std::uint32_t at_;
  std::uint32_t begin_;
  std::span<const TextRange> expansions_;
  bool globs_ = false;
  std::uint32_t last_bracket_ = 0;  // a '[' behind it opens no pattern
  std::uint32_t last_choice_ = 0;   // a '{' behind it opens no brace expansion
  Quote quote_ = Quote::None;
  DecodedWord word_;
};

}  // namespace

DecodedWord decode_word(std::string_view text, TextRange range, std::span<const TextRange> expansions, Globs globs) {
  return Decoder(text, range, expansions, globs).run();
}

}  // namespace quaymaster::shell
