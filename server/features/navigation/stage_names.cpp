#include <optional>
#include <tuple>
#include <utility>

#include "features/navigation/name_finders.h"
#include "model/dockerfile/expansion.h"
#include "text/ascii.h"

namespace quaymaster {
namespace {

using dockerfile::Placed;
using dockerfile::Word;
using Spelling = Mention::Spelling;

/// Where a word says its whole value in the file: one place, byte for byte; else the word.
std::pair<TextRange, Spelling> said_by(const MappedText& text, TextRange word) {
  const TextRange all{0, text.size()};
  if (text.empty() || !text.verbatim(all)) return {word, Spelling::Other};
  return {text.to_file(all), Spelling::Name};
}

class StageNames {
 public:
  StageNames(const dockerfile::File& file, Names& names) : file_(file), names_(names) {}

  void add() {
    for (const dockerfile::Stage& stage : file_.stages) declare(stage);
    for (std::size_t i = 0; i < file_.stages.size(); ++i) {
      const dockerfile::Stage& stage = file_.stages[i];
      add_base(stage);
      for (std::size_t at = stage.first + 1; at < stage.end; ++at) add_references(file_.instructions[at], i);
    }
    // A stage without a name is one only where somebody says its number.
    for (Name& name : stages_)
      if (!name.text.empty() || name.mentions.size() > 1) names_.all.push_back(std::move(name));
  }

 private:
  void declare(const dockerfile::Stage& stage) {
    const Placed& placed = file_.instructions[stage.first];
    const auto& from = *placed.instruction->as<dockerfile::From>();
    Mention mention{from.keyword, true, Spelling::Number, std::nullopt};
    Name name{.kind = Name::Kind::Stage, .text = {}, .predefined = false, .mentions = {}};
    if (from.stage_name) {
      std::tie(mention.range, mention.spelling) = said_by(from.stage_name->text, from.stage_name->range);
      name.text = from.stage_name->string();
    }
    mention.range = mention.range.shifted(placed.begin);
    mention.definition = mention.range;
    name.mentions.push_back(mention);
    stages_.push_back(std::move(name));
  }

  void mention(std::size_t stage, TextRange range, Spelling spelling) {
    stages_[stage].mentions.push_back({range, false, spelling, stages_[stage].mentions.front().definition});
  }

  void add_base(const dockerfile::Stage& stage) {
    const Placed& placed = file_.instructions[stage.first];
    const auto& from = *placed.instruction->as<dockerfile::From>();
    if (!from.image) return;
    const dockerfile::Expansion image = expand(from.image->text, placed.context->scope.get(), file_.escape);
    if (!stage.parent) {
      names_.images.insert(ascii_lower(image.value()));
      return;
    }
    auto [range, spelling] = said_by(image.text, from.image->range);
    if (!image.literal) std::tie(range, spelling) = std::pair(from.image->range, Spelling::Other);
    mention(*stage.parent, range.shifted(placed.begin), spelling);
  }

  void add_references(const Placed& placed, std::size_t stage) {
    for (const Word& word : stage_references(*placed.instruction)) {
      const auto source = file_.find_stage(word.string(), stage);
      if (!source) {
        names_.images.insert(ascii_lower(word.string()));
        continue;
      }
      auto [range, spelling] = said_by(word.text, word.range);
      if (!equals_ignoring_case(word.string(), file_.stages[*source].name)) spelling = Spelling::Number;
      mention(*source, range.shifted(placed.begin), spelling);
    }
  }

  const dockerfile::File& file_;
  Names& names_;
  std::vector<Name> stages_;
};

}  // namespace

void add_stages(const dockerfile::File& file, Names& names) { StageNames(file, names).add(); }

}  // namespace quaymaster
