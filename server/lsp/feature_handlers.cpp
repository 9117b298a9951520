#include "lsp/feature_handlers.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "features/folding/folding.h"
#include "features/navigation/navigation.h"
#include "features/rename/rename.h"
#include "features/selection/selection.h"
#include "features/symbols/symbols.h"
#include "lsp/protocol.h"

namespace quaymaster::lsp {
namespace {

using Offset = std::optional<std::uint32_t>;

Offset offset_of(const Json& position, const Document& document, const Client& client) {
  return document.lines.offset(document.text, read_position(position), client.encoding);
}

/// LSP `SymbolKind`.
int symbol_kind(DocumentSymbol::Kind kind) {
  using Kind = DocumentSymbol::Kind;
  switch (kind) {
    case Kind::Section: return 3;     // Namespace
    case Kind::Stage: return 2;       // Module
    case Kind::Service: return 5;     // Class
    case Kind::Object: return 5;      // Class
    case Kind::Container: return 2;   // Module
    case Kind::Named: return 19;      // Object
    case Kind::Variable: return 13;   // Variable
    case Kind::Command: return 12;    // Function
    case Kind::Transfer: return 1;    // File
    case Kind::Setting: return 7;     // Property
    case Kind::Directive: return 14;  // Constant
  }
  return 7;
}

Json symbol_tree(const DocumentSymbol& symbol, RangeWriter& ranges) {
  Json json = {{"name", symbol.name},
               {"kind", symbol_kind(symbol.kind)},
               {"range", ranges(symbol.range)},
               {"selectionRange", ranges(symbol.selection)}};
  if (!symbol.detail.empty()) json["detail"] = symbol.detail;
  if (symbol.children.empty()) return json;
  Json children = Json::array();
  for (const DocumentSymbol& child : symbol.children) children.push_back(symbol_tree(child, ranges));
  json["children"] = std::move(children);
  return json;
}

/// `SymbolInformation`, in which a symbol knows the name of the one around it.
void add_flat(const std::vector<DocumentSymbol>& symbols, const std::string& container, const Document& document,
              RangeWriter& ranges, Json& list) {
  for (const DocumentSymbol& symbol : symbols) {
    Json json = {{"name", symbol.name},
                 {"kind", symbol_kind(symbol.kind)},
                 {"location", {{"uri", document.uri}, {"range", ranges(symbol.range)}}}};
    if (!container.empty()) json["containerName"] = container;
    list.push_back(std::move(json));
    add_flat(symbol.children, symbol.name, document, ranges, list);
  }
}

Json fold_json(const FoldingRange& fold, const Document& document) {
  const auto line_of = [&](std::uint32_t offset) {
    return document.lines.position(document.text, offset, PositionEncoding::Utf8).line;
  };
  Json json = {{"startLine", line_of(fold.range.begin)}, {"endLine", line_of(fold.range.end)}};
  if (fold.kind == FoldingRange::Kind::Comment) json["kind"] = "comment";
  if (fold.kind == FoldingRange::Kind::Region) json["kind"] = "region";
  return json;
}

/// The `limit` longest.
std::vector<FoldingRange> limited(std::vector<FoldingRange> folds, std::optional<std::uint32_t> limit) {
  if (!limit || folds.size() <= *limit) return folds;
  std::ranges::stable_sort(folds, std::greater<>(), [](const FoldingRange& fold) { return fold.range.size(); });
  folds.resize(*limit);
  std::ranges::sort(folds, {}, &FoldingRange::range);
  return folds;
}

Json selection_json(const std::vector<TextRange>& chain, RangeWriter& ranges) {
  Json selection;
  for (auto range = chain.rbegin(); range != chain.rend(); ++range) {
    Json inner = {{"range", ranges(*range)}};
    if (!selection.is_null()) inner["parent"] = std::move(selection);
    selection = std::move(inner);
  }
  return selection;
}

Json locations(const std::vector<TextRange>& places, const Document& document, const Client& client) {
  RangeWriter ranges(document, client.encoding);
  Json list = Json::array();
  for (const TextRange place : places) list.push_back({{"uri", document.uri}, {"range", ranges(place)}});
  return list;
}

ResponseError refused(RenameRefusal refusal) { return {ErrorCode::RequestFailed, std::move(refusal.reason)}; }

}  // namespace

AnswerFrom document_symbol_request(const Json&, DocumentSnapshot document, const Client& client) {
  return [document = std::move(document), client](const Analysis& analysis) -> Outcome {
    const std::vector<DocumentSymbol> symbols = document_symbols(analysis);
    RangeWriter ranges(*document, client.encoding);
    Json list = Json::array();
    if (!client.symbol_trees)
      add_flat(symbols, {}, *document, ranges, list);
    else
      for (const DocumentSymbol& symbol : symbols) list.push_back(symbol_tree(symbol, ranges));
    return list;
  };
}

AnswerFrom folding_range_request(const Json&, DocumentSnapshot document, const Client& client) {
  return [document = std::move(document), limit = client.folding_limit](const Analysis& analysis) -> Outcome {
    Json list = Json::array();
    for (const FoldingRange& fold : limited(folding_ranges(analysis), limit))
      list.push_back(fold_json(fold, *document));
    return list;
  };
}

AnswerFrom selection_range_request(const Json& params, DocumentSnapshot document, const Client& client) {
  const auto size = static_cast<std::uint32_t>(document->text.size());
  std::vector<std::uint32_t> offsets;
  for (const Json& position : params.at("positions").get_ref<const Json::array_t&>())
    offsets.push_back(offset_of(position, *document, client).value_or(size));
  return [document = std::move(document), client, offsets = std::move(offsets)](const Analysis& analysis) -> Outcome {
    // What is left alone was not read: then the text is the document's.
    Analysis plain;
    plain.source.text = document->text;
    const Analysis& of = analysis.model ? analysis : plain;
    RangeWriter ranges(*document, client.encoding);
    Json list = Json::array();
    for (const std::uint32_t offset : offsets) list.push_back(selection_json(selection_ranges(of, offset), ranges));
    return list;
  };
}

AnswerFrom references_request(const Json& params, DocumentSnapshot document, const Client& client) {
  const Offset offset = read_place(params, *document, client);
  const bool declarations = params.at("context").at("includeDeclaration").get<bool>();
  return [document = std::move(document), client, offset, declarations](const Analysis& analysis) -> Outcome {
    const auto places = offset ? references(analysis, *offset, declarations) : std::vector<TextRange>();
    return places.empty() ? Json() : locations(places, *document, client);
  };
}

AnswerFrom highlight_request(const Json& params, DocumentSnapshot document, const Client& client) {
  const Offset offset = read_place(params, *document, client);
  return [document = std::move(document), client, offset](const Analysis& analysis) -> Outcome {
    const auto places = offset ? highlights(analysis, *offset) : std::vector<Highlight>();
    if (places.empty()) return Json();
    RangeWriter ranges(*document, client.encoding);
    Json list = Json::array();
    for (const Highlight& place : places)
      list.push_back({{"range", ranges(place.range)}, {"kind", place.write ? 3 : 2}});  // DocumentHighlightKind
    return list;
  };
}

AnswerFrom prepare_rename_request(const Json& params, DocumentSnapshot document, const Client& client) {
  const Offset offset = read_place(params, *document, client);
  return [document = std::move(document), client, offset](const Analysis& analysis) -> Outcome {
    auto prepared = offset ? prepare_rename(analysis, *offset) : std::nullopt;
    if (!prepared) return Json();
    if (auto* refusal = std::get_if<RenameRefusal>(&*prepared)) return refused(std::move(*refusal));
    const auto& target = std::get<RenameTarget>(*prepared);
    return Json({{"range", RangeWriter(*document, client.encoding)(target.range)}, {"placeholder", target.name}});
  };
}

AnswerFrom rename_request(const Json& params, DocumentSnapshot document, const Client& client) {
  const Offset offset = read_place(params, *document, client);
  const auto& new_name = params.at("newName").get_ref<const std::string&>();
  return [document = std::move(document), client, offset, new_name](const Analysis& analysis) -> Outcome {
    auto renamed = offset ? rename(analysis, *offset, new_name) : std::nullopt;
    if (!renamed) return Json();
    if (auto* refusal = std::get_if<RenameRefusal>(&*renamed)) return refused(std::move(*refusal));
    return to_workspace_edit(std::get<std::vector<Edit>>(*renamed), *document, client);
  };
}

}  // namespace quaymaster::lsp
