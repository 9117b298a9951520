#include "model/dockerfile/file.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "model/dockerfile/run_mount.h"
#include "text/ascii.h"

namespace quaymaster::dockerfile {
namespace {

std::optional<std::size_t> as_number(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

const Stage* File::stage_of(std::size_t index) const {
  const auto behind = std::ranges::upper_bound(stages, index, {}, &Stage::first);
  return behind == stages.begin() ? nullptr : &*std::prev(behind);
}

std::optional<std::size_t> File::find_stage(std::string_view name, std::size_t before) const {
  before = std::min(before, stages.size());
  if (const auto called = stages_by_name.find(ascii_lower(name)); called != stages_by_name.end()) {
    const std::vector<std::size_t>& all = called->second;
    const auto behind = std::ranges::lower_bound(all, before);
    if (behind != all.begin()) return *std::prev(behind);
  }
  if (const auto number = as_number(name); number && *number < before) return *number;
  return std::nullopt;
}

std::optional<std::size_t> File::last_stage_called(std::string_view name) const {
  const auto called = stages_by_name.find(ascii_lower(name));
  if (called == stages_by_name.end()) return std::nullopt;
  return called->second.back();
}

std::vector<bool> needed_stages(const std::vector<Stage>& stages, std::size_t target) {
  std::vector<bool> needed(stages.size(), false);
  if (target >= stages.size()) return needed;
  needed[target] = true;
  // References point backwards, so one pass reaches all that is needed.
  for (std::size_t i = target + 1; i > 0; --i) {
    if (!needed[i - 1]) continue;
    if (stages[i - 1].parent) needed[*stages[i - 1].parent] = true;
    for (const std::size_t source : stages[i - 1].copies_from) needed[source] = true;
  }
  return needed;
}

std::vector<Word> stage_references(const Instruction& instruction) {
  std::vector<Word> result;
  if (const auto* copy = instruction.as<Copy>()) {
    const Flag* from = copy->flag("from");
    if (from != nullptr && from->value) result.push_back(*from->value);
  } else if (const auto* run = instruction.as<Run>()) {
    for (const RunMount& mount : run_mounts(*run)) {
      const MountField* from = mount.field({"from"});
      if (from != nullptr && from->value && !as_number(from->value->string())) result.push_back(*from->value);
    }
  }
  return result;
}

}  // namespace quaymaster::dockerfile
