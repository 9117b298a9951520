#include "model/compose/interpolation.h"

#include <string_view>
#include <unordered_map>
#include <vector>

namespace quaymaster::compose {
namespace {

constexpr int kNestedDefaults = 20;

bool begins_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool in_name(char c) { return begins_name(c) || (c >= '0' && c <= '9'); }

/// For each `{` that is closed the place of its `}`.
std::unordered_map<std::uint32_t, std::uint32_t> match_braces(std::string_view text) {
  std::unordered_map<std::uint32_t, std::uint32_t> closing;
  std::vector<std::uint32_t> open;
  for (std::uint32_t at = 0; at < text.size(); ++at) {
    if (text[at] == '{') open.push_back(at);
    if (text[at] != '}' || open.empty()) continue;
    closing[open.back()] = at;
    open.pop_back();
  }
  return closing;
}

/// Writes the interpolated text of one scalar.
class Expansion {
 public:
  Expansion(const MappedText& source, Interpolated& result)
      : source_(source), bytes_(source.bytes()), closing_braces_(match_braces(bytes_)), result_(result) {}

  void expand(TextRange range, int depth) {
    std::uint32_t at = range.begin;
    std::uint32_t copied = range.begin;
    while (at < range.end) {
      if (bytes_[at] != '$') {
        ++at;
        continue;
      }
      copy({copied, at});
      at = copied = dollar(at, range.end, depth);
    }
    copy({copied, range.end});
  }

 private:
  void copy(TextRange range) { result_.text.append(source_, range); }

  std::uint32_t name_end(std::uint32_t at, std::uint32_t end) const {
    if (at >= end || !begins_name(bytes_[at])) return at;
    while (at < end && in_name(bytes_[at])) ++at;
    return at;
  }

  /// The `}` that closes the `{` at `at`, or `end`.
  std::uint32_t closing_brace(std::uint32_t at, std::uint32_t end) const {
    const auto found = closing_braces_.find(at);
    return found == closing_braces_.end() || found->second >= end ? end : found->second;
  }

  void refuse(TextRange range) {
    result_.malformed = true;
    result_.known = false;
    copy(range);
  }

  /// What the `$` at `at` begins; gives the place behind it.
  std::uint32_t dollar(std::uint32_t at, std::uint32_t end, int depth) {
    if (at + 1 < end && bytes_[at + 1] == '$') {
      result_.text.append_decoded("$", source_.to_file({at, at + 2}));
      return at + 2;
    }
    if (at + 1 < end && bytes_[at + 1] == '{') return braced(at, end, depth);
    const std::uint32_t behind = name_end(at + 1, end);
    if (behind == at + 1) {
      refuse({at, behind});
      return behind;
    }
    result_.variables.push_back({std::string(bytes_.substr(at + 1, behind - at - 1)), source_.to_file({at, behind})});
    result_.known = false;
    copy({at, behind});
    return behind;
  }

  std::uint32_t braced(std::uint32_t at, std::uint32_t end, int depth) {
    const std::uint32_t close = closing_brace(at + 1, end);
    const std::uint32_t name = at + 2;
    const std::uint32_t behind_name = name_end(name, close);
    if (close == end || behind_name == name || depth > kNestedDefaults) {
      const std::uint32_t behind = close == end ? at + 2 : close + 1;
      refuse({at, behind});
      return behind;
    }
    Variable variable{std::string(bytes_.substr(name, behind_name - name)), source_.to_file({at, close + 1})};
    std::uint32_t operation = behind_name;
    if (operation < close && bytes_[operation] == ':') ++operation;
    const char letter = operation < close ? bytes_[operation] : '\0';
    const TextRange operand{operation + 1, close};
    if (letter == '-') {
      variable.default_range =
          operand.empty() ? TextRange{variable.range.end - 1, variable.range.end - 1} : source_.to_file(operand);
      result_.variables.push_back(std::move(variable));
      expand(operand, depth + 1);
      return close + 1;
    }
    variable.required = letter == '?';
    variable.optional = letter == '+';
    result_.variables.push_back(std::move(variable));
    result_.known = false;
    if (behind_name != close && letter != '?' && letter != '+') result_.malformed = true;
    copy({at, close + 1});
    return close + 1;
  }

  const MappedText& source_;
  std::string_view bytes_;
  std::unordered_map<std::uint32_t, std::uint32_t> closing_braces_;
  Interpolated& result_;
};

}  // namespace

Interpolated interpolate(const MappedText& text) {
  Interpolated result;
  Expansion(text, result).expand({0, text.size()}, 0);
  return result;
}

}  // namespace quaymaster::compose
