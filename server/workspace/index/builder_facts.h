#pragma once
#include <string_view>

#include "model/shell/script_parser.h"
#include "model/yaml/document_reader.h"
#include "workspace/index/facts.h"

/// What files that are no container files say about the images that are built.
namespace quaymaster::workspace {

/// Jobs of GitHub Actions: `docker/build-push-action`, and `run` texts that call a builder.
[[nodiscard]] BuilderFacts workflow_facts(std::string_view text, yaml::DocumentReader& reader,
                                          shell::ScriptParser& scripts);
/// The scripts of GitLab's jobs.
[[nodiscard]] BuilderFacts gitlab_ci_facts(std::string_view text, yaml::DocumentReader& reader,
                                           shell::ScriptParser& scripts);
/// The recipes of a Makefile; each line is a shell of its own.
[[nodiscard]] BuilderFacts makefile_facts(std::string_view text, shell::ScriptParser& scripts);
/// The targets of a bake file in HCL. Expressions other than plain strings are not known.
[[nodiscard]] BuilderFacts hcl_bake_facts(std::string_view text);
/// The same in JSON.
[[nodiscard]] BuilderFacts json_bake_facts(std::string_view text, yaml::DocumentReader& reader);

}  // namespace quaymaster::workspace
