#include "features/navigation/navigation.h"

#include "features/navigation/names.h"

namespace quaymaster {

std::vector<TextRange> definition(const Analysis& analysis, std::uint32_t offset) {
  const Names names = names_of(analysis);
  const std::optional<NameAt> at = name_at(names, offset);
  if (!at || !at->mention->definition) return {};
  return {*at->mention->definition};
}

std::vector<TextRange> references(const Analysis& analysis, std::uint32_t offset, bool include_declarations) {
  const Names names = names_of(analysis);
  std::vector<TextRange> ranges;
  if (const std::optional<NameAt> at = name_at(names, offset))
    for (const Mention& mention : at->name->mentions)
      if (include_declarations || !mention.declares) ranges.push_back(mention.range);
  return ranges;
}

std::vector<Highlight> highlights(const Analysis& analysis, std::uint32_t offset) {
  const Names names = names_of(analysis);
  std::vector<Highlight> result;
  if (const std::optional<NameAt> at = name_at(names, offset))
    for (const Mention& mention : at->name->mentions) result.push_back({mention.range, mention.declares});
  return result;
}

}  // namespace quaymaster
