#include "model/compose/project/config.h"

#include <algorithm>
#include <map>
#include <optional>

#include "model/compose/project/project.h"
#include "model/yaml/support.h"

namespace quaymaster::tests {
namespace {

using compose::project::Problem;

std::map<std::string, std::string> split(std::string_view files) {
  std::map<std::string, std::string> result;
  std::string* current = nullptr;
  while (!files.empty()) {
    const std::size_t end = std::min(files.find('\n'), files.size() - 1);
    const std::string_view line = files.substr(0, end + 1);
    files.remove_prefix(end + 1);
    if (line.starts_with("# "))
      current = &result[std::string(line.substr(2, line.size() - 3))];
    else if (current != nullptr)
      *current += line;
  }
  return result;
}

std::string_view name_of(Problem::Kind kind) {
  switch (kind) {
    case Problem::Kind::MissingFile: return "missing-file";
    case Problem::Kind::MissingService: return "missing-service";
    case Problem::Kind::Cycle: return "cycle";
    case Problem::Kind::Conflict: return "conflict";
    case Problem::Kind::UnsetVariable: return "unset";
    case Problem::Kind::RequiredVariable: return "required";
    case Problem::Kind::MalformedVariable: return "malformed";
    case Problem::Kind::TooBig: return "too-big";
  }
  return "";
}

}  // namespace

std::string config(std::string_view text) {
  const std::map<std::string, std::string> files = split(text);
  const auto text_of = [&](const std::string& path) -> std::optional<std::string> {
    const auto found = files.find(path);
    return found == files.end() ? std::nullopt : std::optional(found->second);
  };
  compose::project::Source source;
  source.files.emplace_back("compose.yaml");
  for (const auto& [name, content] : files)
    if (name.starts_with("compose.") && name != "compose.yaml") source.files.push_back(name);
  source.environment = compose::project::read_dotenv(text_of(".env").value_or(""));
  source.document = [&](const std::string& path) -> std::shared_ptr<const yaml::Document> {
    const std::optional<std::string> found = text_of(path);
    return found ? parse_yaml(*found) : nullptr;
  };
  source.text = text_of;
  const compose::project::Project project = read_project(source);
  std::string out = lines(project.value);
  for (const Problem& problem : project.problems)
    out += "! " + std::string(name_of(problem.kind)) + ": " + problem.name + "\n";
  return out;
}

}  // namespace quaymaster::tests
