#include "model/shell/source.h"

#include <cstdint>
#include <utility>

#include "model/shell/layer_encoding.h"

namespace quaymaster::shell {
namespace {

/// The first of `begin` to `end` for which `holds`, or else `end`. From there on it holds for all.
template <class Holds>
std::uint32_t first_that(std::uint32_t begin, std::uint32_t end, Holds holds) {
  while (begin < end) {
    const std::uint32_t middle = begin + (end - begin) / 2;
    if (holds(middle))
      end = middle;
    else
      begin = middle + 1;
  }
  return begin;
}

/// The verbatim piece that `part`, which is not empty and verbatim, lies in.
TextRange verbatim_run(const MappedText& text, TextRange part) {
  const auto begins_inside = [&](std::uint32_t begin) { return text.verbatim({begin, part.end}); };
  const auto ends_outside = [&](std::uint32_t end) { return !text.verbatim({part.begin, end}); };
  return {first_that(0, part.begin, begins_inside), first_that(part.end + 1, text.size() + 1, ends_outside) - 1};
}

/// A byte of the piece that an insertion at `at` joins: the one behind it, or else the one before it.
std::optional<TextRange> neighbour(const MappedText& text, std::uint32_t at) {
  const TextRange behind{at, at + 1};
  if (text.verbatim(behind)) return behind;
  if (at > 0 && text.verbatim({at - 1, at})) return TextRange{at - 1, at};
  return std::nullopt;
}

}  // namespace

std::optional<Edit> Source::edit(TextRange range, std::string_view replacement) const {
  return edit_in_layers(text, layers, range, replacement);
}

std::optional<Edit> edit_in_layers(const MappedText& text, std::span<const Layer> layers, TextRange range,
                                   std::string_view replacement) {
  std::optional<TextRange> part = range;
  if (range.empty()) part = neighbour(text, range.begin);
  if (!part || !text.verbatim(*part)) return std::nullopt;

  const TextRange run = verbatim_run(text, *part);
  const Surroundings surroundings{slice(text.bytes(), {run.begin, range.begin}),
                                  slice(text.bytes(), {range.end, run.end})};
  std::string encoded(replacement);
  for (const Layer layer : layers) {
    std::optional<std::string> next = encode(layer, encoded, surroundings);
    if (!next) return std::nullopt;
    encoded = std::move(*next);
  }
  const std::uint32_t run_in_file = text.to_file(run).begin;
  const TextRange in_file{run_in_file + (range.begin - run.begin), run_in_file + (range.end - run.begin)};
  return Edit::replacement(in_file, std::move(encoded));
}

}  // namespace quaymaster::shell
