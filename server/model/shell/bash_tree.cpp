#include "model/shell/bash_tree.h"

#include <cstddef>
#include <utility>

#include "model/shell/heredoc_repair.h"

namespace quaymaster::shell {
namespace {

constexpr int kMostOpen = 500;     // expansions
constexpr int kMostPipes = 1'000;  // in one pipeline, those of || included
constexpr int kMostRepairs = 3;
constexpr std::size_t kLongestRepaired = 16'384;

/// A NUL byte is no shell text, and the parser's error recovery needs time in the square of their number, as it does
/// for expansions that nothing closes and for the commands of a pipeline without an end.
bool is_hopeless(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) return true;
  int open = 0;
  int pipes = 0;
  char previous = '\0';  // blanks aside
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '}' && open > 0) --open;
    if (c == '{' && i > 0 && text[i - 1] == '$' && ++open > kMostOpen) return true;
    if (c == '|' && ++pipes > kMostPipes) return true;
    if (c == ';' || c == '&' || (c == '\n' && previous != '|')) pipes = 0;
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') previous = c;
  }
  return false;
}

}  // namespace

std::optional<BashTree> parse_bash(std::string_view text, syntax::Parser& bash) {
  if (is_hopeless(text)) return std::nullopt;
  std::optional<syntax::Tree> tree = bash.parse(text);
  if (!tree) return std::nullopt;
  BashTree result{std::move(*tree), std::nullopt};
  const int repairs = text.size() > kLongestRepaired ? 0 : kMostRepairs;
  for (int i = 0; result.tree.root().has_error() && i < repairs; ++i) {
    std::optional<std::string> without =
        without_misread_heredocs(result.repaired ? *result.repaired : text, result.tree.root());
    if (!without) break;
    tree = bash.parse(*without);
    if (!tree) break;
    result = {std::move(*tree), std::move(without)};
  }
  return result;
}

}  // namespace quaymaster::shell
