#include "lsp/publisher.h"

#include <utility>

#include "lsp/protocol.h"

namespace quaymaster::lsp {

void Publisher::publish(const Document& document, const Analysis& analysis, const Client& client) {
  Json list = diagnostics_to_json(analysis.diagnostics, document, client);
  const auto shown = shown_.find(document.key);
  if (shown != shown_.end() && shown->second == list) return;
  send(document, list, true);
  shown_[document.key] = std::move(list);
}

void Publisher::clear(const Document& document) {
  shown_.erase(document.key);
  send(document, Json::array(), false);
}

void Publisher::send(const Document& document, const Json& list, bool with_version) {
  Json params = {{"uri", document.uri}, {"diagnostics", list}};
  if (with_version && document.version) params["version"] = *document.version;
  send_({Outgoing::Kind::Publish, to_body(make_notification("textDocument/publishDiagnostics", std::move(params))),
         document.uri});
}

}  // namespace quaymaster::lsp
