#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/shell/script.h"

/// Texts that commands write into files: `echo '…' > /etc/x`, `printf … | tee x`, `sed -i 's/…/…/' x`.
namespace quaymaster::rules {

/// Whether what the command prints goes to a file, by itself or through those that it is piped to.
[[nodiscard]] bool prints_to_file(const std::vector<shell::Command>& commands, std::size_t index);

/// The words that the command at `index` writes into a file; empty when it writes none.
[[nodiscard]] std::vector<const shell::Word*> written_words(const std::vector<shell::Command>& commands,
                                                            std::size_t index);

/// Where a part of a word's text stands, in the bytes of the script: the whole word when that cannot be told.
[[nodiscard]] TextRange part_range(const shell::Word& word, std::size_t begin, std::size_t size);

/// A script of `sed` with blanks in the place of all that it does not write: addresses, patterns, commands.
/// `s/old/new/` becomes `      new `, so that places stay what they are.
[[nodiscard]] std::string written_by_sed(std::string_view script);

}  // namespace quaymaster::rules
