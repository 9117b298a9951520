#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/yaml/value.h"
#include "workspace/index/build_commands.h"
#include "workspace/index/builder_facts.h"

namespace quaymaster::workspace {
namespace {

/// What a target of a bake file says; what it does not say comes from the ones that it inherits from.
struct Target {
  std::string name;
  std::map<std::string, std::optional<std::string>, std::less<>> values;  // no value: an expression
  std::vector<std::string> inherits;
};

/// The targets of a file, and what they say with all that they inherit.
class Targets {
 public:
  explicit Targets(std::vector<Target> targets) : targets_(std::move(targets)) {
    for (const Target& target : targets_) by_name_.emplace(target.name, &target);
  }

  [[nodiscard]] const std::vector<Target>& all() const { return targets_; }

  /// The value of `key`, null when nobody says it.
  [[nodiscard]] const std::optional<std::string>* find(const Target& target, std::string_view key) const {
    std::size_t steps = 0;
    return find(target, key, steps);
  }

 private:
  // Targets may inherit from each other in circles, and from many.
  const std::optional<std::string>* find(const Target& target, std::string_view key, std::size_t& steps) const {
    constexpr std::size_t kMostSteps = 64;
    if (const auto found = target.values.find(key); found != target.values.end()) return &found->second;
    // The last one that says something counts.
    for (auto parent = target.inherits.rbegin(); parent != target.inherits.rend() && ++steps < kMostSteps; ++parent)
      if (const auto other = by_name_.find(*parent); other != by_name_.end())
        if (const auto* value = find(*other->second, key, steps)) return value;
    return nullptr;
  }

  std::vector<Target> targets_;
  std::map<std::string_view, const Target*> by_name_;
};

BuilderFacts builds_of(std::vector<Target> list) {
  const Targets targets(std::move(list));
  BuilderFacts facts;
  for (const Target& target : targets.all()) {
    if (targets.find(target, "dockerfile-inline") || facts.builds.size() == kMostBuilds) continue;
    BuildFacts build;
    build.name = target.name;
    const auto* context = targets.find(target, "context");
    const auto* dockerfile = targets.find(target, "dockerfile");
    const auto* stage = targets.find(target, "target");
    build.context_written = context != nullptr;
    build.dockerfile_written = dockerfile != nullptr;
    build.context = context ? *context : ".";
    build.dockerfile = dockerfile ? *dockerfile : "Dockerfile";
    if (stage) build.target = *stage;
    if (build.context && build.dockerfile) facts.builds.push_back(std::move(build));
  }
  return facts;
}

/// Reads as much of HCL as bake files are usually written in: blocks, `key = value` with strings and lists of strings.
class HclReader {
 public:
  explicit HclReader(std::string_view text) : text_(text) {}

  std::vector<Target> targets() {
    std::vector<Target> result;
    while (skip_blanks(), at_ < text_.size()) {
      const std::string_view word = identifier();
      skip_blanks();
      std::optional<std::string> label;
      if (peek() == '"') label = string();
      skip_blanks();
      if (peek() == '{' && word == "target" && label && result.size() < kMostBuilds) {
        ++at_;
        result.push_back(target(std::move(*label)));
      } else if (peek() == '{' || peek() == '[' || peek() == '(') {
        skip_brackets();
      } else if (word.empty()) {
        ++at_;
      }
    }
    return result;
  }

 private:
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void skip_blanks() {
    while (at_ < text_.size()) {
      const std::string_view rest = text_.substr(at_);
      if (rest.starts_with('#') || rest.starts_with("//"))
        at_ = std::min(text_.find('\n', at_), text_.size());
      else if (rest.starts_with("/*"))
        at_ = std::min(text_.find("*/", at_ + 2), text_.size() - 2) + 2;
      else if (std::string_view(" \t\r\n,;").find(rest.front()) != std::string_view::npos)
        ++at_;
      else
        return;
    }
  }

  std::string_view identifier() {
    const std::size_t begin = at_;
    const auto belongs = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
             c == '.';
    };
    while (at_ < text_.size() && belongs(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  /// A string between double quotes; nothing when it has an expression in it.
  std::optional<std::string> string() {
    std::string out;
    bool known = true;
    for (++at_; at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\n'; ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      if (text_.substr(at_).starts_with("${") || text_.substr(at_).starts_with("%{")) known = false;
      // A string in an expression has quotes of its own.
      if (!known && text_[at_] == '{') {
        skip_brackets();
        --at_;
        continue;
      }
      out += text_[at_];
    }
    at_ = std::min(at_ + 1, text_.size());
    return known ? std::optional(std::move(out)) : std::nullopt;
  }

  /// Behind the bracket that closes the one here.
  void skip_brackets() {
    int depth = 0;
    while (at_ < text_.size()) {
      skip_blanks();
      const char c = peek();
      if (c == '"') {
        skip_string();
        continue;
      }
      ++at_;
      if (c == '{' || c == '[' || c == '(') ++depth;
      if ((c == '}' || c == ']' || c == ')') && --depth <= 0) return;
    }
  }

  void skip_string() {
    for (++at_; at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\n'; ++at_)
      if (text_[at_] == '\\') ++at_;
    at_ = std::min(at_ + 1, text_.size());
  }

  std::vector<std::string> list() {
    std::vector<std::string> items;
    ++at_;
    while (skip_blanks(), at_ < text_.size() && peek() != ']') {
      if (peek() == '"') {
        if (auto item = string()) items.push_back(std::move(*item));
      } else if (peek() == '{' || peek() == '(' || peek() == '[') {
        skip_brackets();
      } else {
        ++at_;
      }
    }
    at_ = std::min(at_ + 1, text_.size());
    return items;
  }

  /// The body of a block, behind its bracket.
  Target target(std::string name) {
    Target result{std::move(name), {}, {}};
    while (skip_blanks(), at_ < text_.size() && peek() != '}') {
      const std::string_view key = identifier();
      skip_blanks();
      if (peek() == '=' && !key.empty()) {
        ++at_;
        skip_blanks();
        if (peek() == '"') {
          auto value = string();
          // What follows on the line makes an expression of it.
          skip_line_blanks();
          if (peek() != '\n' && peek() != '\r' && peek() != '#' && peek() != '}' && peek() != '/' && peek() != '\0')
            value.reset();
          result.values.insert_or_assign(std::string(key), std::move(value));
          if (peek() != '}') at_ = std::min(text_.find('\n', at_), text_.size());
        } else if (key == "inherits" && peek() == '[') {
          result.inherits = list();
        } else if (peek() == '{' || peek() == '[' || peek() == '(') {
          skip_brackets();
        } else {
          result.values.insert_or_assign(std::string(key), std::nullopt);
          skip_expression();
        }
      } else if (peek() == '{') {
        skip_brackets();
      } else if (key.empty()) {
        ++at_;
      }
    }
    at_ = std::min(at_ + 1, text_.size());
    return result;
  }

  void skip_line_blanks() {
    while (peek() == ' ' || peek() == '\t') ++at_;
  }

  /// To the end of the line, brackets that go over several lines included.
  void skip_expression() {
    while (at_ < text_.size() && peek() != '\n' && peek() != '}') {
      if (peek() == '"')
        skip_string();
      else if (peek() == '{' || peek() == '[' || peek() == '(')
        skip_brackets();
      else
        ++at_;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

BuilderFacts hcl_bake_facts(std::string_view text) { return builds_of(HclReader(text).targets()); }

BuilderFacts json_bake_facts(std::string_view text, yaml::DocumentReader& reader) {
  std::vector<Target> targets;
  const auto document = reader.read(text);
  for (const yaml::Entry& entry : document->root().get("target").entries()) {
    if (targets.size() == kMostBuilds) break;
    Target target{std::string(entry.key), {}, {}};
    for (const std::string_view key : {"context", "dockerfile", "target", "dockerfile-inline"})
      if (const auto value = entry.value.get(key).string()) {
        const bool expression = value->find("${") != std::string_view::npos;
        target.values.emplace(std::string(key), expression ? std::nullopt : std::optional(std::string(*value)));
      }
    for (const yaml::Element& item : entry.value.get("inherits").items())
      if (const auto name = item.value.string()) target.inherits.emplace_back(*name);
    targets.push_back(std::move(target));
  }
  return builds_of(std::move(targets));
}

}  // namespace quaymaster::workspace
