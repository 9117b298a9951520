// Any text as a YAML document: ranges of keys, values and problems lie in the text, values lie in their parents,
// lookups come to an end; and the tree of an earlier state of the text changes nothing in the result.
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fuzz/require.h"
#include "model/yaml/document.h"
#include "model/yaml/document_builder.h"
#include "model/yaml/edit.h"
#include "model/yaml/repair.h"
#include "model/yaml/value.h"
#include "text/utf8.h"

namespace quaymaster::fuzz {
namespace {

class Check {
 public:
  explicit Check(const yaml::Document& document) : document_(document), utf8_(is_utf8(document.text())) {}

  void operator()() {
    for (const yaml::Problem& problem : document_.problems()) range(problem.range);
    for (const TextRange comment : document_.comments()) range(comment);
    std::vector<const yaml::Node*> open{document_.root().node()};
    while (!open.empty()) {
      const yaml::Node& node = *open.back();
      open.pop_back();
      range(node.range);
      range(node.properties);
      if (node.kind == yaml::Node::Kind::Alias) require(node.target != nullptr && node.target->target == nullptr);
      for (const yaml::Pair& pair : node.pairs) {
        range(pair.range);
        require(pair.range.contains(pair.key->range) && pair.range.contains(pair.value->range));
        open.push_back(pair.key);
        open.push_back(pair.value);
      }
      for (const yaml::Item& item : node.items) {
        range(item.range);
        require(item.range.contains(item.value->range));
        open.push_back(item.value);
      }
    }
    // Through aliases and merge keys there is much to see, but not without end.
    for (const yaml::Entry& entry : document_.root().entries()) static_cast<void>(entry.value.entries());
    for (const std::uint32_t at : {0U, static_cast<std::uint32_t>(document_.text().size() / 2)})
      static_cast<void>(path_at(document_, at));
    edit(yaml::insert(document_.root().place(), {"fuzz", "new"}, yaml::NewValue::string("x")));
  }

 private:
  void range(TextRange range) const {
    require_inside(range, document_.text().size());
    if (!utf8_) return;
    require_between_characters(document_.text(), range.begin);
    require_between_characters(document_.text(), range.end);
  }
  void edit(const std::optional<Edit>& edit) const {
    if (edit) range(edit->range);
  }

  const yaml::Document& document_;
  bool utf8_;
};

/// Whether they say the same about the same text.
bool equal(const yaml::Document& a, const yaml::Document& b) {
  if (a.problems() != b.problems() || a.comments() != b.comments()) return false;
  std::vector<std::pair<const yaml::Node*, const yaml::Node*>> open{{a.root().node(), b.root().node()}};
  while (!open.empty()) {
    const auto [left, right] = open.back();
    open.pop_back();
    if (left->kind != right->kind || left->range != right->range || left->text != right->text ||
        left->pairs.size() != right->pairs.size() || left->items.size() != right->items.size())
      return false;
    for (std::size_t i = 0; i < left->pairs.size(); ++i) {
      open.emplace_back(left->pairs[i].key, right->pairs[i].key);
      open.emplace_back(left->pairs[i].value, right->pairs[i].value);
    }
    for (std::size_t i = 0; i < left->items.size(); ++i) open.emplace_back(left->items[i].value, right->items[i].value);
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  syntax::Parser parser(syntax::Grammar::Yaml);
  const auto document = yaml::parse_document(text, parser);
  Check{*document}();

  std::string before = text;
  before.erase(size / 3, size / 8);
  std::optional<syntax::Tree> tree = parser.parse(before);
  if (!tree || tree->root().has_error()) return 0;
  const yaml::ParsedText base{before, *std::move(tree)};
  require(equal(*document, *yaml::DocumentBuilder(text).build(yaml::parse_repaired(text, parser, &base))));
  return 0;
}

}  // namespace quaymaster::fuzz
