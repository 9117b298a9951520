#include "rules/support/removal.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "model/yaml/edit.h"

namespace quaymaster::rules {

std::vector<Fix> removal(const yaml::Document& document, TextRange range, bool shared, std::string title,
                         std::string_view caveat) {
  if (shared) return {};
  std::optional<Edit> edit = yaml::remove_at(document, range);
  if (!edit) return {};
  return {{std::move(title), Applicability::Unsafe, {*std::move(edit)}, std::string(caveat)}};
}

Applicability trust_in_removal(const yaml::Document& document, const Edit& removal) {
  const std::vector<TextRange>& comments = document.comments();
  const auto first = std::ranges::lower_bound(comments, removal.range.begin, {}, &TextRange::begin);
  const bool comment = first != comments.end() && first->begin < removal.range.end;
  return comment ? Applicability::Unsafe : Applicability::Safe;
}

}  // namespace quaymaster::rules
