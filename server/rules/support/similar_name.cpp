#include "rules/support/similar_name.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <utility>

#include "model/yaml/edit.h"
#include "rules/support/message.h"
#include "rules/support/one_edit.h"

namespace quaymaster::rules {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string without_digits(std::string_view text) {
  std::string rest;
  std::ranges::copy_if(text, std::back_inserter(rest), [](char c) { return !is_digit(c); });
  return rest;
}

/// `db-a` and `db-b`.
bool differ_in_last_part(std::string_view text, std::string_view name) {
  if (text.size() != name.size() || text.size() < 2) return false;
  const std::size_t last = text.size() - 1;
  return text.substr(0, last) == name.substr(0, last) &&
         std::string_view("-_.").find(text[last - 1]) != std::string_view::npos;
}

bool is_slip(std::string_view text, std::string_view name) {
  return one_edit_apart(text, name) && without_digits(text) != without_digits(name) && !differ_in_last_part(text, name);
}

}  // namespace

std::string_view similar_name(std::string_view text, std::span<const std::string_view> candidates) {
  // Short names are all similar.
  constexpr std::size_t kShortest = 4;
  std::string_view found;
  if (text.size() < kShortest) return found;
  for (const std::string_view candidate : candidates) {
    if (candidate == found || !is_slip(text, candidate)) continue;
    if (!found.empty()) return {};
    found = candidate;
  }
  return found;
}

std::vector<Fix> replaced_word(const yaml::Value& value, std::string_view text, std::uint32_t begin) {
  if (!value.present() || value.shared() || text.empty()) return {};
  std::optional<Edit> edit = yaml::replace_scalar(value, text);
  if (!edit) return {};
  edit->range = edit->range.shifted(begin);
  return {{"Use " + quoted(text),
           Applicability::Unsafe,
           {*std::move(edit)},
           "The name was written wrong, or what it names is still to come."}};
}

std::string did_you_mean(std::string_view name) {
  return name.empty() ? std::string() : "; did you mean " + quoted(name, 24) + "?";
}

}  // namespace quaymaster::rules
