#include "model/dockerfile/expansion.h"

#include <string_view>
#include <utility>

#include "model/dockerfile/shell_pattern.h"

namespace quaymaster::dockerfile {
namespace {

using Kind = ExpansionError::Kind;

constexpr int kMaxDepth = 50;

/// A text that grows over this by its variables is taken for unknown: `ENV A=$A$A` doubles it in every line.
constexpr std::size_t kLongestText = 2'048;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The length of the letter, digit or underscore that `text` begins with; 0 when it begins with none. Of the characters
/// outside of ASCII all count as letters but Latin-1's symbols and the blocks of punctuation, symbols and pictures.
std::uint32_t name_character(std::string_view text) {
  const auto byte = [text](std::size_t i) -> unsigned {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  if (text.empty()) return 0;
  const char c = text.front();
  if (byte(0) < 0x80) return c == '_' || is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? 1 : 0;
  const bool latin_symbol = byte(0) == 0xC2 && byte(1) != 0xAA && byte(1) != 0xB5 && byte(1) != 0xBA;
  const bool symbol = (byte(0) == 0xE2 && byte(1) < 0xB0) || (byte(0) == 0xE3 && byte(1) == 0x80);
  const bool picture = byte(0) == 0xF0 && byte(1) == 0x9F;
  if (latin_symbol || symbol || picture) return 0;
  std::uint32_t length = 1;
  while ((byte(length) & 0xC0U) == 0x80U) ++length;
  return length;
}

class Expander {
 public:
  Expander(const MappedText& word, const Scope* scope, char escape, bool quotes)
      : word_(word), bytes_(word.bytes()), scope_(scope), escape_(escape), quotes_(quotes) {}

  Expansion run() {
    read_until('\0', 0);
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool at_end() const { return at_ >= bytes_.size(); }
  [[nodiscard]] char current() const { return bytes_[at_]; }

  void copy(std::uint32_t length) {
    if (emitting_) result_.text.append(word_, {at_, at_ + length});
    at_ += length;
  }

  /// Up to and including `stop`; to the end of the word for '\0'.
  void read_until(char stop, int depth) {
    if (depth > kMaxDepth) return give_up(Kind::TooDeep, {at_, at_});
    while (!at_end() && (stop == '\0' || current() != stop)) {
      if (current() == '\'' && quotes_) {
        read_single_quoted();
      } else if (current() == '"' && quotes_) {
        read_double_quoted(depth);
      } else if (current() == '$') {
        read_variable(depth);
      } else if (current() == escape_) {
        result_.literal = false;
        if (in_pattern_)
          copy(1);
        else
          ++at_;
        if (!at_end()) copy(1);
      } else {
        copy(1);
      }
    }
    if (stop == '\0') return;
    if (at_end()) {
      const bool slash = stop == '/';
      return give_up(slash ? Kind::OpenSlash : Kind::OpenBrace, {variable_begin_, name_end_}, variable_name_);
    }
    ++at_;
  }

  /// Nothing that follows can be told. The first error counts.
  void give_up(Kind kind, TextRange range, std::string name = {}) {
    if (!result_.malformed) result_.error = {kind, word_.to_file(range), std::move(name)};
    result_.malformed = true;
    result_.known = false;
    at_ = static_cast<std::uint32_t>(bytes_.size());
  }

  void read_single_quoted() {
    const std::size_t close = bytes_.find('\'', at_ + 1);
    if (close == std::string::npos) return give_up(Kind::OpenQuote, {at_, at_ + 1});
    ++at_;
    while (at_ < close) copy_quoted();
    ++at_;
  }

  /// In a pattern, an escape character in quotes is text.
  void copy_quoted() {
    if (in_pattern_ && current() == escape_ && emitting_) result_.text.append(word_, {at_, at_ + 1});
    copy(1);
  }

  void read_double_quoted(int depth) {
    const std::uint32_t quote = at_;
    ++at_;
    while (!at_end() && current() != '"') {
      if (current() == '$') {
        read_variable(depth);
      } else if (current() == escape_ && at_ + 1 < bytes_.size() &&
                 (bytes_[at_ + 1] == '"' || bytes_[at_ + 1] == '$' || bytes_[at_ + 1] == escape_)) {
        result_.literal = false;
        if (in_pattern_)
          copy(1);
        else
          ++at_;
        copy(1);
      } else {
        copy_quoted();
      }
    }
    if (at_end()) return give_up(Kind::OpenQuote, {quote, quote + 1});
    ++at_;
  }

  std::string read_name() {
    const std::uint32_t begin = at_;
    if (!at_end() && is_digit(current())) {
      while (!at_end() && is_digit(current())) ++at_;
    } else if (!at_end() && std::string_view("@*#?-$!").find(current()) != std::string_view::npos) {
      ++at_;
    } else {
      while (const std::uint32_t length = name_character(std::string_view(bytes_).substr(at_))) at_ += length;
    }
    return std::string(slice(bytes_, {begin, at_}));
  }

  void read_variable(int depth) {
    const std::uint32_t begin = at_;
    ++at_;
    if (at_end() || current() != '{') {
      const std::string name = read_name();
      if (name.empty()) {
        at_ = begin;
        copy(1);  // a lone dollar is text
        return;
      }
      return use(name, begin, false);
    }
    ++at_;
    if (at_end()) return give_up(Kind::OpenBrace, {begin, at_});
    if (current() == '}' || current() == '{' || current() == ':') return give_up(Kind::EmptyName, {begin, at_ + 1});
    const std::string name = read_name();
    if (at_end()) return give_up(Kind::OpenBrace, {begin, at_}, name);
    if (current() == '}') {
      ++at_;
      return use(name, begin, false);
    }
    const std::uint32_t outer_begin = std::exchange(variable_begin_, begin);
    const std::uint32_t outer_end = std::exchange(name_end_, at_);
    const std::string outer_name = std::exchange(variable_name_, name);
    read_modifier(name, begin, depth);
    variable_begin_ = outer_begin;
    name_end_ = outer_end;
    variable_name_ = outer_name;
  }

  [[nodiscard]] const Variable* find(const std::string& name) const { return find_variable(scope_, name); }

  void note(const std::string& name, std::uint32_t begin, bool has_default) {
    result_.literal = false;
    if (emitting_) result_.uses.push_back({name, word_.to_file({begin, at_}), has_default});
  }

  void use(const std::string& name, std::uint32_t begin, bool has_default) {
    note(name, begin, has_default);
    if (!emitting_) return;
    const Variable* variable = find(name);
    if (variable != nullptr) emit(name, variable->value, begin);
  }

  /// What the text from `begin` on stands for; empty when only the build knows.
  void emit(const std::string& name, const std::optional<std::string>& value, std::uint32_t begin) {
    const bool known = value && result_.text.size() + value->size() <= kLongestText;
    if (!known) result_.known = false;
    result_.text.append_decoded(known ? *value : "${" + name + "}", word_.to_file({begin, at_}));
  }

  /// Behind the name, at the operator.
  void read_modifier(const std::string& name, std::uint32_t begin, int depth) {
    const bool colon = current() == ':';
    if (colon) ++at_;
    if (at_end()) return give_up(Kind::OpenBrace, {begin, at_}, name);
    const char operation = current();
    ++at_;
    const Variable* variable = find(name);
    const bool unknown = variable != nullptr && !variable->value;
    const bool set = variable != nullptr && variable->value && !(colon && variable->value->empty());
    const std::string_view with_word = colon ? "-+?" : "-+?#%/";
    if (with_word.find(operation) == std::string_view::npos) return give_up(Kind::Modifier, {begin, at_}, name);
    switch (operation) {
      case '-':
        if (set) {
          skip_word(depth);
          return use(name, begin, true);
        }
        // Declared without a value: the default is what a plain build uses.
        read_until('}', depth + 1);
        return note(name, begin, true);
      case '+':
        if (set) {
          read_until('}', depth + 1);
        } else {
          skip_word(depth);
          result_.known = result_.known && !unknown;
        }
        return note(name, begin, true);
      case '?':
        skip_word(depth);
        if (!set && !unknown && !result_.error) result_.error = {Kind::Required, word_.to_file({begin, at_}), name};
        return use(name, begin, true);
      default: return read_pattern(operation, name, begin, depth);
    }
  }

  void skip_word(int depth) {
    const bool before = std::exchange(emitting_, false);
    read_until('}', depth + 1);
    emitting_ = before;
  }

  /// Reads up to `stop` as a text of its own.
  std::string read_operand(char stop, int depth) {
    MappedText outer = std::exchange(result_.text, {});
    const bool pattern_outside = std::exchange(in_pattern_, true);
    read_until(stop, depth + 1);
    in_pattern_ = pattern_outside;
    return std::exchange(result_.text, std::move(outer)).bytes();
  }

  /// Behind `#`, `%` or `/`.
  void read_pattern(char operation, const std::string& name, std::uint32_t begin, int depth) {
    const bool twice = !at_end() && current() == operation;
    if (twice) ++at_;
    const std::uint32_t pattern_begin = at_;
    const std::string pattern = read_operand(operation == '/' ? '/' : '}', depth);
    const std::string replacement = operation == '/' && !result_.malformed ? read_operand('}', depth) : std::string();
    if (result_.malformed) return;
    if (emitting_ && !is_pattern(pattern)) return give_up(Kind::Pattern, {begin, pattern_begin}, name);
    note(name, begin, false);
    if (!emitting_) return;
    const Variable* variable = find(name);
    if (variable == nullptr) return;
    if (!variable->value || !result_.known) return emit(name, std::nullopt, begin);
    const Match match = twice ? Match::Longest : Match::Shortest;
    emit(name,
         operation == '#'   ? without_prefix(*variable->value, pattern, match)
         : operation == '%' ? without_suffix(*variable->value, pattern, match)
                            : with_replaced(*variable->value, pattern, replacement, twice),
         begin);
  }

  const MappedText& word_;
  const std::string& bytes_;
  const Scope* scope_;
  char escape_;
  bool quotes_;  // they are removed
  std::uint32_t at_ = 0;
  bool emitting_ = true;
  bool in_pattern_ = false;  // escapes are kept
  // The `${…}` that is being read, for errors.
  std::uint32_t variable_begin_ = 0;
  std::uint32_t name_end_ = 0;
  std::string variable_name_;
  Expansion result_;
};

}  // namespace

Expansion expand(const MappedText& word, const Scope* scope, char escape) {
  return Expander(word, scope, escape, true).run();
}

Expansion expand_body(const MappedText& body, const Scope* scope) { return Expander(body, scope, '\\', false).run(); }

}  // namespace quaymaster::dockerfile
