#include "analysis/suppressions.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "rules/item.h"

namespace quaymaster {
namespace {

constexpr std::string_view kMarker = "quaymaster:";
constexpr std::string_view kReasonSeparator = "--";

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

TextRange without_blanks(std::string_view text, TextRange range) {
  while (!range.empty() && is_blank(text[range.begin])) ++range.begin;
  while (!range.empty() && is_blank(text[range.end - 1])) --range.end;
  return range;
}

/// Takes the word at the front of `range`; it ends at a blank.
std::string_view take_word(std::string_view text, TextRange& range) {
  range = without_blanks(text, range);
  const std::uint32_t begin = range.begin;
  while (!range.empty() && !is_blank(text[range.begin])) ++range.begin;
  return slice(text, {begin, range.begin});
}

}  // namespace

std::optional<SuppressionComment> parse_suppression(std::string_view comment) {
  TextRange rest{0, static_cast<std::uint32_t>(comment.size())};
  while (!rest.empty() && comment[rest.begin] == '#') ++rest.begin;
  rest = without_blanks(comment, rest);
  if (!slice(comment, rest).starts_with(kMarker)) return std::nullopt;
  rest.begin += static_cast<std::uint32_t>(kMarker.size());
  const std::string_view verb = take_word(comment, rest);
  if (verb != "ignore" && verb != "ignore-file") return std::nullopt;

  SuppressionComment result;
  result.whole_file = verb == "ignore-file";
  rest = without_blanks(comment, rest);
  const std::string_view text = slice(comment, rest);
  std::size_t separator = text.find(kReasonSeparator);
  while (separator != std::string_view::npos && separator > 0 && !is_blank(text[separator - 1]))
    separator = text.find(kReasonSeparator, separator + 1);  // part of a name
  TextRange items = rest;
  if (separator != std::string_view::npos) {
    items.end = rest.begin + static_cast<std::uint32_t>(separator);
    const TextRange reason =
        without_blanks(comment, {items.end + static_cast<std::uint32_t>(kReasonSeparator.size()), rest.end});
    result.reason = slice(comment, reason);
  }
  result.items_range = without_blanks(comment, items);

  TextRange item{result.items_range.begin, result.items_range.begin};
  const auto add = [&](std::uint32_t end) {
    const TextRange found = without_blanks(comment, {item.begin, end});
    if (!found.empty()) result.items.emplace_back(slice(comment, found));
    item.begin = end + 1;
  };
  for (std::uint32_t at = result.items_range.begin; at < result.items_range.end; ++at)
    if (comment[at] == ',' || is_blank(comment[at])) add(at);
  add(result.items_range.end);
  return result;
}

SuppressionSweep::SuppressionSweep(std::vector<Suppression> suppressions) : suppressions_(std::move(suppressions)) {
  std::ranges::stable_sort(suppressions_, {}, &Suppression::scope);
}

bool SuppressionSweep::silences(const Diagnostic& diagnostic) {
  const std::uint32_t at = diagnostic.range.begin;
  for (; next_ < suppressions_.size() && suppressions_[next_].scope.begin <= at; ++next_)
    open_.push_back(&suppressions_[next_]);
  std::erase_if(open_, [at](const Suppression* suppression) { return suppression->scope.end <= at; });
  return std::ranges::any_of(open_, [&](const Suppression* suppression) {
    return suppression->items.empty() || std::ranges::any_of(suppression->items, [&](const std::string& item) {
             return names_finding(item, diagnostic);
           });
  });
}

}  // namespace quaymaster
