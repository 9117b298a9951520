#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/yaml/value.h"
#include "syntax/yaml_documents.h"
#include "workspace/index/build_commands.h"
#include "workspace/index/builder_facts.h"
#include "workspace/path.h"

namespace quaymaster::workspace {
namespace {

using yaml::Value;

constexpr std::string_view kDefaultContext = "{{defaultContext}}";

/// Whether the text can have anything to do with images at all: most workflows have not.
bool mentions_a_builder(std::string_view text) {
  for (const std::string_view word : {"docker", "podman", "buildah", "nerdctl"})
    if (text.find(word) != std::string_view::npos) return true;
  return false;
}

/// The text of a scalar; nothing when it has an expression (`${{ … }}`) in it, or is none.
std::optional<std::string> plain(const Value& value) {
  const auto text = value.string();
  if (!text || text->find("${{") != std::string_view::npos) return std::nullopt;
  return std::string(*text);
}

/// A shell text with a variable in the place of each expression of the workflow.
std::string without_expressions(std::string_view text) {
  std::string out;
  for (std::size_t begin = text.find("${{"); begin != std::string_view::npos; begin = text.find("${{")) {
    out += text.substr(0, begin);
    const std::size_t end = text.find("}}", begin);
    const std::string_view inside = text.substr(begin, end == std::string_view::npos ? end : end - begin);
    out += inside.find("github.workspace") == std::string_view::npos ? "${EXPRESSION}" : ".";
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 2);
  }
  out += text;
  return out;
}

/// What `with` of docker/build-push-action says; nothing when it depends on an expression, or leads elsewhere.
std::optional<BuildFacts> build_of_action(const Value& with) {
  BuildFacts build;
  build.context = ".";
  build.context_written = false;
  build.dockerfile = "Dockerfile";
  build.dockerfile_written = false;
  if (const Value context = with.get("context")) {
    auto text = context.string() ? std::optional(without_expressions(*context.string())) : std::nullopt;
    if (!text || text->find('$') != std::string::npos) return std::nullopt;
    if (text->starts_with(kDefaultContext)) {
      text->erase(0, kDefaultContext.size());
      text = text->starts_with(':') ? text->substr(1) : std::string(".");
    }
    build.context = std::move(text);
    build.context_written = true;
  }
  if (const Value file = with.get("file")) {
    auto text = file.string() ? std::optional(without_expressions(*file.string())) : std::nullopt;
    if (!text || text->find('$') != std::string::npos) return std::nullopt;
    build.dockerfile = std::move(text);
    build.dockerfile_written = build.dockerfile_from_folder = true;
  }
  if (const Value target = with.get("target")) build.target = plain(target);
  return build;
}

/// `working-directory` of the defaults of a workflow or a job, or `otherwise`.
std::optional<std::string> default_folder(const Value& of, std::optional<std::string> otherwise) {
  const Value folder = of.get({"defaults", "run", "working-directory"});
  return folder ? plain(folder) : std::move(otherwise);
}

void add_script(const Value& script, std::string& text) {
  if (const auto line = script.string()) {
    text += *line;
    text += '\n';
  }
  for (const yaml::Element& item : script.items()) {
    // A list in a list is what a reference to another job's script gives.
    for (const yaml::Element& inner : item.value.items())
      if (const auto line = inner.value.string()) text.append(*line) += '\n';
    if (const auto line = item.value.string()) text.append(*line) += '\n';
  }
}

}  // namespace

BuilderFacts workflow_facts(std::string_view text, yaml::DocumentReader& reader, shell::ScriptParser& scripts) {
  BuilderFacts facts;
  if (!mentions_a_builder(text)) return facts;
  const auto document = reader.read(text);
  const Value root = document->root();
  const auto of_all = default_folder(root, "");
  for (const yaml::Entry& job : root.get("jobs").entries()) {
    const auto of_job = default_folder(job.value, of_all);
    for (const yaml::Element& step : job.value.get("steps").items()) {
      const auto uses = step.value.get("uses").string();
      if (uses && uses->starts_with("docker/build-push-action") && facts.builds.size() < kMostBuilds)
        if (auto build = build_of_action(step.value.get("with"))) facts.builds.push_back(std::move(*build));
      const auto run = step.value.get("run").string();
      if (!run) continue;
      const Value own_folder = step.value.get("working-directory");
      if (const auto folder = own_folder ? plain(own_folder) : of_job)
        add_build_commands(without_expressions(*run), *folder, scripts, facts.builds);
    }
  }
  return facts;
}

BuilderFacts gitlab_ci_facts(std::string_view text, yaml::DocumentReader& reader, shell::ScriptParser& scripts) {
  BuilderFacts facts;
  if (!mentions_a_builder(text)) return facts;
  for (const TextRange range : syntax::yaml_documents(text)) {
    const auto document = reader.read(slice(text, range));
    const Value root = document->root();
    for (const yaml::Entry& job : root.entries()) {
      if (!job.value.is_mapping()) continue;
      std::string script;
      const Value before = job.value.get("before_script");
      add_script(before ? before : root.get({"default", "before_script"}), script);
      add_script(job.value.get("script"), script);
      add_build_commands(script, "", scripts, facts.builds);
    }
  }
  return facts;
}

}  // namespace quaymaster::workspace
