#include "rules/support/schema_words.h"

#include "rules/support/message.h"

namespace quaymaster::rules {
namespace {

constexpr std::size_t kLongestName = 24;

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += i + 1 == parts.size() ? " or " : ", ";
    text += parts[i];
  }
  return text;
}

}  // namespace

std::vector<schema::Violation> compose_violations(const compose::File& file) {
  if (file.is_v1) return {};
  return schema::violations(*file.document, schema::compose());
}

std::string subject(const schema::Violation& violation) {
  if (violation.name.empty()) return "a Compose file";
  return (violation.in_list ? "an item of " : "") + quoted(violation.name, kLongestName);
}

std::string one_of(const std::vector<std::string_view>& choices) {
  constexpr std::size_t kMost = 4;
  if (choices.size() > kMost) return quoted(choices[0]) + ", " + quoted(choices[1]) + ", " + quoted(choices[2]) + " …";
  std::vector<std::string> parts;
  parts.reserve(choices.size());
  for (const std::string_view choice : choices) parts.push_back(quoted(choice));
  return joined(parts);
}

}  // namespace quaymaster::rules
