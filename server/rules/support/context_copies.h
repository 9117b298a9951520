#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "model/dockerfile/file.h"
#include "model/surroundings.h"
#include "quaymaster/text.h"

/// What a Dockerfile copies from its build context, and which builds come by there.
namespace quaymaster::rules {

/// A source of COPY or ADD in the build context.
struct ContextSource {
  std::string path;     ///< see `path_in_context`; empty for all of the context
  std::string written;  ///< as in the file
  TextRange range;      ///< absolute
  std::size_t stage = 0;
};

/// Those whose path is known, in order; what derived images copy is left out.
[[nodiscard]] std::vector<ContextSource> context_sources(const dockerfile::File& file);

/// Which builds run the instructions of a stage.
class StageBuilds {
 public:
  /// Both have to outlive this.
  StageBuilds(const dockerfile::File& file, const std::vector<DockerfileBuild>& builds);

  /// The builds that surely do.
  [[nodiscard]] std::vector<const DockerfileBuild*> sure(std::size_t stage) const;
  /// The builds that do, or may: a variable decides what they build.
  [[nodiscard]] std::vector<const DockerfileBuild*> possible(std::size_t stage) const;

 private:
  const std::vector<DockerfileBuild>& builds_;
  std::vector<std::vector<bool>> needed_;  // by build, then by stage; none when the target is no stage
};

}  // namespace quaymaster::rules
