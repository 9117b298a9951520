#include "cli/baseline.h"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

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
  for (const char* text : {"", "[]", "{\"version\": 2, \"findings\": []}", "{\"version\": 1, \"findings\": [1]}",
                           R"({"version": 1, "findings": [{"fingerprint": "0123456789abcdef"}]})"}) {
    CAPTURE(text);
    place.write("known.json", text);
    CHECK(has(check({"--baseline", "known.json"}).err, "known.json: is no baseline"));
  }
  CHECK(check({"--update-baseline"}).code == 2);
}

TEST_CASE("an entry that names another file than its finding's is not counted twice") {
  const Workplace place;
  place.write("Dockerfile", "FROM node\n");
  CHECK(check({"--baseline", "known.json", "--update-baseline"}).code == 0);
  std::string text = place.read("known.json");
  text[text.find("Dockerfile")] = 'd';
  place.write("known.json", text);
  const Outcome outcome = check({"--baseline", "known.json"});
  CHECK(outcome.code == 0);
  CHECK_FALSE(has(outcome.err, "gone"));
}

TEST_CASE("an update for a part of the files keeps what is known of the others, as long as they exist") {
  const Workplace place;
  place.write("a/Dockerfile", "FROM node\n");
  place.write("b/Dockerfile", "FROM node\n");
  const std::string removed = place.write("c/Dockerfile", "FROM node\n");
  CHECK(check({"--baseline", "known.json", "--update-baseline"}).code == 0);
  place.write("a/Dockerfile", "FROM node:22.11.0\n");
  std::filesystem::remove(removed);
  CHECK(check({"--baseline", "known.json", "--update-baseline", "a"}).code == 0);
  const std::string text = place.read("known.json");
  CHECK_FALSE(has(text, "a/Dockerfile"));
  CHECK(has(text, "{\"path\":\"b/Dockerfile\",\"rule\":\"floating-image-tag/missing\""));
  CHECK_FALSE(has(text, "c/Dockerfile"));
  CHECK(check({"--baseline", "known.json"}).code == 0);
}

TEST_CASE("an update writes nothing when something could not be read") {
  const Workplace place;
  place.write("Dockerfile", "FROM node\n");
  place.write("known.json", "before");
  const Outcome outcome = check({"--baseline", "known.json", "--update-baseline", ".", "missing/Dockerfile"});
  CHECK(outcome.code == 2);
  CHECK(has(outcome.err, "known.json is left as it was: not everything could be read"));
  CHECK(has(outcome.err, "error: missing/Dockerfile: "));
  CHECK(place.read("known.json") == "before");
}

TEST_CASE("the second of two equal findings keeps its fingerprint when the baseline takes the first") {
  const Workplace place;
  place.write("Dockerfile", "FROM node\n");
  CHECK(check({"--baseline", "known.json", "--update-baseline"}).code == 0);
  place.write("Dockerfile", "FROM node\nFROM node\n");
  const auto fingerprints = [](const std::string& format, std::vector<std::string> more) {
    more.insert(more.begin(), {"check", "--select", "floating-image-tag", "--format", format});
    const auto report = nlohmann::json::parse(quaymaster_run(std::move(more)).out);
    std::vector<std::string> all;
    if (format == "gitlab")
      for (const auto& issue : report) all.push_back(issue["fingerprint"]);
    else
      for (const auto& result : report["runs"][0]["results"])
        all.push_back(result["partialFingerprints"]["quaymasterLine/v1"]);
    return all;
  };
  for (const char* format : {"gitlab", "sarif"}) {
    CAPTURE(format);
    const std::vector<std::string> all = fingerprints(format, {});
    REQUIRE(all.size() == 2);
    CHECK(fingerprints(format, {"--baseline", "known.json"}) == std::vector{all[1]});
  }
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
