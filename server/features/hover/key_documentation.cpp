#include "features/hover/key_documentation.h"

#include <string>
#include <string_view>

#include "analysis/document_model.h"
#include "model/schema/kubernetes_objects.h"
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

TextRange moved(TextRange range, std::uint32_t by) { return {range.begin + by, range.end + by}; }

std::optional<Hover> in_compose_file(const ComposeModel& model, std::uint32_t offset) {
  for (const ComposeModel::Part& part : model.parts) {
    const yaml::Document& document = *part.file->document;
    if (offset < part.begin || offset > part.begin + document.text().size()) continue;
    const auto key = schema::key_at(document, offset - part.begin, schema::compose());
    if (key) return Hover{moved(key->range, part.begin), described(key->property)};
  }
  return std::nullopt;
}

/// A key of an object, or its kind. `offset` is in the document.
std::optional<Hover> in_object(const kubernetes::Object& object, std::uint32_t offset) {
  const schema::Node about = schema::kubernetes(object.api_version, object.kind);
  if (!about.present() || !object.value.range().touches(offset)) return std::nullopt;
  if (!object.kind_range.empty() && object.kind_range.touches(offset)) {
    for (const schema::KubernetesObject& known : schema::kubernetes_objects())
      if (known.node == about && known.kind == object.kind)
        return Hover{object.kind_range, "**" + code(known.kind) + "** (" + std::string(known.api_version) +
                                            "): " + std::string(known.description)};
  }
  const auto key = schema::key_at(object.value, offset, about);
  if (!key) return std::nullopt;
  return Hover{key->range, described(key->property)};
}

std::optional<Hover> in_manifests(const kubernetes::File& file, std::uint32_t offset) {
  for (const kubernetes::File::Part& part : file.parts) {
    const kubernetes::Manifest& manifest = *part.manifest;
    if (offset < part.begin || offset > part.begin + manifest.document->text().size()) continue;
    for (const kubernetes::Object& object : manifest.objects)
      if (std::optional<Hover> found = in_object(object, offset - part.begin)) {
        found->range = moved(found->range, part.begin);
        return found;
      }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Hover> key_documentation(const Analysis& analysis, std::uint32_t offset) {
  if (!analysis.model) return std::nullopt;
  if (const auto* model = analysis.model->as<ComposeModel>()) return in_compose_file(*model, offset);
  if (const auto* file = analysis.model->as<kubernetes::File>()) return in_manifests(*file, offset);
  return std::nullopt;
}

}  // namespace quaymaster
