#include "workspace/configuration/file_choice.h"

#include <algorithm>

namespace quaymaster::workspace {
namespace {

/// The path from the folder of the rules on; empty when it is not in there.
std::string_view relative_to(std::string_view folder, std::string_view absolute) {
  if (folder == "/") return absolute.substr(1);
  if (!absolute.starts_with(folder) || absolute.substr(folder.size(), 1) != "/") return {};
  return absolute.substr(folder.size() + 1);
}

bool matches(const FileRule& rule, std::string_view path) {
  return std::ranges::any_of(rule.patterns, [path](const PathPattern& pattern) { return pattern.matches(path); });
}

}  // namespace

FileChoice choose(const std::vector<FileRules>& all, std::string_view absolute) {
  FileChoice choice;
  for (const FileRules& group : all) {
    const std::string_view path = relative_to(group.folder, absolute);
    if (path.empty()) continue;
    for (const FileRule& rule : group.rules) {
      if ((rule.exclude && rule.language) || !matches(rule, path)) continue;
      choice.kind = rule.exclude ? FileChoice::Kind::Excluded : FileChoice::Kind::Included;
      if (rule.language) choice.language = rule.language;
    }
  }
  return choice;
}

bool excluded(const std::vector<FileRules>& all, std::string_view absolute, Language language) {
  for (const FileRules& group : all) {
    const std::string_view path = relative_to(group.folder, absolute);
    if (path.empty()) continue;
    for (const FileRule& rule : group.rules)
      if (rule.exclude && rule.language == language && matches(rule, path)) return true;
  }
  return false;
}

}  // namespace quaymaster::workspace
