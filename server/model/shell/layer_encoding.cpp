#include "model/shell/layer_encoding.h"

#include <algorithm>
#include <array>

#include "text/ascii.h"

namespace quaymaster::shell {
namespace {

constexpr std::string_view kBlanks = " \t";

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }
bool has_control(std::string_view text) { return std::ranges::any_of(text, is_control); }
bool is_blank(std::string_view text) { return text.find_first_not_of(kBlanks) == std::string_view::npos; }
bool begins_with_any(std::string_view text, std::string_view characters) {
  return !text.empty() && characters.find(text.front()) != std::string_view::npos;
}
bool ends_with_any(std::string_view text, std::string_view characters) {
  return !text.empty() && characters.find(text.back()) != std::string_view::npos;
}

std::string joined(std::string_view before, std::string_view middle, std::string_view after) {
  std::string result(before);
  result += middle;
  result += after;
  return result;
}

std::string escaped(std::string_view text, std::string_view special, char escape) {
  std::string result;
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) result += escape;
    result += c;
  }
  return result;
}

char hex_digit(unsigned value) { return "0123456789ABCDEF"[value & 0xFU]; }

/// Between double quotes; `control` begins the two digits of other control characters.
std::string double_quoted(std::string_view text, std::string_view control) {
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (c == '\n') {
      result += "\\n";
    } else if (c == '\t') {
      result += "\\t";
    } else if (is_control(c)) {
      result += control;
      result += hex_digit(byte >> 4U);
      result += hex_digit(byte);
    } else {
      result += c;
    }
  }
  return result;
}

/// A line must not become blank, since a blank line does not end the instruction; it must not end in what may be the
/// escape token, become a comment, or open a here-document.
bool fits_dockerfile_line(std::string_view replacement, const Surroundings& around) {
  if (replacement.find_first_of(std::string_view("\n\r\0", 3)) != std::string_view::npos) return false;
  const bool first = is_blank(around.before);
  if (first && is_blank(replacement) && is_blank(around.after)) return false;
  if (replacement.find("<<") != std::string_view::npos) return false;
  if (is_blank(around.after)) {
    const std::size_t last = replacement.find_last_not_of(kBlanks);
    if (last != std::string_view::npos && (replacement[last] == '\\' || replacement[last] == '`')) return false;
  }
  const std::string_view beginning = is_blank(replacement) ? around.after : replacement;
  return !first || beginning[beginning.find_first_not_of(kBlanks)] != '#';
}

/// Whether YAML may take a plain scalar for null, a Boolean or a number.
bool may_be_no_string(std::string_view scalar) {
  static constexpr std::array<std::string_view, 11> kWords{"null", "true", "false", "yes", "no", "on",
                                                           "off",  "y",    "n",     "~",   "="};
  const std::string lower = ascii_lower(scalar);
  if (std::ranges::find(kWords, lower) != kWords.end() || lower == "<<") return true;
  return begins_with_any(lower, "0123456789+-.") &&
         lower.find_first_not_of("0123456789abcdefinox.+-_:tz") == std::string::npos;
}

/// YAML 1.2.2 §7.3.3, as strict as a flow collection needs it.
bool fits_yaml_plain(std::string_view replacement, const Surroundings& around) {
  if (has_control(replacement)) return false;
  if (replacement.find_first_of(",[]{}") != std::string_view::npos) return false;
  if (is_blank(around.before) && is_blank(replacement) && is_blank(around.after)) return false;
  // What stands far away from the replacement decides nothing.
  const std::string_view before = around.before.substr(around.before.size() - (around.before.empty() ? 0 : 1));
  const std::string changed = joined(before, replacement, around.after.substr(0, 1));
  for (const std::string_view forbidden : {": ", " #", ":\t", "\t#"})
    if (changed.find(forbidden) != std::string_view::npos) return false;
  if (around.before.empty()) {
    const std::string scalar = joined({}, replacement, around.after.substr(0, 2));
    if (begins_with_any(scalar, " \t,[]{}#&*!|>'\"%@`")) return false;
    if (begins_with_any(scalar, "-?:") && (scalar.size() == 1 || begins_with_any(scalar.substr(1), " \t")))
      return false;
  }
  if (around.after.empty() && ends_with_any(changed, " \t:")) return false;
  return !(around.before.empty() && around.after.empty() && may_be_no_string(replacement));
}

/// A line keeps its indentation.
bool fits_yaml_block(std::string_view replacement, const Surroundings& around) {
  const auto breaks = [](char c) { return is_control(c) && c != '\t'; };
  if (std::ranges::any_of(replacement, breaks)) return false;
  return !around.before.empty() || !begins_with_any(replacement.empty() ? around.after : replacement, kBlanks);
}

}  // namespace

std::optional<std::string> encode(Layer layer, std::string_view replacement, const Surroundings& surroundings) {
  const auto as_it_is_if = [&](bool fits) { return fits ? std::optional<std::string>(replacement) : std::nullopt; };
  switch (layer) {
    case Layer::DockerfileLine: return as_it_is_if(fits_dockerfile_line(replacement, surroundings));
    case Layer::JsonString: return double_quoted(replacement, "\\u00");
    case Layer::YamlPlain: return as_it_is_if(fits_yaml_plain(replacement, surroundings));
    case Layer::YamlSingleQuoted:
      if (has_control(replacement)) return std::nullopt;
      return escaped(replacement, "'", '\'');
    case Layer::YamlDoubleQuoted: return double_quoted(replacement, "\\x");
    case Layer::YamlBlock: return as_it_is_if(fits_yaml_block(replacement, surroundings));
    case Layer::ComposeDollar: return escaped(replacement, "$", '$');
    case Layer::ShellSingleQuoted: return as_it_is_if(replacement.find('\'') == std::string_view::npos);
    case Layer::ShellDoubleQuoted: return escaped(replacement, "\\\"$`", '\\');
    case Layer::ShellHereDocument: return escaped(replacement, "\\$`", '\\');
  }
  return std::nullopt;
}

}  // namespace quaymaster::shell
