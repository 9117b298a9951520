#include "truth/typing.h"

#include "support/catch.h"
#include "truth/nasty_files.h"

namespace quaymaster::tests {
namespace {

TEST_CASE("a half-typed line leaves all other instructions of a Dockerfile alone") {
  std::vector<TypedLine> lines = dockerfile_lines();
  std::size_t places = 0;
  for (const NastyFile& file : nasty_files())
    if (file.language == Language::Dockerfile && file.well_formed) places += type_into_dockerfile(file.text, 6, lines);
  INFO(table_of(lines));
  CHECK(places > 20);
  for (const TypedLine& line : lines) {
    CAPTURE(line.line);
    if (!line.excepted) CHECK(line.kept == line.expected);
  }
}

TEST_CASE("a half-typed line leaves the keys behind it where they are") {
  std::vector<TypedLine> lines = yaml_lines();
  std::size_t places = 0;
  for (const NastyFile& file : nasty_files())
    if (file.language != Language::Dockerfile && file.well_formed) places += type_into_yaml(file.text, 8, lines);
  INFO(table_of(lines));
  CHECK(places > 20);
  for (const TypedLine& line : lines) {
    CAPTURE(line.line);
    if (!line.excepted) CHECK(line.share() >= 0.94);
  }
}

}  // namespace
}  // namespace quaymaster::tests
