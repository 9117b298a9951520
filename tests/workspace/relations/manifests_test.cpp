#include "workspace/relations/manifests.h"

#include <map>
#include <string>
#include <vector>

#include "support/catch.h"
#include "workspace/memory_file_system.h"
#include "workspace/workspace.h"

namespace quaymaster::workspace {
namespace {

using Texts = std::map<std::string, std::string>;
using Names = std::vector<std::string>;

std::string object(const std::string& name) {
  return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + "}\n";
}

void fill(MemoryFileSystem& files, const Texts& texts) {
  for (const auto& [name, text] : texts) files.add_file("/w/" + name, text);
}

/// The files that are applied with /w/`path`, and then what else is known of them.
std::string applied_with(const std::string& path, const Texts& texts) {
  MemoryFileSystem files;
  fill(files, texts);
  Index index(files);
  index.add_folder("/w");
  const ManifestSet set = manifests_with("/w/" + path, index, files);
  std::string out;
  for (const std::string& file : set.files) out += file.substr(3) + " ";
  for (const std::string& file : set.kustomizations) out += "(" + file.substr(3) + ") ";
  return out + (set.is_patch ? "as a patch" : "") + (set.has_more ? "…" : "");
}

TEST_CASE("the manifests of a folder belong together") {
  CHECK(applied_with("a/x.yaml", {{"a/x.yaml", object("x")},
                                  {"a/y.yaml", object("y")},
                                  {"a/b/z.yaml", object("z")},
                                  {"a/values.yaml", "a: 1\n"},
                                  {"c.yaml", object("c")}}) == "a/y.yaml ");
}

TEST_CASE("what a kustomization lists belongs together, with what it builds on") {
  const Texts texts{
      {"base/kustomization.yaml", "resources: [web.yaml, db]\n"},
      {"base/web.yaml", object("web")},
      {"base/other.yaml", object("other")},
      {"base/db/kustomization.yml", "resources: [db.yaml]\n"},
      {"base/db/db.yaml", object("db")},
      {"prod/kustomization.yaml", "bases: [../base]\nresources: [in.yaml]\npatches: [{path: patch.yaml}]\n"},
      {"prod/patch.yaml", object("web")},
      {"prod/in.yaml", object("in")}};
  CHECK(
      applied_with("prod/in.yaml", texts) ==
      "base/db/db.yaml base/web.yaml (base/db/kustomization.yml) (base/kustomization.yaml) (prod/kustomization.yaml) ");
  const std::string of_patch = applied_with("prod/patch.yaml", texts);
  CHECK(of_patch.starts_with("base/db/db.yaml base/web.yaml prod/in.yaml "));
  CHECK(of_patch.ends_with("as a patch"));
  CHECK(applied_with("base/web.yaml", texts) ==
        "base/db/db.yaml (base/db/kustomization.yml) (base/kustomization.yaml) ");
  CHECK(applied_with("base/other.yaml", texts) == "base/web.yaml ");
}

TEST_CASE("a kustomization may have its third name") {
  CHECK(applied_with("a.yaml", {{"a.yaml", object("a")},
                                {"b.yaml", object("b")},
                                {"c.yaml", object("c")},
                                {"Kustomization", "resources: [a.yaml, b.yaml]\n"}}) == "b.yaml (Kustomization) ");
}

TEST_CASE("a kustomization may list what is not to be seen, or itself") {
  CHECK(applied_with("a.yaml", {{"a.yaml", object("a")},
                                {"kustomization.yaml", "resources: [a.yaml, \"https://example.com/b.yaml\"]\n"}}) ==
        "(kustomization.yaml) …");
  CHECK(applied_with("a.yaml", {{"a.yaml", object("a")}, {"kustomization.yaml", "resources: [a.yaml, gone.yaml]\n"}}) ==
        "(kustomization.yaml) …");
  CHECK(applied_with("a.yaml", {{"a.yaml", object("a")},
                                {"kustomization.yaml", "resources: [a.yaml]\nhelmCharts: [{name: x}]\n"}}) ==
        "(kustomization.yaml) …");
  CHECK(applied_with("a/a.yaml", {{"a/a.yaml", object("a")},
                                  {"a/kustomization.yaml", "resources: [a.yaml, ../b]\n"},
                                  {"b/kustomization.yaml", "resources: [../a]\n"}}) ==
        "(a/kustomization.yaml) (b/kustomization.yaml) ");
}

/// The names of the objects around a manifest.
Names around(Workspace& workspace, const std::string& path) {
  Names names;
  const Surroundings surroundings = workspace.surroundings_of(path);
  if (const auto* manifests = surroundings.as<KubernetesSurroundings>())
    for (const OtherManifest& other : manifests->others)
      for (const kubernetes::Brief& brief : *other.objects) names.push_back(brief.name);
  return names;
}

TEST_CASE("a manifest knows the objects of the others, and hears when they change") {
  MemoryFileSystem disk;
  fill(disk, {{"a/x.yaml", object("x")}, {"a/y.yaml", object("y")}, {"b/z.yaml", object("z")}});
  Workspace workspace(disk, {"/w"});
  CHECK(around(workspace, "/w/a/x.yaml") == Names{"y"});
  CHECK(around(workspace, "/w/b/z.yaml").empty());

  SECTION("one is created") {
    disk.add_file("/w/a/n.yaml", object("n"));
    CHECK(workspace.changed("/w/a/n.yaml") == Names{"/w/a/x.yaml"});
    CHECK(around(workspace, "/w/a/x.yaml") == Names{"n", "y"});
  }
  SECTION("one is changed") {
    disk.add_file("/w/a/y.yaml", object("new"));
    CHECK(workspace.changed("/w/a/y.yaml") == Names{"/w/a/x.yaml"});
    CHECK(around(workspace, "/w/a/x.yaml") == Names{"new"});
  }
  SECTION("one is deleted") {
    disk.remove("/w/a/y.yaml");
    CHECK(workspace.changed("/w/a/y.yaml") == Names{"/w/a/x.yaml"});
    CHECK(around(workspace, "/w/a/x.yaml").empty());
  }
  SECTION("one is open in an editor") {
    CHECK(workspace.opened("/w/a/y.yaml", object("unsaved")) == Names{"/w/a/x.yaml"});
    CHECK(around(workspace, "/w/a/x.yaml") == Names{"unsaved"});
    CHECK(workspace.closed("/w/a/y.yaml") == Names{"/w/a/x.yaml"});
    CHECK(around(workspace, "/w/a/x.yaml") == Names{"y"});
  }
  SECTION("a kustomization puts it together with others") {
    disk.add_file("/w/kustomization.yaml", "resources: [a/x.yaml, b/z.yaml]\nsecretGenerator: [{name: made}]\n");
    const Names affected = workspace.changed("/w/kustomization.yaml");
    CHECK(affected == Names{"/w/a/x.yaml", "/w/b/z.yaml"});
    CHECK(around(workspace, "/w/a/x.yaml") == Names{"z", "made"});
  }
}

TEST_CASE("a set is whole when nothing builds on its kustomization") {
  MemoryFileSystem disk;
  fill(disk, {{"base/kustomization.yaml", "resources: [x.yaml]\n"}, {"base/x.yaml", object("x")}});
  Workspace workspace(disk, {"/w"});
  const auto whole = [&] {
    const Surroundings surroundings = workspace.surroundings_of("/w/base/x.yaml");
    REQUIRE(surroundings.as<KubernetesSurroundings>());
    CHECK(surroundings.as<KubernetesSurroundings>()->by_kustomization);
    return surroundings.as<KubernetesSurroundings>()->whole;
  };
  CHECK(whole());
  disk.add_file("/w/prod/kustomization.yaml", "resources: [../base]\n");
  CHECK(workspace.changed("/w/prod/kustomization.yaml") == Names{"/w/base/x.yaml"});
  CHECK(!whole());
}

}  // namespace
}  // namespace quaymaster::workspace
