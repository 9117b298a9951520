#include "features/hover/variable_hover.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/document_model.h"
#include "features/rule_page/markdown.h"
#include "model/compose/reader.h"
#include "model/container/credentials.h"
#include "model/surroundings.h"
#include "model/yaml/value.h"

namespace quaymaster {
namespace {

constexpr std::string_view kMask = "••••";

/// The sign behind the name: ":-", "?", "+" …; empty when there is none.
std::string_view sign_of(std::string_view written, std::string_view name) {
  if (!written.starts_with("${") || written.size() < name.size() + 3) return {};
  const std::string_view rest = written.substr(2 + name.size());
  const std::size_t length = rest.starts_with(':') ? 2 : 1;
  const std::string_view sign = rest.substr(0, length);
  return sign.find_first_of("-?+") == std::string_view::npos ? std::string_view() : sign;
}

/// What may be shown of a value that belongs to the variable `name`.
std::string shown(std::string_view value, std::string_view name, const Analysis& analysis) {
  if (value.empty()) return "nothing";
  const bool secret = container::may_be_credential(value) &&
                      (container::names_credential(name) || container::looks_like_credential(value));
  return secret ? inline_code(kMask) : inline_code(mask_secrets(value, analysis));
}

/// What the variable stands for, in a sentence. `rest` is what stands behind the sign.
std::string meaning(std::string_view name, std::string_view sign, std::string_view rest, const Analysis& analysis) {
  const std::string variable = inline_code(name);
  const std::string empty = sign.starts_with(':') ? " or is empty" : "";
  if (sign.ends_with('-'))
    return "The value of " + variable + ", or " + shown(rest, name, analysis) + " when that is not set" + empty + ".";
  if (sign.ends_with('?'))
    return "The value of " + variable + ". Compose stops when that is not set" + empty +
           (rest.empty() ? "." : ", and says: " + shown(rest, {}, analysis));
  if (sign.ends_with('+'))
    return shown(rest, name, analysis) + " when " + variable + " is set" +
           (sign.starts_with(':') ? " and not empty" : "") + ", else nothing.";
  return "The value of " + variable + ", or nothing when that is not set: Compose warns then.";
}

/// What the environment file of the project says of the variable; empty when there is none, or it is not known.
std::string set_value(std::string_view name, const Analysis& analysis) {
  const auto* around = analysis.source.surroundings ? analysis.source.surroundings->as<ComposeSurroundings>() : nullptr;
  if (around == nullptr || around->environment_path.empty()) return {};
  // The last one counts.
  const auto found = std::find_if(around->environment.rbegin(), around->environment.rend(),
                                  [&](const SetVariable& each) { return each.name == name; });
  if (found == around->environment.rend()) return "`.env` does not set it.";
  return "`.env` sets it to " + (found->value ? shown(*found->value, name, analysis) : inline_code(kMask)) + ".";
}

/// The innermost variable at `offset`, which is in the document.
const compose::Variable* variable_at(const compose::File& file, std::uint32_t offset) {
  const compose::Variable* found = nullptr;
  for (const compose::Variable& variable : file.variables)
    if (variable.range.begin <= offset && offset < variable.range.end &&
        (found == nullptr || variable.range.size() < found->range.size()))
      found = &variable;
  return found;
}

/// What the scalar around the variable is when no variable of it is set; empty when it is the variable alone, when it
/// is not known, or must not be shown.
std::string whole_value(const compose::File& file, const compose::Variable& variable, const Analysis& analysis) {
  const std::vector<const yaml::Node*> path = path_at(*file.document, variable.range.begin);
  if (path.empty() || path.back()->kind != yaml::Node::Kind::Scalar) return {};
  const yaml::Value scalar(*file.document, *path.back());
  const auto text = compose::interpolated(scalar);
  constexpr std::size_t kMost = 200;
  if (!text || !text->known || scalar.content_range() == variable.range || text->text.size() > kMost) return {};
  const bool secret = std::ranges::any_of(
      text->variables, [](const compose::Variable& each) { return container::names_credential(each.name); });
  if (secret) return {};
  return shown(text->text.bytes(), {}, analysis);
}

}  // namespace

std::optional<Hover> variable_hover(const Analysis& analysis, std::uint32_t offset) {
  const auto* compose = analysis.model ? analysis.model->as<ComposeModel>() : nullptr;
  if (compose == nullptr) return std::nullopt;
  for (const ComposeModel::Part& part : compose->parts) {
    const compose::Variable* variable = offset < part.begin ? nullptr : variable_at(*part.file, offset - part.begin);
    if (variable == nullptr) continue;
    const std::string_view written = slice(part.file->document->text(), variable->range);
    const std::string_view sign = sign_of(written, variable->name);
    std::string_view rest;
    if (!sign.empty() && written.ends_with('}')) {
      rest = written.substr(2 + variable->name.size() + sign.size());
      rest.remove_suffix(1);
    }
    Hover hover{variable->range.shifted(part.begin), meaning(variable->name, sign, rest, analysis)};
    hover.markdown += " It comes from the environment of Compose, or from `.env`.";
    if (const std::string value = set_value(variable->name, analysis); !value.empty()) hover.markdown += "\n\n" + value;
    if (const std::string whole = whole_value(*part.file, *variable, analysis); !whole.empty())
      hover.markdown += "\n\nWhen nothing is set, the whole value is " + whole + ".";
    return hover;
  }
  return std::nullopt;
}

}  // namespace quaymaster
