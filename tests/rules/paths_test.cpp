#include "rules/support/paths.h"

#include <optional>
#include <string>

#include "support/catch.h"

namespace quaymaster::rules {
namespace {

TEST_CASE("paths are taken from the root") {
  CHECK(absolute_path("/a/b/", "") == std::optional<std::string>("/a/b"));
  CHECK(absolute_path("b", "/a") == std::optional<std::string>("/a/b"));
  CHECK(absolute_path("./b//c", "/a/") == std::optional<std::string>("/a/b/c"));
  CHECK(absolute_path("../b", "/a") == std::optional<std::string>("/b"));
  CHECK(absolute_path("../../..", "/a") == std::optional<std::string>("/"));
  CHECK(absolute_path("/", "") == std::optional<std::string>("/"));
  CHECK(absolute_path("b", "") == std::nullopt);
  CHECK(absolute_path("$HOME/b", "/a") == std::nullopt);
  CHECK(absolute_path("b", "/$DIR") == std::nullopt);
  CHECK(absolute_path("", "/a") == std::nullopt);
}

TEST_CASE("a path is in a folder, not in one that begins alike") {
  CHECK(is_in_folder("/data", "/data"));
  CHECK(is_in_folder("/data/a", "/data/"));
  CHECK(is_in_folder("/data", "/"));
  CHECK_FALSE(is_in_folder("/data2", "/data"));
  CHECK_FALSE(is_in_folder("/", "/data"));
}

}  // namespace
}  // namespace quaymaster::rules
