#include "workspace/relations/compose_around.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "workspace/ignore_file.h"
#include "workspace/path.h"
#include "workspace/relations/compose_builds.h"
#include "workspace/relations/compose_company.h"
#include "workspace/relations/compose_environment.h"

namespace quaymaster::workspace {
namespace {

/// Bounds for what one file can make others cost.
constexpr std::size_t kMostNamedFiles = 200;
constexpr std::size_t kMostBeside = 100;

/// The stage names of Dockerfiles, each list made once, however many services share it.
class StageNames {
 public:
  explicit StageNames(const Index& index) : index_(index) {}

  std::shared_ptr<const std::vector<std::string>> of(const std::string& dockerfile) {
    const auto* facts = index_.find<DockerfileFacts>(dockerfile);
    if (!facts) return nullptr;
    auto& names = made_[dockerfile];
    if (!names) {
      auto list = std::make_shared<std::vector<std::string>>();
      for (const StageFacts& stage : facts->stages) list->push_back(stage.name);
      names = std::move(list);
    }
    return names;
  }

 private:
  const Index& index_;
  std::map<std::string, std::shared_ptr<const std::vector<std::string>>> made_;
};

/// The Dockerfiles in `folder` and below, relative to it.
std::vector<std::string> dockerfiles_in(const std::string& folder, const Index& index) {
  constexpr std::size_t kMost = 100;
  const std::string begin = join(folder, "");
  std::vector<std::string> result;
  const Index::Roles& files = index.files();
  for (auto at = files.lower_bound(begin); at != files.end() && at->first.starts_with(begin); ++at) {
    if (result.size() == kMost) break;
    if (at->second == FileRole::Dockerfile) result.emplace_back(relative_to(at->first, folder));
  }
  return result;
}

void add_builds(const std::string& path, const Index& index, const BoundedFiles& folders,
                const RecordingFileSystem& files, ComposeSurroundings& result) {
  constexpr std::size_t kMostLists = 32;
  StageNames stages(index);
  ComposeBuilds all = compose_builds(path, index);
  for (const std::string& other : all.looked_at) files.note(other);
  if (all.looked_around) static_cast<void>(files.list(std::string(parent(path))));
  std::map<std::string, std::vector<std::string>> lists;
  for (ComposeBuild& of : all.builds) {
    if (!of.certain || !folders.covers(of.place.context) || !folders.covers(of.place.dockerfile)) continue;
    ServiceBuild build;
    build.service = std::move(of.service);
    build.context = std::move(of.place.context);
    build.dockerfile = std::move(of.place.dockerfile);
    build.context_exists = files.kind(build.context) == FileKind::Folder;
    build.dockerfile_exists = files.kind(build.dockerfile) != FileKind::Missing;
    if (!build.dockerfile_exists && build.context_exists) {
      const auto listing = folders.list(build.context);
      const auto* entries = std::get_if<std::vector<FolderEntry>>(&listing);
      build.context_empty = entries && entries->empty();
      if (lists.size() < kMostLists || lists.contains(build.context)) {
        const auto [at, is_new] = lists.try_emplace(build.context);
        if (is_new) at->second = dockerfiles_in(build.context, index);
        build.dockerfiles = at->second;
      }
    }
    build.stages = stages.of(build.dockerfile);
    result.builds.push_back(std::move(build));
  }
}

class NamedFiles {
 public:
  NamedFiles(std::string_view folder, const Index& index, const BoundedFiles& folders, const RecordingFileSystem& files)
      : folder_(folder), index_(index), folders_(folders), files_(files) {}

  /// Nothing for what does not lead to a place in the workspace.
  [[nodiscard]] std::optional<NamedFile> find(const std::string& name) const {
    // A colon stands behind a scheme, or the letter of a drive.
    if (is_elsewhere(name) || name.starts_with('/') || name.starts_with('~') || name.find(':') != std::string::npos)
      return std::nullopt;
    const std::string path = resolved(folder_, name);
    if (!folders_.covers(path)) return std::nullopt;
    NamedFile file;
    file.name = name;
    file.exists = exists(name);
    if (!file.exists) {
      file.beside = files_beside(path);
      file.made_later = is_ignored(path) || has_template(path, file.beside);
    } else if (const auto* facts = index_.find<ComposeFacts>(path)) {
      files_.note(path);
      file.services.emplace();
      for (const ServiceFacts& service : facts->services) file.services->push_back(service.name);
    }
    return file;
  }

 private:
  /// Paths start in a folder above when Compose is given another file first, or `--project-directory`.
  [[nodiscard]] bool exists(const std::string& name) const {
    for (std::string_view from = folder_; !from.empty() && folders_.covers(from); from = parent(from)) {
      const std::string path = resolved(from, name);
      if (folders_.covers(path) && (files_.kind(path) != FileKind::Missing || leads_out(path))) return true;
    }
    return false;
  }

  /// Whether what is at `path` is there, and cannot be looked at: it is behind a link that leads out.
  [[nodiscard]] bool leads_out(std::string_view path) const {
    for (; folders_.covers(parent(path)); path = parent(path)) {
      const auto listing = folders_.list(std::string(parent(path)));
      if (const auto* entries = std::get_if<std::vector<FolderEntry>>(&listing))
        return std::ranges::find(*entries, file_name(path), &FolderEntry::name) != entries->end();
    }
    return false;
  }

  /// Whether git leaves the path out, or a folder that it is in; none of them need be there.
  [[nodiscard]] bool is_ignored(std::string_view path) const {
    for (std::string_view at = path; folders_.covers(parent(at)); at = parent(at))
      for (std::string_view folder = parent(at); folders_.covers(folder); folder = parent(folder)) {
        const auto text = files_.read(join(folder, ".gitignore"), kFoundFileLimit);
        const auto* bytes = std::get_if<std::string>(&text);
        if (!bytes) continue;
        const bool is_folder = at != path;
        const auto decided = IgnoreFile(*bytes).ignored(relative_to(at, folder), is_folder);
        if (decided == true) return true;
        if (decided) break;
      }
    return false;
  }

  [[nodiscard]] std::vector<std::string> files_beside(const std::string& path) const {
    std::vector<std::string> names;
    const auto listing = files_.list(std::string(parent(path)));
    if (const auto* entries = std::get_if<std::vector<FolderEntry>>(&listing))
      for (const FolderEntry& entry : *entries)
        if (entry.kind != FileKind::Folder && names.size() < kMostBeside) names.push_back(entry.name);
    std::ranges::sort(names);
    return names;
  }

  /// Whether one of the files beside shows how the missing one is to be written.
  static bool has_template(std::string_view path, const std::vector<std::string>& beside) {
    std::string_view stem = file_name(path);
    while (stem.starts_with('.')) stem.remove_prefix(1);
    stem = stem.substr(0, stem.find('.'));
    return std::ranges::any_of(beside, [&](const std::string& name) {
      return is_template_name(name) && name.find(stem) != std::string::npos;
    });
  }

  std::string_view folder_;
  const Index& index_;
  const BoundedFiles& folders_;
  const RecordingFileSystem& files_;
};

/// Whether a service of the file is only completed there, and none of `others` has the rest of it.
bool has_stray_fragment(const ComposeFacts& facts, const ComposeNames& others) {
  return std::ranges::any_of(facts.services, [&](const ServiceFacts& service) {
    return service.is_fragment && !std::ranges::binary_search(others.services, service.name);
  });
}

}  // namespace

ComposeSurroundings around_compose(const std::string& path, const Index& index, const BoundedFiles& folders,
                                   const RecordingFileSystem& files) {
  ComposeSurroundings result;
  add_builds(path, index, folders, files, result);
  const auto* facts = index.find<ComposeFacts>(path);
  if (!facts) return result;

  const ComposeCompany company = company_of(path, index);
  for (const std::string& other : company.looked_at) files.note(other);
  if (company.looked_around) static_cast<void>(files.list(std::string(parent(path))));
  if (company.known) {
    result.others = names_in(company.files, index);
    if (has_stray_fragment(*facts, *result.others)) result.others.reset();
  }

  const std::set<std::string> near = near_files(path, index);
  for (const std::string& other : near) files.note(other);
  result.nearby = names_in(near, index);

  const NamedFiles named(parent(path), index, folders, files);
  for (const std::string& name : facts->files) {
    if (result.files.size() == kMostNamedFiles) break;
    if (std::optional<NamedFile> file = named.find(name)) result.files.push_back(*std::move(file));
  }
  add_environment(path, company.files, is_main_compose_name(path), folders, files, result);
  return result;
}

}  // namespace quaymaster::workspace
