#pragma once
#include <array>
#include <cstddef>
#include <initializer_list>

namespace quaymaster {

/// A list that a constant-initialised record can hold: elements in place, no allocation, size known at run time.
/// Giving it more than `Capacity` elements does not compile.
template <class T, std::size_t Capacity>
class StaticList {
 public:
  constexpr StaticList() = default;
  consteval StaticList(std::initializer_list<T> items) {
    if (items.size() > Capacity) throw "StaticList: more items than its capacity";
    for (const T& item : items) items_[size_++] = item;
  }

  [[nodiscard]] constexpr const T* begin() const { return items_.data(); }
  [[nodiscard]] constexpr const T* end() const { return items_.data() + size_; }
  [[nodiscard]] constexpr std::size_t size() const { return size_; }
  [[nodiscard]] constexpr bool empty() const { return size_ == 0; }
  [[nodiscard]] constexpr const T& operator[](std::size_t index) const { return items_[index]; }

 private:
  std::array<T, Capacity> items_{};
  std::size_t size_ = 0;
};

}  // namespace quaymaster
