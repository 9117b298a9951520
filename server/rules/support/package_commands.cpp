#include "rules/support/package_commands.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace quaymaster::rules {
namespace {

/// No list of packages that somebody writes is longer.
constexpr std::size_t kLongestWord = 2048;

bool is_name_part(char c) {
  return c == '_' || ('0' <= c && c <= '9') || ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z');
}

/// Puts the values of ENV and ARG into words.
class Expander {
 public:
  explicit Expander(const dockerfile::BuildScript& build) : build_(build) {
    const shell::Script& script = *build.text.script;
    for (const shell::Assignment& assignment : script.assignments) assigned_.insert(assignment.name);
    for (const shell::Command& command : script.commands)
      for (const shell::Assignment& assignment : command.assignments) assigned_.insert(assignment.name);
  }

  /// The words that the command receives. A word with something in it that only the shell knows stays as it is.
  [[nodiscard]] std::vector<shell::Word> words_of(const shell::Command& command) const {
    std::vector<shell::Word> words;
    for (const shell::Word& word : command.words) {
      const std::optional<std::string> value = word.literal ? std::nullopt : expanded(word.text);
      if (!value)
        words.push_back(word);
      else if (slice(build_.text.source.text.bytes(), word.range).starts_with('"'))
        words.push_back({word.range, *value, true});
      else
        add_parts(*value, word.range, words);
    }
    return words;
  }

 private:
  [[nodiscard]] std::optional<std::string> expanded(std::string_view text) const {
    std::string result;
    bool changed = false;
    while (!text.empty() && result.size() <= kLongestWord) {
      if (text.front() == '`') return std::nullopt;
      if (text.front() != '$') {
        const std::size_t end = std::min(text.find_first_of("$`"), text.size());
        result += text.substr(0, end);
        text.remove_prefix(end);
        continue;
      }
      const bool braces = text.starts_with("${");
      const std::size_t begin = braces ? 2 : 1;
      std::size_t end = begin;
      while (end < text.size() && is_name_part(text[end])) ++end;
      if (end == begin || (braces && (end == text.size() || text[end] != '}'))) return std::nullopt;
      const std::string name(text.substr(begin, end - begin));
      const dockerfile::Variable* variable = dockerfile::find_variable(build_.context.scope.get(), name);
      if (variable == nullptr || !variable->value || assigned_.contains(name)) return std::nullopt;
      result += *variable->value;
      changed = true;
      text.remove_prefix(braces ? end + 1 : end);
    }
    return changed && result.size() <= kLongestWord ? std::optional(std::move(result)) : std::nullopt;
  }

  static void add_parts(std::string_view value, TextRange range, std::vector<shell::Word>& words) {
    constexpr std::string_view kBlanks = " \t\n";
    for (std::size_t begin = value.find_first_not_of(kBlanks); begin < value.size();) {
      const std::size_t end = std::min(value.find_first_of(kBlanks, begin), value.size());
      words.push_back({range, std::string(value.substr(begin, end - begin)), true});
      begin = value.find_first_not_of(kBlanks, end);
    }
  }

  const dockerfile::BuildScript& build_;
  std::unordered_set<std::string> assigned_;  ///< by the script itself
};

}  // namespace

std::vector<PackageCommand> package_commands(const dockerfile::BuildScript& build) {
  std::vector<PackageCommand> result;
  const std::string_view bytes = build.text.source.text.bytes();
  std::optional<Expander> expander;
  for (const shell::Command& command : build.text.script->commands) {
    auto call = packages::invocation(command.words, bytes);
    if (!call) continue;
    const bool literal =
        std::all_of(command.words.begin(), command.words.end(), [](const shell::Word& word) { return word.literal; });
    if (!literal) {
      if (!expander) expander.emplace(build);
      if (auto expanded = packages::invocation(expander->words_of(command), bytes)) call = std::move(expanded);
    }
    result.push_back({&command, std::move(*call)});
  }
  return result;
}

std::string call_name(const packages::Invocation& call) {
  return call.verb.empty() ? call.program : call.program + " " + call.verb;
}

}  // namespace quaymaster::rules
