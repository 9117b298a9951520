#include "truth/whole_tree.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "syntax/dockerfile_segments.h"
#include "syntax/tree.h"

namespace quaymaster::tests {
namespace {

using syntax::Node;

std::vector<Node> instructions_of(const syntax::Tree& tree) {
  std::vector<Node> result = tree.root().named_children();
  std::erase_if(result, [](const Node& node) { return !node.kind().ends_with("_instruction"); });
  return result;
}

std::size_t errors_below(const Node& root) {
  std::size_t errors = 0;
  std::vector<Node> open{root};
  while (!open.empty()) {
    const Node node = open.back();
    open.pop_back();
    if (!node.has_error()) continue;
    if (node.error() || node.missing()) ++errors;
    for (const Node& child : node.children()) open.push_back(child);
  }
  return errors;
}

std::string name_of(const Node& node, std::int64_t shift) {
  const TextRange range = node.range();
  return std::string(node.kind()) + " [" + std::to_string(range.begin + shift) + ", " +
         std::to_string(range.end + shift) + ")";
}

/// The first place where the trees differ; `shift` is how far `part` stands further left.
std::string difference(const Node& whole, const Node& part, std::int64_t shift) {
  std::vector<std::pair<Node, Node>> open{{whole, part}};
  while (!open.empty()) {
    const auto [a, b] = open.back();
    open.pop_back();
    if (name_of(a, 0) != name_of(b, shift)) return name_of(a, 0) + " is " + name_of(b, shift) + " in its segment\n";
    const std::vector<Node> left = a.children();
    const std::vector<Node> right = b.children();
    if (left.size() != right.size()) return "in " + name_of(a, 0) + ": other children in its segment\n";
    for (std::size_t i = 0; i < left.size(); ++i) open.emplace_back(left[i], right[i]);
  }
  return {};
}

}  // namespace

WholeTree whole_tree(std::string_view text) {
  syntax::Parser parser(syntax::Grammar::Dockerfile);
  const std::optional<syntax::Tree> tree = parser.parse(text);
  if (!tree) return {1, "the parser gave up\n"};
  WholeTree result{errors_below(tree->root()), {}};
  const std::vector<Node> whole = instructions_of(*tree);
  const syntax::DockerfileSegments cut = syntax::dockerfile_segments(text);
  const std::string directive = cut.escape == '`' ? "# escape=`\n" : "";
  std::size_t index = 0;
  for (const syntax::DockerfileSegment& segment : cut.segments) {
    if (segment.kind != syntax::DockerfileSegment::Kind::Instruction) continue;
    const std::string buffer = directive + std::string(slice(text, segment.range));
    const std::optional<syntax::Tree> part = parser.parse(buffer);
    const std::vector<Node> found = part ? instructions_of(*part) : std::vector<Node>();
    const std::string place = "instruction " + std::to_string(index + 1) + ": ";
    if (found.size() != 1 || index >= whole.size())
      result.differences += place + "not one in its segment, or none in the whole\n";
    else if (std::string found_difference = difference(
                 whole[index], found[0],
                 static_cast<std::int64_t>(segment.range.begin) - static_cast<std::int64_t>(directive.size()));
             !found_difference.empty())
      result.differences += place + found_difference;
    ++index;
  }
  if (index != whole.size()) result.differences += "the whole has more instructions than there are segments\n";
  return result;
}

}  // namespace quaymaster::tests
