#include "model/dockerignore.h"

#include <string>

#include "support/catch.h"

namespace quaymaster {
namespace {

TEST_CASE("a pattern of a .dockerignore counts from the root of the context") {
  struct Row {
    const char* pattern;
    const char* path;
    bool matches;
  };
  const Row rows[] = {
      {"a", "a", true},
      {"a", "b/a", false},
      {"*", "a", true},
      {"*", "a/b", false},
      {"*.md", "README.md", true},
      {"*.md", "docs/README.md", false},
      {"*/temp*", "some/temporary", true},
      {"*/*/temp*", "a/b/temp", true},
      {"*/*/temp*", "a/temp", false},
      {"temp?", "tempa", true},
      {"temp?", "temp", false},
      {"temp?", "temp/", false},
      {"**", "a/b/c", true},
      {"**/*.go", "main.go", true},
      {"**/*.go", "a/b/main.go", true},
      {"**/go", "ago", false},
      {"a/**", "a/b/c", true},
      {"a/**", "a", false},
      {"a/**/b", "a/b", true},
      {"a/**/b", "a/x/y/b", true},
      {"a/**/b", "a/xb", false},
      {"[a-c].txt", "b.txt", true},
      {"[^a-c].txt", "b.txt", false},
      {"[^a-c].txt", "d.txt", true},
      {"[a", "[a", true},
      {"a\\*", "a*", true},
      {"a\\*", "ab", false},
      {"A", "a", false},
      {"a.b", "axb", false},
  };
  for (const Row& row : rows) {
    INFO(row.pattern << " and " << row.path);
    CHECK(matches_dockerignore_pattern(row.pattern, row.path) == row.matches);
  }
}

/// The text of the pattern that keeps the path out; "" when it is sent.
std::string excluded_by(const char* text, const char* path) {
  const Dockerignore ignore{std::string_view(text)};
  const Dockerignore::Pattern* pattern = ignore.excludes(path);
  return pattern ? std::string(slice(text, pattern->range)) : "";
}

TEST_CASE("the last pattern that matches a path or a folder above it decides") {
  CHECK(excluded_by("node_modules\n", "node_modules/a/index.js") == "node_modules");
  CHECK(excluded_by("*.md\n!README.md\n", "README.md").empty());
  CHECK(excluded_by("*.md\n!README.md\n", "CHANGES.md") == "*.md");
  CHECK(excluded_by("!README.md\n*.md\n", "README.md") == "*.md");
  CHECK(excluded_by("*\n!src\n", "src/a/b").empty());
  CHECK(excluded_by("*\n!src\nsrc/a\n", "src/a/b") == "src/a");
}

TEST_CASE("blanks, slashes, comments, a byte order mark and line ends of Windows do not matter") {
  CHECK(excluded_by("\xEF\xBB\xBF/dist/\r\n", "dist/x") == "/dist/");
  CHECK(excluded_by("  ./a//b/../c  \n", "a/c") == "./a//b/../c");
  CHECK(excluded_by("! a\na\n", "a") == "a");
  CHECK(excluded_by("a\n! a\n", "a").empty());
  CHECK(excluded_by("# a\n", "# a").empty());
  CHECK(excluded_by("!\n/\n.\n\n", "a").empty());
  CHECK(Dockerignore("# only a comment\n").empty());
  CHECK(Dockerignore("*\n!a\n").negates());
  CHECK(!Dockerignore("*\n").negates());
}

TEST_CASE("a path is seen from the root of the context") {
  CHECK(path_in_context("./a//b/") == "a/b");
  CHECK(path_in_context("/a") == "a");
  CHECK(path_in_context("../../a") == "a");
  for (const char* all : {"", ".", "./", "/", "a/.."}) CHECK(path_in_context(all).empty());
}

TEST_CASE("what may be taken back in below a folder that is left out is told") {
  CHECK(!Dockerignore("*\n!src\n").may_readmit_below("dist"));
  CHECK(Dockerignore("*\n!dist/a\n").may_readmit_below("dist"));
  CHECK(Dockerignore("*\n!di*\n").may_readmit_below("dist"));
  CHECK(Dockerignore("*\n!**/*.js\n").may_readmit_below("dist"));
  CHECK(!Dockerignore("dist\n").may_readmit_below("dist"));
  CHECK(!Dockerignore("*\n!distinct\n").may_readmit_below("dist"));
}

TEST_CASE("no pattern takes long, and none is too odd") {
  std::string stars;
  for (int i = 0; i < 200; ++i) stars += "**/a*";
  CHECK(!matches_dockerignore_pattern(stars, std::string(2000, 'a')));
  CHECK(Dockerignore(std::string("\0[\\\n!!\n]", 8)).excludes("x") == nullptr);
}

}  // namespace
}  // namespace quaymaster
