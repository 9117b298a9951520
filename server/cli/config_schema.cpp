#include "cli/config_schema.h"

#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "cli/rule_lookup.h"
#include "quaymaster/config.h"

namespace quaymaster::cli {
namespace {

using Json = nlohmann::ordered_json;

Json strings(std::string_view description) {
  return {{"description", description},
          {"anyOf", {{{"type", "string"}}, {{"type", "array"}, {"items", {{"type", "string"}}}}}}};
}

Json one_of(std::string_view description, const std::vector<std::string_view>& names) {
  return {{"description", description}, {"enum", names}};
}

Json object(std::string_view description, Json properties) {
  return {{"description", description},
          {"type", "object"},
          {"additionalProperties", false},
          {"properties", std::move(properties)}};
}

template <class Enum>
std::vector<std::string_view> names_of(std::size_t count) {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < count; ++i) names.push_back(to_string(static_cast<Enum>(i)));
  return names;
}

Json preset_names() {
  std::vector<std::string_view> names = names_of<Preset>(kPresetCount);
  names.emplace_back("all");
  return {{"anyOf", {{{"enum", names}}, {{"type", "string"}, {"pattern", "^[a-z-]+@[0-9]+(\\.[0-9]+)*$"}}}}};
}

Json option_schema(const RuleOption& option) {
  Json schema;
  switch (option.kind) {
    case RuleOption::Kind::Boolean: schema = {{"type", "boolean"}, {"default", option.default_number != 0}}; break;
    case RuleOption::Kind::Integer: schema = {{"type", "integer"}, {"default", option.default_number}}; break;
    case RuleOption::Kind::Strings:
      schema = strings("");
      schema["default"] = Json::array();
      for (const std::string_view text : option.default_strings) schema["default"].push_back(text);
      break;
  }
  schema["description"] = option.doc;
  return schema;
}

Json rule_schema(std::string_view description, const Rule* options_of) {
  Json properties = {{"severity", {{"$ref", "#/definitions/severity"}}}};
  if (options_of != nullptr)
    for (const RuleOption& option : options_of->options) properties[std::string(option.name)] = option_schema(option);
  return {{"description", description},
          {"anyOf", {{{"$ref", "#/definitions/severity"}}, object(description, std::move(properties))}}};
}

Json rules_schema(const RuleSet& rules) {
  Json properties = Json::object();
  for (const Rule* rule : rules) {
    properties[std::string(rule->name)] = rule_schema(rule->title, rule);
    for (const Variant& variant : rule->variants)
      if (!variant.name.empty()) properties[code_of(*rule, variant)] = rule_schema(variant.summary, nullptr);
  }
  // The names that other tools have for them.
  return {
      {"description", "What is set for single rules, variants, or other tools' checks."},
      {"type", "object"},
      {"properties", std::move(properties)},
      {"patternProperties", {{"^([a-z-]+:.+|[A-Z][A-Z0-9_-]+)$", rule_schema("The check of another tool.", nullptr)}}},
      {"additionalProperties", false}};
}

Json file_rules_schema() {
  return {{"description", "Which files count, with patterns as in .gitignore; a later entry wins."},
          {"type", "array"},
          {"items", object("One entry.", {{"glob", strings("These files count.")},
                                          {"include", strings("These files count.")},
                                          {"exclude", strings("These files do not count, unless they are named.")},
                                          {"language", one_of("What they are.", names_of<Language>(3))}})}};
}

}  // namespace

std::string configuration_schema(const RuleSet& rules) {
  const Json items = {{"$ref", "#/definitions/items"}};
  Json presets = {
      {"description", "The set of rules to start from; several are united."},
      {"anyOf",
       {{{"$ref", "#/definitions/preset"}}, {{"type", "array"}, {"items", {{"$ref", "#/definitions/preset"}}}}}}};
  Json properties = {
      {"extends", strings("Files that this one builds upon, relative to it; later ones win.")},
      {"preset", std::move(presets)},
      {"select", items},
      {"extend-select", items},
      {"ignore", items},
      {"rules", rules_schema(rules)},
      {"files", file_rules_schema()},
      {"registries", object("Where images come from.", {{"trusted", strings("The registries that are trusted.")}})},
      {"labels", object("The labels of images.",
                        {{"schema",
                          {{"description", "The labels that images must have, with the format of each."},
                           {"type", "object"},
                           {"additionalProperties", {{"enum", names_of<LabelFormat>(kLabelFormatCount)}}}}},
                         {"strict", {{"description", "No other labels."}, {"type", "boolean"}}}})},
      {"kubernetes",
       object("The cluster.",
              {{"version", {{"description", "Its version, for example \"1.31\"."}, {"type", {"string", "number"}}}}})},
      {"shellcheck",
       object("ShellCheck, for the shell texts of Dockerfiles.",
              {{"path",
                {{"description", "The program to run, one that is installed: \"shellcheck\"."}, {"type", "string"}}}})},
      {"builder", one_of("What builds the images.", names_of<Builder>(kBuilderCount))},
      {"suppressions",
       object("Which comments and annotations in the files count.",
              {{"inline", {{"description", "false: none."}, {"type", "boolean"}}},
               {"require-reason", {{"description", "Only those that say why."}, {"type", "boolean"}}}})}};
  const Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                       {"title", "Configuration of Quaymaster (.quaymaster.yaml)"},
                       {"type", "object"},
                       {"additionalProperties", false},
                       {"patternProperties", {{"^x-", Json::object()}}},
                       {"properties", std::move(properties)},
                       {"definitions",
                        {{"preset", preset_names()},
                         {"severity",
                          {{"anyOf",
                            {{{"enum", {"error", "warning", "information", "hint", "on", "off"}}},
                             {{"type", "boolean"}},
                             {{"type", "null"}}}}}},
                         {"items", strings("Rules, variants, families, presets, or other tools' checks.")}}}};
  return schema.dump(1) + "\n";
}

}  // namespace quaymaster::cli
