#pragma once
#include <string>
#include <vector>

#include "quaymaster/language.h"

namespace quaymaster::tests {

/// A file of tests/fixtures/nasty/, which has what its format allows and what people get wrong.
struct NastyFile {
  std::string name;
  Language language = Language::Dockerfile;
  std::string text;
  bool well_formed = true;  ///< its name does not begin with "broken"
};

/// All of them, in order of their names.
[[nodiscard]] std::vector<NastyFile> nasty_files();

}  // namespace quaymaster::tests
