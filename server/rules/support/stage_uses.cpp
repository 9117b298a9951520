#include "rules/support/stage_uses.h"

#include <string>
#include <unordered_map>
#include <utility>

#include "text/ascii.h"

namespace quaymaster::rules {

std::vector<std::vector<StageUse>> stage_uses(const dockerfile::File& file) {
  std::vector<std::vector<StageUse>> result(file.stages.size());
  std::unordered_map<std::string, std::size_t> stages;
  const auto add = [&](StageUse use) {
    const auto stage = stages.find(ascii_lower(use.word.string()));
    if (stage != stages.end()) result[stage->second].push_back(std::move(use));
  };
  std::size_t next = 0;
  for (std::size_t i = 0; i < file.instructions.size(); ++i) {
    const auto& [begin, instruction, context] = file.instructions[i];
    const auto* from = instruction->as<dockerfile::From>();
    if (from != nullptr && from->image) add({*from->image, begin, true});
    for (dockerfile::Word& word : stage_references(*instruction)) add({std::move(word), begin, false});
    if (next < file.stages.size() && file.stages[next].first == i) {
      if (!file.stages[next].name.empty()) stages[file.stages[next].name] = next;
      ++next;
    }
  }
  return result;
}

}  // namespace quaymaster::rules
