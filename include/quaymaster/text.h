#pragma once
#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

/// Places in a text and changes to it. Everything in the core counts in UTF-8 bytes; lines and columns exist at the
/// edge only (server/text/line_index.h). All types here are values and safe to use from any thread.
namespace quaymaster {

/// Half-open range of byte offsets, `begin <= end`. Empty when both are equal: then it is a place between two bytes.
struct TextRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] constexpr std::uint32_t size() const { return end - begin; }
  [[nodiscard]] constexpr bool empty() const { return begin == end; }
  /// True for every offset from `begin` up to and including `end`: a cursor right behind a word is still at the word.
  [[nodiscard]] constexpr bool touches(std::uint32_t offset) const { return begin <= offset && offset <= end; }
  [[nodiscard]] constexpr bool contains(TextRange other) const { return begin <= other.begin && other.end <= end; }
  [[nodiscard]] constexpr TextRange shifted(std::uint32_t by) const { return {begin + by, end + by}; }

  friend constexpr bool operator==(TextRange, TextRange) = default;
  friend constexpr auto operator<=>(TextRange, TextRange) = default;  // NOLINT(modernize-use-nullptr): its own 0
};

/// The smallest range that covers both.
[[nodiscard]] constexpr TextRange cover(TextRange a, TextRange b) {
  return {a.begin < b.begin ? a.begin : b.begin, a.end > b.end ? a.end : b.end};
}

/// The bytes of `range`; the part outside of `text` is left out.
[[nodiscard]] std::string_view slice(std::string_view text, TextRange range);

/// One change: the bytes of `range` become `text`.
struct Edit {
  TextRange range;
  std::string text;
  /// What an insertion creates, for example the key `securityContext` of a YAML mapping. Two edits of one pass with the
  /// same non-empty claim at the same place exclude each other unless they are equal; insertions at one place with
  /// different claims, or none, are joined.
  std::string claim = {};

  [[nodiscard]] static Edit insertion(std::uint32_t at, std::string text) { return {{at, at}, std::move(text)}; }
  [[nodiscard]] static Edit deletion(TextRange range) { return {range, {}}; }
  [[nodiscard]] static Edit replacement(TextRange range, std::string text) { return {range, std::move(text)}; }

  friend bool operator==(const Edit&, const Edit&) = default;
};

/// The text after all `edits`. They must be sorted by range, disjoint and inside of `text`; insertions at one offset
/// apply in their given order.
[[nodiscard]] std::string apply_edits(std::string_view text, std::span<const Edit> edits);

}  // namespace quaymaster
