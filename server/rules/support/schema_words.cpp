#include "rules/support/schema_words.h"

#include "model/kubernetes/fragment.h"
#include "model/schema/kubernetes_objects.h"
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

Judged judged(const compose::File& file) {
  Judged result{*file.document, {}, Language::Compose, "a Compose file"};
  if (!file.is_v1) result.violations = schema::violations(*file.document, schema::compose());
  result.complete = file.complete && file.document->problems().empty();
  return result;
}

Judged judged(const kubernetes::Object& object) {
  const yaml::Document& document = *object.value.document();
  Judged result{document, schema::violations(object.value, schema::kubernetes(object.api_version, object.kind)),
                Language::Kubernetes, quoted(object.kind, kLongestName)};
  result.complete = document.problems().empty() && !kubernetes::is_fragment(object);
  return result;
}

std::string subject(const schema::Violation& violation, const Judged& judged) {
  if (violation.name.empty()) return judged.whole;
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
