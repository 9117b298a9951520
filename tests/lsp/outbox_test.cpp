#include "lsp/outbox.h"

#include <condition_variable>
#include <mutex>

#include "lsp/frame_reader.h"
#include "support/catch.h"

namespace quaymaster::lsp {
namespace {

/// A client that reads only while the gate is open.
class GatedTransport final : public Transport {
 public:
  [[nodiscard]] std::string read() override { return {}; }
  [[nodiscard]] bool write(std::string_view bytes) override {
    std::unique_lock lock(mutex_);
    blocked_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
    if (gone_) return false;
    frames_.append(bytes);
    return true;
  }
  void wait_until_blocked() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return blocked_; });
  }
  void open(bool gone = false) {
    const std::lock_guard lock(mutex_);
    open_ = true;
    gone_ = gone;
    changed_.notify_all();
  }
  /// After the outbox is gone.
  std::vector<std::string> bodies() {
    std::vector<std::string> all;
    while (auto frame = frames_.next()) all.push_back(std::get<std::string>(*frame));
    return all;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool blocked_ = false;
  bool open_ = false;
  bool gone_ = false;
  FrameReader frames_;
};

Outgoing publish(std::string topic, std::string body) {
  return {Outgoing::Kind::Publish, std::move(body), std::move(topic)};
}

}  // namespace

TEST_CASE("outbox: what waits is sent in order; a publish replaces one for the same document") {
  GatedTransport transport;
  {
    Outbox outbox(transport);
    outbox.send({Outgoing::Kind::Reply, "1"});
    transport.wait_until_blocked();
    outbox.send(publish("a", "a1"));
    outbox.send(publish("b", "b1"));
    outbox.send({Outgoing::Kind::Reply, "2"});
    outbox.send(publish("a", "a2"));
    outbox.send({Outgoing::Kind::Log, "log"});
    outbox.send(publish("a", "a3"));
    transport.open();
  }
  CHECK(transport.bodies() == std::vector<std::string>{"1", "a3", "b1", "2", "log"});
}

TEST_CASE("outbox: logs are left out while the client does not read") {
  GatedTransport transport;
  const std::string large(Outbox::kMaxUnsent + 1, ' ');
  {
    Outbox outbox(transport);
    outbox.send({Outgoing::Kind::Reply, "1"});
    transport.wait_until_blocked();
    outbox.send(publish("a", large));
    outbox.send({Outgoing::Kind::Log, "lost"});
    outbox.send(publish("a", "small"));
    outbox.send({Outgoing::Kind::Log, "kept"});
    outbox.send({Outgoing::Kind::Reply, large});
    outbox.send({Outgoing::Kind::Log, "lost"});
    outbox.send({Outgoing::Kind::Reply, "2"});
    transport.open();
  }
  CHECK(transport.bodies() == std::vector<std::string>{"1", "small", "kept", large, "2"});
}

TEST_CASE("outbox: a client that is gone does not keep the server") {
  GatedTransport transport;
  {
    Outbox outbox(transport);
    outbox.send({Outgoing::Kind::Reply, "1"});
    transport.wait_until_blocked();
    outbox.send({Outgoing::Kind::Reply, "2"});
    transport.open(true);
  }
  CHECK(transport.bodies().empty());
}

}  // namespace quaymaster::lsp
