#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "cli/program.h"
#include "cli/shellcheck/output.h"
#include "cli/shellcheck/program.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

namespace fs = std::filesystem;

/// A program that says SC2086 about the second line of each file it is given, and keeps what it was called with.
constexpr std::string_view kFake = R"(#!/bin/sh
echo "$@" >> calls
printf '{"comments":['
comma=
for file in "$@"; do
  case "$file" in
    -*) continue ;;
  esac
  cat "$file" >> texts
  printf '%s{"file":"%s","line":2,"endLine":2,"column":4,"endColumn":6,"level":"info","code":2086,' "$comma" "$file"
  printf '"message":"Double quote.","fix":{"replacements":[{"line":2,"endLine":2,"column":4,"endColumn":4,'
  printf '"insertionPoint":"beforeStart","precedence":1,"replacement":"\\""},{"line":2,"endLine":2,"column":6,'
  printf '"endColumn":6,"insertionPoint":"afterEnd","precedence":1,"replacement":"\\""}]}}'
  comma=,
done
printf ']}'
exit 1
)";

std::string make_program(const Workplace& place, const std::string& name, std::string_view text) {
  place.write(name, text);
  fs::permissions(name, fs::perms::owner_all);
  return fs::absolute(name).string();
}

nlohmann::json findings_of(const Outcome& outcome) {
  nlohmann::json found = nlohmann::json::array();
  const auto report = nlohmann::json::parse(outcome.out);
  for (const auto& file : report["files"])
    for (const auto& diagnostic : file["diagnostics"])
      if (diagnostic["rule"].get<std::string>().starts_with("shellcheck:")) found.push_back(diagnostic);
  return found;
}

TEST_CASE("check --shellcheck=PATH asks the program about every RUN, once for a shell") {
  const Workplace place;
  const std::string program = make_program(place, "fake", kFake);
  place.write(
      "Dockerfile",
      "FROM debian:12.8\nRUN rm $a\nRUN rm $b\nSHELL [\"/bin/bash\", \"-c\"]\nRUN rm $c\nRUN [\"rm\", \"$d\"]\n");
  const Outcome outcome = quaymaster_run({"check", "--format", "json", "--shellcheck=" + program, "Dockerfile"});
  const auto found = findings_of(outcome);
  REQUIRE(found.size() == 3);
  CHECK(found[0]["rule"] == "shellcheck:SC2086");
  CHECK(found[0]["severity"] == "information");
  CHECK(found[0]["range"]["start"] == nlohmann::json{{"line", 1}, {"character", 7}});
  CHECK(found[0]["range"]["end"] == nlohmann::json{{"line", 1}, {"character", 9}});
  CHECK(found[0]["documentation"] == "https://www.shellcheck.net/wiki/SC2086");
  CHECK(found[0]["fixes"][0]["applicability"] == "unsafe");
  CHECK(found[0]["fixes"][0]["edits"].size() == 2);
  const std::string calls = place.read("calls");
  CHECK(std::count(calls.begin(), calls.end(), '\n') == 2);
  CHECK(has(calls, "--shell=sh"));
  CHECK(has(calls, "--shell=bash"));
  CHECK(has(place.read("texts"), "\nrm $a\n"));
}

TEST_CASE("explain says where a check of ShellCheck is explained") {
  const Outcome outcome = quaymaster_run({"explain", "shellcheck:SC2086"});
  CHECK(outcome.code == 0);
  CHECK(has(outcome.out, "https://www.shellcheck.net/wiki/SC2086"));
}

TEST_CASE("check does not run ShellCheck unless somebody asks") {
  const Workplace place;
  make_program(place, "shellcheck", kFake);
  place.write("Dockerfile", "FROM debian:12.8\nRUN rm $a\n");
  const Outcome outcome =
      quaymaster_run({"check", "Dockerfile"}, {.environment = {{"PATH", fs::current_path().string()}}});
  CHECK(!has(outcome.out, "SC2086"));
  CHECK(place.read("calls").empty());
}

TEST_CASE("check runs the ShellCheck that the configuration names, and finds it in PATH") {
  const Workplace place;
  make_program(place, "bin/shellcheck", kFake);
  place.write("Dockerfile", "FROM debian:12.8\nRUN rm $a\n");
  place.write(".quaymaster.yaml", "shellcheck:\n  path: shellcheck\n");
  const Surroundings around{.environment = {{"PATH", "bin:" + fs::absolute("bin").string()}}};
  CHECK(has(quaymaster_run({"check", "Dockerfile"}, around).out, "shellcheck:SC2086"));
  CHECK(!has(quaymaster_run({"check", "--ignore", "SC2086", "Dockerfile"}, around).out, "SC2086"));
  place.write(".hadolint.yaml", "ignored: [SC2086]\n");
  CHECK(!has(quaymaster_run({"check", "Dockerfile"}, around).out, "SC2086"));
  // A folder that is relative is one of whoever wrote the files.
  CHECK(quaymaster_run({"check", "Dockerfile"}, {.environment = {{"PATH", "bin"}}}).code == 2);
}

TEST_CASE("a project cannot bring the program that is run") {
  const Workplace place;
  make_program(place, "shellcheck", kFake);
  make_program(place, "evil", kFake);
  place.write("Dockerfile", "FROM debian:12.8\nRUN rm $a\n");
  for (const std::string& path :
       {std::string("./shellcheck"), std::string("bin/shellcheck"), std::string("evil"),
        fs::absolute("shellcheck").string(), "/usr/../" + fs::absolute("shellcheck").string()}) {
    INFO(path);
    place.write(".quaymaster.yaml", "shellcheck: {path: \"" + path + "\"}\n");
    const Outcome outcome = quaymaster_run({"check", "."}, {.environment = {{"PATH", fs::current_path().string()}}});
    CHECK(has(outcome.out, "invalid-configuration"));
    CHECK(place.read("calls").empty());
  }
}

TEST_CASE("a program that is not there, or is not ShellCheck, is an error, told once") {
  const Workplace place;
  place.write("a/Dockerfile", "FROM debian:12.8\nRUN rm $a\n");
  place.write("b/Dockerfile", "FROM debian:12.8\nRUN rm $a\n");
  const Outcome absent = quaymaster_run({"check", "--shellcheck=./absent", "."});
  CHECK(absent.code == 2);
  CHECK(absent.err.find("./absent") == absent.err.rfind("./absent"));
  for (const std::string_view text : {"#!/bin/sh\nexit 3\n", "#!/bin/sh\necho hello\n", "#!/bin/sh\nkill -9 $$\n"}) {
    INFO(text);
    const std::string program = make_program(place, "odd", text);
    const Outcome odd = quaymaster_run({"check", "--shellcheck=" + program, "a/Dockerfile"});
    CHECK(odd.code == 2);
    CHECK(has(odd.err, "does not answer as ShellCheck does"));
  }
}

TEST_CASE("ShellCheck's output: what is odd in it is left out") {
  const auto text_of = [](std::string_view file) { return file == "a" ? std::optional<std::size_t>(0) : std::nullopt; };
  CHECK(!cli::read_shellcheck_output("", text_of));
  CHECK(!cli::read_shellcheck_output("[]", text_of));
  CHECK(!cli::read_shellcheck_output(R"({"comments": 1})", text_of));
  const auto comments = cli::read_shellcheck_output(
      R"({"comments": [1, {"file": "b"}, {"file": "a", "line": -1, "code": "x", "fix": null, "level": "style"}]})",
      text_of);
  REQUIRE(comments.has_value());
  REQUIRE(comments->size() == 1);
  CHECK(comments->front().severity == Severity::Hint);
  CHECK(comments->front().begin.line == 0);
}

TEST_CASE("the real ShellCheck, when it is installed") {
  const char* path = std::getenv("PATH");
  const std::string program = cli::find_program("shellcheck", path == nullptr ? "" : path);
  if (program.empty()) {
    SUCCEED("there is none");
    return;
  }
  const Workplace place;
  place.write("Dockerfile",
              "FROM debian:12.8\nARG name\nRUN echo \\\n  # its name\n  $name \\\n  $other\n"
              "# hadolint ignore=SC2086\nRUN echo $name\n");
  const auto found =
      findings_of(quaymaster_run({"check", "--format", "json", "--shellcheck=" + program, "Dockerfile"}));
  std::string codes;
  for (const auto& finding : found)
    codes +=
        finding["rule"].get<std::string>() + ":" + std::to_string(finding["range"]["start"]["line"].get<int>()) + " ";
  // `name` is an argument of the build, so that only `other` is unknown.
  CHECK(codes == "shellcheck:SC2086:4 shellcheck:SC2086:5 shellcheck:SC2154:5 ");
}

}  // namespace
}  // namespace quaymaster::tests
