#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "lsp/json_rpc.h"

namespace quaymaster::lsp {

/// A flag that tells work to stop; shared by who asks and who works.
using SharedStop = std::shared_ptr<std::atomic<bool>>;

/// A request that waits for its answer. Only the first answer is sent. Answer on the loop; `stop` may be read anywhere.
struct PendingRequest {
  std::function<void(Outcome)> send;
  SharedStop stop = std::make_shared<std::atomic<bool>>(false);

  void answer(Outcome outcome) {
    if (auto once = std::exchange(send, nullptr)) once(std::move(outcome));
  }
};

/// The right to answer one request, once, on the loop. Dropped unanswered, it answers with an error itself, so that no
/// path through a handler leaves the client waiting. A request that the client cancelled is answered already: then
/// `stop` is set, and what is said here is not sent.
class Reply {
 public:
  explicit Reply(std::shared_ptr<PendingRequest> request) : request_(std::move(request)) {}
  Reply(Reply&&) noexcept = default;
  Reply& operator=(Reply&&) = delete;
  Reply(const Reply&) = delete;
  Reply& operator=(const Reply&) = delete;
  ~Reply() { fail(ErrorCode::InternalError, "the server dropped this request"); }

  void operator()(Json result) { answer(std::move(result)); }
  void fail(ErrorCode code, std::string message) { answer(ResponseError{code, std::move(message)}); }
  void answer(Outcome outcome) {
    if (request_) request_->answer(std::move(outcome));
  }
  [[nodiscard]] const SharedStop& stop() const { return request_->stop; }

 private:
  std::shared_ptr<PendingRequest> request_;
};

}  // namespace quaymaster::lsp
