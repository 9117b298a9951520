#pragma once
#include <chrono>
#include <deque>
#include <map>
#include <utility>

#include "lsp/runner.h"

namespace quaymaster::lsp {

/// A runner for tests: work, posts and timers wait until the test lets them happen, and time stands still until it is
/// moved. One thread.
class ManualRunner final : public Runner {
 public:
  bool waiting = false;  ///< what message_waiting says

  void work(Job job) override { work_.push_back(std::move(job)); }
  void post(Job job) override { posts_.push_back(std::move(job)); }
  void after(Clock::duration delay, Job job) override { timers_.emplace(now_ + delay, std::move(job)); }
  [[nodiscard]] Clock::time_point now() const override { return now_; }
  [[nodiscard]] bool concurrent() const override { return true; }
  [[nodiscard]] bool message_waiting() const override { return waiting; }

  [[nodiscard]] std::size_t queued_work() const { return work_.size(); }
  [[nodiscard]] std::size_t timers() const { return timers_.size(); }

  /// A worker does the oldest work, and the loop what comes of it. False when there was none.
  bool step() {
    if (!begin_step()) return false;
    finish_step();
    return true;
  }
  /// Only the worker's part of it.
  bool begin_step() {
    if (work_.empty()) return false;
    const Job job = std::move(work_.front());
    work_.pop_front();
    job();
    return true;
  }
  /// The loop's part.
  void finish_step() {
    while (!posts_.empty()) {
      const Job job = std::move(posts_.front());
      posts_.pop_front();
      job();
    }
  }
  /// Time passes; the timers that are due fire in their order.
  void pass(std::chrono::milliseconds time) {
    const Clock::time_point end = now_ + time;
    while (!timers_.empty() && timers_.begin()->first <= end) {
      now_ = timers_.begin()->first;
      const Job job = std::move(timers_.begin()->second);
      timers_.erase(timers_.begin());
      job();
    }
    now_ = end;
  }

 private:
  Clock::time_point now_ = Clock::time_point() + std::chrono::hours(1);
  std::deque<Job> work_;
  std::deque<Job> posts_;
  std::multimap<Clock::time_point, Job> timers_;
};

}  // namespace quaymaster::lsp
