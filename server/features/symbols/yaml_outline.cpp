#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "features/symbols/outlines.h"
#include "model/yaml/value.h"

namespace quaymaster {
namespace {

using Kind = DocumentSymbol::Kind;

/// The anchor of a value belongs to what can be looked for.
void add_anchor(DocumentSymbol& symbol, const yaml::Value& value) {
  if (!value.present() || value.shared() || value.node()->anchor.empty()) return;
  symbol.detail += (symbol.detail.empty() ? "&" : " &") + value.node()->anchor;
}

/// The symbol of `key: value`, without children.
DocumentSymbol symbol_of(const Analysis& analysis, const yaml::Entry& entry, Kind kind, std::uint32_t begin) {
  DocumentSymbol symbol{.name = one_line(analysis, entry.key_range.shifted(begin)),
                        .detail = {},
                        .kind = kind,
                        .range = entry.range.shifted(begin),
                        .selection = entry.key_range.shifted(begin),
                        .children = {}};
  if (symbol.name.empty()) symbol.name = "?";
  if (entry.value.is_scalar() && !entry.value.shared())
    symbol.detail = one_line(analysis, entry.value.content_range().shifted(begin));
  add_anchor(symbol, entry.value);
  return symbol;
}

/// The keys that are written in `mapping` itself.
std::vector<yaml::Entry> own_entries(const yaml::Value& mapping) {
  std::vector<yaml::Entry> entries;
  if (mapping.shared() || !mapping.is_mapping()) return entries;
  const yaml::Document& document = *mapping.document();
  for (const yaml::Pair& pair : mapping.node()->pairs)
    if (!pair.name().empty() && pair.name() != "<<")
      entries.push_back({pair.name(), yaml::Value(document, *pair.key).content_range(), pair.range,
                         yaml::Value(document, *pair.value)});
  return entries;
}

/// What a service is made of, in one line.
std::string source_of(const Analysis& analysis, const yaml::Value& service, std::uint32_t begin) {
  const yaml::Value image = service.get("image");
  if (image.is_scalar()) return one_line(analysis, image.content_range().shifted(begin));
  const yaml::Value build = service.get("build");
  const yaml::Value context = build.is_mapping() ? build.get("context") : build;
  if (context.is_scalar()) return "build " + one_line(analysis, context.content_range().shifted(begin));
  return {};
}

/// The names below a key at the top of a Compose file.
std::vector<DocumentSymbol> names_below(const Analysis& analysis, const yaml::Entry& section, std::uint32_t begin) {
  std::vector<DocumentSymbol> names;
  const bool services = section.key == "services";
  for (const yaml::Entry& entry : own_entries(section.value)) {
    DocumentSymbol symbol = symbol_of(analysis, entry, services ? Kind::Service : Kind::Named, begin);
    if (services) {
      symbol.detail = source_of(analysis, entry.value, begin);
      add_anchor(symbol, entry.value);
      for (const yaml::Entry& setting : own_entries(entry.value))
        symbol.children.push_back(symbol_of(analysis, setting, Kind::Setting, begin));
    }
    names.push_back(std::move(symbol));
  }
  return names;
}

/// The object as a symbol, without children.
DocumentSymbol object_symbol(const Analysis& analysis, const kubernetes::Object& object, std::uint32_t begin) {
  const TextRange range = object.value.range().shifted(begin);
  const TextRange name = object.name_range.shifted(begin);
  DocumentSymbol symbol{
      .name = object.name.empty() ? object.kind : object.kind + "/" + one_line(analysis, name),
      .detail = object.namespace_name ? one_line(analysis, object.namespace_range.shifted(begin)) : std::string(),
      .kind = Kind::Object,
      .range = range,
      .selection = range.contains(name) ? name : TextRange{range.begin, range.begin},
      .children = {}};
  if (symbol.name.empty()) symbol.name = "?";
  return symbol;
}

DocumentSymbol container_symbol(const Analysis& analysis, const kubernetes::PodContainer& container,
                                std::uint32_t begin) {
  const TextRange range = container.value.range().shifted(begin);
  const TextRange name = container.container.name_range.shifted(begin);
  const auto& image = container.container.image;
  DocumentSymbol symbol{.name = container.container.name.empty() ? "container" : one_line(analysis, name),
                        .detail = image && !image->shared ? one_line(analysis, image->range.shifted(begin)) : "",
                        .kind = Kind::Container,
                        .range = range,
                        .selection = range.contains(name) ? name : TextRange{range.begin, range.begin},
                        .children = {}};
  if (symbol.name.empty()) symbol.name = "container";
  return symbol;
}

}  // namespace

std::vector<DocumentSymbol> compose_outline(const Analysis& analysis, const ComposeModel& model) {
  std::vector<DocumentSymbol> symbols;
  for (const ComposeModel::Part& part : model.parts)
    for (const yaml::Entry& entry : own_entries(part.file->document->root())) {
      DocumentSymbol symbol =
          symbol_of(analysis, entry, entry.value.is_mapping() ? Kind::Section : Kind::Setting, part.begin);
      symbol.children = names_below(analysis, entry, part.begin);
      symbols.push_back(std::move(symbol));
    }
  return symbols;
}

std::vector<DocumentSymbol> kubernetes_outline(const Analysis& analysis, const kubernetes::File& file) {
  std::vector<DocumentSymbol> symbols;
  for (const kubernetes::File::Part& part : file.parts) {
    std::map<const yaml::Node*, const kubernetes::Workload*> workloads;
    for (const kubernetes::Workload& workload : part.manifest->workloads)
      workloads.emplace(workload.object.value.node(), &workload);
    for (const kubernetes::Object& object : part.manifest->objects) {
      if (!object.value.is_mapping() || object.value.shared()) continue;
      DocumentSymbol symbol = object_symbol(analysis, object, part.begin);
      if (const auto workload = workloads.find(object.value.node()); workload != workloads.end())
        for (const kubernetes::PodContainer& container : workload->second->containers)
          if (object.value.range().contains(container.value.range()) && !container.value.shared())
            symbol.children.push_back(container_symbol(analysis, container, part.begin));
      symbols.push_back(std::move(symbol));
    }
  }
  return symbols;
}

}  // namespace quaymaster
