#include "analysis/document_model.h"

#include <string>

#include "rules/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

TEST_CASE("an analysis knows what its text means, also when its cache is gone") {
  const Analysis dockerfile = analyze("Dockerfile", "FROM a:1 AS b\nFROM b\n", {"floating-image-tag"});
  REQUIRE(dockerfile.model != nullptr);
  REQUIRE(dockerfile.model->as<DockerfileModel>() != nullptr);
  CHECK(dockerfile.model->as<DockerfileModel>()->file.stages.size() == 2);
  CHECK(yaml_documents_of(*dockerfile.model).empty());

  const Analysis compose = analyze("compose.yaml", "services:\n  a:\n    image: x:1\n", {"floating-image-tag"});
  REQUIRE(compose.model != nullptr);
  CHECK(compose.model->as<ComposeModel>() != nullptr);
  CHECK(yaml_documents_of(*compose.model).size() == 1);

  const std::string object = "apiVersion: v1\nkind: A\n";
  const Analysis manifests = analyze("a.yaml", object + "---\n" + object, {"floating-image-tag"});
  REQUIRE(manifests.model != nullptr);
  const auto documents = yaml_documents_of(*manifests.model);
  REQUIRE(documents.size() == 2);
  CHECK(documents[1].begin == object.size());
}

TEST_CASE("an analysis that was stopped has no model") {
  const std::atomic<bool> stop = true;
  for (const auto& [path, language] :
       {std::pair("Dockerfile", Language::Dockerfile), std::pair("compose.yaml", Language::Compose),
        std::pair("a.yaml", Language::Kubernetes)}) {
    const Analysis analysis =
        Analyzer(built_in_rules())
            .analyze({path, language, "FROM a:1\n"}, settings_of({"floating-image-tag"}), nullptr, &stop);
    CHECK(analysis.stopped);
    CHECK(analysis.model == nullptr);
  }
}

TEST_CASE("the scopes of very many variables are taken apart without recursion") {
  std::string text = "FROM a:1 AS b\n";
  for (int i = 0; i < 100'000; ++i) text += "ENV A=1\n";
  text += "FROM b\nENV B=1\nFROM b\nENV C=1";
  for (int i = 0; i < 100'000; ++i) text += " A=1";
  CHECK(analyze("Dockerfile", text, {"floating-image-tag"}).model != nullptr);
}

}  // namespace
}  // namespace quaymaster::tests
