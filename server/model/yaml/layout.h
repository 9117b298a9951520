#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "model/yaml/document.h"
#include "model/yaml/edit.h"

/// How a document is laid out, and how new values are written so that they fit in.
namespace quaymaster::yaml {

/// What a document does where YAML leaves a choice.
struct Layout {
  std::uint32_t step = 2;             ///< blanks from a mapping to a mapping in it
  std::uint32_t sequence_offset = 2;  ///< blanks from a mapping to a sequence in it; 0 is allowed
  std::string_view line_ending = "\n";
};
[[nodiscard]] Layout layout_of(const Document& document);

/// The lines of a value in block style, each after a line ending and `indent` blanks. For a scalar or an empty
/// collection the text behind a `:`, with a blank before it.
[[nodiscard]] std::string block_text(const NewValue& value, std::uint32_t indent, const Layout& layout);
/// `key: value`, the value in block style; the key stands at `indent`, which is not written.
[[nodiscard]] std::string block_pair(std::string_view key, const NewValue& value, std::uint32_t indent,
                                     const Layout& layout);
/// `- item`; the dash stands at `indent`, which is not written.
[[nodiscard]] std::string block_item(const NewValue& item, std::uint32_t indent, const Layout& layout);
/// The value on one line. `json`: strings and keys in double quotes.
[[nodiscard]] std::string flow_text(const NewValue& value, bool json);
[[nodiscard]] std::string flow_pair(std::string_view key, const NewValue& value, bool json);

/// Whether nothing but blanks and a comment stand from `offset` to the end of its line.
[[nodiscard]] bool ends_line(std::string_view text, std::uint32_t offset);
/// Whether nothing but blanks stand before `offset` on its line.
[[nodiscard]] bool begins_line(std::string_view text, std::uint32_t offset);
/// Whether the value is written inside of braces or brackets.
[[nodiscard]] bool in_flow(const Node& node);

}  // namespace quaymaster::yaml
