#include "model/dockerfile/expansion.h"

#include <string_view>
#include <utility>

namespace quaymaster::dockerfile {
namespace {

constexpr int kMaxDepth = 50;

bool is_name_byte(char c) {
  return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Expander {
 public:
  Expander(const MappedText& word, const Scope* scope, char escape)
      : word_(word), bytes_(word.bytes()), scope_(scope), escape_(escape) {}

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
    if (depth > kMaxDepth) return give_up();
    while (!at_end() && (stop == '\0' || current() != stop)) {
      if (current() == '\'') {
        read_single_quoted();
      } else if (current() == '"') {
        read_double_quoted(depth);
      } else if (current() == '$') {
        read_variable(depth);
      } else if (current() == escape_) {
        result_.literal = false;
        ++at_;
        if (!at_end()) copy(1);
      } else {
        copy(1);
      }
    }
    if (stop == '\0') return;
    if (at_end()) return give_up();
    ++at_;
  }

  void give_up() {
    result_.malformed = true;
    result_.known = false;
    at_ = static_cast<std::uint32_t>(bytes_.size());
  }

  void read_single_quoted() {
    const std::size_t close = bytes_.find('\'', at_ + 1);
    if (close == std::string::npos) return give_up();
    ++at_;
    copy(static_cast<std::uint32_t>(close) - at_);
    ++at_;
  }

  void read_double_quoted(int depth) {
    ++at_;
    while (!at_end() && current() != '"') {
      if (current() == '$') {
        read_variable(depth);
      } else if (current() == escape_ && at_ + 1 < bytes_.size() &&
                 (bytes_[at_ + 1] == '"' || bytes_[at_ + 1] == '$' || bytes_[at_ + 1] == escape_)) {
        result_.literal = false;
        ++at_;
        copy(1);
      } else {
        copy(1);
      }
    }
    if (at_end()) return give_up();
    ++at_;
  }

  std::string read_name() {
    const std::uint32_t begin = at_;
    if (!at_end() && is_digit(current())) {
      while (!at_end() && is_digit(current())) ++at_;
    } else if (!at_end() && std::string_view("@*#?-$!").find(current()) != std::string_view::npos) {
      ++at_;
    } else {
      while (!at_end() && is_name_byte(current())) ++at_;
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
    const std::string name = read_name();
    if (name.empty() || at_end()) return give_up();
    if (current() == '}') {
      ++at_;
      return use(name, begin, false);
    }
    read_modifier(name, begin, depth);
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
    const TextRange from = word_.to_file({begin, at_});
    if (variable == nullptr) return;
    if (variable->value) {
      result_.text.append_decoded(*variable->value, from);
    } else {
      result_.known = false;
      result_.text.append_decoded("${" + name + "}", from);
    }
  }

  /// Behind the name, at the operator.
  void read_modifier(const std::string& name, std::uint32_t begin, int depth) {
    const bool colon = current() == ':';
    if (colon) ++at_;
    if (at_end()) return give_up();
    const char operation = current();
    ++at_;
    const Variable* variable = find(name);
    const bool unknown = variable != nullptr && !variable->value;
    const bool set = variable != nullptr && variable->value && !(colon && variable->value->empty());
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
      case '?': skip_word(depth); return use(name, begin, true);
      case '#':
      case '%':
      case '/':
        if (colon) return give_up();
        if (operation == '/') {
          if (!at_end() && current() == '/') ++at_;
          skip_to('/', depth);
        }
        skip_word(depth);
        note(name, begin, false);
        result_.known = false;
        if (emitting_) result_.text.append_decoded("${" + name + "}", word_.to_file({begin, at_}));
        return;
      default: return give_up();
    }
  }

  void skip_word(int depth) { skip_to('}', depth); }
  void skip_to(char stop, int depth) {
    const bool before = std::exchange(emitting_, false);
    read_until(stop, depth + 1);
    emitting_ = before;
  }

  const MappedText& word_;
  const std::string& bytes_;
  const Scope* scope_;
  char escape_;
  std::uint32_t at_ = 0;
  bool emitting_ = true;
  Expansion result_;
};

}  // namespace

Expansion expand(const MappedText& word, const Scope* scope, char escape) {
  return Expander(word, scope, escape).run();
}

}  // namespace quaymaster::dockerfile
