#include "workspace/relations/compose_around.h"

#include <algorithm>
#include <map>
#include <string>

#include "support/catch.h"
#include "workspace/memory_file_system.h"

namespace quaymaster::workspace {
namespace {

using Texts = std::map<std::string, std::string>;

struct Project {
  MemoryFileSystem disk;

  explicit Project(const Texts& texts) {
    for (const auto& [name, text] : texts) disk.add_file("/w/" + name, text);
  }
  [[nodiscard]] ComposeSurroundings around(const std::string& path = "compose.yaml") const {
    const BoundedFiles folders(disk, {"/w"});
    Index index(folders);
    index.add_folder("/w");
    const RecordingFileSystem files(folders);
    return around_compose("/w/" + path, index, folders, files);
  }
  [[nodiscard]] std::string files(const std::string& path = "compose.yaml") const {
    std::string out;
    for (const NamedFile& file : around(path).files)
      out += file.name + (file.exists ? "" : file.made_later ? " later" : " missing") + "\n";
    return out;
  }
};

TEST_CASE("files that a Compose file names are there, are made later, or are missing") {
  const std::string list =
      "services: {a: {image: redis, env_file: [here.list, there.list, ../w/here.list, "
      "local/x.list, set.list, /etc/passwd, ../../etc/passwd, ~/a.list]}}\n";
  Project project({{"compose.yaml", list},
                   {"here.list", ""},
                   {"set.list.example", ""},
                   {".gitignore", "/local\n"},
                   {"sub/compose.yaml", list}});
  const std::string in_root = "../w/here.list\nhere.list\nlocal/x.list later\nset.list later\nthere.list missing\n";
  CHECK(project.files() == in_root);
  // From below, paths may start above.
  CHECK(project.files("sub/compose.yaml").find("here.list\nlocal/x.list missing\nset.list missing\nthere") !=
        std::string::npos);
  const ComposeSurroundings around = project.around();
  const auto missing = std::ranges::find(around.files, "there.list", &NamedFile::name);
  REQUIRE(missing != around.files.end());
  CHECK(missing->beside == std::vector<std::string>{".gitignore", "compose.yaml", "here.list", "set.list.example"});
}

TEST_CASE("what lies behind a link that leads out is not missing") {
  Project project(Texts{{"compose.yaml", "services: {a: {image: redis, env_file: [x.list, out/y.list]}}\n"}});
  project.disk.add_file("/etc/x.list", "");
  project.disk.add_link("/w/x.list", "/etc/x.list");
  project.disk.add_link("/w/out", "/etc");
  CHECK(project.files() == "out/y.list\nx.list\n");
}

TEST_CASE("the names of other files are known where it is known which they are") {
  Project project({{"compose.yaml", "include: [more.yaml]\nservices: {a: {image: redis}}\n"},
                   {"more.yaml", "services: {b: {image: redis}}\nvolumes: {data: }\n"},
                   {"lone.yaml", "services: {c: {image: redis}}\n"}});
  const ComposeSurroundings around = project.around();
  REQUIRE(around.others);
  CHECK(around.others->services == std::vector<std::string>{"b"});
  CHECK(around.others->volumes == std::vector<std::string>{"data"});
  project.disk.add_file("/w/compose.yaml", "include: [more.yaml]\nservices: {a: {ports: [80]}, b: {ports: [81]}}\n");
  CHECK(!project.around().others);
}

TEST_CASE("services of a file that is extended are known") {
  Project project({{"compose.yaml", "services: {a: {extends: {file: base.yaml, service: b}}}\n"},
                   {"base.yaml", "services: {b: {image: redis}}\n"}});
  const ComposeSurroundings around = project.around();
  REQUIRE(around.files.size() == 1);
  CHECK(around.files[0].services == std::vector<std::string>{"b"});
}

TEST_CASE("variables of environment files are known, and no secret") {
  Project project({{"compose.yaml", "services: {a: {image: redis}}\n"},
                   {".env", "TAG=1.2\nDB_PASSWORD=hunter2hunter2\nURL=https://me:geheim99@example.com/\nEMPTY=\n"},
                   {"prod.env", "PROD=1\n"},
                   {"env.example", "SHOWN=1\n"},
                   {"sub/docker-compose.prod.yml", "services: {a: {image: redis}}\n"}});
  const ComposeSurroundings around = project.around();
  CHECK(around.environment_path == "/w/.env");
  REQUIRE(around.environment.size() == 4);
  CHECK(around.environment[0] == SetVariable{"TAG", {0, 3}, "1.2"});
  CHECK(!around.environment[1].value);
  CHECK(!around.environment[2].value);
  CHECK(around.environment[3].value == "");
  CHECK(around.environment_names == std::vector<std::string>{"DB_PASSWORD", "EMPTY", "PROD", "SHOWN", "TAG", "URL"});
  // Another file decides where this one's is looked for.
  CHECK(project.around("sub/docker-compose.prod.yml").environment_path == "/w/.env");
  CHECK(!Project(Texts{{"compose.yaml", "services: {a: {image: redis}}\n"}}).around().environment_names);
}

}  // namespace
}  // namespace quaymaster::workspace
