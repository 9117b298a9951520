#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <spdlog/logger.h>
#include <string>
#include <string_view>
#include <vector>

#include "lsp/json_rpc.h"
#include "lsp/outgoing.h"
#include "lsp/reply.h"

namespace quaymaster::lsp {

/// Takes each message to the handler of its method, and asks the client. Every request gets exactly one reply, whatever
/// the handler does: an exception of a handler costs that one request. Lives on the loop.
class Dispatcher {
 public:
  /// `params` may be moved from; `reply` is moved from by a handler that answers later. A Json::exception means that
  /// the parameters are not what the method takes.
  using RequestHandler = std::function<void(Json& params, Reply& reply)>;
  using NotificationHandler = std::function<void(Json& params)>;
  /// The error that a request of this method gets instead of its handler; a notification is ignored then.
  using Gate = std::function<std::optional<ResponseError>(std::string_view method)>;

  Dispatcher(Send send, std::shared_ptr<spdlog::logger> log, Gate gate);

  void on_request(std::string method, RequestHandler handler);
  void on_notification(std::string method, NotificationHandler handler);
  /// Every method with a handler, sorted.
  [[nodiscard]] std::vector<std::string> methods() const;

  /// Sends a request to the client. `answered` is called with its answer, at most once; never when none comes, or when
  /// `kMostAsked` later requests are not answered either.
  void ask(std::string_view method, Json params, std::function<void(Outcome)> answered);
  static constexpr std::size_t kMostAsked = 100;

  /// Handles one message as parse_message gave it.
  void dispatch(Outcome message);

 private:
  /// What replies need. Shared with them, for one may outlive the dispatcher by a moment when the server ends.
  struct Outstanding {
    Send send;
    std::map<std::string, std::weak_ptr<PendingRequest>> requests;  // by the JSON of their id
  };

  void dispatch_request(const Json& id, const std::string& method, Json& params);
  void dispatch_notification(const std::string& method, Json& params);
  void refuse(const Json& id, ResponseError error);
  void take_answer(Json& message);
  void cancel(const Json& params);

  std::shared_ptr<Outstanding> outstanding_;
  std::shared_ptr<spdlog::logger> log_;
  Gate gate_;
  std::map<std::string, RequestHandler, std::less<>> requests_;
  std::map<std::string, NotificationHandler, std::less<>> notifications_;
  std::map<std::int64_t, std::function<void(Outcome)>> asked_;  // by id
  std::int64_t last_asked_ = 0;
};

}  // namespace quaymaster::lsp
