#include "cli/unified_diff.h"

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "cli/diff_text.h"
#include "cli/program.h"
#include "support/catch.h"

namespace quaymaster::cli {
namespace {

DiffSide plain(std::string_view text) {
  return {text, [text](TextRange line) { return std::string(text.substr(line.begin, line.size())); }};
}

std::string diff(std::string_view before, std::string_view after) {
  return unified_diff("a/Dockerfile", plain(before), plain(after));
}

constexpr std::string_view kHead = "--- a/a/Dockerfile\n+++ b/a/Dockerfile\n";

TEST_CASE("equal texts have no difference") {
  CHECK(diff("", "").empty());
  CHECK(diff("a\nb", "a\nb").empty());
}

TEST_CASE("changes come with three lines around them") {
  CHECK(diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n") ==
        std::string(kHead) + "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
  CHECK(diff("a\n", "b\n") == std::string(kHead) + "@@ -1 +1 @@\n-a\n+b\n");
  CHECK(diff("a\n", "a\nb\n") == std::string(kHead) + "@@ -1 +1,2 @@\n a\n+b\n");
  CHECK(diff("a\nb\n", "b\n") == std::string(kHead) + "@@ -1,2 +1 @@\n-a\n b\n");
  CHECK(diff("", "a\n") == std::string(kHead) + "@@ -0,0 +1 @@\n+a\n");
  CHECK(diff("a\n", "") == std::string(kHead) + "@@ -1 +0,0 @@\n-a\n");
}

TEST_CASE("a missing newline at the end is told") {
  CHECK(diff("a", "b") ==
        std::string(kHead) + "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n");
  CHECK(diff("a", "a\n") == std::string(kHead) + "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n");
}

TEST_CASE("changes far from each other are hunks of their own") {
  const std::string middle = "1\n2\n3\n4\n5\n6\n7\n";
  CHECK(diff("a\n" + middle + "b\n", "A\n" + middle + "B\n") ==
        std::string(kHead) + "@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+B\n");
  CHECK(diff("a\n1\n2\n3\n4\n5\n6\nb\n", "A\n1\n2\n3\n4\n5\n6\nB\n") ==
        std::string(kHead) + "@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n");
}

TEST_CASE("an absolute path loses its slash") {
  CHECK(unified_diff("/tmp/x", plain("a\n"), plain("b\n")).starts_with("--- a/tmp/x\n+++ b/tmp/x\n"));
}

TEST_CASE("patch(1) makes the new text of the old one") {
  if (std::system("command -v patch >/dev/null 2>&1") != 0) {
    WARN("patch(1) is not installed");
    SUCCEED();
    return;
  }
  const tests::Workplace workplace;
  std::uint32_t seed = 7;
  const auto random = [&seed](std::uint32_t below) {
    seed = seed * 1664525U + 1013904223U;
    return (seed >> 16) % below;
  };
  for (int round = 0; round < 60; ++round) {
    std::string before;
    std::string after;
    for (std::uint32_t i = 0, lines = random(40); i < lines; ++i) {
      const std::string line = std::string(1, static_cast<char>('a' + random(5))) + (random(9) == 0 ? "\r\n" : "\n");
      if (random(6) != 0) before += line;
      if (random(6) != 0) after += line;
    }
    if (random(3) == 0) before += "end";
    if (random(3) == 0) after += "end";
    const std::string patch = unified_diff("x", plain(before), plain(after));
    CAPTURE(before, after, patch);
    if (before == after) {
      CHECK(patch.empty());
      continue;
    }
    if (before.empty() || after.empty()) continue;
    workplace.write("x", before);
    workplace.write("x.patch", patch);
    REQUIRE(std::system("patch --binary -s -p1 <x.patch") == 0);
    CHECK(workplace.read("x") == after);
  }
}

TEST_CASE("texts that share nothing end soon") {
  std::string before;
  std::string after;
  for (int i = 0; i < 20000; ++i) {
    before += "a" + std::to_string(i) + "\n";
    after += "b" + std::to_string(i) + "\n";
  }
  CHECK(diff(before, after).starts_with(std::string(kHead) + "@@ -1,20000 +1,20000 @@\n-a0\n"));
}

TEST_CASE("on a terminal a diff obeys nothing and may have colours") {
  CHECK(diff_for_terminal("-a\r\n+\x1b[2J\n", Style(false)) == "-a\n+\\x1b[2J\n");
  CHECK(diff_for_terminal("--- a/x\n-a\n+b\n c\n", Style(true)) ==
        "\x1b[1m--- a/x\x1b[0m\n\x1b[31m-a\x1b[0m\n\x1b[32m+b\x1b[0m\n c\n");
}

}  // namespace
}  // namespace quaymaster::cli
