// What is said about a file does not depend on which other files are checked along with it.
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "cli/program.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

using Json = nlohmann::json;

/// What `check --format json` says of each file, by path.
std::map<std::string, Json> findings(const std::vector<std::string>& arguments, const Surroundings& around = {}) {
  std::vector<std::string> all{"check", "--format", "json", "--preset", "all"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  const Outcome outcome = quaymaster_run(all, around);
  CAPTURE(outcome.err);
  REQUIRE(outcome.code != 2);
  std::map<std::string, Json> result;
  const Json report = Json::parse(outcome.out);
  for (const Json& file : report.at("files")) result[file.at("path")] = file;
  return result;
}

std::string rules_of(const Json& file) {
  std::string rules;
  for (const Json& finding : file.at("diagnostics"))
    rules += finding.at("rule").get<std::string>() + "/" + finding.at("variant").get<std::string>() + " ";
  return rules;
}

TEST_CASE("of every file of the examples, check FILE says what check . says") {
  const Workplace place;
  std::filesystem::copy(QUAYMASTER_SOURCE_DIR "/examples", "examples", std::filesystem::copy_options::recursive);
  place.write(".git/HEAD", "");
  const auto all = findings({"."});
  CHECK(all.size() > 10);
  for (const auto& [path, file] : all) {
    CAPTURE(path);
    const auto alone = findings({path});
    REQUIRE(alone.contains(path));
    CHECK(alone.at(path) == file);
  }
}

/// A repository whose Dockerfile and Compose file are wrong about each other.
void write_shop(const Workplace& place) {
  place.write(".git/HEAD", "");
  place.write("compose.yaml",
              "services:\n  api:\n    build: {context: ., dockerfile: api/Dockerfile}\n"
              "  test:\n    build: {context: ., dockerfile: api/Dockerfile, target: prdo}\n");
  place.write(".dockerignore", "dist\n.git\n");
  place.write("api/Dockerfile", "FROM alpine:3.21 AS prod\nCOPY dist /srv\n");
}

TEST_CASE("the context is the repository, also above the folder that is checked") {
  const Workplace place;
  write_shop(place);
  CHECK(has(rules_of(findings({"api/Dockerfile"}).at("api/Dockerfile")), "copied-but-ignored"));
  CHECK(has(rules_of(findings({"api"}).at("api/Dockerfile")), "copied-but-ignored"));
  CHECK(has(rules_of(findings({"compose.yaml"}).at("compose.yaml")), "missing-build-file/target"));
  std::filesystem::current_path("api");
  CHECK(has(rules_of(findings({}).at("Dockerfile")), "copied-but-ignored"));
}

TEST_CASE("without a repository the context is the folder that was given") {
  const Workplace place;
  write_shop(place);
  std::filesystem::remove_all(".git");
  CHECK(has(rules_of(findings({"."}).at("api/Dockerfile")), "copied-but-ignored"));
  CHECK(!has(rules_of(findings({"api"}).at("api/Dockerfile")), "copied-but-ignored"));
}

TEST_CASE("standard input stands where its name says") {
  const Workplace place;
  write_shop(place);
  const Surroundings input{.input = "FROM alpine:3.21\nCOPY dist /srv\n"};
  CHECK(has(rules_of(findings({"--stdin-filename", "api/Dockerfile", "-"}, input).at("api/Dockerfile")),
            "copied-but-ignored"));
  CHECK(has(rules_of(findings({"--stdin-filename", "./Dockerfile", "-"}, input).at("./Dockerfile")),
            "copied-but-ignored"));
  CHECK(!has(rules_of(findings({"--language", "dockerfile", "-"}, input).at("-")), "copied-but-ignored"));
  // What is checked counts, not what stands there.
  const Surroundings compose{.input = "services: {api: {build: {context: ., dockerfile: api/Dockerfile}}}\n"};
  CHECK(!has(rules_of(findings({"--stdin-filename", "compose.yaml", "-"}, compose).at("compose.yaml")),
             "missing-build-file"));
}

TEST_CASE("what is not known completely is not concluded from") {
  const Workplace place;
  write_shop(place);
  place.write("docker-compose.yml", std::string((std::size_t{1} << 20) + 1, '#'));
  CHECK(!has(rules_of(findings({"api/Dockerfile"}).at("api/Dockerfile")), "copied-but-ignored"));
}

TEST_CASE("files of another repository have no surroundings") {
  const Workplace place;
  std::filesystem::create_directory("shop");
  std::filesystem::create_directory("other");
  place.write("shop/.git/HEAD", "");
  place.write("shop/Dockerfile", "FROM alpine:3.21\nCOPY dist /srv\n");
  place.write("shop/.dockerignore", "dist\n");
  place.write("other/.git/HEAD", "");
  place.write("other/Dockerfile", "FROM alpine:3.21\nCOPY dist /srv\n");
  place.write("other/.dockerignore", "dist\n");
  const auto both = findings({"shop", "other"});
  CHECK(has(rules_of(both.at("shop/Dockerfile")), "copied-but-ignored"));
  CHECK(!has(rules_of(both.at("other/Dockerfile")), "copied-but-ignored"));
  CHECK(has(rules_of(findings({"other"}).at("other/Dockerfile")), "copied-but-ignored"));
}

}  // namespace
}  // namespace quaymaster::tests
