#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "analysis/suppression/comment.h"
#include "analysis/suppression/comment_text.h"
#include "text/ascii.h"

namespace quaymaster::suppression {
namespace {

using Name = std::string (*)(std::string_view written);

/// hadolint reports what ShellCheck finds, too.
std::string hadolint_name(std::string_view written) {
  return (written.starts_with("SC") ? "shellcheck:" : "hadolint:") + std::string(written);
}

/// tally writes `hadolint/DL3006`, or the code alone.
std::string tally_name(std::string_view written) {
  std::string name(written);
  std::ranges::replace(name, '/', ':');
  return name;
}

/// Trivy has three spellings: `AVD-DS-0002`, `DS-0002` and `DS002`.
std::string trivy_name(std::string_view written) {
  if (written.starts_with("AVD-")) written.remove_prefix(4);
  const std::size_t digits = written.find_first_of("0123456789");
  const bool short_form = digits != std::string_view::npos && written.find('-') == std::string_view::npos;
  if (!short_form) return "trivy:" + std::string(written);
  const std::string number(written.substr(digits));
  return "trivy:" + std::string(written.substr(0, digits)) + "-" +
         std::string(number.size() < 4 ? 4 - number.size() : 0, '0') + number;
}

/// The items in `range`, which ends at another '#': a comment on the comment.
void add_items(std::string_view comment, TextRange range, Name name, Comment& result) {
  const std::size_t remark = slice(comment, range).find('#');
  if (remark != std::string_view::npos) {
    const auto begin = range.begin + static_cast<std::uint32_t>(remark);
    result.reason = slice(comment, without_blanks(comment, {begin + 1, range.end}));
    range.end = begin;
  }
  for (const TextRange word : words_of(comment, range)) result.items.push_back({name(slice(comment, word)), word});
  if (!result.items.empty()) result.items_range = {result.items.front().range.begin, result.items.back().range.end};
}

/// `ignore=…`, `global ignore=…` and `stage ignore=…` behind the name of the tool.
std::optional<Comment> parse_ignore(std::string_view comment, CommentText text, std::string_view tool, Name name) {
  Comment result;
  result.tool = tool;
  if (text.take("global "))
    result.reach = Reach::File;
  else if (text.take("stage "))
    result.reach = Reach::Stage;
  if (!text.take("ignore") || !text.take("=")) return std::nullopt;
  TextRange items = text.rest();
  constexpr std::string_view kReason = ";reason=";
  const std::size_t reason = slice(comment, items).find(kReason);
  if (reason != std::string_view::npos) {
    const auto begin = items.begin + static_cast<std::uint32_t>(reason);
    const auto behind = begin + static_cast<std::uint32_t>(kReason.size());
    result.reason = slice(comment, without_blanks(comment, {behind, items.end}));
    items.end = begin;
  }
  add_items(comment, items, name, result);
  if (result.items.empty()) return std::nullopt;
  // tally's word for everything.
  if (std::ranges::any_of(result.items, [](const Item& item) { return item.name == "all"; })) result.items.clear();
  return result;
}

std::optional<Comment> parse_dclint(std::string_view comment, CommentText text) {
  Comment result;
  result.tool = "dclint";
  const std::string_view verb = text.take_word();
  if (verb == "disable" || verb == "disable-file")
    result.reach = Reach::File;
  else if (verb == "disable-line")
    result.reach = Reach::Line;
  else
    return std::nullopt;
  if (verb != "disable-file")
    add_items(
        comment, text.rest(), [](std::string_view written) { return "dclint:" + std::string(written); }, result);
  return result;
}

/// `checkov:skip=CKV_DOCKER_2:the reason`. Checkov takes it for the whole file, wherever it stands.
std::optional<Comment> parse_checkov(std::string_view comment, CommentText text) {
  const TextRange rest = text.rest();
  const std::string_view written = slice(comment, rest);
  const std::size_t colon = std::min(written.find(':'), written.size());
  const TextRange range = without_blanks(comment, {rest.begin, rest.begin + static_cast<std::uint32_t>(colon)});
  if (range.empty()) return std::nullopt;
  Comment result{"checkov", Reach::File, {{"checkov:" + std::string(slice(comment, range)), range}}, range, {}};
  if (colon < written.size())
    result.reason =
        slice(comment, without_blanks(comment, {rest.begin + static_cast<std::uint32_t>(colon) + 1, rest.end}));
  return result;
}

std::optional<Comment> parse_trivy(std::string_view comment, CommentText text) {
  Comment result;
  result.tool = "trivy";
  const std::uint32_t begin = text.rest().begin;
  const std::string_view first = text.take_word();
  add_items(comment, {begin, begin + static_cast<std::uint32_t>(first.size())}, trivy_name, result);
  if (result.items.empty()) return std::nullopt;
  return result;
}

/// `shellcheck disable=SC2086,SC2034`, among other things that ShellCheck can be told.
std::optional<Comment> parse_shellcheck(std::string_view comment, CommentText text) {
  Comment result;
  result.tool = "shellcheck";
  while (!text.rest().empty() && text.rest().begin < comment.size()) {
    if (!text.take("disable=")) {
      if (text.take_word().empty()) break;
      continue;
    }
    const std::uint32_t begin = text.rest().begin;
    const std::string_view codes = text.take_word();
    add_items(
        comment, {begin, begin + static_cast<std::uint32_t>(codes.size())},
        [](std::string_view written) { return written == "all" ? "all" : "shellcheck:" + std::string(written); },
        result);
  }
  if (result.items.empty()) return std::nullopt;
  if (std::ranges::any_of(result.items, [](const Item& item) { return item.name == "all"; })) result.items.clear();
  return result;
}

}  // namespace

std::optional<Comment> parse_buildkit_check(std::string_view value) {
  value = value.substr(0, value.find_first_of(" \t"));
  for (std::size_t begin = 0; begin < value.size();) {
    const std::size_t end = std::min(value.find(';', begin), value.size());
    const std::string_view part = value.substr(begin, end - begin);
    if (constexpr std::string_view kSkip = "skip="; part.starts_with(kSkip)) {
      Comment result;
      result.tool = "buildkit";
      const TextRange names{static_cast<std::uint32_t>(begin + kSkip.size()), static_cast<std::uint32_t>(end)};
      add_items(
          value, names, [](std::string_view written) { return "buildkit:" + std::string(written); }, result);
      if (result.items.empty()) return std::nullopt;
      if (slice(value, names) == "all") result.items.clear();
      return result;
    }
    begin = end + 1;
  }
  return std::nullopt;
}

std::optional<Comment> parse_peer_comment(std::string_view comment) {
  CommentText text(comment);
  if (text.take("hadolint ")) return parse_ignore(comment, text, "hadolint", hadolint_name);
  if (text.take("tally ")) return parse_ignore(comment, text, "tally", tally_name);
  if (text.take("dclint ")) return parse_dclint(comment, text);
  if (text.take("checkov:skip=")) return parse_checkov(comment, text);
  if (text.take("trivy:ignore:")) return parse_trivy(comment, text);
  if (text.take("shellcheck ")) return parse_shellcheck(comment, text);
  if (!text.take("check=")) return std::nullopt;
  const TextRange value = text.rest();
  auto result = parse_buildkit_check(slice(comment, value));
  if (!result) return std::nullopt;
  result->items_range = result->items_range.shifted(value.begin);
  for (Item& item : result->items) item.range = item.range.shifted(value.begin);
  return result;
}

}  // namespace quaymaster::suppression
