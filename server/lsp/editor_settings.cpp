#include "lsp/editor_settings.h"

#include <utility>

#include "quaymaster/text.h"
#include "workspace/configuration/own_file.h"
#include "workspace/configuration/problems.h"

namespace quaymaster::lsp {

Json quaymaster_section(const Json& all) { return all.is_object() ? all.value("quaymaster", Json()) : Json(); }

EditorSettings read_editor_settings(const Json& settings, const RuleSet& rules) {
  EditorSettings result;
  result.layer.origin = "editor";
  if (settings.is_null()) return result;
  Json read = settings;
  if (read.is_object()) read.erase("trace");
  // JSON is YAML.
  const std::string text = to_body(read);
  workspace::OwnFile file = workspace::read_own_file(text, rules);
  for (const Diagnostic& diagnostic : file.diagnostics) {
    const bool of_value = diagnostic.variant->name == "wrong-type";
    const std::string where = workspace::quoted_name(slice(text, diagnostic.range));
    result.problems.push_back(of_value ? where + ": " + diagnostic.message : diagnostic.message);
  }
  if (!file.extends.empty()) result.problems.emplace_back("`extends` counts in configuration files only");
  if (!file.files.empty()) result.problems.emplace_back("`files` counts in configuration files only");
  file.layer.origin = std::move(result.layer.origin);
  result.layer = std::move(file.layer);
  return result;
}

}  // namespace quaymaster::lsp
