#include "cli/config_migrate.h"

#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <variant>
#include <vector>

#include "model/yaml/value.h"
#include "workspace/configuration/bases.h"
#include "workspace/configuration/document_reader.h"
#include "workspace/configuration/finder.h"
#include "workspace/configuration/peer_files.h"
#include "workspace/path.h"

namespace quaymaster::cli {
namespace {

using workspace::ConfigurationKind;

/// A string in YAML's double quotes: always right, whatever is in it.
std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out + "\"";
}

std::string list(const std::string& indent, const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += indent + "- " + in_quotes(text) + "\n";
  return out;
}

/// What the files of all tools say, put together.
class Migration {
 public:
  void add(std::string_view name, const workspace::PeerFile& file, std::vector<std::string> excluded) {
    sources_.emplace_back(name);
    // The last word about a check is the one that counts.
    for (const RuleSetting& setting : file.layer.rules) {
      if (!rules_.contains(setting.item)) order_.push_back(setting.item);
      rules_[setting.item] = setting.state == RuleSetting::State::Off ? "off"
                             : setting.severity                       ? std::string(to_string(*setting.severity))
                                                                      : "on";
    }
    if (file.layer.project.trusted_registries) registries_ = *file.layer.project.trusted_registries;
    if (!file.layer.project.labels.empty()) labels_ = file.layer.project.labels;
    strict_ = strict_ || file.layer.project.strict_labels.value_or(false);
    for (const std::string& check : file.no_rule_for) unknown_.insert(check);
    if (!excluded.empty())
      excluded_[file.layer.languages == Languages(Language::Compose) ? "compose" : "kubernetes"] = std::move(excluded);
    if (file.limit) notes_.emplace_back("failure-threshold and no-fail: use --fail-on of quaymaster check");
    if (file.layer.suppressions.hadolint_pragmas == false)
      notes_.emplace_back("disable-ignore-pragma: see `suppressions`, which speaks of all comments that ignore");
  }

  [[nodiscard]] std::string text() const {
    if (sources_.empty()) return {};
    std::string out = "# Made by quaymaster config migrate from";
    for (const std::string& source : sources_) out += " " + source;
    out += ".\n";
    for (const std::string& note : notes_) out += "# Left out: " + note + ".\n";
    if (!unknown_.empty()) {
      out += "# Left out, since there is no rule for them:";
      for (const std::string& check : unknown_) out += " " + in_quotes(check);
      out += "\n";
    }
    if (!order_.empty()) out += "rules:\n";
    for (const std::string& item : order_) out += "  " + in_quotes(item) + ": " + rules_.at(item) + "\n";
    if (!registries_.empty()) out += "registries:\n  trusted:\n" + list("    ", registries_);
    if (!labels_.empty() || strict_) out += "labels:\n";
    if (strict_) out += "  strict: true\n";
    if (!labels_.empty()) out += "  schema:\n";
    for (const RequiredLabel& label : labels_)
      out += "    " + in_quotes(label.name) + ": " + std::string(to_string(label.format)) + "\n";
    if (!excluded_.empty()) out += "files:\n";
    for (const auto& [language, patterns] : excluded_)
      out += "  - language: " + language + "\n    exclude:\n" + list("      ", patterns);
    return out;
  }

 private:
  std::vector<std::string> sources_;
  std::vector<std::string> notes_;
  std::map<std::string, std::string> rules_;  // by item: a severity, on or off
  std::vector<std::string> order_;
  StringList registries_;
  std::vector<RequiredLabel> labels_;
  bool strict_ = false;
  std::set<std::string> unknown_;
  std::map<std::string, std::vector<std::string>> excluded_;  // by language
};

std::vector<std::string> strings_of(const yaml::Value& value) {
  std::vector<std::string> list;
  for (const yaml::Element& element : value.items())
    if (const auto text = element.value.string()) list.emplace_back(*text);
  return list;
}

}  // namespace

std::string migrated_configuration(const std::string& folder, const RuleSet& rules,
                                   const workspace::FileSystem& files) {
  Migration migration;
  std::set<ConfigurationKind> seen;
  for (const std::string_view name : {".hadolint.yaml", ".hadolint.yml", ".kube-linter.yaml", ".kube-linter.yml",
                                      ".dclintrc", ".dclintrc.json", ".dclintrc.yaml", ".dclintrc.yml"}) {
    const ConfigurationKind kind = *workspace::configuration_kind(name);
    const auto bytes = workspace::read_configuration_text(files, workspace::join(folder, name));
    const auto* text = std::get_if<std::string>(&bytes);
    if (text == nullptr || !seen.insert(kind).second) continue;
    const auto document = workspace::parse_configuration(*text);
    switch (kind) {
      case ConfigurationKind::Own: break;
      case ConfigurationKind::Hadolint: migration.add(name, workspace::read_hadolint_file(*text, rules), {}); break;
      case ConfigurationKind::KubeLinter:
        migration.add(name, workspace::read_kube_linter_file(*text, rules),
                      strings_of(document->root().get({"checks", "ignorePaths"})));
        break;
      case ConfigurationKind::Dclint:
        migration.add(name, workspace::read_dclint_file(*text, rules), strings_of(document->root().get("exclude")));
        break;
    }
  }
  return migration.text();
}

}  // namespace quaymaster::cli
