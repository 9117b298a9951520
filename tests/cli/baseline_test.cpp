#include "cli/baseline.h"

#include <string>

#include "cli/program.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

Outcome check(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(),
                   {"check", "--select", "floating-image-tag,unknown-instruction", "--format", "unix"});
  return quaymaster_run(std::move(arguments));
}

TEST_CASE("a baseline keeps what is known out of the report, also when lines move") {
  const Workplace place;
  place.write("a/Dockerfile", "FROM node\nWRKDIR /x\n");
  const Outcome written = check({"--baseline", "known.json", "--update-baseline"});
  CHECK(written.code == 0);
  CHECK(written.out.empty());
  CHECK(has(place.read("known.json"), "{\"path\":\"a/Dockerfile\",\"rule\":\"floating-image-tag/missing\""));
  CHECK(check({"--baseline", "known.json"}).code == 0);

  place.write("a/Dockerfile", "# new\n\nFROM node\nWRKDIR /x\nWRKDIR /y\n");
  const Outcome later = check({"--baseline", "known.json"});
  CHECK(later.code == 1);
  CHECK(later.out.starts_with("a/Dockerfile:5:1: "));
}

TEST_CASE("a baseline means the same from every working folder, and for a part of the files") {
  const Workplace place;
  place.write("a/Dockerfile", "FROM node\n");
  const std::string file = place.write("ci/known.json", "");
  CHECK(check({"--baseline", "ci/known.json", "--update-baseline", "."}).code == 0);
  CHECK(check({"--baseline", "ci/known.json", "a"}).out.empty());
  CHECK(check({"--baseline", "ci/known.json", "a/Dockerfile"}).out.empty());
}

TEST_CASE("what is gone is said, and only of files that were looked at") {
  const Workplace place;
  place.write("a/Dockerfile", "FROM node\n");
  place.write("b/Dockerfile", "FROM node\n");
  CHECK(check({"--baseline", "known.json", "--update-baseline"}).code == 0);
  place.write("a/Dockerfile", "FROM node:22.11.0\n");
  CHECK(has(check({"--baseline", "known.json"}).err, "known.json: 1 of its findings are gone"));
  CHECK_FALSE(has(check({"--baseline", "known.json", "b"}).err, "gone"));
}

TEST_CASE("the text format counts what the baseline knows") {
  const Workplace place;
  place.write("Dockerfile", "FROM node\n");
  const std::vector<std::string> arguments{"check", "--select", "floating-image-tag", "--baseline", "known.json"};
  std::vector<std::string> update = arguments;
  update.emplace_back("--update-baseline");
  CHECK(has(quaymaster_run(update).out, "no findings in 1 file (1 known to the baseline)"));
}

TEST_CASE("a baseline that is missing or none is an error") {
  const Workplace place;
  place.write("Dockerfile", "FROM node\n");
  const Outcome missing = check({"--baseline", "known.json"});
  CHECK(missing.code == 2);
  CHECK(has(missing.err, "known.json: the baseline cannot be read"));
  for (const char* text : {"", "[]", "{\"version\": 2, \"findings\": []}", "{\"version\": 1, \"findings\": [1]}"}) {
    CAPTURE(text);
    place.write("known.json", text);
    CHECK(has(check({"--baseline", "known.json"}).err, "known.json: is no baseline"));
  }
  CHECK(check({"--update-baseline"}).code == 2);
}

TEST_CASE("a baseline holds no secret") {
  const Workplace place;
  const std::string secret = "hVq8Zt2LmP4xW9rB";
  place.write("Dockerfile", "FROM node:22.11.0\nENV DB_PASSWORD=" + secret + "\n");
  quaymaster_run({"check", "--select", "all", "--baseline", "known.json", "--update-baseline"});
  CHECK(has(place.read("known.json"), "credential-in-environment"));
  CHECK_FALSE(has(place.read("known.json"), secret));
}

}  // namespace
}  // namespace quaymaster::tests
