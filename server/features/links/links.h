#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/navigation/names.h"
#include "quaymaster/analyzer.h"
#include "quaymaster/text.h"

namespace quaymaster {

/// Something that is declared in a file.
struct DeclaredName {
  Name::Kind kind = Name::Kind::Service;
  std::string text;

  friend bool operator==(const DeclaredName&, const DeclaredName&) = default;
};

/// A place that speaks of a file, of a name in a file, or of a page.
struct Link {
  TextRange range;     ///< absolute, in one line
  bool page = false;   ///< `target` is an address of the web; else the path of a file
  std::string target;  ///< a path is as written: relative to the folder of the text, or absolute
  std::optional<DeclaredName> name = std::nullopt;  ///< in the file

  friend bool operator==(const Link&, const Link&) = default;
};

/// A place in another file.
struct FarPlace {
  std::string path;  ///< absolute
  TextRange range;

  friend bool operator==(const FarPlace&, const FarPlace&) = default;
};
/// Where the variable at `offset` of a Compose file gets its value: its name in the `.env` of the project, as that was
/// when the files around were read. Empty where no variable is, or `.env` does not set it.
[[nodiscard]] std::optional<FarPlace> variable_source(const Analysis& analysis, std::uint32_t offset);

/// Every link of the text, in order, no place twice. Only what is written without variables. Whether a file exists is
/// not known here. Compose: Dockerfiles and their stages, `env_file`, `include`, `extends`, the files of secrets and
/// configs, watched files, images. Dockerfile: images of FROM, COPY --from and `# syntax`. Manifests: objects of the
/// files around, where those are known.
[[nodiscard]] std::vector<Link> links(const Analysis& analysis);

/// The page of an image, of which there is one for those of Docker Hub; empty for others.
[[nodiscard]] std::string image_page(std::string_view image);

/// Where `name` is declared in the text; the last place if there are several.
[[nodiscard]] std::optional<TextRange> declaration(const Analysis& analysis, const DeclaredName& name);

}  // namespace quaymaster
