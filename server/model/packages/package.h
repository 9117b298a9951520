#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "model/shell/script.h"
#include "quaymaster/text.h"

namespace quaymaster::packages {

/// How a family of managers writes a package with its version.
enum class Notation : std::uint8_t {
  Debian,    ///< name:arch=version, name/release
  Alpine,    ///< name=version, name~version, name@repository
  Rpm,       ///< name-version-release.arch, @group
  Relation,  ///< name>=version: zypper and pacman
  Python,    ///< PEP 508: name[extra]>=version
  Conda,     ///< channel::name=version=build
  Node,      ///< @scope/name@version
  Colon,     ///< name:version: gem and composer
  At,        ///< name@version: go and cargo
};

enum class Origin : std::uint8_t {
  Registry,     ///< a name that the manager looks up
  Group,        ///< of packages: `@development`
  Path,         ///< a file or folder
  Url,          ///< an archive
  Repository,   ///< of version control
  Requirement,  ///< a file that lists packages
  Computed,     ///< the shell knows: `$PACKAGES`
};

/// A package that a command names. Ranges are in the bytes of the shell's source; a part whose place cannot be told,
/// as behind escapes, has that of the whole word.
struct Package {
  Origin origin = Origin::Registry;
  TextRange range;   ///< the word
  std::string name;  ///< without version, architecture and extras; of what is no Registry the whole word
  TextRange name_range;
  std::string relation;     ///< what stands between name and version: "=", "==", ">=", "~", "@", ":", "-"
  std::string version;      ///< without quotes and further parts; of a Repository the commit, branch or tag
  TextRange version_range;  ///< empty, at the end of the word, when there is none

  [[nodiscard]] bool has_version() const { return !version.empty(); }
  /// Whether the version is one and not a range, a tag like `latest`, or computed.
  [[nodiscard]] bool exact() const;
};

/// Reads one word. `text` are the bytes that it stands in.
[[nodiscard]] Package read_package(const shell::Word& word, std::string_view text, Notation notation);

}  // namespace quaymaster::packages
