#include "cli/program.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include "cli/run.h"

namespace quaymaster::tests {

namespace fs = std::filesystem;

Workplace::Workplace() : before_(fs::current_path().string()) {
  std::string name = (fs::temp_directory_path() / "quaymaster-test-XXXXXX").string();
  if (!::mkdtemp(name.data())) throw std::runtime_error("no folder for the test");
  folder_ = name;
  fs::current_path(folder_);
}

Workplace::~Workplace() {
  std::error_code ignored;
  fs::current_path(before_, ignored);
  fs::remove_all(folder_, ignored);
}

std::string Workplace::write(const std::string& path, std::string_view text) const {
  const fs::path whole = fs::path(folder_) / path;
  fs::create_directories(whole.parent_path());
  std::ofstream(whole, std::ios::binary) << text;
  return path;
}

std::string Workplace::read(const std::string& path) const {
  std::ifstream file(fs::path(folder_) / path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string Workplace::list(const std::string& folder) const {
  std::vector<std::string> names;
  std::error_code missing;
  for (const auto& entry : fs::directory_iterator(fs::path(folder_) / folder, missing))
    names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  std::string out;
  for (const std::string& name : names) out += name + " ";
  return out;
}

Outcome quaymaster_run(std::vector<std::string> arguments, const Surroundings& around) {
  std::istringstream in(around.input);
  std::ostringstream out;
  std::ostringstream err;
  cli::Streams streams{
      in, out, err, around.terminal, around.terminal, around.colour_allowed, around.columns, around.environment};
  Outcome outcome;
  outcome.code = cli::run(arguments, streams);
  outcome.out = out.str();
  outcome.err = err.str();
  return outcome;
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace quaymaster::tests
