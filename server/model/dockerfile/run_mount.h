#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "model/dockerfile/instruction.h"

namespace quaymaster::dockerfile {

/// `key=value` or `key` among the comma-separated fields of a --mount.
struct MountField {
  TextRange range;  ///< of a field that is empty: the comma before it
  Word key;
  std::optional<Word> value;
};

/// The value of a `RUN --mount=` (Dockerfile reference, "RUN --mount"): one CSV record.
struct RunMount {
  TextRange range;  ///< the flag's value
  std::vector<MountField> fields;
  std::optional<TextRange> bad_quote;  ///< where quotes are not those of CSV; the fields end there

  /// The last field that has one of the names, which are lower case; case does not count.
  [[nodiscard]] const MountField* field(std::initializer_list<std::string_view> names) const;
};

[[nodiscard]] RunMount run_mount(const Word& value);

/// Those of `run`, in order. A `--mount` without a value has none.
[[nodiscard]] std::vector<RunMount> run_mounts(const Run& run);

}  // namespace quaymaster::dockerfile
