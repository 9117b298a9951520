#include "workspace/configuration/configurations.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "support/catch.h"
#include "workspace/memory_file_system.h"

namespace quaymaster::workspace {
namespace {

/// The files of a project, and what counts in them.
struct Place {
  MemoryFileSystem files;
  RuleSet rules = built_in_rules();
  ConfigurationSources sources = {};

  /// The severity of floating-image-tag/latest in a Dockerfile of `folder`, or "off".
  [[nodiscard]] std::string latest_in(const std::string& folder, Language language = Language::Dockerfile) const {
    Configurations configurations(files, rules, sources);
    const Rule& rule = *rules.find("floating-image-tag");
    const auto severity = configurations.of_folder(folder)->settings.severity(rule, rule.variants[1], language);
    return severity ? std::string(to_string(*severity)) : "off";
  }
  /// What is wrong: "path: message", one a line.
  [[nodiscard]] std::string complaints(const std::string& folder) const {
    Configurations configurations(files, rules, sources);
    (void)configurations.of_folder(folder);
    std::string out;
    for (const FaultyFile& faulty : configurations.faulty_files())
      for (const Diagnostic& diagnostic : faulty.diagnostics)
        out += faulty.path + ":" + std::string(slice(faulty.text, diagnostic.range)) + ": " + diagnostic.message + "\n";
    for (const PathMessage& error : configurations.errors())
      out += "error: " + error.path + ": " + error.message + "\n";
    return out;
  }
};

/// Counts what is asked of the files behind it.
class CountingFiles final : public FileSystem {
 public:
  explicit CountingFiles(const FileSystem& files) : files_(files) {}
  [[nodiscard]] FileKind kind(const std::string& path) const override {
    ++questions;
    return files_.kind(path);
  }
  [[nodiscard]] OrFileError<std::string> read(const std::string& path, std::uint64_t limit) const override {
    ++reads;
    return files_.read(path, limit);
  }
  [[nodiscard]] OrFileError<std::vector<FolderEntry>> list(const std::string& path) const override {
    return files_.list(path);
  }
  [[nodiscard]] std::string real_path(const std::string& path) const override {
    ++questions;
    return files_.real_path(path);
  }

  mutable std::size_t questions = 0;
  mutable std::size_t reads = 0;

 private:
  const FileSystem& files_;
};

constexpr const char* kOff = "rules: {floating-image-tag: off}\n";
constexpr const char* kError = "rules: {floating-image-tag: error}\n";

TEST_CASE("the nearest file upwards counts, up to the root of the repository") {
  Place place;
  place.files.add_file("/.quaymaster.yaml", kOff);
  place.files.add_file("/a/b/.quaymaster.yaml", kError);
  place.files.add_folder("/a/b/c/d");
  place.files.add_folder("/a/e");
  place.files.add_folder("/repository/.git");
  place.files.add_folder("/repository/a");
  CHECK(place.latest_in("") == "off");
  CHECK(place.latest_in("a/e") == "off");
  CHECK(place.latest_in("a/b") == "error");
  CHECK(place.latest_in("a/b/c/d") == "error");
  CHECK(place.latest_in("./a/b/../e") == "off");
  CHECK(place.latest_in("repository/a") == "warning");
}

TEST_CASE("folders with the same files share one configuration") {
  Place place;
  place.files.add_file("/.quaymaster.yaml", kOff);
  place.files.add_folder("/a/b");
  place.files.add_folder("/c");
  Configurations configurations(place.files, place.rules, {});
  CHECK(configurations.of_folder("a/b") == configurations.of_folder("c"));
  CHECK(configurations.of_folder("a/b")->sources == std::vector<std::string>{".quaymaster.yaml"});
}

TEST_CASE("the disk is asked once a folder, however many files there are") {
  Place place;
  place.files.add_file("/.quaymaster.yaml", "files: [{exclude: vendor/}]\n");
  constexpr std::size_t kFolders = 100;
  for (std::size_t i = 0; i < kFolders; ++i) place.files.add_folder("/" + std::to_string(i));
  const CountingFiles counting(place.files);
  Configurations configurations(counting, place.rules, {});
  for (std::size_t i = 0; i < kFolders; ++i)
    for (int file = 0; file < 200; ++file)
      (void)configurations.of_file(std::to_string(i) + "/" + std::to_string(file) + ".yaml");
  CHECK(counting.reads == 1);
  CHECK(counting.questions <= (kFolders + 1) * 15);
}

TEST_CASE("later sources win: preset, file, environment, command line") {
  Place place;
  place.files.add_file("/.quaymaster.yaml", kOff);
  Layer environment;
  environment.rules = {{"floating-image-tag", RuleSetting::State::On, Severity::Hint}};
  Layer command;
  place.sources.above = {environment, command};
  CHECK(place.latest_in("") == "hint");
  command.ignore = {"immutability"};
  place.sources.above = {environment, command};
  CHECK(place.latest_in("") == "off");
  command.select = {{"DL3007"}};
  command.ignore.clear();
  place.sources.above = {environment, command};
  CHECK(place.latest_in("") == "hint");
  place.sources.above.clear();
  place.sources.without_files = true;
  CHECK(place.latest_in("") == "warning");
  place.sources.without_files = false;
  place.files.add_file("/other.yaml", kError);
  place.sources.file = "other.yaml";
  CHECK(place.latest_in("") == "error");
}

TEST_CASE("a file builds upon others") {
  Place place;
  place.files.add_file("/.quaymaster.yaml", "extends: [shared/base.yaml]\n");
  place.files.add_file("/shared/base.yaml", "extends: ../../outside.yaml\n");
  place.files.add_file("/outside.yaml", kError);
  CHECK(place.latest_in("") == "error");
  CHECK(place.complaints("").empty());
  place.files.add_file("/shared/base.yaml", "extends: ../outside.yaml\nignore: [DL3007]\n");
  CHECK(place.latest_in("") == "off");
  place.files.add_file("/.quaymaster.yaml", "extends: [shared/base.yaml]\nextend-select: [DL3007]\n");
  CHECK(place.latest_in("") == "error");
}

TEST_CASE("a base that cannot be had is told where it is named, and the rest counts") {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"missing.yaml", ".quaymaster.yaml:missing.yaml: `missing.yaml`: no such file or folder\n"},
      {"/etc/shadow", ".quaymaster.yaml:/etc/shadow: only a .yaml or .yml file can be built upon\n"},
      {"folder.yaml", ".quaymaster.yaml:folder.yaml: `folder.yaml`: is not a regular file\n"},
      {"pipe.yaml", ".quaymaster.yaml:pipe.yaml: `pipe.yaml`: is not a regular file\n"},
      {"binary.yaml", ".quaymaster.yaml:binary.yaml: `binary.yaml`: is not UTF-8\n"},
      {"huge.yaml", ".quaymaster.yaml:huge.yaml: `huge.yaml`: is larger than 1 MiB\n"},
      {"wrong.yaml", ".quaymaster.yaml:wrong.yaml: `wrong.yaml` has 2 problems, the first in line 2\n"},
      {".quaymaster.yaml", ".quaymaster.yaml:.quaymaster.yaml: `.quaymaster.yaml` builds upon this file: a cycle\n"},
      {"cycle.yaml", ".quaymaster.yaml:cycle.yaml: `.quaymaster.yaml` builds upon this file: a cycle\n"}};
  for (const auto& [base, complaint] : cases) {
    CAPTURE(base);
    Place place;
    place.files.add_file("/.quaymaster.yaml", "extends: " + base + "\n" + kOff);
    place.files.add_file("/etc/shadow", "root:x\n");
    place.files.add_folder("/folder.yaml");
    place.files.add_other("/pipe.yaml");
    place.files.add_file("/binary.yaml", "a: \xFF\n");
    place.files.add_file("/huge.yaml", std::string(2 << 20, '#'));
    place.files.add_file("/wrong.yaml", "preset: all\nfoo: 1\nbar: 2\n");
    place.files.add_file("/cycle.yaml", "extends: .quaymaster.yaml\n");
    CHECK(place.complaints("") == complaint);
    CHECK(place.latest_in("") == "off");
  }
}

TEST_CASE("bases without end come to one") {
  Place deep;
  deep.files.add_file("/.quaymaster.yaml", "extends: 0.yaml\n");
  Place wide;
  wide.files.add_file("/.quaymaster.yaml", "extends: 0.yaml\n");
  for (int i = 0; i < 20; ++i) {
    const std::string next = std::to_string(i + 1) + ".yaml";
    deep.files.add_file("/" + std::to_string(i) + ".yaml", "extends: " + next + "\n");
    wide.files.add_file("/" + std::to_string(i) + ".yaml", "extends: [" + next + ", " + next + ", " + next + "]\n");
  }
  CHECK(deep.complaints("") == ".quaymaster.yaml:0.yaml: files build upon one another more than 10 deep\n");
  CHECK_FALSE(wide.complaints("").empty());
}

TEST_CASE("a configuration that cannot be read is an error, and nothing stops") {
  const auto with = [](auto add) {
    Place place;
    add(place.files);
    CHECK(place.latest_in("") == "warning");
    return place.complaints("");
  };
  CHECK(with([](MemoryFileSystem& files) { files.add_folder("/.quaymaster.yaml"); }) ==
        "error: .quaymaster.yaml: is not a regular file, and no configuration\n");
  CHECK(with([](MemoryFileSystem& files) { files.add_other("/.hadolint.yaml"); }) ==
        "error: .hadolint.yaml: is not a regular file, and no configuration\n");
  CHECK(with([](MemoryFileSystem& files) { files.add_file("/.quaymaster.yaml", std::string(2 << 20, '#')); }) ==
        "error: .quaymaster.yaml: is larger than 1 MiB; what it says does not count\n");
  CHECK(with([](MemoryFileSystem& files) {
          files.add_file("/.quaymaster.yaml",
                         "\xFF\xFE"
                         "a");
        }) == "error: .quaymaster.yaml: is not UTF-8; what it says does not count\n");
  CHECK(with([](MemoryFileSystem& files) {
          files.add_file("/.quaymaster.yaml", kOff);
          files.forbid("/.quaymaster.yaml");
        }) == "error: .quaymaster.yaml: permission denied; what it says does not count\n");
}

TEST_CASE("files are left out, brought in and given a language") {
  Place place;
  place.files.add_file("/p/.quaymaster.yaml", R"(files:
  - exclude: [vendor/, "*.gen.yaml"]
  - include: vendor/ours
  - {glob: "build/*.docker", language: dockerfile}
)");
  for (const char* folder : {"/p/vendor/a", "/p/vendor/ours", "/p/build", "/p/a"}) place.files.add_folder(folder);
  Configurations configurations(place.files, place.rules, {});
  using Kind = FileChoice::Kind;
  CHECK(configurations.of_file("p/Dockerfile").choice.kind == Kind::Unsaid);
  CHECK(configurations.of_file("p/vendor/a/Dockerfile").choice.kind == Kind::Excluded);
  CHECK(configurations.of_file("p/vendor/ours/Dockerfile").choice.kind == Kind::Included);
  CHECK(configurations.of_file("p/a/x.gen.yaml").choice.kind == Kind::Excluded);
  const FileChoice given = configurations.of_file("p/build/api.docker").choice;
  CHECK(given.kind == Kind::Included);
  CHECK(given.language == Language::Dockerfile);
  CHECK(configurations.of_file("p/a/api.docker").choice.kind == Kind::Unsaid);
}

TEST_CASE("files of other tools speak of their own files, and are weaker than ours") {
  Place place;
  place.files.add_file("/.hadolint.yaml", "ignored: [DL3007, DL9999]\nfailure-threshold: error\n");
  CHECK(place.latest_in("") == "off");
  CHECK(place.latest_in("", Language::Compose) == "warning");
  CHECK(place.complaints("").empty());
  place.files.add_file("/.quaymaster.yaml", "rules: {floating-image-tag: hint}\n");
  CHECK(place.latest_in("") == "hint");
  Configurations configurations(place.files, place.rules, {});
  REQUIRE(configurations.of_folder("")->limit.has_value());
  CHECK(configurations.of_folder("")->limit->from == Severity::Error);
}

TEST_CASE("a user's hadolint configuration counts where the project has none") {
  Place place;
  place.files.add_file("/home/user/.config/hadolint.yaml", "ignored: [DL3007]\n");
  place.files.add_folder("/a");
  place.sources.user_files = {"/home/user/.config/hadolint.yml", "/home/user/.config/hadolint.yaml"};
  CHECK(place.latest_in("a") == "off");
  place.files.add_file("/a/.hadolint.yml", "override: {style: [DL3007]}\n");
  CHECK(place.latest_in("a") == "hint");
}

}  // namespace
}  // namespace quaymaster::workspace
