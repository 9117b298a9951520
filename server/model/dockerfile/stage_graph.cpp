#include "model/dockerfile/stage_graph.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "model/dockerfile/expansion.h"
#include "text/ascii.h"

namespace quaymaster::dockerfile {
namespace {

/// Known to FROM without declaration (Dockerfile reference, "Automatic platform ARGs in the global scope").
constexpr std::string_view kPlatformArguments[] = {
    "BUILDPLATFORM", "BUILDOS",         "BUILDOSVERSION", "BUILDARCH",     "BUILDVARIANT", "TARGETPLATFORM",
    "TARGETOS",      "TARGETOSVERSION", "TARGETARCH",     "TARGETVARIANT", "TARGETSTAGE",
};

Stage stage_of(const From& from, std::size_t index, const File& file, const Scope* global) {
  Stage stage{.first = index, .end = index + 1, .base_known = false};
  if (from.stage_name) stage.name = ascii_lower(from.stage_name->string());
  if (const Flag* platform = from.flag("platform"); platform != nullptr && platform->value) {
    const Expansion value = expand(platform->value->text, global, file.escape);
    if (value.known) stage.platform = value.value();
  }
  if (!from.image) return stage;
  const Expansion image = expand(from.image->text, global, file.escape);
  stage.parent = image.known ? file.find_stage(image.value(), file.stages.size()) : std::nullopt;
  // FROM names a stage by its name in lower case, never by its number.
  if (stage.parent && file.stages[*stage.parent].name != image.value()) stage.parent.reset();
  stage.base = stage.parent ? file.stages[*stage.parent].base : image::parse_reference(image.value());
  stage.base_known = stage.parent ? file.stages[*stage.parent].base_known : image.known && !image.malformed;
  return stage;
}

void mark_shipped(std::vector<Stage>& stages) {
  for (std::optional<std::size_t> at = stages.size() - 1; at; at = stages[*at].parent) stages[*at].ships = true;
  const std::vector<bool> needed = needed_stages(stages, stages.size() - 1);
  for (std::size_t i = 0; i < stages.size(); ++i) stages[i].reachable = needed[i];
}

}  // namespace

Variable argument(const Pair& pair, const Scope* scope, const Scope* global, char escape) {
  Variable variable{pair.key.string(), std::nullopt, Variable::Kind::Arg};
  if (pair.value) {
    const Expansion value = expand(pair.value->text, scope, escape);
    if (value.known) variable.value = value.value();
  } else if (const Variable* outer = find_variable(global, variable.name)) {
    variable.value = outer->value;
  }
  return variable;
}

ScopePtr build_stage_graph(File& file, ScopeInterner& scopes) {
  ScopePtr global;
  for (const std::string_view name : kPlatformArguments)
    global = scopes.with(global, {std::string(name), std::nullopt, Variable::Kind::Arg});
  for (std::size_t i = 0; i < file.instructions.size(); ++i) {
    const Instruction& instruction = *file.instructions[i].instruction;
    if (const auto* from = instruction.as<From>()) {
      if (!file.stages.empty()) file.stages.back().end = i;
      file.stages.push_back(stage_of(*from, i, file, global.get()));
      const std::string& name = file.stages.back().name;
      if (!name.empty()) file.stages_by_name[name].push_back(file.stages.size() - 1);
    } else if (file.stages.empty()) {
      if (const auto* arg = instruction.as<Arg>())
        for (const Pair& pair : arg->pairs)
          global = scopes.with(global, argument(pair, global.get(), nullptr, file.escape));
    } else {
      for (const Word& word : stage_references(instruction))
        if (const auto stage = file.find_stage(word.string(), file.stages.size() - 1))
          file.stages.back().copies_from.push_back(*stage);
    }
  }
  if (file.stages.empty()) return global;
  file.stages.back().end = file.instructions.size();
  mark_shipped(file.stages);
  return global;
}

}  // namespace quaymaster::dockerfile
