#include "truth/damage.h"

#include "support/catch.h"
#include "support/fixture.h"
#include "truth/nasty_files.h"

namespace quaymaster::tests {
namespace {

TEST_CASE("fixes do no harm to nasty files") {
  for (const NastyFile& file : nasty_files()) CHECK(damage_by_fixes(file.name, file.language, file.text) == "");
}

TEST_CASE("fixes do no harm to examples") {
  for (const Rule* rule : built_in_rules())
    for (const Example& example : rule->examples) {
      const std::string text = Fixture(example.before).text;
      const auto language = detect_language(example.path, text);
      REQUIRE(language.has_value());
      INFO(rule->name << ": " << example.title);
      CHECK(damage_by_fixes(example.path, *language, text) == "");
    }
}

}  // namespace
}  // namespace quaymaster::tests
