#include "workspace/relations/compose_builds.h"

#include <map>
#include <string>

#include "support/catch.h"
#include "workspace/memory_file_system.h"

namespace quaymaster::workspace {
namespace {

/// "service: context|Dockerfile|target" of each build of /w/`path`, one a line, with `~` where it is only likely.
std::string builds(const std::string& path, const std::map<std::string, std::string>& texts) {
  MemoryFileSystem files;
  for (const auto& [name, text] : texts) files.add_file("/w/" + name, text);
  Index index(files);
  index.add_folder("/w");
  std::string out;
  for (const ComposeBuild& build : compose_builds("/w/" + path, index).builds)
    out += build.service + ": " + build.place.context + "|" + build.place.dockerfile + "|" + build.target.value_or("") +
           (build.certain ? "\n" : " ~\n");
  return out;
}

TEST_CASE("a file that Compose takes by itself says all that counts") {
  CHECK(builds("compose.yaml", {{"compose.yaml", "services:\n  a: {build: {target: x}}\n  b: {build: ./b}\n"},
                                {"compose.dev.yaml", "services: {a: {build: {context: dev}}}\n"}}) ==
        "a: /w|/w/Dockerfile|x\nb: /w/b|/w/b/Dockerfile|\n");
}

TEST_CASE("a file that is used together with another takes over what it does not say") {
  const std::string base = "services:\n  a: {build: {context: ./a, dockerfile: docker/Dockerfile, target: prod}}\n";
  const auto of_override = [&](const std::string& text) {
    return builds("compose.override.yaml", {{"compose.yaml", base}, {"compose.override.yaml", text}});
  };
  CHECK(of_override("services: {a: {build: {target: dev}}}\n") == "a: /w/a|/w/a/docker/Dockerfile|dev ~\n");
  CHECK(of_override("services: {a: {build: {args: {A: 1}}}}\n") == "a: /w/a|/w/a/docker/Dockerfile|prod ~\n");
  CHECK(of_override("services: {a: {build: {dockerfile: Dockerfile.dev}}}\n") ==
        "a: /w/a|/w/a/Dockerfile.dev|prod ~\n");
  CHECK(of_override("services: {a: {build: ./other}}\n") == "a: /w/other|/w/other/docker/Dockerfile|prod ~\n");
  CHECK(of_override("services: {a: {build: {context: x, dockerfile: y}}}\n") == "a: /w/x|/w/x/y|\n");
  // Nobody knows what such a file is used with.
  CHECK(of_override("services: {b: {build: {target: dev}}}\n") == "b: /w|/w/Dockerfile|dev ~\n");
  // A file of its own has a Dockerfile of its own.
  CHECK(builds("compose.test.yaml", {{"compose.yaml", base},
                                     {"compose.test.yaml", "services: {a: {build: ./t}}\n"},
                                     {"t/Dockerfile", "FROM a\n"}}) == "a: /w/t|/w/t/Dockerfile|prod ~\n");
}

TEST_CASE("a service takes over the build of the one that it extends") {
  const std::map<std::string, std::string> files{
      {"compose.yaml",
       "services:\n  a: {extends: {file: common/base.yaml, service: x}, build: {target: dev}}\n"
       "  b: {extends: {service: a}, build: {context: b}}\n  c: {extends: {file: nothing.yaml, service: x}, build: "
       "{}}\n"
       "  d: {extends: {service: d}, build: {target: t}}\n"},
      {"common/base.yaml", "services:\n  x: {image: x, build: {context: ., dockerfile: D}}\n"}};
  CHECK(builds("compose.yaml", files) == "a: /w/common|/w/common/D|dev ~\nb: /w/b|/w/b/D|dev ~\n");
}

TEST_CASE("paths of a file that is used from a folder above start there") {
  CHECK(builds("deploy/dev/compose.yaml",
               {{"deploy/dev/compose.yaml",
                 "services:\n  a: {build: api}\n  b: {build: {context: ., dockerfile: web/Dockerfile}}\n"
                 "  c: {build: nothing}\n"},
                {"api/Dockerfile", "FROM a\n"},
                {"deploy/web/Dockerfile", "FROM a\n"}}) ==
        "a: /w/api|/w/api/Dockerfile| ~\nb: /w/deploy|/w/deploy/web/Dockerfile| ~\n"
        "c: /w/deploy/dev/nothing|/w/deploy/dev/nothing/Dockerfile|\n");
}

TEST_CASE("thousands of services and files do not take long") {
  MemoryFileSystem files;
  std::string text = "services:\n";
  for (int i = 0; i < 3000; ++i)
    text += "  s" + std::to_string(i) + ": {build: ., extends: {service: s" + std::to_string(i / 2) + "}}\n";
  for (int i = 0; i < 100; ++i) files.add_file("/w/compose." + std::to_string(i) + ".yaml", text);
  Index index(files);
  index.add_folder("/w");
  CHECK(compose_builds("/w/compose.7.yaml", index).builds.size() == 3000);
}

}  // namespace
}  // namespace quaymaster::workspace
