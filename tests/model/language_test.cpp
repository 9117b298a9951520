#include "quaymaster/language.h"

#include <string>

#include "support/catch.h"

namespace quaymaster {
namespace {

std::string detected(std::string_view path, std::string_view text = "") {
  const std::optional<Language> language = detect_language(path, text);
  return language ? std::string(to_string(*language)) : "none";
}

TEST_CASE("a Dockerfile is known by its name") {
  for (const char* path :
       {"Dockerfile", "a/Dockerfile", "Containerfile", "Dockerfile.prod", "web.Dockerfile", "x.dockerfile",
        "Containerfile.dev", "x.containerfile", "dockerfile", "Dockerfile-debug", "Dockerfile.1.7"}) {
    CAPTURE(path);
    CHECK(detected(path) == "dockerfile");
    CHECK(may_be_container_file(path));
  }
  for (const char* path : {"Dockerfile.dockerignore", ".dockerignore", "Dockerfile.md", "Dockerfile.j2",
                           "Dockerfile.tmpl", "Dockerfile.bak", "Dockerfile~", "dockerfile.go", "Dockerfiles",
                           "MyDockerfile", "Dockerfile/README", "main.cpp", ""}) {
    CAPTURE(path);
    CHECK(detected(path) == "none");
    CHECK_FALSE(may_be_container_file(path));
  }
}

constexpr std::string_view kServices = "services:\n  web:\n    image: nginx\n";
constexpr std::string_view kObject = "apiVersion: v1\nkind: Pod\n";

TEST_CASE("YAML is Compose by its name") {
  for (const char* path : {"compose.yaml", "a/docker-compose.yml", "docker-compose.override.yml", "compose.prod.yaml",
                           "docker-compose-dev.yml", "dev.docker-compose.yml", "app-compose.yaml"}) {
    CAPTURE(path);
    CHECK(detected(path, "name: x\n") == "compose");
    CHECK(detected(path, "") == "compose");
    CHECK(detected(path, kObject) == "kubernetes");
  }
  for (const char* path : {"composer.yml", "decompose.yaml", "compose.json", "docker-compose.yml.bak"})
    CHECK(detected(path, "name: x\n") == "none");
}

TEST_CASE("YAML is Compose by its services") {
  const auto [text, language] = GENERATE(table<std::string, std::string>({
      {std::string(kServices), "compose"},
      {"# c\nversion: '3'\nx-a: &a\n  b: c\n" + std::string(kServices) + "volumes:\n  data:\n", "compose"},
      {"services:\n    web: # c\n        build: .\n", "compose"},
      {"services:\n  web:\n    <<: *x\n  db:\n    image: x\n", "compose"},
      {"services: {web: {image: x}}\n", "compose"},
      {"services:\n  web: {image: x}\n", "compose"},
      {"services:\n  web:\n    extends: {file: a.yml, service: b}\n", "compose"},
      {"\xEF\xBB\xBFservices:\r\n  web:\r\n    image: x\r\n", "compose"},
      // services of something else
      {"services:\n  App\\Kernel:\n    class: X\n", "none"},
      {"services:\n  - mysql\n", "none"},
      {"services: [mysql]\n", "none"},
      {"services:\n  web:\n    type: php\n", "none"},
      {"image: php\nservices:\n  web:\n    image: x\n", "none"},
      {"stages: [a]\njob:\n  services:\n    web:\n      image: x\n", "none"},
      {"a: b\n", "none"},
      {"", "none"},
  }));
  CAPTURE(text);
  CHECK(detected("file.yml", text) == language);
}

TEST_CASE("YAML is Kubernetes when all its documents are objects") {
  const auto [text, language] = GENERATE(table<std::string, std::string>({
      {std::string(kObject), "kubernetes"},
      {"---\n# c\n" + std::string(kObject) + "---\n" + std::string(kObject) + "---\n", "kubernetes"},
      {"kind: \"Deployment\"\nmetadata:\n  name: x\napiVersion: 'apps/v1'\n", "kubernetes"},
      {"  apiVersion: v1\n  kind: Pod\n", "kubernetes"},
      {"{\"apiVersion\": \"v1\", \"kind\": \"Pod\"}\n", "kubernetes"},
      {"apiVersion: v1\r\nkind: Pod\r\n", "kubernetes"},
      {"apiVersion: v1\nkind: ConfigMap\ndata:\n  x: |\n    {{ if .a }}\n    {{ end }}\n", "kubernetes"},
      {"apiVersion: v1\nkind: ConfigMap\ndata:\n  x: \"{{ .Release.Name }}\"\n", "kubernetes"},
      {std::string(kObject) + "---\na: b\n", "none"},
      {"kind: Pod\n", "none"},
      {"apiVersion: v1\n", "none"},
      {"apiVersion: 1\nkind: Pod\n", "none"},
      {"apiVersion: v1\nkind: pipeline\n", "none"},
      {"a:\n  apiVersion: v1\n  kind: Pod\n", "none"},
      {"x: |\n  apiVersion: v1\n  kind: Pod\n", "none"},
      {"- apiVersion: v1\n  kind: Pod\n", "none"},
      // the configuration of a program in the form of an object
      {"apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster\n", "none"},
      {"apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n", "none"},
      {"apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n", "kubernetes"},
  }));
  CAPTURE(text);
  CHECK(detected("file.yaml", text) == language);
}

TEST_CASE("Helm's files are left alone") {
  const auto [path, text] = GENERATE(table<std::string, std::string>({
      {"chart/templates/a.yaml", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Values.name }}\n"},
      {"chart/templates/a.yaml", "{{- if .Values.x }}\napiVersion: v1\nkind: Pod\n{{- end }}\n"},
      {"chart/templates/a.yaml",
       "apiVersion: v1\nkind: Pod\nmetadata:\n  labels:\n    {{- include \"x\" . | nindent 4 }}\n"},
      {"chart/Chart.yaml", "apiVersion: v2\nname: x\n"},
      {"chart/values.yaml", "services:\n  web:\n    image: x\n"},
      {"chart/values-prod.yaml", "services:\n  web:\n    image: x\n"},
      {"docker-compose.yml", "services:\n  {{- range .Values.x }}\n  web:\n    image: x\n"},
  }));
  CAPTURE(path, text);
  CHECK(detected(path, text) == "none");
}

TEST_CASE("languages have names") {
  for (const Language language : {Language::Dockerfile, Language::Compose, Language::Kubernetes})
    CHECK(parse_language(to_string(language)) == language);
  CHECK(parse_language("dockercompose") == Language::Compose);
  CHECK(parse_language("k8s") == Language::Kubernetes);
  CHECK_FALSE(parse_language("yaml"));
}

TEST_CASE("any bytes are something or nothing") {
  for (const std::string& text :
       {std::string(1000, '\0'), std::string(1000, '\n'), std::string("'"), std::string(": : :"),
        std::string(5000, '{'), std::string("services:\n\xFF: \xFE\n"), std::string("\"")})
    CHECK(detected("x.yaml", text) == "none");
}

}  // namespace
}  // namespace quaymaster
