#include "cli/style.h"

namespace quaymaster::cli {
namespace {

std::string_view escape_sequence(Look look) {
  switch (look) {
    case Look::Plain: return "";
    case Look::Strong: return "\x1b[1m";
    case Look::Dim: return "\x1b[2m";
    case Look::Error: return "\x1b[1;31m";
    case Look::Warning: return "\x1b[1;33m";
    case Look::Information: return "\x1b[1;34m";
    case Look::Hint: return "\x1b[1;36m";
    case Look::Added: return "\x1b[32m";
    case Look::Removed: return "\x1b[31m";
  }
  return "";
}

bool coloured(ColourChoice choice, bool automatic) {
  return choice == ColourChoice::Auto ? automatic : choice == ColourChoice::Always;
}

}  // namespace

Look look_of(Severity severity) {
  switch (severity) {
    case Severity::Error: return Look::Error;
    case Severity::Warning: return Look::Warning;
    case Severity::Information: return Look::Information;
    case Severity::Hint: return Look::Hint;
  }
  return Look::Plain;
}

std::string Style::paint(Look look, std::string_view text) const {
  if (!coloured_ || look == Look::Plain || text.empty()) return std::string(text);
  std::string out(escape_sequence(look));
  out += text;
  out += "\x1b[0m";
  return out;
}

Style style_of_out(ColourChoice choice, const Streams& streams) {
  return Style(coloured(choice, streams.out_is_terminal && streams.colour_allowed));
}

Style style_of_err(ColourChoice choice, const Streams& streams) {
  return Style(coloured(choice, streams.err_is_terminal && streams.colour_allowed));
}

}  // namespace quaymaster::cli
