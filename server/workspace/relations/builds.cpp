#include "workspace/relations/builds.h"

#include <algorithm>
#include <utility>

#include "workspace/ignore_file.h"
#include "workspace/path.h"
#include "workspace/relations/compose_builds.h"

namespace quaymaster::workspace {
namespace {

/// Bounds for what one file can make others cost.
constexpr std::size_t kMostBuilders = 32;
constexpr std::size_t kMostSources = 16;

}  // namespace

bool is_elsewhere(std::string_view name) {
  return name.find("://") != std::string_view::npos || name.starts_with("git@") || name.starts_with("github.com/");
}

std::optional<BuildPlace> build_place(std::string_view path, const BuildFacts& build) {
  if (!build.context || !build.dockerfile || build.inline_dockerfile) return std::nullopt;
  if (build.context->empty() || is_elsewhere(*build.context) || build.context->starts_with('~')) return std::nullopt;
  if (is_elsewhere(*build.dockerfile)) return std::nullopt;
  const std::string_view folder = builder_folder(path);
  BuildPlace place;
  place.context = resolved(folder, *build.context);
  place.dockerfile = resolved(build.dockerfile_from_folder ? folder : place.context, *build.dockerfile);
  return place;
}

Builders builders_in(const Index& index) {
  Builders builders;
  const auto add = [&](const std::string& dockerfile, Builder builder) {
    std::vector<Builder>& of_file = builders[dockerfile];
    if (of_file.size() < kMostBuilders && std::ranges::find(of_file, builder) == of_file.end())
      of_file.push_back(std::move(builder));
  };
  for (const auto& [path, role] : index.files()) {
    if (!index.may_build(path)) continue;
    if (role == FileRole::Compose) {
      for (ComposeBuild& build : compose_builds(path, index).builds)
        add(build.place.dockerfile, {path, build.service, build.place.context, build.target});
    } else if (const auto* facts = index.find<BuilderFacts>(path)) {
      for (const BuildFacts& build : facts->builds)
        if (const auto place = build_place(path, build))
          add(place->dockerfile, {path, build.name, place->context, build.target});
    }
  }
  return builders;
}

std::array<std::string, 2> ignore_paths(const BuildPlace& build) {
  return {build.dockerfile + ".dockerignore", join(build.context, ".dockerignore")};
}

std::optional<IgnoreFileAt> ignore_file_of(const BuildPlace& build, const FileSystem& files) {
  for (const std::string& path : ignore_paths(build)) {
    const auto text = files.read(path, kFoundFileLimit);
    if (const auto* bytes = std::get_if<std::string>(&text)) return IgnoreFileAt{path, Dockerignore(*bytes)};
    // One that is there and cannot be read says something that is not known.
    if (std::get<FileError>(text).kind != FileError::Kind::Missing) return std::nullopt;
  }
  return std::nullopt;
}

std::vector<std::string> sources_of(std::string_view path, std::size_t stage, const DockerfileFacts& facts) {
  std::vector<std::string> result;
  const auto add = [&](std::string_view in_context) {
    if (result.size() == kMostSources) return;
    std::string found(relative_to(normalized(in_context), "/"));
    if (std::ranges::find(result, found) == result.end()) result.push_back(std::move(found));
  };
  for (std::optional<std::size_t> at = stage; at && *at < facts.stages.size();) {
    for (auto copy = facts.copies.rbegin(); copy != facts.copies.rend(); ++copy) {
      if (copy->stage != *at || !is_inside(path, copy->destination)) continue;
      const std::string_view below = relative_to(path, copy->destination);
      const bool directly = !below.empty() && below.find('/') == std::string_view::npos;
      for (const std::string& source : copy->sources) {
        const std::string_view name = file_name(source);
        if (directly && matches_part(name, below)) add(join(source.substr(0, source.size() - name.size()), below));
        if (below.empty() && !copy->into_a_folder) add(source);
        if (!below.empty()) add(join(source, below));
      }
    }
    const std::optional<std::uint32_t> base = facts.stages[*at].base;
    at = base && *base < *at ? std::optional<std::size_t>(*base) : std::nullopt;
  }
  return result;
}

}  // namespace quaymaster::workspace
