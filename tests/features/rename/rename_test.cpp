#include "features/rename/rename.h"

#include <string>

#include "features/document.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

/// The text after the rename, or the refusal behind "refused: ", or "nothing".
std::string renamed(std::string_view path, std::string_view text, std::string_view name) {
  const Document document(path, text);
  const auto result = rename(document.analysis, document.cursor(), name);
  if (!result) return "nothing";
  if (const auto* refusal = std::get_if<RenameRefusal>(&*result)) return "refused: " + refusal->reason;
  return apply_edits(document.fixture.text, std::get<std::vector<Edit>>(*result));
}

/// What the user is asked to change, marked; or the refusal, or "nothing".
std::string prepared(std::string_view path, std::string_view text) {
  const Document document(path, text);
  const auto result = prepare_rename(document.analysis, document.cursor());
  if (!result) return "nothing";
  if (const auto* refusal = std::get_if<RenameRefusal>(&*result)) return "refused: " + refusal->reason;
  const auto& target = std::get<RenameTarget>(*result);
  CHECK(document.at(target.range) == target.name);
  return marked(document.fixture.text, {target.range});
}

TEST_CASE("rename: all the right places and no others") {
  struct Case {
    const char *path, *text, *name, *expected;
  };
  const Case cases[] = {
      {"Dockerfile", "FROM a:1 AS build<|>\nFROM build AS builder\nCOPY --from=Build /build /\nCOPY --from=0 / /\n",
       "deps", "FROM a:1 AS deps\nFROM deps AS builder\nCOPY --from=deps /build /\nCOPY --from=0 / /\n"},
      {"Dockerfile", "FROM a:1 AS x\nFROM b:1 AS y\nRUN --mount=from=<|>x,target=/x true x\n", "z.1-_",
       "FROM a:1 AS z.1-_\nFROM b:1 AS y\nRUN --mount=from=z.1-_,target=/x true x\n"},
      {"Dockerfile", "ARG V=1\nFROM a:$V\nARG V\nENV V=$<|>V\nRUN echo $V; V=2; echo $V\n", "W",
       "ARG W=1\nFROM a:$W\nARG W\nENV V=$W\nRUN echo $V; V=2; echo $V\n"},
      {"Dockerfile", "FROM a:1\nENV A<|>A=1\nRUN [\"sh\", \"-c\", \"echo ${AA}\"]\nRUN <<E\necho '$AA' $AA\nE\n", "B",
       "FROM a:1\nENV B=1\nRUN [\"sh\", \"-c\", \"echo ${B}\"]\nRUN <<E\necho '$AA' $B\nE\n"},
      {"Dockerfile", "FROM a:1\nRUN x=1; echo $<|>x\n", "y", "nothing"},
      {"Dockerfile", "FR<|>OM a:1\n", "y", "nothing"},
      {"compose.yaml", "services:\n  web:\n    image: a\n    depends_on: [d<|>b]\n  \"db\":\n    image: b\n", "store",
       "services:\n  web:\n    image: a\n    depends_on: [store]\n  \"store\":\n    image: b\n"},
      {"compose.yaml", "x: &<|>a {}\nservices:\n  b: {<<: *a, image: a}\n", "base",
       "x: &base {}\nservices:\n  b: {<<: *base, image: a}\n"},
  };
  for (const Case& item : cases) {
    INFO(item.text);
    CHECK(renamed(item.path, item.text, item.name) == item.expected);
  }
}

TEST_CASE("rename: every place of a Compose file that says a name") {
  struct Case {
    const char *text, *name, *expected;
  };
  const Case cases[] = {
      {"services:\n  d<|>b:\n    image: db\n  db2:\n    image: db\n"
       "  a:\n    depends_on: [db, db2]\n    links: [\"db:db\"]\n    volumes_from: ['db:ro', container:db]\n"
       "    network_mode: \"service:db\"\n    pid: service:db\n    ipc: 'service:db'\n    extends: {service: db}\n"
       "    build:\n      additional_contexts: {base: \"service:db\", other: docker-image://db}\n"
       "  b:\n    depends_on: {'db': {condition: service_started}}\n    extends: db\n"
       "    build: {additional_contexts: [db=service:db]}\n    container_name: db\n",
       "store",
       "services:\n  store:\n    image: db\n  db2:\n    image: db\n"
       "  a:\n    depends_on: [store, db2]\n    links: [\"store:db\"]\n    volumes_from: ['store:ro', container:db]\n"
       "    network_mode: \"service:store\"\n    pid: service:store\n    ipc: 'service:store'\n"
       "    extends: {service: store}\n"
       "    build:\n      additional_contexts: {base: \"service:store\", other: docker-image://db}\n"
       "  b:\n    depends_on: {'store': {condition: service_started}}\n    extends: store\n"
       "    build: {additional_contexts: [db=service:store]}\n    container_name: db\n"},
      {"services:\n  a:\n    image: a\n    volumes: [\"da<|>ta:/data\", './data:/x', {type: volume, source: data, "
       "target: /y}]\n"
       "    networks: {data: {}}\nvolumes:\n  \"data\": {name: data}\nnetworks: {data: {}}\n",
       "store",
       "services:\n  a:\n    image: a\n    volumes: [\"store:/data\", './data:/x', {type: volume, source: store, "
       "target: /y}]\n"
       "    networks: {data: {}}\nvolumes:\n  \"store\": {name: data}\nnetworks: {data: {}}\n"},
      {"services:\n  a:\n    image: a\n    networks: [n]\n  b:\n    image: b\n    networks:\n      n:\n        "
       "aliases: [n]\n"
       "networks:\n  <|>n:\n",
       "m",
       "services:\n  a:\n    image: a\n    networks: [m]\n  b:\n    image: b\n    networks:\n      m:\n        "
       "aliases: [n]\n"
       "networks:\n  m:\n"},
      {"services:\n  a:\n    build: {context: ., secrets: [t, {source: t, target: t}]}\n    secrets: [\"t\", {source: "
       "t}]\n"
       "secrets:\n  <|>t: {file: t}\n",
       "u",
       "services:\n  a:\n    build: {context: ., secrets: [u, {source: u, target: t}]}\n    secrets: [\"u\", {source: "
       "u}]\n"
       "secrets:\n  u: {file: t}\n"},
      {"services:\n  a:\n    image: a\n    configs: [c]\n    credential_spec: {config: c}\nconfigs: {<|>c: {file: "
       "c}}\n",
       "d",
       "services:\n  a:\n    image: a\n    configs: [d]\n    credential_spec: {config: d}\nconfigs: {d: {file: c}}\n"},
      {"services:\n  a: {image: a, models: [l]}\n  b: {image: b, models: {l: {endpoint_var: l}}}\nmodels: {<|>l: "
       "{model: l}}\n",
       "m",
       "services:\n  a: {image: a, models: [m]}\n  b: {image: b, models: {m: {endpoint_var: l}}}\nmodels: {m: {model: "
       "l}}\n"},
      {"x-a: &a\n  depends_on: [db]\nservices:\n  d<|>b: {image: d}\n  b: {<<: *a, image: b}\n  c: {<<: *a, image: "
       "c}\n",
       "store",
       "x-a: &a\n  depends_on: [store]\nservices:\n  store: {image: d}\n  b: {<<: *a, image: b}\n  c: {<<: *a, image: "
       "c}\n"},
  };
  for (const Case& item : cases) {
    INFO(item.text);
    CHECK(renamed("compose.yaml", item.text, item.name) == item.expected);
  }
}

TEST_CASE("rename: a Compose name that a variable says too, or a place that says two names, is refused") {
  CHECK(prepared("compose.yaml", "services:\n  d<|>b: {image: a}\n  b: {image: b, depends_on: [\"${DB:-db}\"]}\n")
            .find("through a variable") != std::string::npos);
  CHECK(prepared("compose.yaml",
                 "x-n: &n [data]\nservices:\n  b: {image: b, networks: *n, secrets: *n}\nnetworks: {d<|>ata: {}}\n"
                 "secrets: {data: {file: d}}\n")
            .find("the secret `data`") != std::string::npos);
  CHECK(prepared("compose.yaml", "services:\n  d<|>b: {image: a}\n  b: {image: b, depends_on: [\"${DB:-x}\"]}\n") ==
        "services:\n  <|db|>: {image: a}\n  b: {image: b, depends_on: [\"${DB:-x}\"]}\n");
}

TEST_CASE("rename: names that are none, or are taken") {
  struct Case {
    const char *text, *name, *why;
  };
  const Case cases[] = {
      {"FROM a:1 AS <|>x\n", "1x", "begins with a letter"},
      {"FROM a:1 AS <|>x\n", "", "begins with a letter"},
      {"FROM a:1 AS <|>x\n", "a b", "begins with a letter"},
      {"FROM a:1 AS <|>x\n", "a\nRUN x", "begins with a letter"},
      {"FROM a:1 AS <|>x\n", "Scratch", "empty image"},
      {"FROM a:1 AS <|>x\nFROM b:1 AS y\n", "Y", "there is a stage `y` already"},
      {"FROM a:1 AS <|>x\nFROM node\n", "node", "is an image"},
      {"FROM a:1\nENV <|>A=1\n", "A-B", "letters, digits and _"},
      {"FROM a:1\nENV <|>A=1\n", "1A", "letters, digits and _"},
      {"FROM a:1\nENV <|>A=1 B=2\n", "B", "there is a variable `B` already"},
      {"FROM a:1\nENV <|>A=1\nRUN B=2; echo $A\n", "B", "is a variable of a shell"},
  };
  for (const Case& item : cases) {
    const std::string result = renamed("Dockerfile", item.text, item.name);
    INFO(item.text << " to " << item.name << ": " << result);
    CHECK(result.starts_with("refused: "));
    CHECK(result.find(item.why) != std::string::npos);
  }
}

TEST_CASE("rename: what can be renamed is told before") {
  CHECK(prepared("Dockerfile", "FROM a:1\nENV AB=1\nUSER ${A<|>B:-x}\n") == "FROM a:1\nENV AB=1\nUSER ${<|AB|>:-x}\n");
  CHECK(prepared("Dockerfile", "FROM a:<|>1\n") == "nothing");
  CHECK(prepared("Dockerfile", "FROM a:1\nARG TARGET<|>ARCH\n").find("the builder itself") != std::string::npos);
  CHECK(prepared("Dockerfile", "FROM a:1\nUSER $<|>A\n").find("nothing in this file declares") != std::string::npos);
  CHECK(prepared("Dockerfile", "FROM a:1 AS x\nFROM b:1\nCOPY --from=<|>0 / /\n").find("number") != std::string::npos);
  CHECK(prepared("Dockerfile", "FROM a:1\nFROM b:1\nCOPY --from=<|>0 / /\n").find("no name") != std::string::npos);
  CHECK(prepared("Dockerfile", "ARG B=x\nFROM a:1 AS <|>x\nFROM $B\n").find("through a variable") != std::string::npos);
  CHECK(prepared("compose.yaml", "services:\n  a:\n    image: x\n    networks: [n<|>]\n").find("declares") !=
        std::string::npos);
}

TEST_CASE("rename: objects of manifests, with what names them in the same file") {
  CHECK(renamed(
            "m.yaml",
            "apiVersion: v1\nkind: Service\nmetadata: {name: we<|>b}\n---\napiVersion: networking.k8s.io/v1\nkind: "
            "Ingress\nmetadata: {name: web}\nspec: {defaultBackend: {service: {name: \"web\", port: {number: 80}}}}\n",
            "shop") ==
        "apiVersion: v1\nkind: Service\nmetadata: {name: shop}\n---\napiVersion: networking.k8s.io/v1\nkind: "
        "Ingress\nmetadata: {name: web}\nspec: {defaultBackend: {service: {name: \"shop\", port: {number: 80}}}}\n");
}

TEST_CASE("rename: nothing breaks at any place of any text") {
  for (const std::string path : {"Dockerfile", "compose.yaml", "pod.yaml"})
    for (const std::string& text : hostile_texts()) {
      // Only its content shows what a manifest is.
      if (!detect_language(path, text)) continue;
      const Document document(path, text);
      const auto size = static_cast<std::uint32_t>(text.size());
      INFO(path << ": " << text.substr(0, 200));
      std::size_t outside = 0;
      for (std::uint32_t at = 0; at <= size; at += 1 + size / 40) {
        const auto result = rename(document.analysis, at, "new_name");
        if (!result || !std::holds_alternative<std::vector<Edit>>(*result)) continue;
        for (const Edit& edit : std::get<std::vector<Edit>>(*result))
          if (edit.range.end > size) ++outside;
      }
      CHECK(outside == 0);
    }
}

}  // namespace
}  // namespace quaymaster::tests
