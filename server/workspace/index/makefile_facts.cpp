#include <algorithm>
#include <cstddef>
#include <string>

#include "workspace/index/build_commands.h"
#include "workspace/index/builder_facts.h"

namespace quaymaster::workspace {
namespace {

/// What the shell gets of a line of a recipe: variables of make are left as variables of the shell.
std::string shell_text(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t@-+"), line.size()));
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    out += line[i];
    if (line[i] != '$' || i + 1 == line.size()) continue;
    if (line[i + 1] == '$') {
      ++i;
    } else if (line[i + 1] == '(') {
      const std::size_t close = std::min(line.find(')', i), line.size());
      const std::string_view name = line.substr(i + 2, close - i - 2);
      const bool plain = name.find_first_of(" $,:") == std::string_view::npos;
      out += '{';
      out += plain ? name : "FUNCTION";
      out += '}';
      i = close;
    }
  }
  return out;
}

}  // namespace

BuilderFacts makefile_facts(std::string_view text, shell::ScriptParser& scripts) {
  BuilderFacts facts;
  while (!text.empty()) {
    // A line with those that continue it.
    std::size_t end = std::min(text.find('\n'), text.size());
    while (end < text.size() && end > 0 && text[end - 1] == '\\') end = std::min(text.find('\n', end + 1), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.starts_with('\t') && line.find("build") != std::string_view::npos)
      add_build_commands(shell_text(line), "", scripts, facts.builds);
  }
  return facts;
}

}  // namespace quaymaster::workspace
