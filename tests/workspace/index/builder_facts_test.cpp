#include <string>
#include <string_view>

#include "support/catch.h"
#include "workspace/index/facts.h"
#include "workspace/index/file_role.h"

namespace quaymaster::workspace {
namespace {

/// "context|Dockerfile|target" of each build, one a line; `?` for what is not known, `@` before a Dockerfile that is
/// looked for where the context is.
std::string builds(FileRole role, std::string_view text) {
  const Facts facts = FactsReader().read(role, text);
  std::string out;
  for (const BuildFacts& build : std::get<BuilderFacts>(facts).builds) {
    out += build.context.value_or("?") + "|" + (build.dockerfile_from_folder ? "@" : "") +
           build.dockerfile.value_or("?") + "|" + build.target.value_or("") + "\n";
  }
  return out;
}

TEST_CASE("what a file is follows from its path, and else from what is in it") {
  struct Row {
    const char* path;
    const char* text;
    std::optional<FileRole> role;
  };
  const Row rows[] = {
      {"/w/.github/workflows/image.yml", "", FileRole::Workflow},
      {"/w/.github/actions/image.yml", "a: 1", std::nullopt},
      {"/w/.gitlab-ci.yml", "", FileRole::GitLabCi},
      {"/w/ci/build.gitlab-ci.yml", "", FileRole::GitLabCi},
      {"/w/Makefile", "", FileRole::Makefile},
      {"/w/images.mk", "", FileRole::Makefile},
      {"/w/docker-bake.hcl", "", FileRole::HclBake},
      {"/w/docker-bake.override.json", "", FileRole::JsonBake},
      {"/w/base/kustomization.yaml", "", FileRole::Kustomization},
      {"/w/Dockerfile.dev", "", FileRole::Dockerfile},
      {"/w/compose.yaml", "", FileRole::Compose},
      {"/w/pod.yaml", "apiVersion: v1\nkind: Pod\n", FileRole::Kubernetes},
      {"/w/package.json", "{}", std::nullopt},
  };
  for (const Row& row : rows) {
    INFO(row.path);
    CHECK(role_of_file(row.path, row.text) == row.role);
  }
  CHECK(builder_folder("/w/.github/workflows/image.yml") == "/w");
  CHECK(builder_folder("/w/api/Makefile") == "/w/api");
}

TEST_CASE("a pipeline that makes much of little is read in bounded time and memory") {
  std::string text = "a: &a \"" + std::string(60'000, 'x') + "\"\nimage:\n  script:\n    - docker build .\n";
  for (int i = 0; i < 20'000; ++i) text += "    - *a\n";
  CHECK(builds(FileRole::GitLabCi, text) == ".|Dockerfile|\n");

  std::string jobs = "default:\n  before_script: [docker build ., \"" + std::string(300'000, 'x') + "\"]\n";
  for (int i = 0; i < 20'000; ++i) jobs += "j" + std::to_string(i) + ": {script: [a]}\n";
  CHECK(builds(FileRole::GitLabCi, jobs).size() == 500 * std::string_view(".|Dockerfile|\n").size());

  std::string workflow = "x: &a \"docker build . # " + std::string(300'000, 'x') + "\"\njobs:\n  b:\n    steps:\n";
  for (int i = 0; i < 5'000; ++i) workflow += "      - run: *a\n";
  CHECK(builds(FileRole::Workflow, workflow).size() < 20 * std::string_view(".|Dockerfile|\n").size());
}

TEST_CASE("commands that build images are found in the recipes of a Makefile") {
  const auto of_recipe = [](const std::string& line) { return builds(FileRole::Makefile, "image:\n\t" + line + "\n"); };
  CHECK(of_recipe("docker build .") == ".|Dockerfile|\n");
  CHECK(of_recipe("@docker build -t shop/api:$(VERSION) -f docker/Dockerfile --target prod ./api") ==
        "./api|@docker/Dockerfile|prod\n");
  CHECK(of_recipe("-docker buildx build --platform linux/amd64 --push --file=a.Dockerfile --build-arg A=$$(date) .") ==
        ".|@a.Dockerfile|\n");
  CHECK(of_recipe("cd web && podman build --no-cache .") == "web/.|Dockerfile|\n");
  CHECK(of_recipe("buildah bud -f Containerfile $(CURDIR)") == ".|@Containerfile|\n");
  CHECK(of_recipe("docker --context far image build $(PWD)/api") == "./api|Dockerfile|\n");
  CHECK(of_recipe("docker build \\\n\t  -t x \\\n\t  web") == "web|Dockerfile|\n");
  // The context, or the Dockerfile, is known to make alone; or there is none in a file.
  CHECK(of_recipe("docker build $(DIR)").empty());
  CHECK(of_recipe("docker build -f $(DOCKERFILE) .").empty());
  CHECK(of_recipe("docker build - < Dockerfile").empty());
  CHECK(of_recipe("cd $(DIR) && docker build .").empty());
  CHECK(of_recipe("docker compose build").empty());
  CHECK(of_recipe("docker push .").empty());
  // Each line is a shell of its own.
  CHECK(builds(FileRole::Makefile, "a:\n\tcd x\n\tdocker build .\nb: a\ndocker build y\n") == ".|Dockerfile|\n");
}

TEST_CASE("a workflow builds images by an action, or by commands") {
  CHECK(builds(FileRole::Workflow, R"(on: push
defaults: {run: {working-directory: services}}
jobs:
  image:
    steps:
      - uses: actions/checkout@v4
      - uses: docker/build-push-action@v6
        with: {context: ./api, file: ./docker/api.Dockerfile, target: prod}
      - uses: docker/build-push-action@v6
        with: {push: true}
      - uses: docker/build-push-action@v6
        with: {context: "{{defaultContext}}:web"}
      - uses: docker/build-push-action@v6
        with: {context: "${{ github.workspace }}/cli"}
      - uses: docker/build-push-action@v6
        with: {context: "${{ matrix.folder }}"}
      - run: |
          docker build -t "shop:${{ github.sha }}" worker
          docker build -t x ${{ matrix.folder }}
  other:
    defaults: {run: {working-directory: tools}}
    steps:
      - run: docker build .
      - run: docker build .
        working-directory: other
)") == "./api|@./docker/api.Dockerfile|prod\n.|Dockerfile|\nweb|Dockerfile|\n./cli|Dockerfile|\n"
       "services/worker|Dockerfile|\ntools/.|Dockerfile|\nother/.|Dockerfile|\n");
}

TEST_CASE("the scripts of GitLab's jobs build images") {
  CHECK(builds(FileRole::GitLabCi, R"(default:
  before_script: [cd services]
image:
  script:
    - docker build --pull -t "$CI_REGISTRY_IMAGE" api
    - [docker build other]
web:
  before_script: [docker login]
  script: docker build -f "$CI_PROJECT_DIR/web.Dockerfile" .
)") == "services/api|Dockerfile|\nservices/other|Dockerfile|\n.|@./web.Dockerfile|\n");
}

TEST_CASE("the targets of a bake file are builds") {
  const std::string hcl = R"(variable "TAG" { default = "x" } # a comment
group "default" { targets = ["api", "web"] }
/* another { */
target "base" {
  context = "."
  args = { A = "}", B = upper("b") }
}
target "api" {
  inherits = ["base"]
  dockerfile = "api/Dockerfile"
  target = "prod"   // the last one
  tags = ["shop/api:${TAG}"]
}
target "web" { context = "web" }
target "other" { context = "${DIR}" }
target "third" {
  context = DIR
  inherits = ["third"]
}
target "text" {
  dockerfile-inline = <<EOT
FROM alpine
EOT
}
)";
  CHECK(builds(FileRole::HclBake, hcl) == ".|Dockerfile|\n.|api/Dockerfile|prod\nweb|Dockerfile|\n");
  CHECK(builds(FileRole::JsonBake, R"({"target": {
    "base": {"context": "src"},
    "api": {"inherits": ["other", "base"], "dockerfile": "api.Dockerfile"},
    "loop": {"inherits": ["loop"]},
    "unknown": {"context": "${DIR}"}}})") == "src|Dockerfile|\nsrc|api.Dockerfile|\n.|Dockerfile|\n");
}

TEST_CASE("a kustomization names its files") {
  const Facts read = FactsReader().read(FileRole::Kustomization, R"(resources: [deployment.yaml, ../base]
components: [../proxy]
patches:
  - path: replicas.yaml
  - patch: |
      - op: remove
patchesStrategicMerge: [memory.yaml, "a: 1\nb: 2\n"]
images:
  - {name: shop, newName: registry.example.org/shop, newTag: "1"}
  - {name: redis, newTag: "7"}
configMapGenerator:
  - {name: settings, literals: [A=1]}
helmCharts: []
)");
  const KustomizationFacts expected{{"deployment.yaml", "../base", "../proxy"},
                                    {"memory.yaml", "replicas.yaml"},
                                    {"registry.example.org/shop", "redis"},
                                    std::get<KustomizationFacts>(read).generated,
                                    true};
  CHECK(std::get<KustomizationFacts>(read) == expected);
  REQUIRE(expected.generated.size() == 1);
  CHECK(expected.generated.front().kind == "ConfigMap");
  CHECK(expected.generated.front().name == "settings");
  CHECK(!expected.generated.front().keys_known);
}

TEST_CASE("broken and hostile texts give fewer builds, and do not take long") {
  std::string circle;
  for (int i = 0; i < 400; ++i) {
    circle += "target \"t" + std::to_string(i) + "\" { inherits = [";
    for (int j = 0; j < 400; ++j) circle += "\"t" + std::to_string(j) + "\",";
    circle += "] }\n";
  }
  CHECK(builds(FileRole::HclBake, circle).size() > 400);
  for (const FileRole role :
       {FileRole::HclBake, FileRole::JsonBake, FileRole::Makefile, FileRole::Workflow, FileRole::GitLabCi})
    for (const std::string& text :
         {std::string(), std::string("\0\xFF docker build\n", 16), std::string("target \"a\" {"),
          std::string("target \"a\" { context = \"${"), std::string("/*"), std::string("/"),
          std::string("\tdocker build \\"), "docker build " + std::string(100'000, '{'),
          "docker\nx: " + std::string(100'000, '['), "target \"a\" { x = " + std::string(100'000, '"')}) {
      INFO(text.substr(0, 40));
      CHECK(builds(role, text).size() < 100);
    }
}

}  // namespace
}  // namespace quaymaster::workspace
