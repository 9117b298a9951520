#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workspace/discovery.h"
#include "workspace/file_system.h"

namespace quaymaster::workspace {

/// Whose configuration a file is.
enum class ConfigurationKind : std::uint8_t { Own, Hadolint, KubeLinter, Dclint };
inline constexpr std::size_t kConfigurationKinds = 4;

/// By its name; empty for a file that is no configuration.
[[nodiscard]] std::optional<ConfigurationKind> configuration_kind(std::string_view path);
/// The first of the names that such a file may have.
[[nodiscard]] std::string_view usual_name(ConfigurationKind kind);

/// Finds, for a folder, the nearest configuration file of each kind upwards, up to the root of its repository. Looks
/// into a folder once, however many files are in it.
class ConfigurationFinder {
 public:
  explicit ConfigurationFinder(const FileSystem& files) : files_(files) {}

  /// Absolute paths by kind; empty where there is none.
  using Found = std::array<std::string, kConfigurationKinds>;
  /// `folder` is absolute and free of links.
  const Found& nearest(const std::string& folder);

  /// What has the name of a configuration file and cannot be one: a folder, a pipe.
  [[nodiscard]] const std::vector<PathMessage>& errors() const { return errors_; }

 private:
  [[nodiscard]] std::string look_for(const std::string& folder, ConfigurationKind kind);

  const FileSystem& files_;
  std::map<std::string, Found, std::less<>> by_folder_;
  std::vector<PathMessage> errors_;
};

}  // namespace quaymaster::workspace
