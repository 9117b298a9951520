#include "features/completion/completion.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "features/document.h"
#include "model/surroundings.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

/// The labels offered at the cursor, with commas; "nothing" when there are none.
std::string offered(std::string_view path, std::string_view text) {
  const Document document(path, text);
  std::string out;
  for (const CompletionItem& item : completions(document.analysis, document.cursor()).items)
    out += (out.empty() ? "" : ", ") + item.label;
  return out.empty() ? "nothing" : out;
}

/// The text after the item `label` was taken, as a client without snippets inserts it.
std::string taken(std::string_view path, std::string_view text, std::string_view label) {
  const Document document(path, text);
  const Completions found = completions(document.analysis, document.cursor());
  const auto item = std::ranges::find(found.items, label, &CompletionItem::label);
  if (item == found.items.end()) return "nothing";
  CHECK(found.range.touches(document.cursor()));
  const Edit edit = Edit::replacement(found.range, item->text);
  return apply_edits(document.fixture.text, {&edit, 1});
}

bool offers(std::string_view path, std::string_view text, std::string_view label) {
  const Document document(path, text);
  const Completions found = completions(document.analysis, document.cursor());
  return std::ranges::find(found.items, label, &CompletionItem::label) != found.items.end();
}

struct Case {
  std::string_view text;
  std::string expected;
};

const std::string kPlatformArguments =
    ", TARGETSTAGE, TARGETVARIANT, TARGETARCH, TARGETOSVERSION, TARGETOS, TARGETPLATFORM, BUILDVARIANT, BUILDARCH, "
    "BUILDOSVERSION, BUILDOS, BUILDPLATFORM";

TEST_CASE("completion: instructions of a Dockerfile") {
  CHECK(offered("Dockerfile", "<|>") == "FROM, ARG");
  CHECK(offered("Dockerfile", "# c\n<|>\n") == "FROM, ARG");
  CHECK(offered("Dockerfile", "ARG A\nF<|>\n") == "FROM, ARG");
  CHECK(offers("Dockerfile", "FROM a\n<|>", "RUN"));
  CHECK(offers("Dockerfile", "FROM a\nR<|>", "RUN"));
  CHECK(offers("Dockerfile", "FROM a\nR<|>\nRUN x\n", "RUN"));
  CHECK(offers("Dockerfile", "from a\n<|>", "run"));
  CHECK(offers("Dockerfile", "FROM a\nONBUILD R<|>", "RUN"));
  CHECK(!offers("Dockerfile", "FROM a\nONBUILD F<|>", "FROM"));
  CHECK(taken("Dockerfile", "FROM a\nRU<|>\n", "RUN") == "FROM a\nRUN \n");
  CHECK(taken("Dockerfile", "FROM a\nRU<|>N x\n", "RUN") == "FROM a\nRUN x\n");
  CHECK(taken("Dockerfile", "FROM a\r\nru<|>\r\n", "run") == "FROM a\r\nrun \r\n");
  CHECK(offered("Dockerfile", "FROM a\nRUN x \\\n  R<|>\n") == "nothing");
  CHECK(offered("Dockerfile", "FROM a\n# R<|>\n") == "nothing");
}

TEST_CASE("completion: flags of instructions and their values") {
  const Case cases[] = {
      {"FROM --<|>", "--platform"},
      {"FROM --platform=<|> a", "$BUILDPLATFORM, $TARGETPLATFORM, linux/amd64, linux/arm64, linux/arm/v7"},
      {"FROM a\nRUN -<|>", "--mount, --network, --security, --device"},
      {"FROM a\nRUN --mount=type=cache,target=/x --network=none --<|>", "--mount, --security, --device"},
      {"FROM a\nRUN --network=<|> x", "none, default, host"},
      {"FROM a\nRUN --mount=<|>", "type, target, source, from, readwrite"},
      {"FROM a\nRUN --mount=type=<|>", "cache, bind, secret, ssh, tmpfs"},
      {"FROM a\nRUN --mount=type=cache,sh<|>", "target, source, from, id, sharing, readonly, mode, uid, gid"},
      {"FROM a\nRUN --mount=type=cache,target=/x,sharing=l<|>", "shared, locked, private"},
      {"FROM a AS one\nFROM b AS two\nRUN --mount=type=bind,from=<|>", "one"},
      {"FROM a\nHEALTHCHECK --retries=3 --i<|>", "--interval, --timeout, --start-period, --start-interval"},
      {"FROM a\nHEALTHCHECK --retries=3 C<|>", "CMD, NONE"},
      {"FROM a\nCOPY --from=x a --<|>", "nothing"},
      {"FROM a\nRUN apt-get --<|>", "nothing"},
  };
  for (const Case& item : cases) {
    INFO(item.text);
    CHECK(offered("Dockerfile", item.text) == item.expected);
  }
  CHECK(taken("Dockerfile", "FROM a\nCOPY --fr<|> x y", "--from") == "FROM a\nCOPY --from= x y");
  CHECK(taken("Dockerfile", "FROM a\nCOPY --l<|> x y", "--link") == "FROM a\nCOPY --link x y");
  CHECK(taken("Dockerfile", "FROM a\nCOPY --fr<|>=b x y", "--from") == "FROM a\nCOPY --from=b x y");
  CHECK(taken("Dockerfile", "FROM a\nRUN --mount=type=c<|>,target=/x y", "cache") ==
        "FROM a\nRUN --mount=type=cache,target=/x y");
  CHECK(taken("Dockerfile", "FROM a\nRUN \\\n  --mount=ty<|> y", "type") == "FROM a\nRUN \\\n  --mount=type= y");
}

TEST_CASE("completion: stages, variables, directives and other words of a Dockerfile") {
  const Case cases[] = {
      {"FROM a AS one\nFROM b AS Two\nFROM <|>", "--platform, two, one"},
      {"FROM a AS one\nFROM o<|>\n", "one"},
      {"FROM a AS one\nCOPY --from=<|> x y\nFROM b AS two\n", "nothing"},
      {"FROM a AS one\nFROM b\nCOPY --from=o<|> x y\n", "one"},
      {"FROM a <|>", "AS"},
      {"ARG V=1\nFROM a:$<|>\n", "V" + kPlatformArguments},
      {"ARG V=1\nFROM a:${V<|>}\n", "V" + kPlatformArguments},
      {"FROM a\nARG A\nENV B=1\nRUN echo \"${<|>\"\nENV C=1\n", "B, A"},
      {"FROM a\nENV B=1\nCOPY <<E /x\n$<|>\nE\n", "B"},
      {"FROM a\nEXPOSE 80/<|>", "tcp, udp"},
      {"# <|>", "syntax, escape, check"},
      {"# syntax=docker/dockerfile:1\n# e<|>\nFROM a\n", "escape, check"},
      {"# escape=<|>\nFROM a\n", "\\, `"},
      {"FROM a\n# e<|>\n", "nothing"},
  };
  for (const Case& item : cases) {
    INFO(item.text);
    CHECK(offered("Dockerfile", item.text) == item.expected);
  }
  CHECK(taken("Dockerfile", "FROM a\nENV BB=1\nUSER ${B<|>\n", "BB") == "FROM a\nENV BB=1\nUSER ${BB}\n");
  CHECK(taken("Dockerfile", "FROM a\nENV BB=1\nUSER ${B<|>:-x}\n", "BB") == "FROM a\nENV BB=1\nUSER ${BB:-x}\n");
  CHECK(taken("Dockerfile", "#<|>", "syntax") == "# syntax=");
}

constexpr std::string_view kDeclared = "services:\n  db: {image: a}\n  cache: {image: b}\n  web:\n";
constexpr std::string_view kSections =
    "volumes:\n  data:\n  logs:\nnetworks:\n  front: {}\nsecrets:\n  token: {file: t}\nconfigs:\n  conf: {file: c}\n"
    "models:\n  llm: {model: x}\n";

TEST_CASE("completion: names that a Compose file declares") {
  const Case cases[] = {
      {"    depends_on:\n      - <|>\n", "db, cache"},
      {"    depends_on:\n      - db\n      - c<|>\n", "cache"},
      {"    depends_on:\n      - d<|>\n      - cache\n", "db"},
      {"    depends_on: [<|>]\n", "db, cache"},
      {"    depends_on: [db, <|>]\n", "cache"},
      {"    depends_on: [db, c<|>\n", "cache"},
      {"    depends_on: [\n      db,\n      <|>\n    ]\n", "cache"},
      {"    depends_on: [\"<|>\"]\n", "db, cache"},
      {"    depends_on: {db: {}, c<|>}\n", "cache"},
      {"    depends_on:\n      db:\n        condition: <|>\n",
       "service_healthy, service_started, service_completed_successfully"},
      {"    extends: <|>\n", "db, cache"},
      {"    extends:\n      service: d<|>\n", "db, cache"},
      {"    extends: {service: <|>}\n", "db, cache"},
      {"    links: [d<|>:x]\n", "db, cache"},
      {"    volumes:\n      - <|>\n",
       "data, logs, bind, consistency, image, read_only, source, target, tmpfs, type, volume"},
      {"    volumes:\n      - data:/d\n      - l<|>:/var/log\n",
       "logs, bind, consistency, image, read_only, source, target, tmpfs, type, volume"},
      {"    volumes:\n      - data:<|>\n", "nothing"},
      {"    volumes:\n      - type: volume\n        source: <|>\n", "data, logs"},
      {"    volumes:\n    - <|>\n",
       "data, logs, bind, consistency, image, read_only, source, target, tmpfs, type, volume"},
      {"    networks:\n      - f<|>\n", "front"},
      {"    secrets:\n      - <|>\n", "token, gid, mode, source, target, uid"},
      {"    build:\n      secrets: [<|>]\n", "token, gid, mode, source, target, uid"},
      {"    configs: [{source: <|>}]\n", "conf"},
      {"    models: [<|>]\n", "llm"},
      {"    network_mode: <|>\n", "service:db, service:cache, none, host, bridge"},
      {"    network_mode: \"service:<|>\"\n", "service:db, service:cache, none, host, bridge"},
      {"    restart: <|>\n", "unless-stopped, always, on-failure, no"},
      {"    restart:<|>\n", "unless-stopped, always, on-failure, no"},
      {"    restart: always  # <|>\n", "nothing"},
      {"    image: b\n    <|># c\n", "nothing"},
      {"    command: |\n      - <|>\n", "nothing"},
      {"    command: >-\n      depends_on:\n        - <|>\n", "nothing"},
      {"    environment:\n      A: ${B}\n      C: ${<|>\n", "B"},
      {"    environment: [\"A=${B:-x}\", \"C=$<|>\"]\n", "B"},
      {"    environment:\n      A: $$<|>\n", "nothing"},
  };
  for (const Case& item : cases) {
    const std::string text = std::string(kDeclared) + std::string(item.text) + std::string(kSections);
    INFO(text);
    CHECK(offered("compose.yaml", text) == item.expected);
  }
}

TEST_CASE("completion: what is inserted in a Compose file") {
  const auto whole = [](std::string_view rows) {
    return std::string(kDeclared) + std::string(rows) + std::string(kSections);
  };
  const auto check = [&](std::string_view rows, std::string_view label, std::string_view after) {
    INFO(rows);
    CHECK(taken("compose.yaml", whole(rows), label) == whole(after));
  };
  check("    depends_on:\n      - d<|>\n", "db", "    depends_on:\n      - db\n");
  check("    depends_on:\n      <|>\n", "db", "    depends_on:\n      db:\n");
  check("    secrets:\n      <|>\n", "token", "    secrets:\n      - token\n");
  check("    secrets:\n      - x\n      to<|>\n", "token", "    secrets:\n      - x\n      - token\n");
  check("    restart:<|>\n", "always", "    restart: always\n");
  check("    restart: \"<|>\"\n", "no", "    restart: \"no\"\n");
  check("    restart: <|>\n", "no", "    restart: \"no\"\n");
  check("    volumes: [ \"d<|>:/x\" ]\n", "data", "    volumes: [ \"data:/x\" ]\n");
  check("    environment:\n      C: ${<|>\n      D: ${DD:-1}\n", "DD",
        "    environment:\n      C: ${DD}\n      D: ${DD:-1}\n");
}

TEST_CASE("completion: keys of a Compose file where they may stand, without those that are there") {
  CHECK(offered("compose.yaml", "name: x\nservices: {a: {image: b}}\n<|>\n") ==
        "configs, include, jobs, models, networks, secrets, volumes");
  constexpr std::string_view kService = "services:\n  a:\n    image: b\n";
  const auto in_service = [&](std::string_view rows) { return std::string(kService) + std::string(rows); };
  CHECK(offers("compose.yaml", in_service("    <|>\n"), "restart"));
  CHECK(!offers("compose.yaml", in_service("    <|>\n"), "image"));
  CHECK(!offers("compose.yaml", in_service("    r<|>\n    restart: no\n"), "restart"));
  CHECK(offers("compose.yaml", in_service("    resta<|>rt: no\n"), "restart"));
  CHECK(offers("compose.yaml", in_service("    resta<|>\n  b:\n    image: c\n"), "restart"));
  CHECK(offered("compose.yaml", in_service("   <|>\n")) == "nothing");
  CHECK(offered("compose.yaml", in_service("      <|>\n")) == "nothing");
  CHECK(offered("compose.yaml", in_service("    restart: always\n<|>    # c\n")) == "nothing");
  CHECK(offers("compose.yaml", in_service("    healthcheck:\n      <|>"), "interval"));
  CHECK(offers("compose.yaml", in_service("    healthcheck: {test: x, <|>}"), "interval"));
  CHECK(offers("compose.yaml", in_service("    healthcheck: {test: x, <|>"), "interval"));
  CHECK(offers("compose.yaml", in_service("    ports:\n      - <|>\n"), "published"));
  CHECK(offers("compose.yaml", in_service("    ports:\n      - target: 80\n        p<|>\n"), "published"));
  CHECK(!offers("compose.yaml", in_service("    ports:\n      - target: 80\n        p<|>\n"), "target"));
  CHECK(offers("compose.yaml", in_service("    ports: [{<|>}]\n"), "published"));
  CHECK(offers("compose.yaml", in_service("    privileged: <|>\n"), "true"));
  CHECK(offers("compose.yaml", "networks:\n  a:\n    i<|>\n", "internal"));
  CHECK(offers("compose.yaml", "services:\r\n  a:\r\n    image: b\r\n    <|>\r\n  c:\r\n", "restart"));
}

TEST_CASE("completion: keys bring their colon, and what comes behind it as a snippet") {
  const auto inserted = [](std::string_view rows, std::string_view label) -> std::string {
    const Document document("compose.yaml", "services:\n  a:\n" + std::string(rows));
    const auto items = completions(document.analysis, document.cursor()).items;
    const auto item = std::ranges::find(items, label, &CompletionItem::label);
    return item == items.end() ? "nothing" : item->text + " | " + item->snippet;
  };
  CHECK(inserted("    <|>\n", "image") == "image:  | image: $0");
  CHECK(inserted("    <|>\n", "environment") == "environment: | environment:\n      $0");
  CHECK(inserted("    <|>\n", "ports") == "ports: | ports:\n      - $0");
  CHECK(inserted("    <|>\n", "depends_on") == "depends_on: | depends_on:\n      - $0");
  CHECK(inserted("    im<|>: x\n", "image") == "image | ");
  CHECK(inserted("    deploy: {<|>}\n", "resources") == "resources:  | resources: $0");
}

TEST_CASE("completion: a key has the documentation of the schema") {
  const Document document("compose.yaml", "services:\n  a:\n    <|>\n");
  std::size_t documented = 0;
  const auto items = completions(document.analysis, document.cursor()).items;
  for (const CompletionItem& item : items)
    if (!completion_documentation(item.about).empty()) ++documented;
  CHECK(items.size() > 50);
  CHECK(documented + 5 > items.size());
}

TEST_CASE("completion: names in the files around a Compose file") {
  ComposeSurroundings around;
  around.others.emplace();
  around.others->services = {"db", "web"};
  around.others->networks = {"back"};
  around.files.push_back({"base.yaml", true, false, {}, std::vector<std::string>{"job"}});
  around.environment_names = {{"TAG"}};
  const auto surroundings = std::make_shared<const Surroundings>(Surroundings{around, true});
  const auto with_around = [&](std::string_view text) {
    Document document("compose.yaml", text);
    document.analysis.source.surroundings = surroundings;
    std::string out;
    for (const CompletionItem& item : completions(document.analysis, document.cursor()).items) out += item.label + " ";
    return out;
  };
  const std::string web = "services:\n  cache: {image: b}\n  web:\n    image: a\n";
  CHECK(with_around(web + "    depends_on: [<|>]\n") == "cache db ");
  CHECK(with_around(web + "    networks: [<|>]\n").starts_with("back "));
  CHECK(with_around(web + "    extends: {file: base.yaml, service: <|>}\n") == "job ");
  CHECK(with_around(web + "    extends: <|>\n").starts_with("cache "));
  CHECK(with_around(web + "    hostname: ${<|>}\n") == "TAG ");
}

TEST_CASE("completion: a profile, an anchor, and the stages of the Dockerfile are known by name") {
  CHECK(offered("compose.yaml",
                "services:\n  a: {image: a, profiles: [dev, test]}\n  b:\n    image: b\n    profiles: [dev, <|>]\n") ==
        "test");
  CHECK(offered("compose.yaml", "x-a: &base {}\nservices:\n  b:\n    <<: *<|>\n    image: x\n") == "base");
}

TEST_CASE("completion: nothing breaks at any place of any text, and ranges hold the cursor in one line") {
  for (const char* path : {"Dockerfile", "compose.yaml"})
    for (const std::string& text : hostile_texts()) {
      const Document document(path, text);
      const auto size = static_cast<std::uint32_t>(text.size());
      INFO(path << ": " << text.substr(0, 200));
      std::size_t wrong = 0;
      for (std::uint32_t at = 0; at <= size; at += 1 + size / 60) {
        const Completions found = completions(document.analysis, at);
        if (found.items.empty()) continue;
        const bool in_line = slice(text, found.range).find('\n') == std::string_view::npos;
        if (found.range.end > size || !found.range.touches(at) || !in_line) ++wrong;
      }
      CHECK(wrong == 0);
    }
}

TEST_CASE("completion: what is offered has documentation, and any other text has none") {
  const Document document("Dockerfile", "FROM a\n<|>");
  for (const CompletionItem& item : completions(document.analysis, document.cursor()).items) {
    INFO(item.label);
    CHECK(!completion_documentation(item.about).empty());
  }
  for (const char* about : {"", "x", "dockerfile:", "dockerfile:NOTHING", "compose:", "compose:a//b", ":"})
    CHECK(completion_documentation(about).empty());
}

TEST_CASE("completion: a dollar, a brace or a backslash in a snippet stands for itself") {
  CHECK(escaped_for_snippet("a$b}c\\") == "a\\$b\\}c\\\\");
}

}  // namespace
}  // namespace quaymaster::tests
