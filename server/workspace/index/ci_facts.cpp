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

/// So much of the scripts of one file is looked at: aliases and defaults can make much more of them than is written.
constexpr std::size_t kMostScriptBytes = std::size_t{4} << 20;
/// So much of one script: of lines that are longer the others are looked at.
constexpr std::size_t kLongestScript = std::size_t{64} << 10;

/// What may still be looked at.
class Budget {
 public:
  /// Whether there is so much left; takes it.
  bool take(std::size_t bytes) {
    if (bytes > left_) {
      left_ = 0;
      return false;
    }
    left_ -= bytes;
    return true;
  }
  [[nodiscard]] bool spent() const { return left_ == 0; }

 private:
  std::size_t left_ = kMostScriptBytes;
};

void add_line(const Value& value, std::string& text, Budget& budget) {
  const auto line = value.string();
  if (line && text.size() + line->size() <= kLongestScript && budget.take(line->size() + 1)) text.append(*line) += '\n';
}

void add_script(const Value& script, std::string& text, Budget& budget) {
  add_line(script, text, budget);
  for (const yaml::Element& item : script.items()) {
    if (budget.spent()) return;
    // A list in a list is what a reference to another job's script gives.
    for (const yaml::Element& inner : item.value.items()) add_line(inner.value, text, budget);
    add_line(item.value, text, budget);
  }
}

}  // namespace

BuilderFacts workflow_facts(std::string_view text, yaml::DocumentReader& reader, shell::ScriptParser& scripts) {
  BuilderFacts facts;
  if (!mentions_a_builder(text)) return facts;
  const auto document = reader.read(text);
  const Value root = document->root();
  const auto of_all = default_folder(root, "");
  Budget budget;
  for (const yaml::Entry& job : root.get("jobs").entries()) {
    const auto of_job = default_folder(job.value, of_all);
    for (const yaml::Element& step : job.value.get("steps").items()) {
      const auto uses = step.value.get("uses").string();
      if (uses && uses->starts_with("docker/build-push-action") && facts.builds.size() < kMostBuilds)
        if (auto build = build_of_action(step.value.get("with"))) facts.builds.push_back(std::move(*build));
      const auto run = step.value.get("run").string();
      if (!run || !budget.take(run->size() + 1)) continue;
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
  Budget budget;
  for (const TextRange range : syntax::yaml_documents(text)) {
    const auto document = reader.read(slice(text, range));
    const Value root = document->root();
    const Value before_all = root.get({"default", "before_script"});
    for (const yaml::Entry& job : root.entries()) {
      if (!job.value.is_mapping() || budget.spent() || facts.builds.size() >= kMostBuilds) continue;
      std::string script;
      const Value before = job.value.get("before_script");
      add_script(before ? before : before_all, script, budget);
      add_script(job.value.get("script"), script, budget);
      add_build_commands(script, "", scripts, facts.builds);
    }
  }
  return facts;
}

}  // namespace quaymaster::workspace
