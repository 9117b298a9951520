#pragma once
#include <span>
#include <string_view>

#include "quaymaster/text.h"
#include "text/mapped_text.h"

namespace quaymaster::shell {

/// What a word is when the shell has taken its quotes and escapes away. Its places are places in the shell's text.
struct DecodedWord {
  MappedText text;
  bool literal = true;
};

enum class Globs : bool { Literal, Expanded };

/// The word at `range` of `text` (POSIX Shell Command Language §2.2; $'…' and $"…" of bash). `expansions` are the
/// ranges in it that the shell computes, sorted and disjoint: they stay as written.
[[nodiscard]] DecodedWord decode_word(std::string_view text, TextRange range, std::span<const TextRange> expansions,
                                      Globs globs = Globs::Expanded);

}  // namespace quaymaster::shell
