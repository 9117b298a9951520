#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/support/build_step.h"
#include "rules/support/package_commands.h"

/// What package managers leave behind in the layer of a RUN.
namespace quaymaster::rules {

/// The cache of one manager.
struct CacheKind {
  std::string_view variant;     ///< of the rule
  std::string_view alias;       ///< hadolint's check; empty when it has none
  std::string_view verbs;       ///< that this check looks at, between blanks
  std::string_view option;      ///< with which the manager keeps no cache; empty when it has none
  std::string_view cleanup;     ///< the command that empties the cache
  std::string_view trivy = {};  ///< Trivy's check; empty when it has none
};

/// Whether a RUN uses what an earlier one left.
enum class Need : std::uint8_t {
  None,
  Possible,  ///< it runs a script that may
  Certain,   ///< it fails without
};

struct Leftover {
  const CacheKind* kind = nullptr;    ///< never null
  std::string_view path;              ///< the folder that stays
  std::vector<PackageCommand> calls;  ///< that fill it; never empty
  bool kept = true;                   ///< false: deleted in the same RUN, or in a stage that gets into no image
  bool by_hadolint = false;           ///< its check would report it
  bool by_trivy = false;
  Need later = Need::None;  ///< of a later RUN for it
};

/// What the RUN leaves, one of a kind. Mounts for the cache and the environment are taken into account.
/// `keeps_archives`: apt does not delete what it downloaded. Valid as long as `build`.
[[nodiscard]] std::vector<Leftover> leftovers_of(const dockerfile::BuildScript& build, bool keeps_archives);

/// Which RUNs are followed by one, in their stage or in one on top of it, that installs with apt from lists that it did
/// not fetch.
class LaterInstalls {
 public:
  explicit LaterInstalls(const dockerfile::BuildFile& build);
  [[nodiscard]] Need behind(std::size_t instruction) const;

 private:
  struct OfStage {
    std::size_t end = 0;       ///< behind its last instruction
    std::size_t certain = 0;   ///< its last such instruction; 0: none
    std::size_t possible = 0;  ///< its last one that may be one; 0: none
    Need above = Need::None;   ///< in the stages on top
  };
  std::vector<OfStage> stages_;
};

/// Tells, RUN after RUN, whether the base image's setting that deletes apt's archives is still there.
class KeptArchives {
 public:
  explicit KeptArchives(const dockerfile::File& file)
      : file_(file), stages_(file), gone_(file.stages.size() + 1, false) {}
  /// Steps must come in their order. True when the setting is gone after this one.
  bool look_at(const dockerfile::BuildFile::Step& step);

 private:
  const dockerfile::File& file_;
  StageCursor stages_;
  std::vector<bool> gone_;  ///< by stage; the last one for what is in none
  std::size_t seen_ = 0;    ///< stages that took over what holds in their parent
};

}  // namespace quaymaster::rules
