#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"

/// What rules ask of the RUNs of a Dockerfile, and how they write into them.
namespace quaymaster::rules {

/// Whether what the RUN leaves behind gets into an image that counts: the final one or one below it, an image built on
/// this one for what is under ONBUILD; any in a part of a file without FROM.
[[nodiscard]] bool stays_in_image(const dockerfile::BuildScript& build);

/// Whether `--mount=type=cache` or `type=tmpfs` puts something at a path that contains `path`.
[[nodiscard]] bool has_mount_at(const dockerfile::BuildScript& build, std::string_view path);

/// Tells of instructions, asked for in ascending order, which stage they belong to.
class StageCursor {
 public:
  explicit StageCursor(const dockerfile::File& file) : file_(file) {}
  /// The index of the stage; the number of stages for what stands before the first.
  [[nodiscard]] std::size_t at(std::size_t instruction);

 private:
  const dockerfile::File& file_;
  std::size_t stage_ = 0;
};

/// Tells of places in a script, asked for in ascending order, which nested text they stand in.
class NestedTexts {
 public:
  explicit NestedTexts(const shell::Script& script);
  /// The place of the innermost nested text around `range` in `Script::nested`, counted from 1; 0 when there is none.
  [[nodiscard]] std::size_t around(TextRange range);

 private:
  const shell::Script& script_;
  std::vector<std::size_t> order_;  ///< of `Script::nested`, by where they begin
  std::size_t next_ = 0;
  std::vector<std::size_t> open_;
};

/// The edit that puts `word` behind the one at `after`, in the script: a string of its own in exec form. Empty when it
/// cannot be written there.
[[nodiscard]] std::optional<Edit> insert_word(const dockerfile::BuildScript& build, TextRange after,
                                              std::string_view word);

/// How a RUN can be continued.
enum class Continuation : std::uint8_t {
  None,   ///< not by writing something behind it
  Loose,  ///< ` && command` behind it is valid, but its parts are not all joined by `&&`
  Chain,  ///< commands joined by `&&`: what follows runs exactly when all of it succeeded
};
[[nodiscard]] Continuation continuation(const dockerfile::BuildScript& build);

/// The edit that adds ` && command` at the end of the RUN. Empty when `continuation` is None.
[[nodiscard]] std::optional<Edit> append_command(const dockerfile::BuildScript& build, std::string_view command);

/// Reports from a check of the whole file what was found in the segment that begins at `begin`.
void report_in_segment(std::uint32_t begin, Report report, RuleContext& ctx);

}  // namespace quaymaster::rules
