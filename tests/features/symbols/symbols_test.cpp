#include "features/symbols/symbols.h"

#include <string>

#include "features/document.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

std::string_view kind_name(DocumentSymbol::Kind kind) {
  constexpr std::string_view kNames[] = {"section",  "stage",   "service",  "object",  "container", "named",
                                         "variable", "command", "transfer", "setting", "directive"};
  return kNames[static_cast<std::size_t>(kind)];
}

void print(const std::vector<DocumentSymbol>& symbols, const std::string& indent, std::string& out) {
  for (const DocumentSymbol& symbol : symbols) {
    out += indent + std::string(kind_name(symbol.kind)) + " " + symbol.name;
    if (!symbol.detail.empty()) out += " | " + symbol.detail;
    out += "\n";
    print(symbol.children, indent + "  ", out);
  }
}

/// The outline as text, a line a symbol.
std::string outline(std::string_view path, std::string_view text) {
  std::string out;
  print(document_symbols(Document(path, text).analysis), "", out);
  return out;
}

/// Whether every range is in the text and in its parent's, and holds what stands for it.
bool well_formed(const std::vector<DocumentSymbol>& symbols, TextRange around) {
  for (const DocumentSymbol& symbol : symbols) {
    if (symbol.name.empty() || !around.contains(symbol.range) || !symbol.range.contains(symbol.selection)) return false;
    if (!well_formed(symbol.children, symbol.range)) return false;
  }
  return true;
}

TEST_CASE("symbols: a Dockerfile's stages hold their instructions") {
  CHECK(outline("Dockerfile",
                "# syntax=docker/dockerfile:1\n"
                "ARG VERSION=22\n"
                "FROM node:22 AS build\n"
                "WORKDIR /app\n"
                "RUN npm ci && \\\n    npm run build\n"
                "FROM nginx:1.27\n"
                "ENV A=1 B=2\n"
                "ENV MODE=production\n"
                "COPY --from=build --chown=1:1 /app /srv\n"
                "healthcheck CMD true\n"
                "CMD [\"nginx\"]\n") ==
        "directive syntax | docker/dockerfile:1\n"
        "variable ARG VERSION | 22\n"
        "stage build | node:22\n"
        "  setting WORKDIR | /app\n"
        "  command RUN | npm ci && \\ npm run build\n"
        "stage nginx:1.27\n"
        "  variable ENV A, B\n"
        "  variable ENV MODE | production\n"
        "  transfer COPY | /app /srv\n"
        "  command HEALTHCHECK | true\n"
        "  command CMD | [\"nginx\"]\n");
}

TEST_CASE("symbols: what stands for a stage is its name, and its range ends with its last instruction") {
  const Document document("Dockerfile", "<|FROM node:22 AS <|build|>\nRUN <|>a|>\n\n# next\nFROM x:1\n");
  const auto symbols = document_symbols(document.analysis);
  REQUIRE(symbols.size() == 2);
  CHECK(symbols[0].range == document.fixture.ranges[0]);
  CHECK(symbols[0].selection == document.fixture.ranges[1]);
}

TEST_CASE("symbols: a Compose file") {
  CHECK(outline("compose.yaml",
                "name: shop\n"
                "services:\n"
                "  web:\n    image: nginx:1.27\n    ports: [\"80:80\"]\n"
                "  \"api\":\n    build: ./api\n"
                "volumes:\n  data:\n") ==
        "setting name | shop\n"
        "section services\n"
        "  service web | nginx:1.27\n"
        "    setting image | nginx:1.27\n"
        "    setting ports\n"
        "  service api | build ./api\n"
        "    setting build | ./api\n"
        "section volumes\n"
        "  named data\n");
}

TEST_CASE("symbols: everything that a Compose file declares, with its fragments and anchors") {
  CHECK(outline("compose.yaml",
                "x-logging: &logging\n  driver: json-file\nx-name: &name shop\n"
                "services:\n  web: &web\n    image: nginx:1.27\n  api:\n    <<: *web\n    labels: &l {a: b}\n"
                "networks: {front: , back: {internal: true}}\nvolumes: {data: {}}\n"
                "secrets: {token: {file: t}}\nconfigs: {conf: {file: c}}\nmodels: {llm: {model: m}}\n") ==
        "section x-logging | &logging\n"
        "  named driver | json-file\n"
        "setting x-name | shop &name\n"
        "section services\n"
        "  service web | nginx:1.27 &web\n"
        "    setting image | nginx:1.27\n"
        "  service api | nginx:1.27\n"
        "    setting labels | &l\n"
        "section networks\n  named front\n  named back\n"
        "section volumes\n  named data\n"
        "section secrets\n  named token\n"
        "section configs\n  named conf\n"
        "section models\n  named llm\n");
}

TEST_CASE("symbols: manifests") {
  CHECK(outline("app.yaml",
                "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  namespace: shop\n---\n"
                "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n"
                "      containers:\n        - name: app\n          image: nginx:1.27\n") ==
        "object Service/web | shop\n"
        "object Deployment/web\n"
        "  container app | nginx:1.27\n");
}

TEST_CASE("symbols: no secret is repeated") {
  const std::string text = outline("Dockerfile", "FROM a:1\nENV API_TOKEN=ghp_abcdefghijklmnopqrstuvwxyz0123456789\n");
  CHECK(text.find("ENV API_TOKEN") != std::string::npos);
  CHECK(text.find("ghp_") == std::string::npos);
}

TEST_CASE("symbols: a detail is one line of bounded length that ends between characters") {
  std::string ships;
  for (int i = 0; i < 100; ++i) ships += "\xF0\x9F\x9A\xA2";
  const auto symbols = document_symbols(Document("Dockerfile", "FROM a:1\nRUN x" + ships + "\n").analysis);
  const std::string& detail = symbols.at(0).children.at(0).detail;
  CHECK(detail.size() < 100);
  CHECK(detail.ends_with("\xF0\x9F\x9A\xA2…"));
}

TEST_CASE("symbols: ranges nest whatever the text") {
  for (const char* path : {"Dockerfile", "compose.yaml"})
    for (const std::string& text : hostile_texts()) {
      const auto symbols = document_symbols(Document(path, text).analysis);
      INFO(path << ": " << text.substr(0, 200));
      CHECK(well_formed(symbols, {0, static_cast<std::uint32_t>(text.size())}));
    }
}

}  // namespace
}  // namespace quaymaster::tests
