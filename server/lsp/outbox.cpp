#include "lsp/outbox.h"

#include <algorithm>
#include <utility>

#include "lsp/frame_writer.h"

namespace quaymaster::lsp {

Outbox::Outbox(Transport& transport) : transport_(transport), writer_([this] { write_all(); }) {}

Outbox::~Outbox() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  changed_.notify_one();
  writer_.join();
}

void Outbox::send(Outgoing message) {
  {
    const std::lock_guard lock(mutex_);
    if (client_gone_) return;
    if (message.kind == Outgoing::Kind::Log && unsent_ > kMaxUnsent) return;
    const auto same =
        message.kind == Outgoing::Kind::Publish
            ? std::ranges::find_if(queue_,
                                   [&](const Outgoing& queued) {
                                     return queued.kind == Outgoing::Kind::Publish && queued.topic == message.topic;
                                   })
            : queue_.end();
    unsent_ += message.body.size();
    if (same != queue_.end()) {
      unsent_ -= same->body.size();
      *same = std::move(message);
    } else {
      queue_.push_back(std::move(message));
    }
  }
  changed_.notify_one();
}

void Outbox::write_all() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return closing_ || !queue_.empty(); });
    if (queue_.empty()) return;
    const Outgoing message = std::move(queue_.front());
    queue_.pop_front();
    unsent_ -= message.body.size();
    lock.unlock();
    const bool written = transport_.write(framed(message.body));
    lock.lock();
    if (!written) {
      client_gone_ = true;
      queue_.clear();
      unsent_ = 0;
    }
  }
}

}  // namespace quaymaster::lsp
