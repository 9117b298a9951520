// Any text through the Dockerfile grammar: it has no errors, its nodes lie in the text and in one another, and begin
// and end between characters; and the tree after an edit is the tree that parsing anew gives.
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fuzz/require.h"
#include "syntax/tree.h"
#include "text/utf8.h"

namespace quaymaster::fuzz {
namespace {

void check_nodes(const syntax::Tree& tree, std::string_view text) {
  require(!tree.root().has_error());
  const bool utf8 = is_utf8(text);
  std::vector<syntax::Node> open{tree.root()};
  while (!open.empty()) {
    const syntax::Node node = open.back();
    open.pop_back();
    const TextRange range = node.range();
    require_inside(range, text.size());
    if (utf8) {
      require_between_characters(text, range.begin);
      require_between_characters(text, range.end);
    }
    std::uint32_t at = range.begin;
    for (const syntax::Node& child : node.children()) {
      require(at <= child.range().begin && child.range().end <= range.end);
      at = child.range().end;
      open.push_back(child);
    }
  }
}

void require_equal(const syntax::Tree& a, const syntax::Tree& b) {
  std::vector<std::pair<syntax::Node, syntax::Node>> open{{a.root(), b.root()}};
  while (!open.empty()) {
    const auto [left, right] = open.back();
    open.pop_back();
    require(left.kind() == right.kind() && left.range() == right.range());
    const std::vector<syntax::Node> one = left.children();
    const std::vector<syntax::Node> other = right.children();
    require(one.size() == other.size());
    for (std::size_t i = 0; i < one.size(); ++i) open.emplace_back(one[i], other[i]);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  syntax::Parser parser(syntax::Grammar::Dockerfile);
  const std::optional<syntax::Tree> tree = parser.parse(text);
  if (!tree) return 0;
  check_nodes(*tree, text);
  // A hole in the middle stands for the edit: what was typed there, or taken away.
  std::string before = text;
  before.erase(size / 3, size / 8);
  const std::optional<syntax::Tree> old = parser.parse(before);
  if (!old) return 0;
  if (const std::optional<syntax::Tree> again = parser.parse_again(text, *old, before)) require_equal(*again, *tree);
  return 0;
}

}  // namespace quaymaster::fuzz
