#include "features/hover/key_documentation.h"

#include <string>
#include <string_view>

#include "analysis/document_model.h"
#include "model/schema/schema.h"
#include "model/schema/words.h"
#include "model/schema/written_keys.h"

namespace quaymaster {
namespace {

std::string code(std::string_view text) { return "`" + std::string(text) + "`"; }

/// One paragraph, and one more for what is allowed: it may stand below a finding.
std::string described(const schema::Property& property) {
  std::string about = schema::taken_kinds(property.value);
  if (property.required) about += ", required";
  if (property.deprecated) about += ", deprecated";
  std::string out = "**" + code(property.name) + "**";
  if (!about.empty()) out += " (" + about + ")";
  if (!property.description.empty()) out += ": " + std::string(property.description);
  std::string choices;
  for (const std::string_view choice : property.value.choices())
    choices += (choices.empty() ? "" : ", ") + code(choice);
  if (!choices.empty()) out += "\n\nAllowed values: " + choices;
  if (!property.default_value.empty()) out += "\n\nDefault: " + code(property.default_value);
  return out;
}

}  // namespace

std::optional<Hover> key_documentation(const Analysis& analysis, std::uint32_t offset) {
  const ComposeModel* model = analysis.model ? analysis.model->as<ComposeModel>() : nullptr;
  if (model == nullptr) return std::nullopt;
  for (const ComposeModel::Part& part : model->parts) {
    const yaml::Document& document = *part.file->document;
    if (offset < part.begin || offset > part.begin + document.text().size()) continue;
    const auto key = schema::key_at(document, offset - part.begin, schema::compose());
    if (!key) continue;
    return Hover{{key->range.begin + part.begin, key->range.end + part.begin}, described(key->property)};
  }
  return std::nullopt;
}

}  // namespace quaymaster
