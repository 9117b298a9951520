#include "truth/nasty_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace quaymaster::tests {
namespace {

Language language_of(const std::string& name) {
  if (name.ends_with(".Dockerfile")) return Language::Dockerfile;
  return name.ends_with(".compose.yaml") ? Language::Compose : Language::Kubernetes;
}

}  // namespace

std::vector<NastyFile> nasty_files() {
  std::vector<NastyFile> files;
  for (const auto& entry : std::filesystem::directory_iterator(QUAYMASTER_SOURCE_DIR "/tests/fixtures/nasty")) {
    std::ifstream stream(entry.path(), std::ios::binary);
    const std::string name = entry.path().filename().string();
    files.push_back(
        {name, language_of(name), {std::istreambuf_iterator<char>(stream), {}}, !name.starts_with("broken")});
  }
  std::ranges::sort(files, {}, &NastyFile::name);
  return files;
}

}  // namespace quaymaster::tests
