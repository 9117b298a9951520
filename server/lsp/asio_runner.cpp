#include "lsp/asio_runner.h"

#include <exception>
#include <memory>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

namespace quaymaster::lsp {

AsioRunner::AsioRunner(unsigned workers) {
  if (workers > 0) workers_.emplace(workers);
}

AsioRunner::~AsioRunner() { join_workers(); }

void AsioRunner::run(const std::function<void(const char* what)>& failed) {
  const auto keep_running = boost::asio::make_work_guard(loop_);
  while (!loop_.stopped()) {
    try {
      loop_.run();
    } catch (const std::exception& error) {
      failed(error.what());
    }
  }
}

void AsioRunner::stop() { loop_.stop(); }

void AsioRunner::join_workers() {
  if (!workers_) return;
  workers_->stop();
  workers_->join();
}

void AsioRunner::push_message(Job handle) {
  {
    std::unique_lock lock(room_mutex_);
    room_.wait(lock, [this] { return messages_.load() < kMaxMessages; });
    messages_.fetch_add(1);
  }
  boost::asio::post(loop_, [this, handle = std::move(handle)] {
    {
      const std::lock_guard lock(room_mutex_);
      messages_.fetch_sub(1);
    }
    room_.notify_one();
    handle();
  });
}

void AsioRunner::work(Job job) {
  if (!workers_) return job();
  boost::asio::post(*workers_, std::move(job));
}

void AsioRunner::post(Job job) { boost::asio::post(loop_, std::move(job)); }

void AsioRunner::after(Clock::duration delay, Job job) {
  const auto timer = std::make_shared<boost::asio::steady_timer>(loop_, delay);
  timer->async_wait([timer, job = std::move(job)](const boost::system::error_code& error) {
    if (!error) job();
  });
}

}  // namespace quaymaster::lsp
