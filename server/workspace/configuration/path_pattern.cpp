#include "workspace/configuration/path_pattern.h"

#include <string>

namespace quaymaster::workspace {
namespace {

/// The pattern as a line of an ignore file: no negation, no comment, nothing behind the line.
std::string as_line(std::string_view pattern) {
  if (pattern.starts_with("./")) pattern.remove_prefix(1);
  std::string line;
  if (pattern.starts_with('!') || pattern.starts_with('#')) line += '\\';
  line += pattern.substr(0, pattern.find_first_of("\r\n"));
  return line;
}

}  // namespace

PathPattern::PathPattern(std::string_view pattern) : rule_(as_line(pattern)) {}

bool PathPattern::matches(std::string_view path) const {
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/', slash + 1))
    if (rule_.ignored(path.substr(0, slash), true).value_or(false)) return true;
  return rule_.ignored(path, false).value_or(false);
}

}  // namespace quaymaster::workspace
