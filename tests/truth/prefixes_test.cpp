#include "truth/prefixes.h"

#include "support/catch.h"
#include "truth/nasty_files.h"

namespace quaymaster::tests {
namespace {

TEST_CASE("a file can be analysed up to any byte, and what is written stays as it is") {
  const std::vector<NastyFile> files = nasty_files();
  CHECK(files.size() >= 12);
  for (const NastyFile& file : files) {
    // A byte at a time costs seconds for long files; a sanitizer makes it minutes.
    const std::vector<std::uint32_t> cuts =
        file.text.size() <= 1'500 ? byte_cuts(file.text) : random_cuts(file.text, 300, 7);
    CHECK(analyze_prefixes(file.name, file.language, file.text, cuts) == "");
    CHECK(analyze_prefixes(file.name, file.language, file.text, line_cuts(file.text)) == "");
  }
}

}  // namespace
}  // namespace quaymaster::tests
