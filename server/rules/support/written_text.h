#pragma once
#include <cstddef>
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

}  // namespace quaymaster::rules
