#include "workspace/workspace.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include "workspace/ignore_file.h"
#include "workspace/path.h"
#include "workspace/relations/compose_around.h"
#include "workspace/relations/compose_company.h"
#include "workspace/relations/manifests.h"

namespace quaymaster::workspace {
namespace {

/// Whether git leaves out the file or folder at `path`, as far as its name and the `.gitignore` files above say.
bool is_in_no_commit(const std::string& path, bool is_folder, const BoundedFiles& files,
                     const RecordingFileSystem& recorded) {
  if (file_name(path) == ".git") return true;
  for (std::string_view folder = parent(path); files.covers(folder); folder = parent(folder)) {
    const auto text = recorded.read(join(folder, ".gitignore"), kFoundFileLimit);
    const auto* bytes = std::get_if<std::string>(&text);
    if (!bytes) continue;
    if (const auto decided = IgnoreFile(*bytes).ignored(relative_to(path, folder), is_folder)) return *decided;
  }
  return false;
}

bool has_name(const std::vector<FolderEntry>& sorted, std::string_view name) {
  return std::ranges::binary_search(sorted, name, {}, &FolderEntry::name);
}

/// The ways in which one Dockerfile is built. What a folder holds is seen in its listing, which many Dockerfiles share;
/// of a folder only the names that were asked for are noted.
class BuildsAround {
 public:
  BuildsAround(const std::string& dockerfile, FolderListings& listings, const BoundedFiles& files,
               const RecordingFileSystem& recorded)
      : dockerfile_(dockerfile), listings_(listings), files_(files), recorded_(recorded) {}

  [[nodiscard]] DockerfileBuild build_of(Builder builder) const {
    DockerfileBuild build;
    // What lies elsewhere cannot be looked at, and is not missing for that.
    build.ignore_known = files_.covers(builder.context);
    if (build.ignore_known) {
      add_ignore_file(builder.context, build);
      build.unwanted = unwanted_in(builder.context);
    }
    build.assumed = builder.path.empty();
    build.context = std::move(builder.context);
    build.built_by = std::move(builder.path);
    build.service = std::move(builder.service);
    build.target = std::move(builder.target);
    return build;
  }

 private:
  /// Whether there is surely nothing at `path`.
  [[nodiscard]] bool is_absent(const std::string& path) const {
    const auto* names = listings_.of(std::string(parent(path)), files_);
    return names && !has_name(*names, file_name(path));
  }

  void add_ignore_file(const std::string& context, DockerfileBuild& build) const {
    const BuildPlace place{dockerfile_, context};
    const auto paths = ignore_paths(place);
    if (std::ranges::all_of(paths, [&](const std::string& path) { return is_absent(path); })) {
      for (const std::string& path : paths) recorded_.note(path);
    } else if (auto ignore = ignore_file_of(place, recorded_)) {
      build.ignore_path = std::move(ignore->path);
      build.ignore = std::make_shared<const Dockerignore>(std::move(ignore->rules));
    } else {
      build.ignore_known =
          std::ranges::all_of(paths, [&](const std::string& path) { return files_.kind(path) == FileKind::Missing; });
    }
  }

  /// Which of the unwanted names stand in `folder`; that one of them comes or goes counts, and nothing else does.
  [[nodiscard]] std::vector<std::string_view> unwanted_in(const std::string& folder) const {
    const auto* names = listings_.of(folder, files_);
    std::vector<std::string_view> found;
    for (const std::string_view name : kUnwantedNames) {
      const std::string path = join(folder, name);
      recorded_.note(path);
      if (!names || !has_name(*names, name)) continue;
      if (is_in_no_commit(path, files_.kind(path) == FileKind::Folder, files_, recorded_)) found.push_back(name);
    }
    return found;
  }

  const std::string& dockerfile_;
  FolderListings& listings_;
  const BoundedFiles& files_;
  const RecordingFileSystem& recorded_;
};

/// Whether a file of one of the roles is at `path` or below.
template <class Predicate>
bool has_below(std::string_view path, const Index& index, Predicate is_one) {
  const Index::Roles& files = index.files();
  for (auto at = files.lower_bound(path); at != files.end() && at->first.starts_with(path); ++at)
    if (is_inside(at->first, path) && is_one(at->second)) return true;
  return false;
}

}  // namespace

const std::vector<FolderEntry>* FolderListings::of(const std::string& folder, const FileSystem& files) {
  const auto [at, is_new] = listings_.try_emplace(folder);
  if (is_new) {
    auto listing = files.list(folder);
    if (auto* entries = std::get_if<std::vector<FolderEntry>>(&listing)) {
      std::ranges::sort(*entries, {}, &FolderEntry::name);
      at->second = std::move(*entries);
    }
  }
  return at->second ? &*at->second : nullptr;
}

Workspace::Workspace(const FileSystem& disk, const std::vector<std::string>& folders)
    : documents_(disk), files_(documents_, folders), index_(files_) {
  for (const std::string& folder : folders) index_.add_folder(folder);
}

bool Workspace::decides_builds(std::string_view path) const { return has_below(path, index_, builds_images); }

bool Workspace::has_kustomizations(std::string_view path) const {
  return has_below(path, index_, [](FileRole role) { return role == FileRole::Kustomization; });
}

void Workspace::update_bases(Paths& affected) {
  const auto before = std::exchange(bases_, kustomization_bases(index_));
  if (!before) return;
  std::vector<std::string> different;
  std::ranges::set_symmetric_difference(*before, *bases_, std::back_inserter(different));
  for (const std::string& folder : different)
    for (const std::string_view name : kKustomizationNames)
      for (std::string& reader : dependencies_.affected_by(join(folder, name))) affected.insert(std::move(reader));
}

KubernetesSurroundings Workspace::around_manifest(const std::string& path, const RecordingFileSystem& files) {
  if (!bases_) bases_ = kustomization_bases(index_);
  return manifest_surroundings(path, index_, *bases_, files);
}

Workspace::Differences Workspace::refresh(const std::string& at, Paths& affected) {
  const std::string scope = file_name(at) == ".gitignore" ? std::string(parent(at)) : at;
  const bool decided = decides_builds(scope);
  const bool kustomized = bases_ && has_kustomizations(scope);
  const std::optional<FileRole> role = index_.role(at);
  const Paths included = included_by(at, index_);
  index_.refresh(at);
  if (const Paths now = included_by(at, index_); now != included) {
    affected.insert(included.begin(), included.end());
    affected.insert(now.begin(), now.end());
  }
  // A Dockerfile that comes or goes can decide which of two a service means.
  return {decided || decides_builds(scope) || role != index_.role(at),
          kustomized || (bases_ && has_kustomizations(scope))};
}

std::vector<std::string> Workspace::changed(const std::vector<std::string>& paths) {
  Paths affected;
  Paths all;
  for (const std::string& path : paths) all.insert(normalized(path));
  static_cast<void>(builders());
  listings_.clear();
  bool builds_differ = false;
  bool bases_differ = false;
  for (const std::string& at : all) {
    const Differences here = refresh(at, affected);
    builds_differ = builds_differ || here.builds;
    bases_differ = bases_differ || here.bases;
  }
  if (builds_differ) {
    const Builders before = *std::exchange(builders_, builders_in(index_));
    for (const auto& [dockerfile, of_file] : before) {
      const auto found = builders_->find(dockerfile);
      if (found == builders_->end() || found->second != of_file) affected.insert(dockerfile);
    }
    for (const auto& [dockerfile, of_file] : *builders_)
      if (!before.contains(dockerfile)) affected.insert(dockerfile);
  }
  if (bases_differ) update_bases(affected);
  for (const std::string& at : all) {
    for (const Dependencies* readers : {&dependencies_, &script_dependencies_})
      for (std::string& reader : readers->affected_by(at)) affected.insert(std::move(reader));
  }
  // Of a single one the caller knows.
  if (all.size() == 1) affected.erase(*all.begin());
  std::vector<std::string> result;
  for (const std::string& file : affected)
    if (index_.role(file)) result.push_back(file);
  return result;
}

std::vector<std::string> Workspace::opened(const std::string& path, std::string text) {
  documents_.open(path, std::move(text));
  return changed(path);
}

std::vector<std::string> Workspace::closed(const std::string& path) {
  documents_.close(path);
  return changed(path);
}

const Builders& Workspace::builders() {
  if (!builders_) builders_ = builders_in(index_);
  return *builders_;
}

std::vector<Builder> Workspace::builders_of(const std::string& path) {
  const Builders& all = builders();
  if (const auto found = all.find(path); found != all.end()) return found->second;
  return {{{}, {}, std::string(parent(path)), {}}};
}

Surroundings Workspace::surroundings_of(const std::string& path) {
  const std::string at = normalized(path);
  const RecordingFileSystem recorded(files_);
  Surroundings result;
  const std::optional<FileRole> role = index_.role(at);
  if (role == FileRole::Dockerfile) {
    DockerfileSurroundings around;
    const BuildsAround builds(at, listings_, files_, recorded);
    for (Builder& builder : builders_of(at)) around.builds.push_back(builds.build_of(std::move(builder)));
    result.of = std::move(around);
  } else if (role == FileRole::Compose) {
    result.of = around_compose(at, index_, files_, recorded);
  } else if (role == FileRole::Kubernetes) {
    result.of = around_manifest(at, recorded);
  }
  // What was read just now may have been found unreadable.
  result.complete = index_.complete();
  dependencies_.set(at, recorded.reads());
  return result;
}

std::vector<std::string> Workspace::scripts_of(const std::string& path) {
  const std::string at = normalized(path);
  const auto* facts = index_.find<DockerfileFacts>(at);
  if (!facts) return {};
  const RecordingFileSystem recorded(files_);
  Paths scripts;
  Paths contexts;
  for (const Builder& builder : builders_of(at)) {
    if (!contexts.insert(builder.context).second) continue;
    for (const ScriptUse& script : facts->scripts)
      for (const std::string& source : sources_of(script.path, script.stage, *facts)) {
        std::string found = resolved(builder.context, source);
        if (recorded.kind(found) != FileKind::Regular) continue;
        scripts.insert(std::move(found));
        break;
      }
  }
  script_dependencies_.set(at, recorded.reads());
  return {scripts.begin(), scripts.end()};
}

}  // namespace quaymaster::workspace
