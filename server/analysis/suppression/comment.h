#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "quaymaster/text.h"

/// Comments that ask for silence: in our own form, and in those of other tools.
namespace quaymaster::suppression {

/// One name in such a comment.
struct Item {
  std::string name;  ///< as `names_finding` takes it; a peer's with its tool: "hadolint:DL3006"
  TextRange range;   ///< where it is written

  friend bool operator==(const Item&, const Item&) = default;
};

/// What a comment speaks of, given where it stands.
enum class Reach : std::uint8_t {
  Entry,  ///< its line, or the instruction or entry below it
  Line,   ///< its line, or the line below it
  Stage,  ///< the stage of a Dockerfile that it stands in, or above the FROM of
  File,
};

struct Comment {
  std::string_view tool;  ///< whose form it is: "hadolint", "buildkit" …; empty: ours
  Reach reach = Reach::Entry;
  std::vector<Item> items;  ///< empty: everything that the tool finds; ours: everything
  TextRange items_range;    ///< from the first item to the last; where another one can be added
  std::string reason;
};

/// Reads one comment, which begins with '#', in our form: `# quaymaster: ignore ITEM[, ITEM] [-- reason]`, or
/// `ignore-file`. Ranges are relative to the comment. Empty when it is something else.
[[nodiscard]] std::optional<Comment> parse_own_comment(std::string_view comment);

/// Reads one comment in the form of another tool: hadolint and tally (`ignore=`, `global ignore=`, `stage ignore=`),
/// BuildKit (`check=skip=`), dclint (`disable`, `disable-file`, `disable-line`), Checkov (`checkov:skip=`), Trivy
/// (`trivy:ignore:`) and ShellCheck (`shellcheck disable=`). A name that the tool would not know is passed over, where
/// the tool itself may give up the whole comment. Ranges are relative to the comment. Empty when it is something else.
[[nodiscard]] std::optional<Comment> parse_peer_comment(std::string_view comment);

/// What follows `check=` in BuildKit's parser directive and in its comments: `skip=A,B;error=true`. Ends at the first
/// blank. Ranges are relative to `value`. Empty when it skips nothing.
[[nodiscard]] std::optional<Comment> parse_buildkit_check(std::string_view value);

}  // namespace quaymaster::suppression
