#pragma once
#include <chrono>
#include <functional>

namespace quaymaster::lsp {

/// Where work is done and how time passes. One thread, "the loop", owns the state of the server; the jobs of `post` and
/// `after` run on it one after the other. A job must not throw.
class Runner {
 public:
  using Job = std::function<void()>;
  using Clock = std::chrono::steady_clock;

  Runner() = default;
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;
  virtual ~Runner() = default;

  /// Runs `job` on a worker, at once on the caller where there is none. Call on the loop.
  virtual void work(Job job) = 0;
  /// Runs `job` on the loop. Any thread.
  virtual void post(Job job) = 0;
  /// Runs `job` on the loop when `delay` has passed. Call on the loop.
  virtual void after(Clock::duration delay, Job job) = 0;
  /// Any thread.
  [[nodiscard]] virtual Clock::time_point now() const = 0;
  /// False: everything happens on the caller, before the call returns.
  [[nodiscard]] virtual bool concurrent() const = 0;
  /// Whether a message of the client waits to be handled. Call on the loop.
  [[nodiscard]] virtual bool message_waiting() const = 0;
};

/// No threads and no waiting: for tests, fuzzers and embedders without threads.
class InlineRunner final : public Runner {
 public:
  void work(Job job) override { job(); }
  void post(Job job) override { job(); }
  void after(Clock::duration, Job job) override { job(); }
  [[nodiscard]] Clock::time_point now() const override { return Clock::now(); }
  [[nodiscard]] bool concurrent() const override { return false; }
  [[nodiscard]] bool message_waiting() const override { return false; }
};

}  // namespace quaymaster::lsp
