#include "features/navigation/navigation.h"

#include <algorithm>
#include <string>

#include "features/document.h"
#include "features/navigation/names.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

/// The text with what is found at the cursor marked; without a mark nothing is found.
std::string defined(std::string_view path, std::string_view text) {
  const Document document(path, text);
  return marked(document.fixture.text, definition(document.analysis, document.cursor()));
}
std::string referenced(std::string_view path, std::string_view text) {
  const Document document(path, text);
  return marked(document.fixture.text, references(document.analysis, document.cursor(), true));
}

struct Case {
  const char* title;
  std::string_view text;      // with the cursor
  std::string_view expected;  // with the ranges
};

TEST_CASE("definition: in a Dockerfile") {
  const Case cases[] = {
      {"FROM a stage", "FROM a:1 AS one\nFROM o<|>ne\n", "FROM a:1 AS <|one|>\nFROM one\n"},
      {"COPY --from", "FROM a:1 AS one\nFROM b:1\nCOPY --from=ONE<|> / /\n",
       "FROM a:1 AS <|one|>\nFROM b:1\nCOPY --from=ONE / /\n"},
      {"RUN --mount", "FROM a:1 AS one\nFROM b:1\nRUN --mount=type=bind,from=on<|>e,target=/x true\n",
       "FROM a:1 AS <|one|>\nFROM b:1\nRUN --mount=type=bind,from=one,target=/x true\n"},
      {"a number", "FROM a:1 AS one\nFROM b:1\nCOPY --from=<|>0 / /\n",
       "FROM a:1 AS <|one|>\nFROM b:1\nCOPY --from=0 / /\n"},
      {"a number of a stage without a name", "FROM a:1\nFROM b:1\nCOPY --from=0<|> / /\n",
       "<|FROM|> a:1\nFROM b:1\nCOPY --from=0 / /\n"},
      {"the last of two stages of a name", "FROM a:1 AS x\nFROM b:1 AS x\nFROM <|>x\n",
       "FROM a:1 AS x\nFROM b:1 AS <|x|>\nFROM x\n"},
      {"no stage", "FROM a:1 AS one\nFROM tw<|>o:1\n", "FROM a:1 AS one\nFROM two:1\n"},
      {"a global ARG in FROM", "ARG V=1\nFROM a:${<|>V}\n", "ARG <|V|>=1\nFROM a:${V}\n"},
      {"an ARG of the stage", "ARG V=1\nFROM a:1\nARG V\nRUN echo $<|>V\n",
       "ARG V=1\nFROM a:1\nARG <|V|>\nRUN echo $V\n"},
      {"a bare ARG of the stage", "ARG V=1\nFROM a:1\nARG <|>V\n", "ARG <|V|>=1\nFROM a:1\nARG V\n"},
      {"not declared in the stage", "ARG V=1\nFROM a:1\nLABEL v=$<|>V\n", "ARG V=1\nFROM a:1\nLABEL v=$V\n"},
      {"the newest ENV", "FROM a:1\nENV A=1\nENV A=2\nWORKDIR /$<|>A\nENV A=3\n",
       "FROM a:1\nENV A=1\nENV <|A|>=2\nWORKDIR /$A\nENV A=3\n"},
      {"ENV sees what was before", "FROM a:1\nARG A=1\nENV A=$<|>A B=$A\n", "FROM a:1\nARG <|A|>=1\nENV A=$A B=$A\n"},
      {"ENV of the stage below", "FROM a:1 AS b\nENV A=1\nFROM b\nUSER ${A<|>:-x}\nEXPOSE $A",
       "FROM a:1 AS b\nENV <|A|>=1\nFROM b\nUSER ${A:-x}\nEXPOSE $A"},
      {"not of a stage beside", "FROM a:1 AS b\nENV A=1\nFROM c:1\nUSER ${<|>A}\n",
       "FROM a:1 AS b\nENV A=1\nFROM c:1\nUSER ${A}\n"},
      {"a default in a default", "FROM a:1\nENV A=1 B=2\nUSER ${A:-${<|>B}}\n",
       "FROM a:1\nENV A=1 <|B|>=2\nUSER ${A:-${B}}\n"},
      {"in shell text", "FROM a:1\nENV A=1\nRUN x && \\\n  echo \"$<|>A\"\n",
       "FROM a:1\nENV <|A|>=1\nRUN x && \\\n  echo \"$A\"\n"},
      {"an ARG is not there at run time", "FROM a:1\nARG A=1\nCMD echo $<|>A\n", "FROM a:1\nARG A=1\nCMD echo $A\n"},
      {"an ENV is", "FROM a:1\nENV A=1\nCMD [\"sh\", \"-c\", \"echo $<|>A\"]\n",
       "FROM a:1\nENV <|A|>=1\nCMD [\"sh\", \"-c\", \"echo $A\"]\n"},
      {"in the body of a heredoc", "FROM a:1\nENV A=1\nCOPY <<E /x\n'$<|>A'\nE\n",
       "FROM a:1\nENV <|A|>=1\nCOPY <<E /x\n'$A'\nE\n"},
      {"not in a quoted one", "FROM a:1\nENV A=1\nCOPY <<'E' /x\n$<|>A\nE\n",
       "FROM a:1\nENV A=1\nCOPY <<'E' /x\n$A\nE\n"},
  };
  for (const Case& item : cases) {
    INFO(item.title);
    CHECK(defined("Dockerfile", item.text) == item.expected);
  }
}

TEST_CASE("references: in a Dockerfile") {
  const Case cases[] = {
      {"a stage", "FROM a:1 AS o<|>ne\nFROM one AS two\nFROM b:1\nCOPY --from=One --from=two / /\nCOPY --from=0 / /\n",
       "FROM a:1 AS <|one|>\nFROM <|one|> AS two\nFROM b:1\nCOPY --from=<|One|> --from=two / /\nCOPY --from=<|0|> / "
       "/\n"},
      {"a global ARG with those of the stages",
       "ARG V<|>=1\nFROM a:$V AS x\nARG V\nRUN echo ${V}\nFROM b:1\nRUN echo $V\nARG V\nLABEL v=\"$V\" w='$V'\n",
       "ARG <|V|>=1\nFROM a:$<|V|> AS x\nARG <|V|>\nRUN echo ${<|V|>}\nFROM b:1\nRUN echo $V\nARG <|V|>\nLABEL "
       "v=\"$<|V|>\" w='$V'\n"},
      {"an ARG with its own default is another variable", "ARG V=1\nFROM a:$V\nARG V<|>=2\nUSER $V\n",
       "ARG V=1\nFROM a:$V\nARG <|V|>=2\nUSER $<|V|>\n"},
      {"ENV through stages, with its shell texts",
       "FROM a:1 AS x\nENV P=/bin\nENV P=$P:/x\nFROM x\nRUN P<|>=1 true; echo $P '$P' \\$P \"${P%/}\"\nCMD exec $P\n",
       "FROM a:1 AS x\nENV P=/bin\nENV P=$P:/x\nFROM x\nRUN P=1 true; echo $P '$P' \\$P \"${P%/}\"\nCMD exec $P\n"},
      {"the same from its declaration",
       "FROM a:1 AS x\nENV P<|>=/bin\nENV P=$P:/x\nFROM x\nRUN P=1 true; echo $P '$P' \\$P \"${P%/}\"\nCMD exec $P\n",
       "FROM a:1 AS x\nENV <|P|>=/bin\nENV <|P|>=$<|P|>:/x\nFROM x\nRUN P=1 true; echo $<|P|> '$P' \\$P "
       "\"${<|P|>%/}\"\nCMD exec $<|P|>\n"},
      {"what the shell sets is the shell's", "FROM a:1\nARG <|>V=1\nRUN V=${V#v}; echo $V\nRUN echo $V\n",
       "FROM a:1\nARG <|V|>=1\nRUN V=${<|V|>#v}; echo $V\nRUN echo $<|V|>\n"},
      {"across continuations; all of one ENV sees what was before it",
       "FROM a:1\nENV A<|>A=1 \\\n  # c\n  B=$AA\nRUN a \\\n && b $AA\n",
       "FROM a:1\nENV <|AA|>=1 \\\n  # c\n  B=$AA\nRUN a \\\n && b $<|AA|>\n"},
      {"CRLF and an emoji", "FROM a:1\r\nENV A<|>=\"\xF0\x9F\x9A\xA2\"\r\nLABEL x=\xF0\x9F\x9A\xA2$A\r\n",
       "FROM a:1\r\nENV <|A|>=\"\xF0\x9F\x9A\xA2\"\r\nLABEL x=\xF0\x9F\x9A\xA2$<|A|>\r\n"},
      {"a platform argument", "FROM --platform=$BUILDPLATFORM a:1\nARG TARGETARCH<|>\nRUN x $TARGETARCH\n",
       "FROM --platform=$BUILDPLATFORM a:1\nARG <|TARGETARCH|>\nRUN x $<|TARGETARCH|>\n"},
      {"under ONBUILD the environment", "FROM a:1\nENV A<|>=1\nARG B\nONBUILD RUN echo $A $B\n",
       "FROM a:1\nENV <|A|>=1\nARG B\nONBUILD RUN echo $<|A|> $B\n"},
      {"PowerShell is left alone", "FROM a:1\nENV A<|>=1\nSHELL [\"pwsh\", \"-c\"]\nRUN echo $A\n",
       "FROM a:1\nENV <|A|>=1\nSHELL [\"pwsh\", \"-c\"]\nRUN echo $A\n"},
  };
  for (const Case& item : cases) {
    INFO(item.title);
    CHECK(referenced("Dockerfile", item.text) == item.expected);
  }
}

TEST_CASE("references: in a Compose file") {
  const Case cases[] = {
      {"a service",
       "services:\n  d<|>b:\n    image: a\n  web:\n    depends_on:\n      db: {condition: x}\n    links: "
       "[db:database]\n"
       "    network_mode: service:db\n    extends: {service: \"db\"}\n    volumes_from: [\"db:ro\"]\n",
       "services:\n  <|db|>:\n    image: a\n  web:\n    depends_on:\n      <|db|>: {condition: x}\n    links: "
       "[<|db|>:database]\n    network_mode: service:<|db|>\n    extends: {service: \"<|db|>\"}\n    volumes_from: "
       "[\"<|db|>:ro\"]\n"},
      {"a volume, not the network of that name",
       "services:\n  a:\n    image: a\n    volumes:\n      - data:/d\n      - {type: volume, source: da<|>ta, target: "
       "/x}\n"
       "    networks: [data]\nvolumes:\n  data:\nnetworks:\n  data:\n",
       "services:\n  a:\n    image: a\n    volumes:\n      - <|data|>:/d\n      - {type: volume, source: <|data|>, "
       "target: /x}\n    networks: [data]\nvolumes:\n  <|data|>:\nnetworks:\n  data:\n"},
      {"secrets and configs",
       "services:\n  a:\n    image: a\n    secrets: [tok<|>en]\n    configs: [{source: token}]\nsecrets:\n  token: "
       "{file: x}\nconfigs:\n  token: {file: x}\n",
       "services:\n  a:\n    image: a\n    secrets: [<|token|>]\n    configs: [{source: token}]\nsecrets:\n  "
       "<|token|>: {file: x}\nconfigs:\n  token: {file: x}\n"},
      {"an anchor", "x-a: &a {image: x}\nservices:\n  b:\n    <<: *a<|>\n  c: *a\n",
       "x-a: &<|a|> {image: x}\nservices:\n  b:\n    <<: *<|a|>\n  c: *<|a|>\n"},
  };
  for (const Case& item : cases) {
    INFO(item.title);
    CHECK(referenced("compose.yaml", item.text) == item.expected);
  }
  CHECK(defined("compose.yaml", "x-a: &a {image: x}\nservices:\n  b: *<|>a\n") ==
        "x-a: &<|a|> {image: x}\nservices:\n  b: *a\n");
}

TEST_CASE("references: anchors of manifests, each document by itself") {
  CHECK(referenced("a.yaml",
                   "apiVersion: v1\nkind: A\nx: &l 1\ny: *l\n---\napiVersion: v1\nkind: A\nx: &l 1\ny: *<|>l\n") ==
        "apiVersion: v1\nkind: A\nx: &l 1\ny: *l\n---\napiVersion: v1\nkind: A\nx: &<|l|> 1\ny: *<|l|>\n");
}

TEST_CASE("references without declarations, and highlights with what they are") {
  const Document document("Dockerfile", "FROM a:1\nENV A<|>=1\nUSER $A\n");
  CHECK(marked(document.fixture.text, references(document.analysis, document.cursor(), false)) ==
        "FROM a:1\nENV A=1\nUSER $<|A|>\n");
  CHECK(highlights(document.analysis, document.cursor()) ==
        std::vector<Highlight>{{{13, 14}, true}, {{23, 24}, false}});
}

TEST_CASE("names: every mention is in the text, whatever that is") {
  for (const char* path : {"Dockerfile", "compose.yaml"})
    for (const std::string& text : hostile_texts()) {
      const Document document(path, text);
      INFO(path << ": " << text.substr(0, 200));
      std::size_t outside = 0;
      for (const Name& name : names_of(document.analysis).all)
        for (const Mention& mention : name.mentions)
          if (mention.range.begin > mention.range.end || mention.range.end > text.size()) ++outside;
      CHECK(outside == 0);
    }
}

TEST_CASE("definition and references: between the objects of manifests") {
  constexpr std::string_view kPod =
      "apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {app: web}}\nspec:\n"
      "  containers: [{name: c, envFrom: [{configMapRef: {name: ";
  CHECK(defined("m.yaml",
                std::string(kPod) + "w<|>eb}}]}]\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\n") ==
        std::string(kPod) + "web}}]}]\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: <|web|>}\n");
  CHECK(referenced("m.yaml",
                   std::string(kPod) + "web}}]}]\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: w<|>eb}\n") ==
        std::string(kPod) + "<|web|>}}]}]\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: <|web|>}\n");
  const std::string keyed =
      "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - env: [{name: A, valueFrom: "
      "{configMapKeyRef: {name: web, key: ";
  CHECK(defined("m.yaml",
                keyed + "<|>a}}}]\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata: {a: x}\n") ==
        keyed + "a}}}]\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata: {<|a|>: x}\n");
}

TEST_CASE("definition and references: selectors and the labels of pods") {
  const std::string service = "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {selector: {app: web}}\n---\n";
  const std::string pod =
      "apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {app: web}}\nspec: {containers: [{name: "
      "c, image: a}]}\n";
  const auto with = [](std::string text, const std::string& word, const std::string& other) {
    return text.replace(text.find(word), word.size(), other);
  };
  CHECK(defined("m.yaml", with(service, "selector", "sel<|>ector") + pod) ==
        service + with(pod, "labels", "<|labels|>"));
  CHECK(referenced("m.yaml", service + with(pod, "labels", "<|>labels")) ==
        with(service, "selector", "<|selector|>") + with(pod, "labels", "<|labels|>"));
  CHECK(defined("m.yaml", with(with(service, "web", "db"), "selector", "sel<|>ector") + pod) ==
        with(service, "web", "db") + pod);
}

}  // namespace
}  // namespace quaymaster::tests
