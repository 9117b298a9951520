#include "lsp/protocol.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <numeric>
#include <utility>

namespace quaymaster::lsp {
namespace {

/// A `uinteger`. nlohmann's own conversion wraps -1 around and cuts 1.5 off.
std::uint32_t read_uinteger(const Json& number) {
  constexpr std::uint64_t kMax = std::numeric_limits<std::uint32_t>::max();
  if (!number.is_number_unsigned()) throw Json::type_error::create(302, "a line or character is no uinteger", &number);
  return static_cast<std::uint32_t>(std::min(number.get<std::uint64_t>(), kMax));
}

Json related_information(const Diagnostic& diagnostic, const Document& document, const Client& client) {
  RangeWriter ranges(document, client.encoding);
  Json places = Json::array();
  for (const RelatedPlace& place : diagnostic.related) {
    places.push_back(
        {{"location", {{"uri", document.uri}, {"range", ranges(place.range)}}}, {"message", place.message}});
  }
  return places;
}

Json data_of(const Diagnostic& diagnostic) {
  const bool fixable = std::ranges::any_of(
      diagnostic.fixes, [](const Fix& fix) { return fix.applicability != Applicability::DisplayOnly; });
  Json aliases = Json::array();
  for (const std::string_view alias : diagnostic.aliases) aliases.push_back(alias);
  return {{"family", slug(diagnostic.rule->family)}, {"aliases", std::move(aliases)}, {"fixable", fixable}};
}

}  // namespace

Position read_position(const Json& position) {
  return {read_uinteger(position.at("line")), read_uinteger(position.at("character"))};
}

TextRange read_range(const Json& range, const Document& document, PositionEncoding encoding) {
  const auto size = static_cast<std::uint32_t>(document.text.size());
  const auto offset = [&](const Json& position) {
    return document.lines.offset(document.text, read_position(position), encoding).value_or(size);
  };
  const std::uint32_t begin = offset(range.at("start"));
  return {begin, std::max(begin, offset(range.at("end")))};
}

std::optional<std::uint32_t> read_place(const Json& params, const Document& document, const Client& client) {
  return document.lines.offset(document.text, read_position(params.at("position")), client.encoding);
}

const std::string& read_uri(const Json& params) {
  return params.at("textDocument").at("uri").get_ref<const std::string&>();
}

std::vector<ContentChange> read_changes(Json& content_changes) {
  std::vector<ContentChange> changes;
  for (Json& item : content_changes.get_ref<Json::array_t&>()) {
    ContentChange change;
    const auto range = item.find("range");
    if (range != item.end() && !range->is_null())
      change.range = {read_position(range->at("start")), read_position(range->at("end"))};
    change.text = std::move(item.at("text").get_ref<std::string&>());
    changes.push_back(std::move(change));
  }
  return changes;
}

Json to_json(const Diagnostic& diagnostic, const Document& document, const Client& client, RangeWriter& ranges) {
  Json json = {{"range", ranges(diagnostic.range)},
               {"severity", static_cast<int>(diagnostic.severity) + 1},
               {"code", code_of(diagnostic)},
               {"source", "quaymaster"},
               {"message", diagnostic.message}};
  if (diagnostic.tag == DiagnosticTag::Unnecessary && client.unnecessary_tag) json["tags"] = {1};
  if (diagnostic.tag == DiagnosticTag::Deprecated && client.deprecated_tag) json["tags"] = {2};
  if (client.related_information && !diagnostic.related.empty())
    json["relatedInformation"] = related_information(diagnostic, document, client);
  if (client.diagnostic_data) json["data"] = data_of(diagnostic);
  return json;
}

Json to_workspace_edit(std::span<const Edit> edits, const Document& document, const Client& client) {
  RangeWriter ranges(document, client.encoding);
  Json list = Json::array();
  for (const Edit& edit : edits) list.push_back({{"range", ranges(edit.range)}, {"newText", edit.text}});
  if (!client.document_changes) return {{"changes", {{document.uri, std::move(list)}}}};
  const Json version = document.version ? Json(*document.version) : Json();
  return {{"documentChanges", Json::array({{{"textDocument", {{"uri", document.uri}, {"version", version}}},
                                            {"edits", std::move(list)}}})}};
}

Json diagnostics_to_json(const std::vector<Diagnostic>& diagnostics, const Document& document, const Client& client) {
  std::vector<std::size_t> shown(diagnostics.size());
  std::iota(shown.begin(), shown.end(), std::size_t{0});
  if (shown.size() > kMaxDiagnostics) {
    std::ranges::stable_sort(shown, {}, [&](std::size_t index) { return diagnostics[index].severity; });
    shown.resize(kMaxDiagnostics);
    std::ranges::sort(shown);
  }
  RangeWriter ranges(document, client.encoding);
  Json list = Json::array();
  for (const std::size_t index : shown) list.push_back(to_json(diagnostics[index], document, client, ranges));
  return list;
}

}  // namespace quaymaster::lsp
