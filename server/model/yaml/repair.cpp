#include "model/yaml/repair.h"

#include <algorithm>
#include <utility>

#include "model/yaml/text_lines.h"

namespace quaymaster::yaml {
namespace {

constexpr int kRounds = 3;
constexpr std::size_t kOneRoundAbove = 256U << 10U;
constexpr std::size_t kProblems = 5;

/// The errors of a tree, outermost first; those inside of another are not listed.
std::vector<TextRange> errors_of(const syntax::Tree& tree) {
  std::vector<TextRange> errors;
  std::vector<syntax::Node> open{tree.root()};
  while (!open.empty()) {
    const syntax::Node node = open.back();
    open.pop_back();
    if (!node.has_error()) continue;
    if (node.error() || node.missing()) {
      errors.push_back(node.range());
      continue;
    }
    const std::vector<syntax::Node> children = node.children();
    open.insert(open.end(), children.rbegin(), children.rend());
  }
  return errors;
}

/// How much a tree misses: the text of its errors. A tree that is an error as a whole ends where the parser got stuck;
/// then the text behind that counts twice, so that getting farther is an improvement.
std::size_t cost_of(const syntax::Tree& tree, const std::vector<TextRange>& errors, std::size_t text_size) {
  if (tree.root().error()) return 2 * text_size - std::min<std::size_t>(tree.root().range().end, text_size);
  std::size_t sum = 0;
  for (const TextRange error : errors) sum += error.size() + 1;
  return sum;
}

struct Attempt {
  std::string text;
  std::optional<syntax::Tree> tree;
  std::vector<TextRange> errors;
  std::size_t cost = 0;
};

std::optional<Attempt> attempt(std::string text, syntax::Parser& parser) {
  std::optional<syntax::Tree> tree = parser.parse(text);
  if (!tree) return std::nullopt;
  std::vector<TextRange> errors = errors_of(*tree);
  const std::size_t cost = cost_of(*tree, errors, text.size());
  return Attempt{std::move(text), std::move(tree), std::move(errors), cost};
}

TextRange row_at(std::string_view text, std::uint32_t offset) {
  return {line_begin(text, offset), line_end(text, offset)};
}

/// The rows that may be to blame for `error`, likeliest first, each once. Blank rows and document markers are innocent.
std::vector<TextRange> suspects(std::string_view text, TextRange error) {
  const TextRange last = row_at(text, error.end > error.begin ? error.end - 1 : error.end);
  const TextRange first = row_at(text, error.begin);
  std::vector<TextRange> rows{last};
  const auto add = [&](TextRange row) {
    const std::string_view content = slice(text, trimmed(text, row));
    if (!content.empty() && !content.starts_with("---") && std::ranges::find(rows, row) == rows.end())
      rows.push_back(row);
  };
  add(row_at(text, next_line(text, last.end)));
  if (last.begin > 0) add(row_at(text, last.begin - 1));
  add(first);
  if (first.begin > 0) add(row_at(text, first.begin - 1));
  if (slice(text, trimmed(text, last)).empty() || slice(text, last).starts_with("---")) rows.erase(rows.begin());
  return rows;
}

/// The tabs that indent a row, or an empty range.
TextRange indenting_tabs(std::string_view text, TextRange row) {
  TextRange tabs{row.begin, row.begin};
  for (std::uint32_t at = row.begin; at < row.end && (text[at] == ' ' || text[at] == '\t'); ++at) {
    if (text[at] != '\t') continue;
    if (tabs.empty()) tabs.begin = at;
    tabs.end = at + 1;
  }
  return tabs;
}

void report(RepairedTree& result, Problem::Kind kind, TextRange range) {
  const auto same = [&](const Problem& problem) { return problem.range == range; };
  if (result.problems.size() < kProblems && std::ranges::none_of(result.problems, same))
    result.problems.push_back({kind, range});
}

/// The row as a problem: its tabs if they indent it, or else the part of it that `errors` marks, or all of it.
void report_row(RepairedTree& result, std::string_view text, TextRange row, const std::vector<TextRange>& errors) {
  if (const TextRange tabs = indenting_tabs(text, row); !tabs.empty())
    return report(result, Problem::Kind::TabIndentation, tabs);
  TextRange range = trimmed(text, row);
  for (const TextRange error : errors)
    if (!error.empty() && range.contains(error)) range = error;
  report(result, Problem::Kind::Syntax, range);
}

/// The text with each tab of an indentation made one blank; empty when no row is indented so.
std::optional<std::string> without_tabs(std::string_view text, std::vector<TextRange>& rows) {
  std::string changed(text);
  for (std::uint32_t at = 0; at < text.size(); at = next_line(text, at)) {
    const TextRange row = row_at(text, at);
    const TextRange tabs = indenting_tabs(text, row);
    if (tabs.empty() || trimmed(text, row).empty()) continue;
    rows.push_back(row);
    for (std::uint32_t i = tabs.begin; i < tabs.end; ++i) changed[i] = ' ';
  }
  if (rows.empty()) return std::nullopt;
  return changed;
}

std::string blanked(std::string text, TextRange row) {
  std::fill(text.begin() + row.begin, text.begin() + row.end, ' ');
  return text;
}

}  // namespace

RepairedTree parse_repaired(std::string_view text, syntax::Parser& parser) {
  RepairedTree result;
  std::optional<Attempt> best = attempt(std::string(text), parser);
  if (!best) {
    const std::uint32_t end = line_end(text, 0);
    result.problems.push_back({Problem::Kind::NotRead, trimmed(text, {line_begin(text, 0), end})});
    return result;
  }
  std::vector<TextRange> tab_rows;
  if (best->cost > 0) {
    if (std::optional<std::string> changed = without_tabs(text, tab_rows)) {
      std::optional<Attempt> next = attempt(std::move(*changed), parser);
      if (next && next->cost < best->cost) {
        for (const TextRange row : tab_rows) report_row(result, text, row, {});
        best = std::move(next);
      }
    }
  }
  const int rounds = text.size() > kOneRoundAbove ? 1 : kRounds;
  for (int round = 0; round < rounds && best->cost > 0; ++round) {
    std::optional<Attempt> better;
    TextRange masked;
    for (const TextRange row : suspects(best->text, best->errors.front())) {
      std::optional<Attempt> next = attempt(blanked(best->text, row), parser);
      if (!next || next->cost >= (better ? better->cost : best->cost)) continue;
      better = std::move(next);
      masked = row;
      if (better->cost == 0) break;
    }
    if (!better) break;
    report_row(result, text, masked, best->errors);
    best = std::move(better);
  }
  for (const TextRange error : best->errors)
    report(result, Problem::Kind::Syntax, trimmed(text, row_at(text, error.empty() ? error.end : error.end - 1)));
  result.tree = std::move(best->tree);
  return result;
}

}  // namespace quaymaster::yaml
