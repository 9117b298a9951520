#pragma once
#include <unordered_map>
#include <utility>

namespace quaymaster {

/// A memory of computed values that forgets what was not asked for between two calls of `next_generation`: what an
/// analysis did not use, the one after the next has to compute again. Thread-compatible.
template <class Key, class Value, class Hash = std::hash<Key>>
class GenerationalMap {
 public:
  /// The value of `key`: remembered, or made by `make()` and remembered. Values must be cheap to copy (shared
  /// pointers).
  template <class Make>
  Value find_or_make(const Key& key, Make make) {
    if (const auto found = current_.find(key); found != current_.end()) return found->second;
    if (auto old = previous_.extract(key)) return current_.insert(std::move(old)).position->second;
    Value value = make();
    current_.emplace(key, value);
    return value;
  }

  void next_generation() {
    previous_ = std::move(current_);
    current_.clear();
  }

  [[nodiscard]] std::size_t size() const { return current_.size() + previous_.size(); }

 private:
  std::unordered_map<Key, Value, Hash> current_;
  std::unordered_map<Key, Value, Hash> previous_;
};

}  // namespace quaymaster
