#include "workspace/path.h"

#include "support/catch.h"

namespace quaymaster::workspace {
namespace {

TEST_CASE("a path is normalized by its text") {
  CHECK(normalized("/a/../b//c/.") == "/b/c");
  CHECK(normalized("/../../a") == "/a");
  CHECK(normalized("/") == "/");
  CHECK(normalized("/a/") == "/a");
  CHECK(normalized("/a/..") == "/");
}

TEST_CASE("a name leads where its folder and its dots say") {
  CHECK(resolved("/a/b", "c") == "/a/b/c");
  CHECK(resolved("/a/b", "../c") == "/a/c");
  CHECK(resolved("/a/b", ".") == "/a/b");
  CHECK(resolved("/a/b", "/c/./d") == "/c/d");
  CHECK(resolved("/a", "../../../etc/shadow") == "/etc/shadow");
}

TEST_CASE("what is inside of a folder has a way from there") {
  CHECK(is_inside("/a/b", "/a"));
  CHECK(is_inside("/a", "/a"));
  CHECK(!is_inside("/ab", "/a"));
  CHECK(is_inside("/ab", "/"));
  CHECK(relative_to("/a/b/c", "/a") == "b/c");
  CHECK(relative_to("/a", "/a").empty());
  CHECK(relative_to("/a/b", "/") == "a/b");
}

}  // namespace
}  // namespace quaymaster::workspace
