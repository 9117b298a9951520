#include "rules/support/context_copies.h"

#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include "model/dockerignore.h"
#include "rules/support/instructions.h"

namespace quaymaster::rules {
namespace {

bool is_remote(std::string_view source) {
  return source.find("://") != std::string_view::npos || source.starts_with("git@");
}

std::optional<std::size_t> number_in(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// The stage that a build is for; nothing when the file has none of the name.
std::optional<std::size_t> target_of(const DockerfileBuild& build, const dockerfile::File& file) {
  if (!build.target) return file.stages.size() - 1;
  if (const auto stage = file.last_stage_called(*build.target)) return stage;
  const auto number = number_in(*build.target);
  return number && *number < file.stages.size() ? number : std::nullopt;
}

}  // namespace

std::vector<ContextSource> context_sources(const dockerfile::File& file) {
  std::vector<ContextSource> result;
  for (std::size_t stage = 0; stage < file.stages.size(); ++stage)
    for (std::size_t i = file.stages[stage].first; i < file.stages[stage].end; ++i) {
      const dockerfile::Placed& placed = file.instructions[i];
      const dockerfile::Transfer* transfer = placed.instruction->as<dockerfile::Copy>();
      if (!transfer) transfer = placed.instruction->as<dockerfile::Add>();
      if (!transfer || !transfer->destination || transfer->flag("from")) continue;
      for (const dockerfile::Word& source : transfer->sources) {
        const std::string& written = source.string();
        if (written.starts_with("<<")) continue;
        const std::optional<std::string> path = known_value(source, *placed.context);
        if (path && !path->empty() && !is_remote(*path))
          result.push_back({path_in_context(*path), written, source.range.shifted(placed.begin), stage});
      }
    }
  return result;
}

StageBuilds::StageBuilds(const dockerfile::File& file, const std::vector<DockerfileBuild>& builds) : builds_(builds) {
  for (const DockerfileBuild& build : builds) {
    const auto target = file.stages.empty() ? std::nullopt : target_of(build, file);
    needed_.push_back(target ? needed_stages(file.stages, *target) : std::vector<bool>{});
  }
}

std::vector<const DockerfileBuild*> StageBuilds::sure(std::size_t stage) const {
  std::vector<const DockerfileBuild*> result;
  for (std::size_t i = 0; i < builds_.size(); ++i)
    if (stage < needed_[i].size() && needed_[i][stage]) result.push_back(&builds_[i]);
  return result;
}

std::vector<const DockerfileBuild*> StageBuilds::possible(std::size_t stage) const {
  std::vector<const DockerfileBuild*> result;
  for (std::size_t i = 0; i < builds_.size(); ++i) {
    const bool decided_elsewhere = !builds_[i].target && !builds_[i].assumed;
    if (decided_elsewhere || (stage < needed_[i].size() && needed_[i][stage])) result.push_back(&builds_[i]);
  }
  return result;
}

}  // namespace quaymaster::rules
