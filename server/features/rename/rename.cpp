#include "features/rename/rename.h"

#include <algorithm>
#include <set>
#include <utility>

#include "features/navigation/names.h"
#include "features/navigation/variable_uses.h"
#include "text/ascii.h"

namespace quaymaster {
namespace {

using Kind = Name::Kind;
using Reason = std::optional<std::string>;

std::string quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

bool is_alphanumeric(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool all_of(std::string_view text, std::string_view punctuation) {
  return std::ranges::all_of(text,
                             [&](char c) { return is_alphanumeric(c) || punctuation.find(c) != std::string::npos; });
}

/// Why the name, whatever it is to become, cannot be changed in this file alone.
Reason fixed(const Name& name) {
  if (name.predefined) return "the builder itself sets " + quoted(name.text) + ": another name would be empty";
  if (name.text.empty()) return "this stage has no name: give it one with AS";
  if (!name.declared()) return "nothing in this file declares " + quoted(name.text);
  for (const Mention& mention : name.mentions)
    if (mention.spelling == Mention::Spelling::Other)
      return quoted(name.text) + " is also said through a variable, or in pieces: change that by hand first";
  return std::nullopt;
}

/// Why the name cannot be changed: a place of it is a place of another name, too, through an alias or a merge key.
Reason entangled(const Names& names, const Name& name) {
  std::set<TextRange> places;
  for (const Mention& mention : name.mentions) places.insert(mention.range);
  for (const Name& other : names.all)
    for (const Mention& mention : other.mentions)
      if (&other != &name && places.contains(mention.range))
        return "one place says " + quoted(name.text) + " and the " + std::string(to_string(other.kind)) + " " +
               quoted(other.text) + ", through an alias or a merge key: change that by hand first";
  return std::nullopt;
}

/// Why `text` is no name of this kind.
Reason malformed(Kind kind, std::string_view text) {
  switch (kind) {
    case Kind::Variable:
      if (!is_variable_name(text))
        return "a variable's name is made of letters, digits and _, and begins with no digit";
      return std::nullopt;
    case Kind::Stage:
      if (text.empty() || !is_alphanumeric(text[0]) || (text[0] >= '0' && text[0] <= '9') || !all_of(text, "-_."))
        return "a stage's name begins with a letter and is made of letters, digits, '-', '_' and '.'";
      if (equals_ignoring_case(text, "scratch")) return "`scratch` is the empty image, and no name for a stage";
      return std::nullopt;
    case Kind::Anchor:
      if (text.empty() || !all_of(text, "-_./"))
        return "an anchor's name is made of letters, digits, '-', '_', '.', '/'";
      return std::nullopt;
    default:
      if (text.empty() || !all_of(text, "-_.") || !is_alphanumeric(text[0]))
        return "a " + std::string(to_string(kind)) + "'s name is made of letters, digits, '-', '_' and '.'";
      return std::nullopt;
  }
}

/// Why `text` cannot be a second name's spelling.
Reason taken(const Names& names, const Name& name, std::string_view text) {
  const bool any_case = name.kind == Kind::Stage;
  for (const Name& other : names.all) {
    if (&other == &name || other.kind != name.kind) continue;
    if (other.text == text || (any_case && equals_ignoring_case(other.text, text)))
      return "there is a " + std::string(to_string(name.kind)) + " " + quoted(other.text) + " already";
  }
  if (name.kind == Kind::Stage && names.images.contains(ascii_lower(text)))
    return quoted(text) + " is an image that this file uses";
  if (name.kind == Kind::Variable && names.shell_variables.find(text) != names.shell_variables.end())
    return quoted(text) + " is a variable of a shell in this file";
  return std::nullopt;
}

}  // namespace

std::optional<std::variant<RenameTarget, RenameRefusal>> prepare_rename(const Analysis& analysis,
                                                                        std::uint32_t offset) {
  const Names names = names_of(analysis);
  const std::optional<NameAt> at = name_at(names, offset);
  if (!at) return std::nullopt;
  if (Reason reason = fixed(*at->name)) return RenameRefusal{*std::move(reason)};
  if (Reason reason = entangled(names, *at->name)) return RenameRefusal{*std::move(reason)};
  if (at->mention->spelling != Mention::Spelling::Name)
    return RenameRefusal{"this is the number of the stage " + quoted(at->name->text) + ", not its name"};
  return RenameTarget{at->mention->range, std::string(slice(analysis.source.text, at->mention->range))};
}

std::optional<std::variant<std::vector<Edit>, RenameRefusal>> rename(const Analysis& analysis, std::uint32_t offset,
                                                                     std::string_view new_name) {
  const Names names = names_of(analysis);
  const std::optional<NameAt> at = name_at(names, offset);
  if (!at) return std::nullopt;
  const Name& name = *at->name;
  std::vector<Edit> edits;
  if (Reason reason = fixed(name)) return RenameRefusal{*std::move(reason)};
  if (Reason reason = entangled(names, name)) return RenameRefusal{*std::move(reason)};
  if (Reason reason = malformed(name.kind, new_name)) return RenameRefusal{*std::move(reason)};
  if (Reason reason = taken(names, name, new_name)) return RenameRefusal{*std::move(reason)};
  for (const Mention& mention : name.mentions)
    if (mention.spelling == Mention::Spelling::Name && slice(analysis.source.text, mention.range) != new_name)
      edits.push_back(Edit::replacement(mention.range, std::string(new_name)));
  return edits;
}

}  // namespace quaymaster
