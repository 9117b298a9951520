#include "workspace/index/facts.h"

#include <algorithm>
#include <array>
#include <memory>
#include <set>
#include <utility>

#include "model/compose/compose.h"
#include "model/dockerfile/instruction_parser.h"
#include "model/kubernetes/brief.h"
#include "model/kubernetes/object.h"
#include "model/yaml/value.h"
#include "syntax/dockerfile_segments.h"
#include "syntax/yaml_documents.h"
#include "workspace/index/builder_facts.h"

namespace quaymaster::workspace {
namespace {

std::optional<std::string> known(const std::optional<compose::Text>& text) {
  if (!text || !text->known) return std::nullopt;
  return text->text;
}

BuildFacts build_of(const compose::Build& build) {
  BuildFacts facts;
  facts.context = build.context ? known(build.context) : std::optional<std::string>(".");
  facts.dockerfile = build.dockerfile ? known(build.dockerfile) : std::optional<std::string>("Dockerfile");
  facts.inline_dockerfile = build.dockerfile_inline;
  facts.context_written = build.context.has_value();
  facts.dockerfile_written = build.dockerfile.has_value();
  facts.target = known(build.target);
  for (const container::EnvironmentEntry& argument : build.arguments) facts.arguments.push_back(argument.name);
  return facts;
}

ServiceFacts service_of(const compose::Service& service) {
  ServiceFacts facts;
  facts.name = service.name;
  if (const auto& image = service.container.image; image && image->known)
    facts.image = image->reference.canonical_name();
  if (service.build) facts.build = build_of(*service.build);
  if (service.extends) {
    facts.extends_service = service.extends->service.text;
    facts.extends_file = known(service.extends->file).value_or("");
  }
  facts.is_fragment = !service.container.image && !service.build && !service.extends && !service.has_provider &&
                      !service.container.template_only;
  return facts;
}

void add_generated(const yaml::Value& generators, std::string_view kind, std::vector<kubernetes::Brief>& generated) {
  for (const yaml::Element& item : generators.items()) {
    kubernetes::Brief object;
    object.api_version = "v1";
    object.kind = kind;
    object.name = item.value.get("name").string().value_or("");
    if (const auto name = item.value.get("namespace").string()) object.namespace_name = *name;
    object.keys_known = false;
    if (!object.name.empty()) generated.push_back(std::move(object));
  }
}

/// Whether a kustomization has objects that stand in none of the files that it lists.
bool makes_more(const yaml::Value& root) {
  constexpr std::array<std::string_view, 6> kMakers{
      "helmCharts", "helmChartInflationGenerator", "generators", "transformers", "crds", "replacements"};
  return root.get("kind").string() == "Component" ||
         std::ranges::any_of(kMakers, [&](std::string_view key) { return root.get(key).present(); });
}

void add_names(const std::vector<compose::Declaration>& declarations, std::vector<std::string>& names) {
  for (const compose::Declaration& declaration : declarations) names.push_back(declaration.name);
}

/// The files that a Compose file names, in any order.
std::set<std::string> files_named_in(const compose::File& file) {
  std::set<std::string> names;
  const auto add = [&](const compose::Text& path) {
    if (path.literal && !path.text.empty()) names.insert(path.text);
  };
  for (const compose::Service& service : file.services) {
    for (const compose::EnvFile& env_file : service.env_files) add(env_file.path);
    if (service.extends && service.extends->file) add(*service.extends->file);
  }
  for (const compose::Include& include : file.includes) {
    add(include.path);
    for (const compose::Text& env_file : include.env_files) add(env_file);
  }
  for (const auto* declarations : {&file.secrets, &file.configs})
    for (const compose::Declaration& declaration : *declarations)
      if (declaration.file) add(*declaration.file);
  return names;
}

}  // namespace

Facts FactsReader::read(FileRole role, std::string_view text) {
  Facts facts;
  switch (role) {
    case FileRole::Dockerfile: facts = dockerfile(text); break;
    case FileRole::Compose: facts = compose(text); break;
    case FileRole::Kubernetes: facts = kubernetes(text); break;
    case FileRole::Kustomization: facts = kustomization(text); break;
    case FileRole::Workflow: facts = workflow_facts(text, yaml_reader_, scripts_); break;
    case FileRole::GitLabCi: facts = gitlab_ci_facts(text, yaml_reader_, scripts_); break;
    case FileRole::Makefile: facts = makefile_facts(text, scripts_); break;
    case FileRole::HclBake: facts = hcl_bake_facts(text); break;
    case FileRole::JsonBake: facts = json_bake_facts(text, yaml_reader_); break;
  }
  scripts_.next_generation();
  return facts;
}

DockerfileFacts FactsReader::dockerfile(std::string_view text) {
  const syntax::DockerfileSegments cut = syntax::dockerfile_segments(text);
  std::vector<dockerfile::FileModeler::Part> parts;
  for (const syntax::DockerfileSegment& segment : cut.segments)
    if (segment.kind == syntax::DockerfileSegment::Kind::Instruction)
      parts.push_back(
          {segment.range.begin, std::make_shared<const dockerfile::Instruction>(dockerfile::parse_instruction(
                                    slice(text, segment.range), cut.escape, dockerfile_parser_))});
  dockerfile::FileModeler modeler;
  return facts_of(modeler.model(std::move(parts), {}, cut.escape), scripts_);
}

ComposeFacts FactsReader::compose(std::string_view text) {
  ComposeFacts facts;
  std::set<std::string> files;
  for (const TextRange range : syntax::yaml_documents(text)) {
    const compose::File file = compose::model(yaml_reader_.read(slice(text, range)), scripts_);
    for (const compose::Service& service : file.services) facts.services.push_back(service_of(service));
    for (const compose::Include& include : file.includes) {
      if (include.path.known) facts.includes.push_back(include.path.text);
      facts.includes_known = facts.includes_known && include.path.known;
    }
    add_names(file.volumes, facts.volumes);
    add_names(file.networks, facts.networks);
    add_names(file.secrets, facts.secrets);
    add_names(file.configs, facts.configs);
    add_names(file.models, facts.models);
    files.merge(files_named_in(file));
  }
  facts.files.assign(files.begin(), files.end());
  return facts;
}

KubernetesFacts FactsReader::kubernetes(std::string_view text) {
  std::vector<kubernetes::Brief> objects;
  for (const TextRange range : syntax::yaml_documents(text)) {
    const auto document = yaml_reader_.read(slice(text, range));
    for (kubernetes::Brief& object : kubernetes::briefs_of(kubernetes::objects_of(document->root())))
      objects.push_back(std::move(object));
  }
  return {std::make_shared<const std::vector<kubernetes::Brief>>(std::move(objects))};
}

KustomizationFacts FactsReader::kustomization(std::string_view text) {
  KustomizationFacts facts;
  const auto add = [](const yaml::Value& list, std::vector<std::string>& names) {
    for (const yaml::Element& item : list.items())
      // What spans lines is a patch itself, and not the name of one.
      if (const auto name = item.value.string(); name && name->find('\n') == std::string_view::npos)
        names.emplace_back(*name);
  };
  for (const TextRange range : syntax::yaml_documents(text)) {
    const auto document = yaml_reader_.read(slice(text, range));
    const yaml::Value root = document->root();
    for (const std::string_view key : {"resources", "bases", "components"}) add(root.get(key), facts.resources);
    add(root.get("patchesStrategicMerge"), facts.patches);
    for (const std::string_view key : {"patches", "patchesJson6902"})
      for (const yaml::Element& item : root.get(key).items())
        if (const auto path = item.value.get("path").string()) facts.patches.emplace_back(*path);
    for (const yaml::Element& item : root.get("images").items()) {
      const yaml::Value renamed = item.value.get("newName");
      if (const auto name = (renamed ? renamed : item.value.get("name")).string()) facts.images.emplace_back(*name);
    }
    add_generated(root.get("configMapGenerator"), "ConfigMap", facts.generated);
    add_generated(root.get("secretGenerator"), "Secret", facts.generated);
    facts.has_more = facts.has_more || makes_more(root);
  }
  return facts;
}

}  // namespace quaymaster::workspace
