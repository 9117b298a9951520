#include "lsp/code_action_handler.h"

#include <algorithm>
#include <set>
#include <span>
#include <string_view>
#include <utility>

#include "lsp/protocol.h"

namespace quaymaster::lsp {
namespace {

/// Whether asking for `wanted` asks for `kind`: kinds are hierarchies with dots, and "" is all of them.
bool kind_matches(std::string_view wanted, std::string_view kind) {
  return wanted.empty() || kind == wanted || (kind.starts_with(wanted) && kind.substr(wanted.size()).starts_with('.'));
}

bool asks_for(const Json& only, std::string_view kind) {
  if (!only.is_array() || only.empty()) return true;
  return std::ranges::any_of(only, [&](const Json& wanted) {
    return wanted.is_string() && kind_matches(wanted.get_ref<const std::string&>(), kind);
  });
}

std::string report_key(const Json& start, const Json& code) {
  const Position position = read_position(start);
  return std::to_string(position.line) + ':' + std::to_string(position.character) + ':' +
         (code.is_string() ? code.get<std::string>() : std::string());
}

Json diagnostics_of(const CodeAction& action, const Document& document, const Analysis& analysis,
                    const Client& client) {
  RangeWriter ranges(document, client.encoding);
  Json list = Json::array();
  for (const std::uint32_t index : action.diagnostics)
    list.push_back(to_json(analysis.diagnostics[index], document, client, ranges));
  return list;
}

Json action_json(const CodeAction& action, const Document& document, const Analysis& analysis, const Client& client) {
  Json json = {{"title", action.title},
               {"kind", action.kind == CodeAction::Kind::QuickFix ? kQuickFixKind : kFixAllKind}};
  if (!action.diagnostics.empty()) json["diagnostics"] = diagnostics_of(action, document, analysis, client);
  if (action.preferred) json["isPreferred"] = true;
  return json;
}

/// The ranges to ask for quick fixes: the selection, and each finding outside of it that the client lists as context.
std::vector<TextRange> ranges_of_interest(const ActionContext& context, const Document& document,
                                          const Analysis& analysis, const Client& client) {
  std::vector<TextRange> ranges = {context.range};
  if (context.reported.empty()) return ranges;
  RangeWriter writer(document, client.encoding);
  for (const Diagnostic& diagnostic : analysis.diagnostics) {
    if (diagnostic.range.begin <= context.range.end && context.range.begin <= diagnostic.range.end) continue;
    const std::string key = report_key(writer(diagnostic.range).at("start"), code_of(diagnostic));
    if (std::ranges::find(context.reported, key) != context.reported.end()) ranges.push_back(diagnostic.range);
  }
  return ranges;
}

}  // namespace

ActionContext read_action_context(const Json& params, const Document& document, const Client& client) {
  const Json& context = params.at("context");
  const Json only = context.value("only", Json());
  ActionContext result{.quick_fixes = asks_for(only, kQuickFixKind),
                       .fix_all = asks_for(only, kFixAllKind),
                       .range = read_range(params.at("range"), document, client.encoding),
                       .reported = {}};
  for (const Json& diagnostic : context.value("diagnostics", Json::array())) {
    if (diagnostic.value("source", Json()) != "quaymaster") continue;
    result.reported.push_back(report_key(diagnostic.at("range").at("start"), diagnostic.value("code", Json())));
  }
  return result;
}

Json to_json(const ActionId& id) {
  Json data = {{"uri", id.uri}, {"revision", id.revision}, {"range", {id.range.begin, id.range.end}}};
  if (id.index) data["index"] = *id.index;
  return data;
}

ActionId read_action_id(const Json& data) {
  ActionId id;
  id.uri = data.at("uri").get<std::string>();
  id.revision = data.at("revision").get<std::uint64_t>();
  id.range = {data.at("range").at(0).get<std::uint32_t>(), data.at("range").at(1).get<std::uint32_t>()};
  if (data.contains("index")) id.index = data.at("index").get<std::size_t>();
  return id;
}

Json quick_fix_actions(const ActionContext& context, const Document& document, const Analysis& analysis,
                       const Client& client) {
  Json actions = Json::array();
  std::set<std::pair<std::vector<std::uint32_t>, std::string>> offered;
  for (const TextRange range : ranges_of_interest(context, document, analysis, client)) {
    const std::vector<CodeAction> fixes = quick_fixes(analysis, range);
    for (std::size_t index = 0; index < fixes.size(); ++index) {
      const CodeAction& fix = fixes[index];
      if (!offered.emplace(fix.diagnostics, fix.title).second) continue;
      Json action = action_json(fix, document, analysis, client);
      if (client.resolves_edits)
        action["data"] = to_json(ActionId{document.uri, document.revision, range, index});
      else
        action["edit"] = to_workspace_edit(fix.edits, document, client);
      actions.push_back(std::move(action));
    }
  }
  return actions;
}

Json lazy_fix_all_action(const Document& document, const Analysis& analysis, const Client& client) {
  CodeAction action;
  action.kind = CodeAction::Kind::FixAll;
  action.title = kFixAllTitle;
  Json json = action_json(action, document, analysis, client);
  json["data"] = to_json(ActionId{document.uri, document.revision, {}, std::nullopt});
  return json;
}

std::optional<Json> eager_fix_all_action(const Core& core, const Document& document, const Analysis& analysis,
                                         const Client& client) {
  const auto action = core.fix_all(document, analysis);
  if (!action) return std::nullopt;
  Json json = action_json(*action, document, analysis, client);
  json["edit"] = to_workspace_edit(action->edits, document, client);
  return json;
}

Json resolve_edit(const ActionId& id, const Core& core, const Document& document, const Analysis& analysis,
                  const Client& client) {
  std::vector<Edit> edits;
  if (id.index) {
    auto fixes = quick_fixes(analysis, id.range);
    if (*id.index < fixes.size()) edits = std::move(fixes[*id.index].edits);
  } else if (auto action = core.fix_all(document, analysis)) {
    edits = std::move(action->edits);
  }
  return to_workspace_edit(edits, document, client);
}

}  // namespace quaymaster::lsp
