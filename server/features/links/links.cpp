#include "features/links/links.h"

#include <algorithm>
#include <utility>

#include "analysis/document_model.h"
#include "features/links/compose_links.h"
#include "features/links/kubernetes_links.h"
#include "model/image/reference.h"
#include "model/surroundings.h"
#include "text/ascii.h"

namespace quaymaster {
namespace {

void add_page(std::string_view image, TextRange range, std::vector<Link>& links) {
  if (std::string page = image_page(image); !page.empty()) links.push_back({range, true, std::move(page)});
}

void add_dockerfile_links(const DockerfileModel& model, std::vector<Link>& links) {
  const dockerfile::File& file = model.file;
  for (const dockerfile::ParserDirective& directive : file.directives)
    if (directive.name == "syntax") add_page(directive.value, directive.value_range, links);
  for (std::size_t i = 0; i < file.stages.size(); ++i) {
    const dockerfile::Stage& stage = file.stages[i];
    const dockerfile::Placed& from = file.instructions[stage.first];
    const auto& image = from.instruction->as<dockerfile::From>()->image;
    if (image && !stage.parent) add_page(image->string(), image->range.shifted(from.begin), links);
    for (std::size_t at = stage.first + 1; at < stage.end; ++at) {
      const dockerfile::Placed& placed = file.instructions[at];
      for (const dockerfile::Word& word : stage_references(*placed.instruction))
        if (!file.find_stage(word.string(), i)) add_page(word.string(), word.range.shifted(placed.begin), links);
    }
  }
}

}  // namespace

std::string image_page(std::string_view image) {
  if (image.find('$') != std::string_view::npos || image == "scratch" || image::reference_error(image)) return {};
  const bool number = std::ranges::all_of(image, [](char c) { return c >= '0' && c <= '9'; });
  const std::string name = image::parse_reference(image).canonical_name();
  const std::size_t slash = name.find('/');
  if (number || name.empty() || name.find('/', std::min(slash, name.size() - 1) + 1) != std::string::npos) return {};
  // A first part with a dot or a colon is a registry.
  if (slash != std::string::npos && name.substr(0, slash).find_first_of(".:") != std::string::npos) return {};
  if (name.starts_with("localhost/")) return {};
  return "https://hub.docker.com/" + (slash == std::string::npos ? "_/" : std::string("r/")) + name;
}

std::vector<Link> links(const Analysis& analysis) {
  std::vector<Link> found;
  if (!analysis.model) return found;
  if (const auto* dockerfile = analysis.model->as<DockerfileModel>()) add_dockerfile_links(*dockerfile, found);
  if (const auto* compose = analysis.model->as<ComposeModel>())
    for (const ComposeModel::Part& part : compose->parts) add_compose_links(*part.file, part.begin, found);
  if (const auto* manifests = analysis.model->as<kubernetes::File>()) add_kubernetes_links(analysis, *manifests, found);
  std::erase_if(found, [&](const Link& link) {
    return link.range.empty() || slice(analysis.source.text, link.range).find('\n') != std::string_view::npos;
  });
  std::ranges::stable_sort(found, {}, &Link::range);
  const auto repeated = std::unique(found.begin(), found.end(),
                                    [](const Link& one, const Link& other) { return one.range == other.range; });
  found.erase(repeated, found.end());
  return found;
}

std::optional<FarPlace> variable_source(const Analysis& analysis, std::uint32_t offset) {
  const auto* compose = analysis.model ? analysis.model->as<ComposeModel>() : nullptr;
  const auto* around = analysis.source.surroundings ? analysis.source.surroundings->as<ComposeSurroundings>() : nullptr;
  if (compose == nullptr || around == nullptr) return std::nullopt;
  const compose::Variable* at = nullptr;
  for (const ComposeModel::Part& part : compose->parts)
    for (const compose::Variable& variable : part.file->variables)
      if (variable.range.shifted(part.begin).touches(offset) && (!at || variable.range.size() < at->range.size()))
        at = &variable;
  if (at == nullptr) return std::nullopt;
  const auto found = std::find_if(around->environment.rbegin(), around->environment.rend(),
                                  [&](const SetVariable& each) { return each.name == at->name; });
  if (found == around->environment.rend()) return std::nullopt;
  return FarPlace{around->environment_path, found->range};
}

std::optional<TextRange> declaration(const Analysis& analysis, const DeclaredName& wanted) {
  const bool any_case = wanted.kind == Name::Kind::Stage;
  std::optional<TextRange> found;
  for (const Name& name : names_of(analysis).all) {
    if (name.kind != wanted.kind) continue;
    if (name.text != wanted.text && !(any_case && equals_ignoring_case(name.text, wanted.text))) continue;
    for (const Mention& mention : name.mentions)
      if (mention.declares) found = mention.range;
  }
  return found;
}

}  // namespace quaymaster
