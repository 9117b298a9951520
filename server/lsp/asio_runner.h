#pragma once
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>  // Boost.Asio 1.74 needs it and does not include it

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>

#include "lsp/runner.h"

namespace quaymaster::lsp {

/// A runner whose loop is the one thread that calls run(). With 0 workers the loop does their work.
class AsioRunner final : public Runner {
 public:
  /// How many messages may wait before push_message waits itself.
  static constexpr unsigned kMaxMessages = 64;

  explicit AsioRunner(unsigned workers);
  ~AsioRunner() override;

  /// Becomes the loop until stop(). `failed` is told of a job that threw in spite of its contract.
  void run(const std::function<void(const char* what)>& failed);
  /// Ends run() after the job that runs now. Any thread.
  void stop();
  /// Waits for the work under way; what has not begun is dropped.
  void join_workers();

  /// Like post, for the handling of a message of the client: waits while too many are queued. Not on the loop.
  void push_message(Job handle);

  void work(Job job) override;
  void post(Job job) override;
  void after(Clock::duration delay, Job job) override;
  [[nodiscard]] Clock::time_point now() const override { return Clock::now(); }
  [[nodiscard]] bool concurrent() const override { return workers_.has_value(); }
  [[nodiscard]] bool message_waiting() const override { return messages_.load() > 0; }

 private:
  std::atomic<unsigned> messages_{0};
  std::mutex room_mutex_;
  std::condition_variable room_;  // signalled when messages_ sinks
  boost::asio::io_context loop_{1};
  std::optional<boost::asio::thread_pool> workers_;
};

}  // namespace quaymaster::lsp
