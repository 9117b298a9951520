#include "workspace/workspace.h"

#include <map>
#include <memory>
#include <utility>

#include "workspace/path.h"

namespace quaymaster::workspace {
namespace {

DockerfileBuild build_of(Builder builder, const std::string& dockerfile, const FileSystem& files) {
  DockerfileBuild build;
  if (auto ignore = ignore_file_of({dockerfile, builder.context}, files)) {
    build.ignore_path = std::move(ignore->path);
    build.ignore = std::make_shared<const Dockerignore>(std::move(ignore->rules));
  }
  build.assumed = builder.compose_path.empty();
  build.context = std::move(builder.context);
  build.compose_path = std::move(builder.compose_path);
  build.service = std::move(builder.service);
  build.target = std::move(builder.target);
  return build;
}

DockerfileSurroundings around(const std::string& path, const DockerfileFacts& facts, const Builders& all,
                              const FileSystem& files) {
  DockerfileSurroundings result;
  std::vector<Builder> builders;
  if (const auto found = all.find(path); found != all.end())
    builders = found->second;
  else
    builders.push_back({{}, {}, std::string(parent(path)), {}});
  std::set<std::string> scripts;
  std::set<std::string> contexts;
  for (Builder& builder : builders) {
    if (contexts.insert(builder.context).second)
      for (const ScriptUse& script : facts.scripts)
        for (const std::string& source : sources_of(script.path, script.stage, facts)) {
          std::string at = resolved(builder.context, source);
          if (files.kind(at) != FileKind::Regular) continue;
          scripts.insert(std::move(at));
          break;
        }
    result.builds.push_back(build_of(std::move(builder), path, files));
  }
  result.scripts.assign(scripts.begin(), scripts.end());
  return result;
}

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

ComposeSurroundings around(const std::string& path, const ComposeFacts& facts, const Index& index,
                           const BoundedFiles& folders, const FileSystem& files) {
  ComposeSurroundings result;
  StageNames stages(index);
  for (const ServiceFacts& service : facts.services) {
    if (!service.build) continue;
    auto place = build_place(path, *service.build);
    if (!place || !folders.covers(place->context) || !folders.covers(place->dockerfile)) continue;
    ServiceBuild build{service.name, std::move(place->context), std::move(place->dockerfile)};
    build.context_exists = files.kind(build.context) == FileKind::Folder;
    build.dockerfile_exists = files.kind(build.dockerfile) != FileKind::Missing;
    build.stages = stages.of(build.dockerfile);
    result.builds.push_back(std::move(build));
  }
  return result;
}

}  // namespace

Workspace::Workspace(const FileSystem& disk, const std::vector<std::string>& folders)
    : documents_(disk), files_(documents_, folders), index_(files_) {
  for (const std::string& folder : folders) index_.add_folder(folder);
}

void Workspace::add_built_by(std::string_view path, Paths& dockerfiles) const {
  for (auto at = index_.files().lower_bound(path); at != index_.files().end() && at->first.starts_with(path); ++at) {
    const auto* compose = std::get_if<ComposeFacts>(&at->second);
    if (!compose || !is_inside(at->first, path)) continue;
    for (const ServiceFacts& service : compose->services)
      if (service.build)
        if (auto place = build_place(at->first, *service.build)) dockerfiles.insert(std::move(place->dockerfile));
  }
}

std::vector<std::string> Workspace::changed(const std::string& path) {
  const std::string at = normalized(path);
  Paths affected;
  add_built_by(at, affected);
  index_.refresh(at);
  builders_.reset();
  add_built_by(at, affected);
  for (std::string& reader : dependencies_.affected_by(at)) affected.insert(std::move(reader));
  affected.erase(at);
  std::vector<std::string> result;
  for (const std::string& file : affected)
    if (index_.find(file)) result.push_back(file);
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

Surroundings Workspace::surroundings_of(const std::string& path) {
  const std::string at = normalized(path);
  const RecordingFileSystem recorded(files_);
  Surroundings result;
  result.complete = index_.complete();
  if (!builders_) builders_ = builders_in(index_);
  if (const auto* dockerfile = index_.find<DockerfileFacts>(at))
    result.of = around(at, *dockerfile, *builders_, recorded);
  else if (const auto* compose = index_.find<ComposeFacts>(at))
    result.of = around(at, *compose, index_, files_, recorded);
  dependencies_.set(at, recorded.reads());
  return result;
}

}  // namespace quaymaster::workspace
