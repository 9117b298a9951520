#include "model/yaml/repair.h"

#include <algorithm>
#include <utility>

#include "model/yaml/text_lines.h"
#include "syntax/yaml_documents.h"

namespace quaymaster::yaml {
namespace {

constexpr int kRounds = 3;
constexpr std::size_t kOneRoundAbove = 256U << 10U;
constexpr std::size_t kProblems = 5;
/// All attempts together may cost as much as a text that is this many times as long; fewer for long texts.
constexpr std::size_t kTextsWorth = 4;
constexpr std::size_t kLongTextsWorth = 2;
/// And this much more, so that short texts get all the attempts that they need.
constexpr std::size_t kLeastWorth = 64U << 10U;

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

/// Parses states of one text, all on one budget. A tree with errors depends on where the parser begins, so it is never
/// made from the tree of another text.
class Attempts {
 public:
  Attempts(std::size_t text_size, syntax::Parser& parser, const ParsedText* base)
      : parser_(parser),
        budget_((text_size > kOneRoundAbove ? kLongTextsWorth : kTextsWorth) * text_size + kLeastWorth),
        base_(base) {}

  [[nodiscard]] std::optional<Attempt> operator()(std::string text) {
    std::optional<syntax::Tree> tree = parse(text);
    if (!tree) return std::nullopt;
    std::vector<TextRange> errors = errors_of(*tree);
    const std::size_t cost = cost_of(*tree, errors, text.size());
    return Attempt{std::move(text), std::move(tree), std::move(errors), cost};
  }

  /// Whether the text parses without an error. False, too, when the budget is gone.
  [[nodiscard]] bool parses(std::string_view text) {
    if (!budget_.enough_for(text.size())) return false;
    const std::optional<syntax::Tree> tree = parser_.parse(text, budget_);
    return tree && !tree->root().has_error();
  }

 private:
  [[nodiscard]] std::optional<syntax::Tree> parse(std::string_view text) {
    // So that what parses does so with or without a base: an attempt does not begin that may not come to its end.
    if (!budget_.enough_for(text.size())) return std::nullopt;
    if (base_ != nullptr) {
      std::optional<syntax::Tree> tree = parser_.parse_again(text, base_->tree, base_->text);
      if (tree && !tree->root().has_error()) return tree;
    }
    return parser_.parse(text, budget_);
  }

  syntax::Parser& parser_;
  syntax::WorkBudget budget_;
  const ParsedText* base_;
};

TextRange row_at(std::string_view text, std::uint32_t offset) {
  return {line_begin(text, offset), line_end(text, offset)};
}

/// Blank rows, comments and document markers are innocent.
bool innocent(std::string_view text, TextRange row) {
  const std::string_view content = slice(text, trimmed(text, row));
  return content.empty() || content.starts_with('#') || content.starts_with("---");
}

/// The rows of the text that are not innocent.
std::vector<TextRange> rows_of(std::string_view text) {
  std::vector<TextRange> rows;
  for (std::uint32_t at = 0; at < text.size(); at = next_line(text, at))
    if (const TextRange row = row_at(text, at); !innocent(text, row)) rows.push_back(row);
  return rows;
}

/// The index of a row up to which the text does not parse, while it does up to the row before, among the rows from
/// `good` to `bad`: the text before `good` parses, and up to `bad` it does not.
std::size_t first_bad_row(std::string_view text, const std::vector<TextRange>& rows, std::size_t good, std::size_t bad,
                          Attempts& attempt) {
  while (good < bad) {
    const std::size_t middle = good + (bad - good) / 2;
    if (attempt.parses(text.substr(0, next_line(text, rows[middle].end))))
      good = middle + 1;
    else
      bad = middle;
  }
  return bad;
}

/// Where the text ceases to parse.
struct BadRow {
  std::size_t index = 0;  ///< of the row
  /// Of the row that opens a quote or bracket which only the row before closes: the half-typed one may have opened it.
  std::optional<std::size_t> opener;
};

BadRow find_bad_row(std::string_view text, const std::vector<TextRange>& rows, std::size_t good, Attempts& attempt) {
  BadRow result{first_bad_row(text, rows, good, rows.size() - 1, attempt), {}};
  if (result.index < good + 2) return result;
  const std::size_t before = result.index - 2;
  if (!attempt.parses(text.substr(0, next_line(text, rows[before].end))))
    result.opener = first_bad_row(text, rows, good, before, attempt);
  return result;
}

/// Whether the row has a key, as far as can be told from the row alone.
bool has_key(std::string_view text, TextRange row) {
  const std::string_view content = slice(text, trimmed(text, row));
  return content.ends_with(':') || content.find(": ") != std::string_view::npos;
}

/// The rows that may be to blame, likeliest first, each once: where the text ceases to parse, and the ends of the first
/// error of its tree.
std::vector<TextRange> suspects(std::string_view text, TextRange error, const std::vector<TextRange>& rows,
                                const BadRow& bad_row) {
  std::vector<TextRange> result;
  const auto add = [&](TextRange row) {
    if (!innocent(text, row) && std::ranges::find(result, row) == result.end()) result.push_back(row);
  };
  const std::size_t bad = bad_row.index;
  if (bad_row.opener) add(rows[*bad_row.opener]);
  // Before a good key stands, half-typed, what it cannot follow.
  const bool half_typed = bad > 0 && has_key(text, rows[bad]) && !has_key(text, rows[bad - 1]);
  if (half_typed) add(rows[bad - 1]);
  add(rows[bad]);
  if (bad > 0) add(rows[bad - 1]);
  const TextRange last = row_at(text, error.end > error.begin ? error.end - 1 : error.end);
  const TextRange first = row_at(text, error.begin);
  add(last);
  add(row_at(text, next_line(text, last.end)));
  if (last.begin > 0) add(row_at(text, last.begin - 1));
  add(first);
  if (first.begin > 0) add(row_at(text, first.begin - 1));
  return result;
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

/// A row that is left out, and the errors that were there before.
struct MaskedRow {
  TextRange row;
  std::vector<TextRange> errors;
};

/// Takes rows out of the text until it parses, and puts those back that were not to blame.
std::vector<MaskedRow> mask_rows(Attempt& best, Attempts& attempt) {
  std::vector<MaskedRow> masked;
  const std::string start = best.text;
  const int rounds = start.size() > kOneRoundAbove ? 1 : kRounds;
  std::size_t good = 0;
  for (int round = 0; round < rounds && best.cost > 0; ++round) {
    const std::vector<TextRange> rows = rows_of(best.text);
    if (rows.empty()) break;
    const BadRow bad = find_bad_row(best.text, rows, std::min(good, rows.size() - 1), attempt);
    std::optional<Attempt> better;
    TextRange blamed;
    for (const TextRange row : suspects(best.text, best.errors.front(), rows, bad)) {
      std::optional<Attempt> next = attempt(blanked(best.text, row));
      if (!next || next->cost >= (better ? better->cost : best.cost)) continue;
      better = std::move(next);
      blamed = row;
      if (better->cost == 0) break;
    }
    if (!better) break;
    masked.push_back({blamed, std::move(best.errors)});
    best = *std::move(better);
    good = bad.opener ? *bad.opener : bad.index;
    good -= std::min<std::size_t>(good, 1);
  }
  for (std::size_t i = 0; i + 1 < masked.size();) {
    const TextRange row = masked[i].row;
    std::string restored = best.text;
    restored.replace(row.begin, row.size(), start, row.begin, row.size());
    std::optional<Attempt> next = attempt(std::move(restored));
    if (!next || next->cost > best.cost) {
      ++i;
      continue;
    }
    best = *std::move(next);
    masked.erase(masked.begin() + static_cast<std::ptrdiff_t>(i));
  }
  return masked;
}

}  // namespace

RepairedTree parse_repaired(std::string_view text, syntax::Parser& parser, const ParsedText* base) {
  RepairedTree result;
  Attempts attempt(text.size(), parser, base);
  std::string start(text);
  for (const TextRange marker : syntax::yaml_documents_and_markers(text).misplaced_markers) {
    start = blanked(std::move(start), marker);
    report(result, Problem::Kind::Syntax, trimmed(text, marker));
  }
  std::optional<Attempt> best = attempt(start);
  if (!best) {
    const std::uint32_t end = line_end(text, 0);
    result.problems.push_back({Problem::Kind::NotRead, trimmed(text, {line_begin(text, 0), end})});
    return result;
  }
  std::vector<TextRange> tab_rows;
  if (best->cost > 0) {
    if (std::optional<std::string> changed = without_tabs(start, tab_rows)) {
      std::optional<Attempt> next = attempt(std::move(*changed));
      if (next && next->cost < best->cost) {
        for (const TextRange row : tab_rows) report_row(result, text, row, {});
        best = std::move(next);
      }
    }
  }
  const std::vector<MaskedRow> masked = mask_rows(*best, attempt);
  for (const MaskedRow& each : masked) report_row(result, text, each.row, each.errors);
  for (const TextRange error : best->errors)
    report(result, Problem::Kind::Syntax, trimmed(text, row_at(text, error.empty() ? error.end : error.end - 1)));
  result.tree = std::move(best->tree);
  return result;
}

}  // namespace quaymaster::yaml
