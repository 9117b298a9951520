#include "model/yaml/layout.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "model/yaml/scalar.h"
#include "model/yaml/text_lines.h"

namespace quaymaster::yaml {
namespace {

/// Enough to see what a document does, and few enough to ask for each of its containers.
constexpr std::size_t kExaminedNodes = 300;

bool is_empty_collection(const NewValue& value) {
  return (value.kind == NewValue::Kind::Mapping && value.pairs.empty()) ||
         (value.kind == NewValue::Kind::Sequence && value.items.empty());
}

bool is_inline(const NewValue& value) {
  return value.kind == NewValue::Kind::Plain || value.kind == NewValue::Kind::String || is_empty_collection(value);
}

std::string new_line(std::uint32_t indent, const Layout& layout) {
  return std::string(layout.line_ending) + std::string(indent, ' ');
}

std::string key_text(std::string_view key, bool json) {
  return encode_scalar(key, json ? ScalarStyle::DoubleQuoted : ScalarStyle::Plain, true);
}

}  // namespace

Layout layout_of(const Document& document) {
  std::optional<std::uint32_t> step;
  std::optional<std::uint32_t> sequence_offset;
  std::vector<const Node*> open{document.root().node()};
  const auto add = [&open](const Node* node) {
    if (open.size() < kExaminedNodes) open.push_back(node);
    return open.size() < kExaminedNodes;
  };
  for (std::size_t examined = 0; !open.empty() && examined < kExaminedNodes; ++examined) {
    const Node& node = *open.back();
    open.pop_back();
    for (const Pair& pair : node.pairs)
      if (!add(pair.value)) break;
    for (const Item& item : node.items)
      if (!add(item.value)) break;
    if (node.parent == nullptr || node.parent->kind != Node::Kind::Mapping || node.flow || node.range.empty()) continue;
    if (node.kind != Node::Kind::Mapping && node.kind != Node::Kind::Sequence) continue;
    const std::uint32_t outer = column(document.text(), node.parent->range.begin);
    const std::uint32_t inner = column(document.text(), node.range.begin);
    if (node.kind == Node::Kind::Mapping && inner > outer) step = std::min(step.value_or(inner - outer), inner - outer);
    if (node.kind == Node::Kind::Sequence && inner >= outer) sequence_offset = inner - outer;
  }
  Layout layout;
  layout.step = step.value_or(2);
  layout.sequence_offset = sequence_offset.value_or(layout.step);
  layout.line_ending = document.line_ending();
  return layout;
}

int indentation_step(const Document& document) { return static_cast<int>(layout_of(document).step); }

std::string block_text(const NewValue& value, std::uint32_t indent, const Layout& layout) {
  if (value.kind == NewValue::Kind::String) return " " + encode_scalar(value.text, ScalarStyle::Plain, false);
  if (is_inline(value)) return " " + flow_text(value, false);
  std::string out;
  for (const auto& [key, inner] : value.pairs) out += new_line(indent, layout) + block_pair(key, inner, indent, layout);
  for (const NewValue& item : value.items) out += new_line(indent, layout) + block_item(item, indent, layout);
  return out;
}

std::string block_pair(std::string_view key, const NewValue& value, std::uint32_t indent, const Layout& layout) {
  const std::uint32_t by = value.kind == NewValue::Kind::Sequence ? layout.sequence_offset : layout.step;
  return key_text(key, false) + ":" + block_text(value, indent + by, layout);
}

std::string block_item(const NewValue& item, std::uint32_t indent, const Layout& layout) {
  const std::string text = block_text(item, indent + 2, layout);
  if (is_inline(item)) return "-" + text;
  return "- " + text.substr(new_line(indent + 2, layout).size());
}

std::string flow_text(const NewValue& value, bool json) {
  switch (value.kind) {
    case NewValue::Kind::Plain: return value.text;
    case NewValue::Kind::String:
      return encode_scalar(value.text, json ? ScalarStyle::DoubleQuoted : ScalarStyle::Plain, true);
    case NewValue::Kind::Mapping:
    case NewValue::Kind::Sequence: break;
  }
  std::string out;
  for (const auto& [key, inner] : value.pairs) out += (out.empty() ? "" : ", ") + flow_pair(key, inner, json);
  for (const NewValue& item : value.items) out += (out.empty() ? "" : ", ") + flow_text(item, json);
  return value.kind == NewValue::Kind::Mapping ? "{" + out + "}" : "[" + out + "]";
}

std::string flow_pair(std::string_view key, const NewValue& value, bool json) {
  return key_text(key, json) + ": " + flow_text(value, json);
}

bool ends_line(std::string_view text, std::uint32_t offset) {
  const std::string_view rest = slice(text, {offset, line_end(text, offset)});
  const std::size_t first = rest.find_first_not_of(" \t");
  return first == std::string_view::npos || (rest[first] == '#' && first > 0);
}

bool begins_line(std::string_view text, std::uint32_t offset) {
  return slice(text, {line_begin(text, offset), offset}).find_first_not_of(" \t") == std::string_view::npos;
}

bool in_flow(const Node& node) {
  for (const Node* at = node.parent; at != nullptr; at = at->parent)
    if (at->flow) return true;
  return false;
}

}  // namespace quaymaster::yaml
