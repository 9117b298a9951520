#pragma once
#include <optional>
#include <string>
#include <vector>

#include "lsp/client.h"
#include "lsp/core.h"
#include "lsp/document.h"
#include "lsp/json_rpc.h"
#include "quaymaster/analyzer.h"

/// `textDocument/codeAction` and `codeAction/resolve`, as functions of an analysis.
namespace quaymaster::lsp {

inline constexpr std::string_view kQuickFixKind = "quickfix";
inline constexpr std::string_view kFixAllKind = "source.fixAll.quaymaster";

/// What of a request's `context` counts here.
struct ActionContext {
  bool quick_fixes = true;  ///< whether `only` asks for them, or is not there
  bool fix_all = true;
  TextRange range;                    ///< what is selected
  std::vector<std::string> reported;  ///< the client's own diagnostics: "start line:start character:code" of each
};

[[nodiscard]] ActionContext read_action_context(const Json& params, const Document& document, const Client& client);

/// What a lazily resolved action must remember: which text, and which of the actions for it.
struct ActionId {
  std::string uri;
  std::uint64_t revision = 0;
  TextRange range;                   ///< the argument of quick_fixes
  std::optional<std::size_t> index;  ///< in what quick_fixes gave; empty: fix all
};

[[nodiscard]] Json to_json(const ActionId& id);
/// Throws Json::exception when `data` was not made by to_json.
[[nodiscard]] ActionId read_action_id(const Json& data);

/// The quick fixes for the findings that touch the range, and for those that the client lists as context. With their
/// edits, or with `data` when the client resolves them.
[[nodiscard]] Json quick_fix_actions(const ActionContext& context, const Document& document, const Analysis& analysis,
                                     const Client& client);
/// Fix-all without its edit, which is dear to compute.
[[nodiscard]] Json lazy_fix_all_action(const Document& document, const Analysis& analysis, const Client& client);
/// Fix-all with its edit; empty when there is nothing to do.
[[nodiscard]] std::optional<Json> eager_fix_all_action(const Core& core, const Document& document,
                                                       const Analysis& analysis, const Client& client);
/// The edit of the action `id`; an empty one when it turns out that there is nothing to do.
[[nodiscard]] Json resolve_edit(const ActionId& id, const Core& core, const Document& document,
                                const Analysis& analysis, const Client& client);

}  // namespace quaymaster::lsp
