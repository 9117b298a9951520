#include "syntax/dockerfile_heredoc.h"

#include <cstdint>
#include <optional>

#include "syntax/dockerfile_line.h"
#include "text/ascii.h"

// BuildKit splits the whole logical line, keyword and flags included, into shell words with quotes, escapes and
// variables kept as text, and takes each word of the form `[fd]<<[-]delimiter` for a heredoc. Its shell lexer knows
// only some forms of `${…}`; on all others, and on an unbalanced quote, it gives up and there is no heredoc in the line
// at all. The escape is always '\' here, whatever the escape directive says.
namespace quaymaster::syntax {
namespace {

constexpr char kEscape = '\\';

bool is_name_byte(char c) {
  return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_special_parameter(char c) { return std::string_view("@*#?-$!").find(c) != std::string_view::npos; }

/// Splits a logical line into words. `at_` only moves forward; each `read_…` returns false where the lexer gives up.
class WordSplitter {
 public:
  explicit WordSplitter(std::string_view line) : line_(line) {}

  std::optional<std::vector<TextRange>> split() {
    while (!at_end()) {
      if (const std::uint32_t blank = white_space_length(rest())) {
        end_word();
        at_ += blank;
      } else if (!read_part()) {
        return std::nullopt;
      }
    }
    end_word();
    return std::move(words_);
  }

 private:
  [[nodiscard]] bool at_end() const { return at_ >= line_.size(); }
  [[nodiscard]] std::string_view rest() const { return line_.substr(at_); }
  [[nodiscard]] char current() const { return line_[at_]; }

  void end_word() {
    if (in_word_ && word_begin_ != at_) words_.push_back({word_begin_, at_});
    in_word_ = false;
    word_begin_ = at_;
  }

  bool read_part() {
    if (!in_word_) word_begin_ = at_;
    in_word_ = true;
    switch (current()) {
      case '\'': return read_single_quoted();
      case '"': return read_double_quoted();
      case '$': return read_variable();
      case kEscape: at_ += at_ + 1 < line_.size() ? 2 : 1; return true;
      case '<':
        ++at_;
        if (!at_end() && current() == '<') {
          ++at_;
          // `<< EOF` is one word.
          while (!at_end() && (current() == ' ' || current() == '\t' || current() == '\r')) ++at_;
        }
        return true;
      default: ++at_; return true;
    }
  }

  bool read_single_quoted() {
    const std::size_t close = line_.find('\'', at_ + 1);
    if (close == std::string_view::npos) return false;
    at_ = static_cast<std::uint32_t>(close + 1);
    return true;
  }

  bool read_double_quoted() {
    ++at_;
    while (!at_end() && current() != '"') {
      if (current() == '$') {
        if (!read_variable()) return false;
      } else {
        at_ += current() == kEscape && at_ + 1 < line_.size() &&
                       std::string_view("\"$\\").find(line_[at_ + 1]) != std::string_view::npos
                   ? 2
                   : 1;
      }
    }
    if (at_end()) return false;
    ++at_;
    return true;
  }

  void read_name() {
    if (at_end()) return;
    if (is_digit(current())) {
      while (!at_end() && is_digit(current())) ++at_;
    } else if (is_special_parameter(current())) {
      ++at_;
    } else {
      while (!at_end() && is_name_byte(current())) ++at_;
    }
  }

  bool read_variable() {
    ++at_;
    if (at_end() || current() != '{') {
      read_name();
      return true;
    }
    ++at_;
    if (at_end() || current() == '{' || current() == '}' || current() == ':') return false;
    read_name();
    if (at_end()) return false;
    const char operation = current();
    ++at_;
    switch (operation) {
      case '}': return true;
      case ':':
        if (at_end() || current() == '#' || current() == '%') return false;
        ++at_;
        return read_until('}');
      case '+':
      case '-':
      case '?':
      case '#':
      case '%': return read_until('}');
      case '/':
        if (!at_end() && current() == '/') ++at_;
        return read_until('/') && read_until('}');
      default: return false;
    }
  }

  /// The word inside `${…}`, up to and including `stop`. White space ends words in here too.
  bool read_until(char stop) {
    if (++depth_ > kMaxDepth) return false;
    while (!at_end() && current() != stop) {
      if (const std::uint32_t blank = white_space_length(rest())) {
        end_word();
        at_ += blank;
        word_begin_ = at_;
        in_word_ = true;
        continue;
      }
      switch (current()) {
        case '\'':
          if (!read_single_quoted()) return false;
          break;
        case '"':
          if (!read_double_quoted()) return false;
          break;
        case '$':
          if (!read_variable()) return false;
          break;
        case kEscape: at_ += at_ + 1 < line_.size() ? 2 : 1; break;
        default: ++at_;
      }
    }
    --depth_;
    if (at_end()) return false;
    ++at_;
    return true;
  }

  static constexpr int kMaxDepth = 100;

  std::string_view line_;
  std::uint32_t at_ = 0;
  std::uint32_t word_begin_ = 0;
  bool in_word_ = false;
  int depth_ = 0;
  std::vector<TextRange> words_;
};

struct Delimiter {
  std::string text;
  bool quoted = false;
};

/// The delimiter with its quotes removed; empty when it is not exactly one word.
std::optional<Delimiter> unquoted(std::string_view word) {
  Delimiter result;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    if (c == '\'') {
      const std::size_t close = word.find('\'', i + 1);
      if (close == std::string_view::npos) return std::nullopt;
      result.text += word.substr(i + 1, close - i - 1);
      result.quoted = true;
      i = close;
    } else if (c == '"') {
      result.quoted = true;
      for (++i; i < word.size() && word[i] != '"'; ++i) {
        if (word[i] == kEscape && i + 1 < word.size() &&
            std::string_view("\"$\\").find(word[i + 1]) != std::string_view::npos)
          ++i;
        result.text += word[i];
      }
      if (i >= word.size()) return std::nullopt;
    } else if (c == kEscape) {
      if (i + 1 < word.size()) result.text += word[++i];
    } else if (white_space_length(word.substr(i)) != 0) {
      return std::nullopt;
    } else {
      result.text += c;
    }
  }
  if (result.text.empty()) return std::nullopt;
  return result;
}

std::optional<HeredocMarker> as_marker(std::string_view line, TextRange range) {
  std::string_view word = slice(line, range);
  while (!word.empty() && is_digit(word.front())) word.remove_prefix(1);
  if (!word.starts_with("<<")) return std::nullopt;
  word.remove_prefix(2);
  HeredocMarker marker{.range = range};
  if (word.starts_with('-')) {
    marker.strip_tabs = true;
    word.remove_prefix(1);
  }
  while (!word.empty() && (is_blank(word.front()) || word.front() == '\n')) word.remove_prefix(1);
  if (word.empty() || word.find('<') != std::string_view::npos) return std::nullopt;
  const std::optional<Delimiter> delimiter = unquoted(word);
  if (!delimiter) return std::nullopt;
  marker.delimiter = delimiter->text;
  marker.expand = !delimiter->quoted;
  return marker;
}

/// Reads one word of blanks-separated text off the front.
std::string_view take_word(std::string_view& text) {
  while (const std::uint32_t length = white_space_length(text)) text.remove_prefix(length);
  std::size_t end = 0;
  while (end < text.size() && !is_blank(text[end]) && text[end] != '\n') ++end;
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(end);
  return word;
}

/// Whether the arguments behind the flags are one JSON array of strings.
bool json_form(std::string_view arguments) {
  while (true) {
    std::string_view rest = arguments;
    if (!take_word(rest).starts_with("--")) break;
    arguments = rest;
  }
  while (const std::uint32_t length = white_space_length(arguments)) arguments.remove_prefix(length);
  return is_json_string_array(arguments);
}

}  // namespace

bool is_json_string_array(std::string_view text) {
  const auto skip = [&text] {
    while (!text.empty() && std::string_view(" \t\r\n").find(text.front()) != std::string_view::npos)
      text.remove_prefix(1);
  };
  const auto take = [&text](char c) {
    if (!text.starts_with(c)) return false;
    text.remove_prefix(1);
    return true;
  };
  const auto string = [&] {
    if (!take('"')) return false;
    while (!text.empty() && text.front() != '"') {
      if (static_cast<unsigned char>(text.front()) < 0x20) return false;
      if (text.front() != '\\') {
        text.remove_prefix(1);
        continue;
      }
      text.remove_prefix(1);
      if (text.empty() || std::string_view("\"\\/bfnrtu").find(text.front()) == std::string_view::npos) return false;
      const bool unicode = text.front() == 'u';
      text.remove_prefix(1);
      for (int i = 0; unicode && i < 4; ++i) {
        if (text.empty() || std::string_view("0123456789abcdefABCDEF").find(text.front()) == std::string_view::npos)
          return false;
        text.remove_prefix(1);
      }
    }
    return take('"');
  };
  if (!take('[')) return false;
  skip();
  if (!take(']')) {
    do {
      skip();
      if (!string()) return false;
      skip();
    } while (take(','));
    if (!take(']')) return false;
  }
  return is_empty_line(text);
}

std::vector<HeredocMarker> heredoc_markers(std::string_view logical_line) {
  if (logical_line.find("<<") == std::string_view::npos) return {};
  std::string_view arguments = logical_line;
  std::string_view keyword = take_word(arguments);
  if (equals_ignoring_case(keyword, "onbuild")) keyword = take_word(arguments);
  if (!equals_ignoring_case(keyword, "run") && !equals_ignoring_case(keyword, "copy") &&
      !equals_ignoring_case(keyword, "add"))
    return {};
  if (json_form(arguments)) return {};
  const auto words = WordSplitter(logical_line).split();
  if (!words) return {};
  std::vector<HeredocMarker> markers;
  for (const TextRange word : *words)
    if (auto marker = as_marker(logical_line, word)) markers.push_back(std::move(*marker));
  return markers;
}

HeredocBodies heredoc_bodies(std::string_view text, std::uint32_t begin, const std::vector<HeredocMarker>& markers) {
  HeredocBodies result{.end = begin};
  for (const HeredocMarker& marker : markers) {
    HeredocBody body{.content = {result.end, result.end}};
    bool found = false;
    while (!found && result.end < text.size()) {
      TextRange line{result.end, line_end(text, result.end)};
      result.end = line.end;
      while (!line.empty() && (text[line.end - 1] == '\n' || text[line.end - 1] == '\r')) --line.end;
      if (marker.strip_tabs)
        while (!line.empty() && text[line.begin] == '\t') ++line.begin;
      found = slice(text, line) == marker.delimiter;
      if (found)
        body.terminator = line;
      else
        body.content.end = result.end;
    }
    if (!found) return {.end = begin, .unterminated = static_cast<std::uint32_t>(result.bodies.size())};
    result.bodies.push_back(body);
  }
  return result;
}

}  // namespace quaymaster::syntax
