#include <filesystem>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/atomic_write.h"
#include "cli/program.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

namespace fs = std::filesystem;

Outcome check(std::vector<std::string> arguments, const Surroundings& around = {}) {
  arguments.insert(arguments.begin(), {"check", "--select", "unknown-instruction"});
  return quaymaster_run(std::move(arguments), around);
}

TEST_CASE("--fix writes the safe fixes and reports what is left") {
  const Workplace place;
  place.write("Dockerfile", "FROM node:22.11.0\nWRKDIR /app\nNOSUCHTHING a\n");
  const Outcome outcome = check({"--fix"});
  CHECK(place.read("Dockerfile") == "FROM node:22.11.0\nWORKDIR /app\nNOSUCHTHING a\n");
  CHECK(outcome.code == 1);
  CHECK(has(outcome.out, "Dockerfile:3:1: error"));
  CHECK_FALSE(has(outcome.out, "WRKDIR"));
  CHECK(has(outcome.out, "fixed 1 finding\n"));
  CHECK(place.list(".") == "Dockerfile ");
}

TEST_CASE("when everything is repaired the exit code is 0") {
  const Workplace place;
  place.write("Dockerfile", "FROM node:22.11.0\nWRKDIR /app\n");
  const Outcome outcome = check({"--fix", "Dockerfile"});
  CHECK(outcome.code == 0);
  CHECK(outcome.out == "fixed 1 finding\nno findings in 1 file\n");
  const Outcome again = check({"--fix", "Dockerfile"});
  CHECK(again.out == "no findings in 1 file\n");
}

TEST_CASE("CR LF, a byte order mark and bytes that are not UTF-8 stay") {
  const Workplace place;
  place.write("Dockerfile",
              "\xEF\xBB\xBF"
              "FROM node:22.11.0\r\nWRKDIR /app\r\n# caf\xE9\r\n");
  CHECK(check({"--fix"}).code == 0);
  CHECK(place.read("Dockerfile") ==
        "\xEF\xBB\xBF"
        "FROM node:22.11.0\r\nWORKDIR /app\r\n# caf\xE9\r\n");
}

TEST_CASE("permissions stay, and links stay links") {
  const Workplace place;
  place.write("real/Dockerfile", "FROM node:22.11.0\nWRKDIR /app\n");
  fs::permissions("real/Dockerfile", fs::perms(0751));
  fs::create_symlink("real/Dockerfile", "Dockerfile");
  CHECK(check({"--fix", "Dockerfile"}).code == 0);
  CHECK(fs::is_symlink("Dockerfile"));
  CHECK(place.read("real/Dockerfile") == "FROM node:22.11.0\nWORKDIR /app\n");
  CHECK(fs::status("real/Dockerfile").permissions() == fs::perms(0751));
  CHECK(place.list("real") == "Dockerfile ");
}

TEST_CASE("a clean file is not touched") {
  const Workplace place;
  place.write("Dockerfile", "FROM node:22.11.0\n");
  fs::last_write_time("Dockerfile", fs::file_time_type(std::chrono::seconds(1000)));
  struct stat before {};
  REQUIRE(::stat("Dockerfile", &before) == 0);
  CHECK(check({"--fix-unsafe"}).code == 0);
  struct stat after {};
  REQUIRE(::stat("Dockerfile", &after) == 0);
  CHECK(before.st_ino == after.st_ino);
  CHECK(before.st_mtime == after.st_mtime);
}

TEST_CASE("a file that may not be written is an error, and stays as it is") {
  if (::geteuid() == 0) {
    WARN("root may write everything");
    SUCCEED();
    return;
  }
  const Workplace place;
  place.write("Dockerfile", "FROM node:22.11.0\nWRKDIR /app\n");
  fs::permissions("Dockerfile", fs::perms::owner_read);
  const Outcome outcome = check({"--fix"});
  CHECK(outcome.code == 2);
  CHECK(has(outcome.err, "error: Dockerfile: cannot be written: "));
  CHECK(has(outcome.out, "Dockerfile:2:1: error"));
  CHECK(place.read("Dockerfile") == "FROM node:22.11.0\nWRKDIR /app\n");
}

TEST_CASE("replacing a file says what went wrong") {
  const Workplace place;
  CHECK(cli::replace_file("missing", "x").has_value());
  CHECK(cli::replace_file("missing/missing", "x").has_value());
  place.write("a", "old");
  CHECK_FALSE(cli::replace_file("a", "new"));
  CHECK(place.read("a") == "new");
  CHECK(place.list(".") == "a ");
}

TEST_CASE("--diff writes nothing and prints what --fix would change") {
  const Workplace place;
  place.write("a/Dockerfile", "FROM node:22.11.0\nWRKDIR /app\n");
  const Outcome outcome = check({"--diff"});
  CHECK(outcome.code == 1);
  CHECK(outcome.out ==
        "--- a/a/Dockerfile\n+++ b/a/Dockerfile\n@@ -1,2 +1,2 @@\n FROM node:22.11.0\n-WRKDIR /app\n+WORKDIR /app\n");
  CHECK(outcome.err.empty());
  CHECK(place.read("a/Dockerfile") == "FROM node:22.11.0\nWRKDIR /app\n");
  CHECK(has(check({"--diff", "--color", "always"}).out, "\x1b[32m+WORKDIR /app\x1b[0m"));
  CHECK(check({"--diff", "--fix"}).out == outcome.out);
  CHECK(place.read("a/Dockerfile") == "FROM node:22.11.0\nWRKDIR /app\n");

  place.write("a/Dockerfile", "FROM node:22.11.0\n");
  const Outcome nothing = check({"--diff"});
  CHECK(nothing.code == 0);
  CHECK(nothing.out.empty());
  CHECK(nothing.err == "quaymaster: there is nothing that these fixes would change\n");
}

TEST_CASE("unsafe fixes only when they are asked for") {
  const Workplace place;
  const std::string text = "FROM node:22.11.0\nRUN apt-get update\napt-get install -y curl\n";
  place.write("Dockerfile", text);
  const Outcome safe = check({"--fix"});
  CHECK(safe.code == 1);
  CHECK(has(safe.out, "fix: Continue the line above (unsafe)"));
  CHECK(has(safe.out, "--fix-unsafe"));
  CHECK(place.read("Dockerfile") == text);
  CHECK(has(check({"--fix-unsafe", "--diff"}).out, "+RUN apt-get update \\\n"));
  CHECK(check({"--fix-unsafe"}).code == 0);
  CHECK(place.read("Dockerfile") == "FROM node:22.11.0\nRUN apt-get update \\\napt-get install -y curl\n");
}

TEST_CASE("standard input with --fix gives the fixed text, and the findings as messages") {
  const Outcome outcome = check({"-", "--fix"}, {"FROM node:22.11.0\nWRKDIR /app\nNOSUCHTHING a\n"});
  CHECK(outcome.code == 1);
  CHECK(outcome.out == "FROM node:22.11.0\nWORKDIR /app\nNOSUCHTHING a\n");
  CHECK(has(outcome.err, "-:3:1: error"));

  // What is left alone goes through.
  const Outcome other = check({"-", "--fix", "--stdin-filename", "values.yaml"}, {"a: 1\n"});
  CHECK(other.code == 0);
  CHECK(other.out == "a: 1\n");
  // What cannot be read does not.
  const Outcome binary = check({"-", "--fix"}, {std::string("FROM a\0", 7)});
  CHECK(binary.code == 2);
  CHECK(binary.out.empty());
}

TEST_CASE("standard input is not the file whose name it has") {
  const Workplace place;
  place.write("Dockerfile", "FROM node:22.11.0\n");
  const Outcome outcome = check({"-", "--fix", "--stdin-filename", "Dockerfile"}, {"FROM node:22.11.0\nWRKDIR /app\n"});
  CHECK(outcome.out == "FROM node:22.11.0\nWORKDIR /app\n");
  CHECK(place.read("Dockerfile") == "FROM node:22.11.0\n");
}

}  // namespace
}  // namespace quaymaster::tests
