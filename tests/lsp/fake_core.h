#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>

#include "lsp/core.h"

namespace quaymaster::lsp {

/// Holds analyses back until the test lets them go.
class Gate {
 public:
  void close();
  void open();
  /// Waits until `count` analyses have come to the gate since it was made.
  void wait_for_arrivals(int count);
  /// For the analysis: waits while the gate is closed, and until `stop` is set.
  void pass(StopFlag stop);

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool closed_ = false;
  int arrivals_ = 0;
};

/// An analysis that needs no rules: it finds every word "latest", with a safe fix (to "1.0") and an unsafe one, each
/// "first" as a place related to them, and every "MAINTAINER" as deprecated. It throws on "boom", and fix-all on
/// "fixbug". `gate` may be null.
[[nodiscard]] Core fake_core(std::shared_ptr<Gate> gate = nullptr);

}  // namespace quaymaster::lsp
