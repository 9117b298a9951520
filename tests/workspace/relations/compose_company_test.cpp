#include "workspace/relations/compose_company.h"

#include <map>
#include <set>
#include <string>

#include "support/catch.h"
#include "workspace/memory_file_system.h"

namespace quaymaster::workspace {
namespace {

/// The files that /w/`path` is read with, without "/w/", and "?" when there may be others.
std::string company(const std::string& path, const std::map<std::string, std::string>& texts) {
  MemoryFileSystem files;
  for (const auto& [name, text] : texts) files.add_file("/w/" + name, text);
  Index index(files);
  index.add_folder("/w");
  const ComposeCompany found = company_of("/w/" + path, index);
  std::string out;
  for (const std::string& file : found.files) out += file.substr(3) + " ";
  return out + (found.known ? "" : "?");
}

const std::string kService = "services: {a: {image: redis}}\n";

TEST_CASE("a file that Compose takes by itself is read with its override") {
  CHECK(company("compose.yaml", {{"compose.yaml", kService}}).empty());
  CHECK(company("compose.yaml",
                {{"compose.yaml", kService}, {"compose.override.yaml", kService}, {"compose.prod.yaml", kService}}) ==
        "compose.override.yaml ");
}

TEST_CASE("a variant is read with something in its folder") {
  CHECK(company("compose.prod.yaml",
                {{"compose.yaml", kService}, {"compose.prod.yaml", kService}, {"compose.dev.yaml", kService}}) ==
        "compose.dev.yaml compose.yaml ");
  CHECK(company("compose.prod.yaml", {{"compose.prod.yaml", kService}, {"compose.dev.yaml", kService}}) == "?");
}

TEST_CASE("files that include one another belong together, whichever one is looked at") {
  const std::map<std::string, std::string> texts{{"compose.yaml", "include: [a/compose.yaml, b.yaml]\n" + kService},
                                                 {"a/compose.yaml", "include: [c.yaml]\n" + kService},
                                                 {"a/c.yaml", kService},
                                                 {"a/compose.override.yaml", kService},
                                                 {"b.yaml", kService},
                                                 {"other/compose.yaml", kService}};
  CHECK(company("compose.yaml", texts) == "a/c.yaml a/compose.yaml b.yaml ");
  CHECK(company("a/c.yaml", texts) == "a/compose.override.yaml a/compose.yaml b.yaml compose.yaml ");
  CHECK(company("b.yaml", texts) == "a/c.yaml a/compose.yaml compose.yaml ");
  CHECK(company("other/compose.yaml", texts).empty());
}

TEST_CASE("what is included and cannot be read leaves open what is there") {
  CHECK(company("compose.yaml", {{"compose.yaml", "include: [b.yaml]\n" + kService}}) == "?");
  CHECK(company("compose.yaml", {{"compose.yaml", "include: [\"https://example.com/a.git\"]\n" + kService}}) == "?");
  CHECK(company("compose.yaml", {{"compose.yaml", "include: [\"${A}\"]\n" + kService}}) == "?");
  CHECK(company("compose.yaml", {{"compose.yaml", "include: [b.yaml]\n" + kService}, {"b.yaml", "a: b\n"}}) == "?");
}

TEST_CASE("hundreds of files that include one another do not take long") {
  std::map<std::string, std::string> texts;
  std::string all = "include:\n";
  for (int i = 0; i < 300; ++i) all += "- c" + std::to_string(i) + "/compose.yaml\n";
  for (int i = 0; i < 300; ++i)
    texts["c" + std::to_string(i) + "/compose.yaml"] = "include: [../compose.yaml]\n" + kService;
  texts["compose.yaml"] = all + kService;
  CHECK(company("c7/compose.yaml", texts).ends_with("?"));
}

TEST_CASE("near are the Compose files below the folder above") {
  MemoryFileSystem files;
  for (const char* name :
       {"suites/a/compose.yml", "suites/b/c/compose.yml", "other/compose.yml", "compose.yaml", "other.yaml"})
    files.add_file(std::string("/w/") + name, kService);
  Index index(files);
  index.add_folder("/w");
  CHECK(near_files("/w/suites/a/compose.yml", index) ==
        std::set<std::string>{"/w/compose.yaml", "/w/suites/b/c/compose.yml"});
}

}  // namespace
}  // namespace quaymaster::workspace
