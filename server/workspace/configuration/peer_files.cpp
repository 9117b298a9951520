#include "workspace/configuration/peer_files.h"

#include <algorithm>
#include <set>
#include <utility>

#include "rules/settings.h"
#include "workspace/configuration/document_reader.h"

namespace quaymaster::workspace {
namespace {

/// What the three readers share.
struct PeerReader {
  PeerReader(const RuleSet& set, std::string_view name, Language of) : rules(set), tool(name), reader(set) {
    file.layer.languages = of;
    only_language = of;
  }

  /// The tool's check as an item, if there is a rule for it.
  [[nodiscard]] std::optional<std::string> item(std::string_view check) {
    std::string name = std::string(tool) + ":" + std::string(check);
    if (is_item(rules, name)) return name;
    file.no_rule_for.emplace_back(check);
    return std::nullopt;
  }
  [[nodiscard]] std::vector<std::string> items(const yaml::Value& value) {
    std::vector<std::string> list;
    for (const std::string& check : reader.strings(value))
      if (auto name = item(check)) list.push_back(std::move(*name));
    return list;
  }
  /// All the tool's checks that there are rules for.
  [[nodiscard]] std::set<std::string> all_items() const {
    std::set<std::string> all;
    for (const Rule* rule : rules)
      for (const Variant& variant : rule->variants)
        for (const Alias& alias : variant.aliases)
          if (alias.identifier.starts_with(tool) && alias.identifier.substr(tool.size()).starts_with(':'))
            all.emplace(alias.identifier);
    return all;
  }
  void exclude(const yaml::Value& patterns) {
    FileRule rule{{}, true, only_language};
    for (const std::string& pattern : reader.strings(patterns)) rule.patterns.emplace_back(pattern);
    if (!rule.patterns.empty()) file.files.push_back(std::move(rule));
  }
  [[nodiscard]] PeerFile take(const yaml::Document& document) {
    reader.problems.add_syntax(document);
    file.diagnostics = reader.problems.take();
    return std::move(file);
  }

  const RuleSet& rules;
  std::string_view tool;
  Language only_language = Language::Dockerfile;
  DocumentReader reader;
  PeerFile file;
};

/// hadolint's words for severities.
std::optional<Severity> hadolint_severity(std::string_view word) {
  if (word == "error") return Severity::Error;
  if (word == "warning") return Severity::Warning;
  if (word == "info") return Severity::Information;
  if (word == "style") return Severity::Hint;
  return std::nullopt;
}

void read_label_schema(PeerReader& peer, const yaml::Value& value) {
  for (const yaml::Entry& entry : peer.reader.mapping(value)) {
    RequiredLabel label{std::string(entry.key)};
    if (const auto written = entry.value.string())
      label.format = parse_label_format(*written).value_or(LabelFormat::Text);
    peer.file.layer.project.labels.push_back(std::move(label));
  }
}

/// Of a check in several lists the worst severity counts.
void read_overrides(PeerReader& peer, const yaml::Value& value) {
  for (const std::string_view word : {"style", "info", "warning", "error"})
    for (std::string& name : peer.items(value.get(word)))
      peer.file.layer.rules.push_back({std::move(name), RuleSetting::State::On, hadolint_severity(word)});
}

/// A severity of dclint: 0, 1 or 2, alone or first in a list.
std::optional<std::int64_t> dclint_level(const yaml::Value& value) {
  if (!value.is_sequence()) return value.integer();
  const auto items = value.items();
  return items.empty() ? std::nullopt : items.front().value.integer();
}

}  // namespace

PeerFile read_hadolint_file(std::string_view text, const RuleSet& rules) {
  PeerReader peer(rules, "hadolint", Language::Dockerfile);
  const auto document = parse_configuration(text);
  const yaml::Value root = document->root();
  read_overrides(peer, root.get("override"));
  // What is ignored stays so whatever else is said about it.
  for (std::string& name : peer.items(root.get("ignored")))
    peer.file.layer.rules.push_back({std::move(name), RuleSetting::State::Off});
  if (const yaml::Value trusted = root.get("trustedRegistries"); trusted && !trusted.is_null())
    peer.file.layer.project.trusted_registries = peer.reader.strings(trusted);
  read_label_schema(peer, root.get("label-schema"));
  peer.file.layer.project.strict_labels = root.get("strict-labels").boolean();
  if (const auto threshold = root.get("failure-threshold").string()) {
    // Its "ignore" and "none" let every finding fail.
    const bool all = *threshold == "ignore" || *threshold == "none";
    if (const auto from = all ? Severity::Hint : hadolint_severity(*threshold)) peer.file.limit = FailLimit{from};
  }
  if (root.get("no-fail").boolean().value_or(false)) peer.file.limit = FailLimit{};
  if (root.get("disable-ignore-pragma").boolean().value_or(false))
    peer.file.layer.suppressions.hadolint_pragmas = false;
  return peer.take(*document);
}

PeerFile read_kube_linter_file(std::string_view text, const RuleSet& rules) {
  PeerReader peer(rules, "kube-linter", Language::Kubernetes);
  const auto document = parse_configuration(text);
  const yaml::Value checks = document->root().get("checks");
  const std::vector<std::string> included = peer.items(checks.get("include"));
  if (checks.get("doNotAutoAddDefaults").boolean().value_or(false))
    for (const std::string& name : peer.all_items()) peer.file.layer.rules.push_back({name, RuleSetting::State::Off});
  if (checks.get("addAllBuiltIn").boolean().value_or(false))
    for (const std::string& name : peer.all_items()) peer.file.layer.rules.push_back({name, RuleSetting::State::On});
  for (const std::string& name : included) peer.file.layer.rules.push_back({name, RuleSetting::State::On});
  for (std::string& name : peer.items(checks.get("exclude")))
    peer.file.layer.rules.push_back({std::move(name), RuleSetting::State::Off});
  peer.exclude(checks.get("ignorePaths"));
  return peer.take(*document);
}

PeerFile read_dclint_file(std::string_view text, const RuleSet& rules) {
  PeerReader peer(rules, "dclint", Language::Compose);
  const auto document = parse_configuration(text);
  const yaml::Value root = document->root();
  for (const yaml::Entry& entry : peer.reader.mapping(root.get("rules"))) {
    const std::optional<std::int64_t> level = dclint_level(entry.value);
    const std::optional<std::string> name = level ? peer.item(entry.key) : std::nullopt;
    if (!name) continue;
    if (*level == 0)
      peer.file.layer.rules.push_back({*name, RuleSetting::State::Off});
    else
      peer.file.layer.rules.push_back(
          {*name, RuleSetting::State::On, *level == 1 ? Severity::Warning : Severity::Error});
  }
  peer.exclude(root.get("exclude"));
  return peer.take(*document);
}

}  // namespace quaymaster::workspace
