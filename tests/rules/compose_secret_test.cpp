#include <string>
#include <string_view>

#include "rules/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

constexpr std::string_view kRule = "credential-in-environment";

/// The text after the fix of the only finding whose title begins so; empty when there is none.
std::string with_fix(std::string_view text, std::string_view title) {
  const Analysis analysis = analyze("compose.yaml", text, {std::string(kRule)});
  INFO(shown(analysis));
  REQUIRE(analysis.diagnostics.size() == 1);
  for (const Fix& fix : analysis.diagnostics.front().fixes) {
    if (!fix.title.starts_with(title)) continue;
    CHECK(fix.title.find("hunter2") == std::string::npos);
    std::string result(text);
    for (auto edit = fix.edits.rbegin(); edit != fix.edits.rend(); ++edit)
      result.replace(edit->range.begin, edit->range.size(), edit->text);
    return result;
  }
  return {};
}

TEST_CASE("a password of a known image becomes a secret of Compose") {
  CHECK(with_fix("services:\n  db:\n    image: postgres:17.2\n    environment:\n      POSTGRES_USER: shop\n"
                 "      POSTGRES_PASSWORD: hunter2  # for now\n",
                 "Give") ==
        "services:\n  db:\n    image: postgres:17.2\n    secrets:\n      - postgres_password\n    environment:\n"
        "      POSTGRES_USER: shop\n      POSTGRES_PASSWORD_FILE: /run/secrets/postgres_password  # for now\n"
        "secrets:\n  postgres_password:\n    environment: POSTGRES_PASSWORD\n");
}

TEST_CASE("an item of a list keeps its quotes") {
  CHECK(with_fix(
            "services:\n  db:\n    image: mariadb:11.6\n    environment:\n      - \"MARIADB_ROOT_PASSWORD=hunter2\"\n"
            "    secrets: [other]\nsecrets:\n  other: {file: other.txt}\n",
            "Give") ==
        "services:\n  db:\n    image: mariadb:11.6\n    environment:\n"
        "      - \"MARIADB_ROOT_PASSWORD_FILE=/run/secrets/mariadb_root_password\"\n"
        "    secrets: [other, mariadb_root_password]\nsecrets:\n  other: {file: other.txt}\n  mariadb_root_password:\n"
        "    environment: MARIADB_ROOT_PASSWORD\n");
}

TEST_CASE("no secret is offered where the image may not read it") {
  for (const std::string_view text :
       {"services:\n  db:\n    image: shop/db:17.2\n    environment:\n      POSTGRES_PASSWORD: hunter2\n",
        "services:\n  db:\n    build: .\n    image: postgres:17.2\n    environment:\n      POSTGRES_PASSWORD: "
        "hunter2\n",
        "services:\n  db:\n    image: postgres:17.2\n    environment:\n      DB_PASSWORD: hunter2\n",
        "x-e: &e\n  POSTGRES_PASSWORD: hunter2\nservices:\n  db:\n    image: postgres:17.2\n    environment:\n      "
        "<<: *e\n",
        "services:\n  db:\n    image: postgres:17.2\n    environment:\n      POSTGRES_PASSWORD: hunter2\nsecrets:\n"
        "  postgres_password: {file: a.txt}\n"}) {
    INFO(text);
    CHECK(with_fix(text, "Give").empty());
  }
}

TEST_CASE("an argument of a build is told of secrets of the build") {
  const Analysis analysis =
      analyze("compose.yaml", "services:\n  web:\n    build:\n      context: .\n      args: {NPM_TOKEN: hunter2}\n",
              {std::string(kRule)});
  REQUIRE(analysis.diagnostics.size() == 1);
  REQUIRE(analysis.diagnostics.front().fixes.size() == 2);
  CHECK(analysis.diagnostics.front().fixes.back().applicability == Applicability::DisplayOnly);
}

}  // namespace
}  // namespace quaymaster::tests
