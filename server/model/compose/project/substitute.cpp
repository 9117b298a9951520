#include <algorithm>
#include <unordered_map>
#include <utility>

#include "model/compose/project/environment.h"

namespace quaymaster::compose::project {
namespace {

constexpr int kNestedDefaults = 20;

bool begins_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool in_name(char c) { return begins_name(c) || (c >= '0' && c <= '9'); }

class Substitution {
 public:
  Substitution(std::string_view text, const Environment& environment, std::size_t longest)
      : text_(text), environment_(environment), longest_(longest) {
    std::vector<std::size_t> open;
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (text[at] == '{') open.push_back(at);
      if (text[at] != '}' || open.empty()) continue;
      closing_[open.back()] = at;
      open.pop_back();
    }
  }

  Substituted run() && {
    expand(0, text_.size(), 0);
    return std::move(result_);
  }

 private:
  void expand(std::size_t at, std::size_t end, int depth) {
    while (at < end) {
      const std::size_t dollar = std::min(text_.find('$', at), end);
      append(text_.substr(at, dollar - at));
      if (result_.too_long) return;
      at = dollar == end ? end : variable(dollar, end, depth);
    }
  }

  void append(std::string_view text) {
    if (text.size() > longest_ - result_.text.size()) result_.too_long = true;
    result_.text += text.substr(0, longest_ - result_.text.size());
  }

  std::size_t name_end(std::size_t at, std::size_t end) const {
    if (at >= end || !begins_name(text_[at])) return at;
    while (at < end && in_name(text_[at])) ++at;
    return at;
  }

  const std::string* value_of(std::string_view name) const {
    const auto found = environment_.find(name);
    return found == environment_.end() ? nullptr : &found->second;
  }

  std::size_t refuse(std::size_t begin, std::size_t end) {
    result_.malformed = true;
    append(text_.substr(begin, end - begin));
    return end;
  }

  void plain(std::string_view name) {
    if (const std::string* value = value_of(name))
      append(*value);
    else
      result_.unset.emplace_back(name);
  }

  /// The `$` at `at`; gives the place behind what it begins.
  std::size_t variable(std::size_t at, std::size_t end, int depth) {
    if (at + 1 < end && text_[at + 1] == '$') {
      append("$");
      return at + 2;
    }
    if (at + 1 < end && text_[at + 1] == '{') return braced(at, end, depth);
    const std::size_t behind = name_end(at + 1, end);
    if (behind == at + 1) return refuse(at, behind);
    plain(text_.substr(at + 1, behind - at - 1));
    return behind;
  }

  std::size_t braced(std::size_t at, std::size_t end, int depth) {
    const auto brace = closing_.find(at + 1);
    if (brace == closing_.end() || brace->second >= end) return refuse(at, at + 2);
    const std::size_t close = brace->second;
    const std::size_t behind_name = name_end(at + 2, close);
    if (behind_name == at + 2 || depth > kNestedDefaults) return refuse(at, close + 1);
    const std::string_view name = text_.substr(at + 2, behind_name - at - 2);
    if (behind_name == close) {
      plain(name);
      return close + 1;
    }
    const bool empty_counts = text_[behind_name] != ':';
    const std::size_t operation = behind_name + (empty_counts ? 0 : 1);
    const char letter = operation < close ? text_[operation] : '\0';
    const std::string* value = value_of(name);
    const bool has_value = value != nullptr && (empty_counts || !value->empty());
    switch (letter) {
      case '-':
        if (has_value)
          append(*value);
        else
          expand(operation + 1, close, depth + 1);
        break;
      case '+':
        if (has_value) expand(operation + 1, close, depth + 1);
        break;
      case '?':
        if (has_value)
          append(*value);
        else
          result_.refused.emplace_back(name);
        break;
      default: return refuse(at, close + 1);
    }
    return close + 1;
  }

  std::string_view text_;
  const Environment& environment_;
  const std::size_t longest_;
  std::unordered_map<std::size_t, std::size_t> closing_;
  Substituted result_;
};

}  // namespace

Substituted substitute(std::string_view text, const Environment& environment, std::size_t longest) {
  if (text.find('$') == std::string_view::npos && text.size() <= longest) return {.text = std::string(text)};
  return Substitution(text, environment, longest).run();
}

}  // namespace quaymaster::compose::project
