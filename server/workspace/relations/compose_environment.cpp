#include "workspace/relations/compose_environment.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>
#include <variant>
#include <vector>

#include "model/compose/project/environment.h"
#include "model/container/credentials.h"
#include "text/ascii.h"
#include "workspace/path.h"

namespace quaymaster::workspace {
namespace {

using compose::project::DotenvEntry;

/// Bounds for what one file can make others cost.
constexpr std::size_t kMostFolders = 16;
constexpr std::size_t kMostFiles = 32;
constexpr std::size_t kMostVariables = 1000;
constexpr std::size_t kLongestShown = 200;

bool is_environment_name(std::string_view name) {
  const std::string lower = ascii_lower(name);
  return lower.starts_with(".env") || lower.ends_with(".env") ||
         (lower.find("env") != std::string::npos && is_template_name(lower));
}

SetVariable variable_of(DotenvEntry entry) {
  SetVariable variable{std::move(entry.name), entry.range, {}};
  const bool secret = container::may_be_credential(entry.value) &&
                      (container::names_credential(variable.name) || container::looks_like_credential(entry.value));
  if (!secret && entry.value.size() <= kLongestShown) variable.value = std::move(entry.value);
  return variable;
}

class Environments {
 public:
  Environments(const BoundedFiles& folders, const RecordingFileSystem& files, ComposeSurroundings& result)
      : folders_(folders), files_(files), result_(result) {}

  /// The `.env` of a folder counts for the whole project.
  bool add_project_file(const std::string& folder) {
    const std::string path = join(folder, ".env");
    const auto text = files_.read(path, kFoundFileLimit);
    const auto* bytes = std::get_if<std::string>(&text);
    if (!bytes) return false;
    result_.environment_path = path;
    for (DotenvEntry& entry : compose::project::read_dotenv_entries(*bytes)) {
      if (result_.environment.size() == kMostVariables) break;
      result_.environment.push_back(variable_of(std::move(entry)));
    }
    return true;
  }

  void add_names_in(const std::string& folder) {
    if (!folders_.covers(folder) || looked_in_.size() == kMostFolders || !looked_in_.insert(folder).second) return;
    // Only files of these names are noted, so that not every change in the folder counts.
    for (const std::string_view name : {".env", ".env.example"}) files_.note(join(folder, name));
    const auto listing = folders_.list(folder);
    const auto* entries = std::get_if<std::vector<FolderEntry>>(&listing);
    if (!entries) return;
    for (const FolderEntry& entry : *entries)
      if (is_environment_name(entry.name)) add_names_of(join(folder, entry.name));
  }

  void finish() {
    if (read_ > 0) result_.environment_names.emplace(names_.begin(), names_.end());
  }

 private:
  void add_names_of(const std::string& path) {
    if (read_ == kMostFiles) return;
    const auto text = files_.read(path, kFoundFileLimit);
    const auto* bytes = std::get_if<std::string>(&text);
    if (!bytes) return;
    ++read_;
    for (DotenvEntry& entry : compose::project::read_dotenv_entries(*bytes)) names_.insert(std::move(entry.name));
  }

  const BoundedFiles& folders_;
  const RecordingFileSystem& files_;
  ComposeSurroundings& result_;
  std::set<std::string> looked_in_;
  std::set<std::string> names_;
  std::size_t read_ = 0;
};

}  // namespace

bool is_template_name(std::string_view name) {
  constexpr std::array<std::string_view, 9> kWords{"example", "sample", "template", "dist", "tmpl",
                                                   "default", "tpl",    ".j2",      "skel"};
  const std::string lower = ascii_lower(name);
  return std::ranges::any_of(kWords, [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

void add_environment(const std::string& path, const std::set<std::string>& company, bool is_main,
                     const BoundedFiles& folders, const RecordingFileSystem& files, ComposeSurroundings& result) {
  Environments environments(folders, files, result);
  const std::string own(parent(path));
  bool found = environments.add_project_file(own);
  environments.add_names_in(own);
  for (const std::string& file : company) environments.add_names_in(std::string(parent(file)));
  if (!is_main)
    for (std::string_view above = parent(own); !above.empty() && folders.covers(above); above = parent(above)) {
      found = found || environments.add_project_file(std::string(above));
      environments.add_names_in(std::string(above));
    }
  environments.finish();
}

}  // namespace quaymaster::workspace
