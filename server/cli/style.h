#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "cli/streams.h"
#include "quaymaster/diagnostic.h"

namespace quaymaster::cli {

/// How a part of the output looks on a terminal that shows colours.
enum class Look : std::uint8_t { Plain, Strong, Dim, Error, Warning, Information, Hint, Added, Removed };

/// The look of what has this severity.
[[nodiscard]] Look look_of(Severity severity);

/// Puts colours around text, or does not. A value.
class Style {
 public:
  explicit Style(bool coloured = false) : coloured_(coloured) {}

  [[nodiscard]] bool coloured() const { return coloured_; }
  [[nodiscard]] std::string paint(Look look, std::string_view text) const;

 private:
  bool coloured_;
};

/// The value of --color.
enum class ColourChoice : std::uint8_t { Auto, Always, Never };

/// The style for what goes to `streams.out`, or to `streams.err`.
[[nodiscard]] Style style_of_out(ColourChoice choice, const Streams& streams);
[[nodiscard]] Style style_of_err(ColourChoice choice, const Streams& streams);

}  // namespace quaymaster::cli
