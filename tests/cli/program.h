#pragma once
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace quaymaster::tests {

/// A folder that is removed again, and the working folder for as long as it exists.
class Workplace {
 public:
  Workplace();
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;
  ~Workplace();

  /// Writes a file and the folders above it; returns its path.
  std::string write(const std::string& path, std::string_view text) const;
  [[nodiscard]] std::string read(const std::string& path) const;
  /// The names in a folder, sorted, each with a blank behind it.
  [[nodiscard]] std::string list(const std::string& folder) const;

 private:
  std::string before_;
  std::string folder_;
};

/// What a run of the program gave.
struct Outcome {
  int code = -1;
  std::string out;
  std::string err;
};

/// What is around a run.
struct Surroundings {
  std::string input;
  bool terminal = false;  ///< output and messages go to one
  bool colour_allowed = true;
  std::size_t columns = 120;
  std::map<std::string, std::string> environment = {};
};

/// Runs the program in this process.
Outcome quaymaster_run(std::vector<std::string> arguments, const Surroundings& around = {});

/// Whether `text` holds `part`.
bool has(const std::string& text, std::string_view part);

}  // namespace quaymaster::tests
