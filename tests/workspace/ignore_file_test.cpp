#include "workspace/ignore_file.h"

#include <string>

#include "support/catch.h"

namespace quaymaster::workspace {
namespace {

/// "ignored", "kept" (by a negated pattern) or "" (nothing said).
std::string verdict(std::string_view patterns, std::string_view path) {
  const bool is_folder = path.ends_with('/');
  if (is_folder) path.remove_suffix(1);
  const auto ignored = IgnoreFile(patterns).ignored(path, is_folder);
  if (!ignored) return "";
  return *ignored ? "ignored" : "kept";
}

struct Case {
  std::string patterns;
  std::string path;
  std::string expected;
};

TEST_CASE("what a .gitignore says about a path") {
  const std::vector<Case> cases = {
      // a name without a slash matches at any depth
      {"Dockerfile", "Dockerfile", "ignored"},
      {"Dockerfile", "a/b/Dockerfile", "ignored"},
      {"Dockerfile", "Dockerfile.dev", ""},
      {"*.dev", "a/Dockerfile.dev", "ignored"},
      {"Docker*", "Dockerfile", "ignored"},
      {"?.yaml", "a.yaml", "ignored"},
      {"?.yaml", "ab.yaml", ""},
      // a slash in front or inside anchors
      {"/Dockerfile", "Dockerfile", "ignored"},
      {"/Dockerfile", "a/Dockerfile", ""},
      {"a/Dockerfile", "a/Dockerfile", "ignored"},
      {"a/Dockerfile", "b/a/Dockerfile", ""},
      {"a/*", "a/b", "ignored"},
      {"a/*", "a/b/c", ""},
      // a slash at the end: folders only
      {"build/", "build/", "ignored"},
      {"build/", "build", ""},
      {"build/", "a/build/", "ignored"},
      {"/build/", "a/build/", ""},
      // two stars
      {"**/Dockerfile", "Dockerfile", "ignored"},
      {"**/Dockerfile", "a/b/Dockerfile", "ignored"},
      {"a/**", "a/b", "ignored"},
      {"a/**", "a/b/c", "ignored"},
      {"a/**", "a/", ""},
      {"a/**/c", "a/c", "ignored"},
      {"a/**/c", "a/x/y/c", "ignored"},
      {"a/**/c", "a/x/y/d", ""},
      {"a/**/b/**/c", "a/1/b/2/b/3/c", "ignored"},
      {"**", "a/b", "ignored"},
      {"a**b", "axxb", "ignored"},
      {"a**b/c", "ax/xb/c", ""},
      // the last match decides
      {"*.yaml\n!compose.yaml", "compose.yaml", "kept"},
      {"!compose.yaml\n*.yaml", "compose.yaml", "ignored"},
      {"*.yaml\n!compose.yaml\ncompose.*", "compose.yaml", "ignored"},
      // classes
      {"[abc].yaml", "b.yaml", "ignored"},
      {"[a-c].yaml", "d.yaml", ""},
      {"[!a-c].yaml", "d.yaml", "ignored"},
      {"[^a-c].yaml", "a.yaml", ""},
      {"[]x].yaml", "].yaml", "ignored"},
      {"[a-].yaml", "-.yaml", "ignored"},
      {"[[:digit:]x].yaml", "7.yaml", "ignored"},
      {"[[:upper:]].yaml", "a.yaml", ""},
      {"[[:nothing:]].yaml", "a.yaml", ""},
      {"[\\]].yaml", "].yaml", "ignored"},
      {"[abc", "a", ""},
      {"[", "[", ""},
      {"[a", "[a", ""},
      {"x[a-", "xa", ""},
      {"x[\\", "x\\", ""},
      // escapes, comments, blanks, line ends
      {"\\#a", "#a", "ignored"},
      {"\\!a", "!a", "ignored"},
      {"a\\*", "a*", "ignored"},
      {"a\\*", "ab", ""},
      {"a\\", "a\\", ""},
      {"#a", "#a", ""},
      {"a   ", "a", "ignored"},
      {"a\\ ", "a ", "ignored"},
      {" a", "a", ""},
      {"a\r\nb\r\n", "b", "ignored"},
      {"\xEF\xBB\xBF"
       "a",
       "a", "ignored"},
      {"/", "a", ""},
      {"!", "a", ""},
      {"//", "a", ""},
      {"", "a", ""},
      {std::string("a\0b", 3), "a", ""},
      {"A", "a", ""},
      {"\xFF[\xFE-\xFF]", "\xFF\xFF", "ignored"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.patterns, c.path);
    CHECK(verdict(c.patterns, c.path) == c.expected);
  }
}

TEST_CASE("many stars do not take for ever") {
  std::string pattern;
  for (int i = 0; i < 200; ++i) pattern += "*a";
  std::string name(5000, 'a');
  CHECK_FALSE(matches_part(pattern + "b", name));
  CHECK(matches_part(pattern, name));

  std::string folders;
  std::string path;
  for (int i = 0; i < 100; ++i) folders += "**/a/";
  for (int i = 0; i < 2000; ++i) path += "a/";
  CHECK(verdict(folders + "b", path + "c").empty());
  CHECK(verdict(folders + "c", path + "c") == "ignored");
}

}  // namespace
}  // namespace quaymaster::workspace
