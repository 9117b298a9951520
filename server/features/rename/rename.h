#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "quaymaster/analyzer.h"
#include "quaymaster/text.h"

namespace quaymaster {

/// What the user is asked to change.
struct RenameTarget {
  TextRange range;
  std::string name;
};

/// Why nothing is renamed: a sentence for the user, without a full stop.
struct RenameRefusal {
  std::string reason;
};

/// Whether the name at `offset` can be renamed. Empty when there is no name.
[[nodiscard]] std::optional<std::variant<RenameTarget, RenameRefusal>> prepare_rename(const Analysis& analysis,
                                                                                      std::uint32_t offset);

/// The edits that give the name at `offset` another spelling everywhere, sorted. Refused when `new_name` is no name of
/// the kind, is taken, or when one of the places cannot be edited: then nothing is changed at all. Empty when there is
/// no name.
[[nodiscard]] std::optional<std::variant<std::vector<Edit>, RenameRefusal>> rename(const Analysis& analysis,
                                                                                   std::uint32_t offset,
                                                                                   std::string_view new_name);

}  // namespace quaymaster
