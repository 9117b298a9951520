#include "analysis/example_options.h"

#include <string>
#include <utility>
#include <vector>

#include "model/yaml/value.h"
#include "rules/option_reader.h"
#include "syntax/tree.h"

namespace quaymaster {
namespace {

StringList strings_of(const yaml::Value& list) {
  StringList result;
  for (const yaml::Element& element : list.items())
    if (const auto text = element.value.string()) result.emplace_back(*text);
  return result;
}

Project project_of(const yaml::Value& root) {
  Project project;
  if (const yaml::Value trusted = root.get("registries").get("trusted"))
    project.trusted_registries = strings_of(trusted);
  const yaml::Value labels = root.get("labels");
  project.strict_labels = labels.get("strict").boolean();
  for (const yaml::Entry& entry : labels.get("schema").entries())
    project.labels.push_back(
        {std::string(entry.key), parse_label_format(entry.value.string().value_or("")).value_or(LabelFormat::Text)});
  if (const auto builder = root.get("builder").string()) project.builder = parse_builder(*builder);
  return project;
}

}  // namespace

Layer options_from(const Rule& rule, std::string_view yaml) {
  Layer layer;
  RuleSetting setting{std::string(rule.name)};
  if (!yaml.empty()) {
    syntax::Parser parser(syntax::Grammar::Yaml);
    const auto document = yaml::parse_document(yaml, parser);
    for (const RuleOption& option : rule.options)
      if (const yaml::Value value = document->root().get(option.name))
        if (auto read = read_option(option, value)) setting.options.emplace_back(option.name, std::move(*read));
    layer.project = project_of(document->root());
  }
  layer.rules.push_back(std::move(setting));
  return layer;
}

}  // namespace quaymaster
