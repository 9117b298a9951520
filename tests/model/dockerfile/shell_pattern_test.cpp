#include "model/dockerfile/shell_pattern.h"

#include <string>

#include "support/catch.h"

namespace quaymaster::tests {
namespace {

using dockerfile::Match;

TEST_CASE("prefixes and suffixes go, the shortest or the longest") {
  struct Row {
    const char* value;
    const char* pattern;
    const char* shortest_prefix;
    const char* longest_prefix;
    const char* shortest_suffix;
    const char* longest_suffix;
  };
  const Row rows[] = {
      {"a.b.c", "*.", "b.c", "c", "a.b.c", "a.b.c"},
      {"a.b.c", ".*", "a.b.c", "a.b.c", "a.b", "a"},
      {"aaa", "a", "aa", "aa", "aa", "aa"},
      {"aaa", "*", "aaa", "", "aaa", ""},
      {"abc", "?", "bc", "bc", "ab", "ab"},
      {"h\u00e9h", "?\u00e9", "h", "h", "h\u00e9h", "h\u00e9h"},
      {"*a", "\\*", "a", "a", "*a", "*a"},
      {"a/b", "a\\/", "b", "b", "a/b", "a/b"},
      {"a\nb", "*b", "a\nb", "a\nb", "a\n", "a\n"},
      {"[a]", "[a]", "", "", "", ""},
      {"", "*", "", "", "", ""},
      {"abc", "", "abc", "abc", "abc", "abc"},
  };
  for (const Row& row : rows) {
    INFO(row.value << " " << row.pattern);
    CHECK(dockerfile::without_prefix(row.value, row.pattern, Match::Shortest) == row.shortest_prefix);
    CHECK(dockerfile::without_prefix(row.value, row.pattern, Match::Longest) == row.longest_prefix);
    if (std::string(row.pattern).find('\\') != std::string::npos) continue;
    CHECK(dockerfile::without_suffix(row.value, row.pattern, Match::Shortest) == row.shortest_suffix);
    CHECK(dockerfile::without_suffix(row.value, row.pattern, Match::Longest) == row.longest_suffix);
  }
}

TEST_CASE("matches are replaced, the first or all") {
  struct Row {
    const char* value;
    const char* pattern;
    const char* replacement;
    const char* first;
    const char* all;
  };
  const Row rows[] = {
      {"a.b.c", ".", "-", "a-b.c", "a-b-c"}, {"a.b.c", ".*", "", "a", "a"},   {"aaa", "aa", "b", "ba", "ba"},
      {"abc", "*", "x", "x", "x"},           {"abc", "?", "x", "xbc", "xxx"}, {"abc", "z", "x", "abc", "abc"},
      {"ab", "", "-", "-ab", "-a-b-"},       {"", "*", "x", "x", "x"},
  };
  for (const Row& row : rows) {
    INFO(row.value << " " << row.pattern);
    CHECK(dockerfile::with_replaced(row.value, row.pattern, row.replacement, false) == row.first);
    CHECK(dockerfile::with_replaced(row.value, row.pattern, row.replacement, true) == row.all);
  }
}

TEST_CASE("patterns that the builder refuses, and those that would take too long, give nothing") {
  CHECK_FALSE(dockerfile::is_pattern("\\a"));
  CHECK_FALSE(dockerfile::is_pattern("a\\"));
  CHECK(dockerfile::is_pattern("\\*\\?\\\\\\}\\/"));
  CHECK_FALSE(dockerfile::without_prefix("abc", "\\a", Match::Shortest));
  const std::string large(100'000, 'a');
  CHECK_FALSE(dockerfile::without_suffix(large, "*a*a*b", Match::Longest));
  CHECK_FALSE(dockerfile::with_replaced(large, "*b", "", true));
}

}  // namespace
}  // namespace quaymaster::tests
