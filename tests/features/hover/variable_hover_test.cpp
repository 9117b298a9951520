#include "features/hover/variable_hover.h"

#include <memory>
#include <string>

#include "features/document.h"
#include "model/surroundings.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

/// What is said of the variable at the cursor in a value; "nothing" when there is no variable.
std::string about(std::string_view value) {
  const Document document("compose.yaml",
                          "services:\n  web:\n    image: a\n    environment:\n      X: " + std::string(value) + "\n");
  const auto found = variable_hover(document.analysis, document.cursor());
  if (!found) return "nothing";
  CHECK(found->range.touches(document.cursor()));
  CHECK(document.at(found->range).starts_with("$"));
  return found->markdown;
}

bool says(const std::string& text, std::string_view part) {
  UNSCOPED_INFO(text << " lacks: " << part);
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("hover on a variable: each form in words") {
  CHECK(says(about("$P<|>ORT"), "The value of `PORT`, or nothing when that is not set"));
  CHECK(says(about("${P<|>ORT}"), "The value of `PORT`, or nothing when that is not set"));
  CHECK(says(about("${PORT<|>:-80}"), "The value of `PORT`, or `80` when that is not set or is empty."));
  CHECK(says(about("${PORT<|>-80}"), "or `80` when that is not set."));
  CHECK(says(about("${PORT<|>:-}"), "or nothing when that is not set or is empty."));
  CHECK(says(about("${PORT<|>:?say it}"), "Compose stops when that is not set or is empty, and says: `say it`"));
  CHECK(says(about("${PORT<|>?}"), "Compose stops when that is not set."));
  CHECK(says(about("${PORT<|>:+80}"), "`80` when `PORT` is set and not empty, else nothing."));
  CHECK(says(about("\"${PORT<|>+80}\""), "`80` when `PORT` is set, else nothing."));
  CHECK(about("80<|>80") == "nothing");
  CHECK(about("$$<|>PORT") == "nothing");
}

TEST_CASE("hover on a variable: the whole value, and the innermost variable") {
  CHECK(says(about("http://${HO<|>ST:-web}:${PORT:-80}/"), "the whole value is `http://web:80/`"));
  CHECK(about("http://${HO<|>ST}:${PORT:-80}/").find("whole") == std::string::npos);
  CHECK(about("${HO<|>ST:-web}").find("whole") == std::string::npos);
  CHECK(says(about("${A:-${B<|>:-c}}"), "The value of `B`, or `c`"));
}

TEST_CASE("hover on a variable: secrets are masked") {
  const std::string password = about("postgres://u:${DB_PASS<|>WORD:-hunter2hunter2}@db");
  CHECK(says(password, "`••••`"));
  CHECK(password.find("hunter2") == std::string::npos);
  const std::string token = about("${X<|>:-ghp_abcdefghijklmnopqrstuvwxyz0123456789}");
  CHECK(token.find("ghp_") == std::string::npos);
}

TEST_CASE("hover on a variable: what the environment file of the project says") {
  Document document("compose.yaml", "services:\n  web:\n    image: a:${TA<|>G}${KEY}${OTHER}\n");
  const auto said = [&](std::string_view name) {
    const auto at = static_cast<std::uint32_t>(document.fixture.text.find(name));
    return variable_hover(document.analysis, at)->markdown;
  };
  CHECK(said("TAG").find("sets it") == std::string::npos);
  ComposeSurroundings around;
  around.environment_path = "/w/.env";
  around.environment = {{"TAG", {}, "1.3"}, {"TAG", {}, "1.4"}, {"KEY", {}, {}}};
  document.analysis.source.surroundings = std::make_shared<const Surroundings>(Surroundings{around, true});
  CHECK(says(said("TAG"), "`.env` sets it to `1.4`."));
  CHECK(says(said("KEY"), "`.env` sets it to `••••`."));
  CHECK(says(said("OTHER"), "`.env` does not set it."));
}

TEST_CASE("hover on a variable: nothing breaks at any place of any text") {
  for (const std::string& text : hostile_texts()) {
    const Document document("compose.yaml", text);
    std::size_t outside = 0;
    for (std::uint32_t at = 0; at <= text.size(); at += 1 + static_cast<std::uint32_t>(text.size()) / 60)
      if (const auto found = variable_hover(document.analysis, at); found && found->range.end > text.size()) ++outside;
    CHECK(outside == 0);
  }
}

}  // namespace quaymaster::tests
