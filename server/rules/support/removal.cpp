#include "rules/support/removal.h"

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

}  // namespace quaymaster::rules
