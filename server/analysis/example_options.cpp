#include "analysis/example_options.h"

#include <string>
#include <utility>

#include "model/yaml/value.h"
#include "rules/option_reader.h"
#include "syntax/tree.h"

namespace quaymaster {

RuleSetting options_from(const Rule& rule, std::string_view yaml) {
  RuleSetting setting{std::string(rule.name)};
  if (yaml.empty()) return setting;
  syntax::Parser parser(syntax::Grammar::Yaml);
  const auto document = yaml::parse_document(yaml, parser);
  for (const RuleOption& option : rule.options)
    if (const yaml::Value value = document->root().get(option.name))
      if (auto read = read_option(option, value)) setting.options.emplace_back(option.name, std::move(*read));
  return setting;
}

}  // namespace quaymaster
