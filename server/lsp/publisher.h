#pragma once
#include <memory>
#include <string>
#include <unordered_map>

#include "lsp/client.h"
#include "lsp/document.h"
#include "lsp/json_rpc.h"
#include "lsp/outgoing.h"
#include "quaymaster/analyzer.h"

namespace quaymaster::lsp {

/// Tells the client the findings of each document, and remembers what it was told: a list that did not change is not
/// sent again. Lives on the loop.
class Publisher {
 public:
  explicit Publisher(Send send) : send_(std::move(send)) {}

  void publish(const Document& document, const Analysis& analysis, const Client& client);
  /// The document was opened anew: its list is sent whatever was sent before.
  void forget(const Document& document) { shown_.erase(document.key); }
  /// The client shows nothing any more. Also sent when it showed nothing before, so that a client may wait for it.
  void clear(const Document& document);

 private:
  void send(const Document& document, const Json& list, bool with_version);

  Send send_;
  std::unordered_map<std::string, Json> shown_;  // by document key
};

}  // namespace quaymaster::lsp
