#include <filesystem>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/program.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

constexpr std::string_view kClean = "FROM node:22.11.0\nWORKDIR /app\n";
constexpr std::string_view kMisspelt = "FROM node:22.11.0\nWRKDIR /app\n";

/// `check` with the one rule whose findings these tests are about.
Outcome check(std::vector<std::string> arguments, const Surroundings& around = {}) {
  arguments.insert(arguments.begin(), {"check", "--select", "unknown-instruction"});
  return quaymaster_run(std::move(arguments), around);
}

TEST_CASE("the exit code says whether there is something at or above --fail-on") {
  const Workplace place;
  place.write("Dockerfile", kMisspelt);
  CHECK(check({}).code == 1);
  CHECK(check({"Dockerfile"}).code == 1);
  CHECK(check({"--fail-on", "error"}).code == 1);
  CHECK(check({"--fail-on", "never"}).code == 0);
  place.write("Dockerfile", "FROM node\n");
  for (const auto& [limit, code] : std::vector<std::pair<std::string, int>>{
           {"error", 0}, {"warning", 1}, {"information", 1}, {"hint", 1}, {"never", 0}}) {
    CAPTURE(limit);
    CHECK(quaymaster_run({"check", "--select", "floating-image-tag", "--fail-on", limit}).code == code);
  }
  place.write("Dockerfile", kClean);
  const Outcome clean = check({});
  CHECK(clean.code == 0);
  CHECK(clean.out == "no findings in 1 file\n");
  CHECK(clean.err.empty());
}

TEST_CASE("an empty folder is clean") {
  const Workplace place;
  const Outcome outcome = check({"."});
  CHECK(outcome.code == 0);
  CHECK(outcome.out == "no findings in 0 files\n");
}

TEST_CASE("what cannot be read is an error, and everything else is still reported") {
  const Workplace place;
  place.write("a/Dockerfile", kMisspelt);
  place.write("b/Dockerfile", std::string_view("FROM a\0b\n", 9));
  place.write("c/Dockerfile",
              "\xFF\xFE"
              "F");
  const Outcome outcome = check({".", "missing"});
  CHECK(outcome.code == 2);
  CHECK(has(outcome.out, "a/Dockerfile:2:1: error"));
  CHECK(outcome.err == R"(error: missing: no such file or folder
error: b/Dockerfile: contains NUL bytes, so it is not a text file
error: c/Dockerfile: is UTF-16; save it as UTF-8
)");
}

TEST_CASE("a file without permission, and a folder") {
  if (::geteuid() == 0) {
    WARN("root may read everything");
    SUCCEED();
    return;
  }
  const Workplace place;
  place.write("Dockerfile", kMisspelt);
  place.write("a/Dockerfile", kMisspelt);
  std::filesystem::permissions("Dockerfile", std::filesystem::perms::none);
  std::filesystem::permissions("a", std::filesystem::perms::none);
  const Outcome outcome = check({});
  std::filesystem::permissions("a", std::filesystem::perms::owner_all);
  CHECK(outcome.code == 2);
  CHECK(outcome.err == "error: a: permission denied\nerror: Dockerfile: permission denied\n");
}

TEST_CASE("pipes and devices are never opened") {
  const Workplace place;
  REQUIRE(::mkfifo("Dockerfile", 0600) == 0);
  const Outcome named = check({"Dockerfile", "/dev/null"});
  CHECK(named.code == 2);
  CHECK(has(named.err, "error: Dockerfile: is not a regular file\n"));
  CHECK(has(named.err, "error: /dev/null: is not a regular file\n"));
  const Outcome found = check({"."});
  CHECK(found.code == 0);
  CHECK(found.err == "note: Dockerfile: is not a regular file; left alone\n");
}

TEST_CASE("limits: 1 MiB for what is found, 16 MiB for what is named") {
  const Workplace place;
  const std::string comment = "#" + std::string(1023, '-');
  std::string big(kMisspelt);
  while (big.size() <= (1U << 20)) big += comment + "\n";
  place.write("Dockerfile", big);
  const Outcome found = check({});
  CHECK(found.code == 0);
  CHECK(found.err == "note: Dockerfile: is larger than 1 MiB; left alone, name it to have it read\n");
  CHECK(check({"Dockerfile"}).code == 1);
  while (big.size() <= (16U << 20)) big += big;
  place.write("Dockerfile", big);
  const Outcome named = check({"Dockerfile"});
  CHECK(named.code == 2);
  CHECK(named.err == "error: Dockerfile: is larger than 16 MiB\n");
}

TEST_CASE("a text that is not UTF-8 is analysed, with a note") {
  const Workplace place;
  place.write("Dockerfile", "FROM node:22.11.0\n# caf\xE9\nWRKDIR /app\n");
  const Outcome outcome = check({});
  CHECK(outcome.code == 1);
  CHECK(has(outcome.out, "Dockerfile:3:1: error"));
  CHECK(outcome.err == "note: Dockerfile: is not UTF-8: a byte that is no character counts as one\n");
}

TEST_CASE("the language of what is named") {
  const Workplace place;
  place.write("image.txt", "# a comment\n\n" + std::string(kMisspelt));
  place.write("notes.txt", "Buy milk.\n");
  place.write("values.yaml", "a: 1\n");
  CHECK(has(check({"image.txt"}).out, "image.txt:4:1: error"));
  const Outcome notes = check({"notes.txt"});
  CHECK(notes.code == 2);
  CHECK(notes.err == "error: notes.txt: cannot tell its language: say --language dockerfile, compose or kubernetes\n");
  CHECK(check({"--language", "dockerfile", "notes.txt"}).code == 1);
  const Outcome values = check({"values.yaml"});
  CHECK(values.code == 0);
  CHECK(values.err == "note: values.yaml: is neither a Compose file nor a Kubernetes manifest; left alone\n");
  const Outcome folder = check({"."});
  CHECK(folder.code == 0);
  CHECK(folder.err.empty());
}

TEST_CASE("--language leaves out the other files of a folder") {
  const Workplace place;
  place.write("Dockerfile", kMisspelt);
  place.write("compose.yaml", "services:\n  a:\n    image: node:22\n");
  CHECK(has(check({"--language", "dockerfile"}).out, " 1 of 1 file"));
  CHECK(check({"--language", "compose"}).out == "no findings in 1 file\n");
}

TEST_CASE("standard input") {
  const Surroundings around{std::string(kMisspelt)};
  const Outcome by_content = check({"-"}, around);
  CHECK(by_content.code == 1);
  CHECK(has(by_content.out, "-:2:1: error"));
  CHECK(has(check({"-", "--stdin-filename", "a/Dockerfile"}, around).out, "a/Dockerfile:2:1: error"));
  CHECK(has(check({"-", "--language", "dockerfile"}, around).out, "-:2:1: error"));
  CHECK(check({"-"}, {"Buy milk.\n"}).code == 2);
  CHECK(check({"-"}, {std::string("\0", 1)}).code == 2);
  const Outcome pod = quaymaster_run({"check", "--select", "floating-image-tag", "-"},
                                     {"apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n"
                                      "    - name: web\n      image: nginx\n"});
  CHECK(pod.code == 1);
  CHECK(has(pod.out, "-:8:14: warning"));
}

TEST_CASE("options that do not go together") {
  const Workplace place;
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"-", "Dockerfile"},
                                             {"--config", "x.yaml"},
                                             {"--config", "x.yaml", "--no-config"},
                                             {"--stdin-filename", "Dockerfile"},
                                             {"--diff", "--format", "json"},
                                             {"--format", "xml"},
                                             {"--fail-on", "fatal"},
                                             {"--language", "cobol"},
                                             {"--jobs", "0"},
                                             {"--jobs", "many"},
                                             {"--color", "pink"},
                                             {"--frmat", "json"}}) {
    CAPTURE(arguments);
    const Outcome outcome = check(arguments);
    CHECK(outcome.code == 2);
    CHECK(outcome.out.empty());
    CHECK(outcome.err.starts_with("quaymaster: "));
  }
  CHECK(has(check({"--config", "x.yaml"}).err, "x.yaml: there is no such configuration file"));
  CHECK(has(check({"--frmat", "json"}).err, "there is no option --frmat; did you mean --format?"));
  CHECK(check({"--no-config"}).code == 0);
}

TEST_CASE("items of the selection") {
  const Workplace place;
  place.write("Dockerfile", "FROM node\nWRKDIR /app\n");
  const auto codes = [](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "check");
    std::string out;
    const Outcome outcome = quaymaster_run(std::move(arguments));
    for (const char* code : {"floating-image-tag/missing", "unknown-instruction/misspelt"})
      if (has(outcome.out, code)) out += std::string(code) + " ";
    return out;
  };
  CHECK(codes({}) == "floating-image-tag/missing unknown-instruction/misspelt ");
  CHECK(codes({"--select", "floating-image-tag"}) == "floating-image-tag/missing ");
  CHECK(codes({"--select=floating-image-tag,unknown-instruction"}) ==
        "floating-image-tag/missing unknown-instruction/misspelt ");
  CHECK(codes({"--select", "immutability", "--select", "correctness", "Dockerfile"}) ==
        "floating-image-tag/missing unknown-instruction/misspelt ");
  CHECK(codes({"--select", "DL3006", "Dockerfile"}) == "floating-image-tag/missing ");
  CHECK(codes({"--select", "hadolint:DL3006", "--extend-select", "unknown-instruction/misspelt"}) ==
        "floating-image-tag/missing unknown-instruction/misspelt ");
  CHECK(codes({"--select", "all", "--ignore", "correctness"}) == "floating-image-tag/missing ");
  CHECK(codes({"--preset", "hadolint"}).starts_with("floating-image-tag/missing "));
}

TEST_CASE("items that name nothing") {
  const Workplace place;
  const Outcome outcome = quaymaster_run({"check", "--select", "floating-image-tags", "--ignore", "zzzzzzzzzz"});
  CHECK(outcome.code == 2);
  CHECK(outcome.out.empty());
  CHECK(
      outcome.err ==
      R"(quaymaster: there is no rule, variant, family, preset or check "floating-image-tags"; did you mean "floating-image-tag"?
quaymaster: there is no rule, variant, family, preset or check "zzzzzzzzzz"
All names: quaymaster rules
)");
  CHECK(quaymaster_run({"check", "--preset", "recomended"}).code == 2);
}

TEST_CASE("the number of jobs changes nothing") {
  const Workplace place;
  for (int i = 0; i < 40; ++i) place.write("dir" + std::to_string(i) + "/Dockerfile", i % 3 == 0 ? kClean : kMisspelt);
  const Outcome one = check({"--jobs", "1", "--format", "json"});
  CHECK(one.code == 1);
  CHECK(one.out == check({"--jobs", "8", "--format", "json"}).out);
  CHECK(one.out == check({"--format", "json"}).out);
}

TEST_CASE("ignored files are left alone unless they are named") {
  const Workplace place;
  place.write("a/Dockerfile", kMisspelt);
  place.write(".gitignore", "a/\n");
  CHECK(check({}).out == "no findings in 0 files\n");
  CHECK(check({"a/Dockerfile"}).code == 1);
}

}  // namespace
}  // namespace quaymaster::tests
