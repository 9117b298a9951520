#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "model/shell/source.h"
#include "model/yaml/document.h"
#include "text/mapped_text.h"

namespace quaymaster::yaml {

/// What the scalar `written` of `style` stands for (YAML 1.2.2, chapters 7.3 and 8.1), with the way back to the
/// document: quotes, escapes, folded line breaks, indentation and chomping undone. `written` is the part of the
/// document that begins at `begin`; of a block scalar it begins with the indicator and reaches to the end of the line
/// before the next value. `parent_indent` is the indentation of the value that a block scalar belongs to.
[[nodiscard]] MappedText decode_scalar(std::string_view written, std::uint32_t begin, ScalarStyle style,
                                       int parent_indent = -1);

/// The decoded text of a scalar of `document` with the way back. Empty for other nodes.
[[nodiscard]] MappedText mapped_scalar(const Document& document, const Node& node);

/// Where the text of a block scalar ends, which is written up to `written_end`: behind its last line terminator and the
/// blank lines that follow it.
[[nodiscard]] std::uint32_t block_scalar_end(std::string_view text, std::uint32_t written_end);

/// How text inside of a scalar of this style is encoded.
[[nodiscard]] shell::Layer layer_of(ScalarStyle style);

/// The scalar as it has to be written in `style` or, where that cannot hold `text`, in one that can: plain, then
/// single-quoted, then double-quoted. For one line. `flow`: inside of brackets or braces.
[[nodiscard]] std::string encode_scalar(std::string_view text, ScalarStyle style, bool flow);

/// Whether `text` written plain would be read as the string `text`: not as a number, a Boolean (of YAML 1.1 either),
/// null or something structural.
[[nodiscard]] bool plain_string(std::string_view text, bool flow);

}  // namespace quaymaster::yaml
