#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "model/compose/compose.h"
#include "model/kubernetes/kubernetes.h"
#include "model/schema/schema.h"
#include "model/schema/violations.h"
#include "quaymaster/language.h"

/// What the rules over the schema of a format have in common.
namespace quaymaster::rules {

/// A file or an object with what is in it that is not as the schema says.
struct Judged {
  const yaml::Document& document;
  std::vector<schema::Violation> violations;
  Language language;
  std::string whole;  ///< what the mapping at the top is called: "a Compose file", "`Deployment`"
  /// Whether what is missing is missing: no other file brings it, and every row could be read.
  bool complete = false;
};

/// What is not as the schema says in a Compose file that today's Compose reads.
[[nodiscard]] Judged judged(const compose::File& file);

/// What is not as the schema says in an object. Nothing is said of kinds that are not Kubernetes' own.
[[nodiscard]] Judged judged(const kubernetes::Object& object);

/// What a value or a mapping is called: "`ports`", "an item of `ports`", "a Compose file".
[[nodiscard]] std::string subject(const schema::Violation& violation, const Judged& judged);

/// The choices in a sentence, as many as fit: "`a`, `b` or `c`".
[[nodiscard]] std::string one_of(const std::vector<std::string_view>& choices);

}  // namespace quaymaster::rules
