// Cached equals fresh: whatever is edited, an analysis with the memory of earlier ones finds what one without it finds.
#include <algorithm>
#include <atomic>
#include <random>
#include <string>
#include <vector>

#include "quaymaster/analyzer.h"
#include "rules/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

struct Start {
  const char* path;
  const char* text;
  std::vector<const char*> bits;
};

std::vector<Start> starts() {
  return {
      {"Dockerfile",
       "# escape=`\nARG V=latest\nFROM node:$V AS build\nENV A=1\nUSER root\nRUN npm install && apt-get install -y "
       "curl\n"
       "SHELL [\"/bin/bash\", \"-c\"]\nRUN <<EOF\ncurl x | sh\nEOF\nFROM build\nCOPY --from=biuld /a /b\nCMD sleep "
       "infinity\n",
       {"FROM a\n", "USER app\n", "ENV A=$V\n", "ARG V=1\n", "\\\n", "# escape=`\n", "SHELL [\"pwsh\"]\n", "<<EOF\n",
        "EOF\n", " ", "\n", "'", "\"", "RUN npm i\n", "# quaymaster: ignore all\n", "latest", "VOLUME /x\n", "${",
        "x"}},
      {"compose.yaml",
       "x-env: &env\n  DB_PASSWORD: hunter2-9\nservices:\n  db: &db\n    image: postgres\n    environment: *env\n  "
       "web:\n"
       "    <<: *db\n    privileged: true\n    command: sh -c 'apt-get install -y curl && npm start'\n    volumes:\n"
       "      - data:/var/lib\nvolumes:\n  other: {}\n",
       {"    image: a\n", "  c:\n", "*db", "&db ", "\n", " ", "\t", "- ", "\"", "'", "# quaymaster: ignore all\n", ":",
        "{", "}", "privileged: true\n", "|\n", "---\n", "<<: *env\n"}},
      {"manifest.yaml",
       "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n    - name: c\n      image: nginx\n"
       "      securityContext:\n        privileged: true\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  "
       "name: b\n"
       "spec:\n  template:\n    spec:\n      containers:\n        - name: d\n          image: redis:latest\n",
       {"---\n", "\n", " ", "- ", "      image: a:1\n", "hostNetwork: true\n", "\"", "kind: List\n", ":", "#", "*a",
        "&a "}},
  };
}

void check_random_edits(const Start& start, std::mt19937& random) {
  const Analyzer analyzer(built_in_rules());
  const Settings everything = settings_of({"all"});
  const Settings recommended = settings_of({"recommended"});
  const Language language = *detect_language(start.path, start.text);
  AnalysisCache cache;
  std::string text = start.text;
  for (int step = 0; step < 300; ++step) {
    const std::size_t at = random() % (text.size() + 1);
    const std::size_t length = random() % 3 == 0 ? random() % 12 : 0;
    const char* bit = random() % 3 == 0 ? "" : start.bits[random() % start.bits.size()];
    text.replace(at, std::min(length, text.size() - at), bit);
    if (text.size() > 4000) text = start.text;
    const Settings& settings = random() % 8 == 0 ? recommended : everything;
    const SourceText source{start.path, language, text};
    const Analysis cached = analyzer.analyze(source, settings, &cache);
    const Analysis fresh = analyzer.analyze(source, settings);
    INFO(text);
    REQUIRE(cached.diagnostics == fresh.diagnostics);
    REQUIRE(cached.secrets == fresh.secrets);
    REQUIRE(cached.syntax_errors == fresh.syntax_errors);
    REQUIRE(cached.suppressed == fresh.suppressed);
    for (const Diagnostic& diagnostic : cached.diagnostics) {
      REQUIRE(diagnostic.range.begin <= diagnostic.range.end);
      REQUIRE(diagnostic.range.end <= text.size());
    }
  }
}

TEST_CASE("cached equals fresh after random edits") {
  std::mt19937 random(7);
  for (const Start& start : starts())
    for (int round = 0; round < 6; ++round) check_random_edits(start, random);
}

TEST_CASE("an instruction keeps its findings while its neighbours are typed") {
  const std::string half_typed[] = {"RU",       "FROM ",        "ENV A",      "ENV A=${",
                                    "CMD [\"a", "COPY --from=", "LABEL a=\"", "HEALTHCHECK --interval="};
  for (const std::string& line : half_typed) {
    INFO(line);
    const Analysis analysis =
        analyze("Dockerfile", "FROM node\n" + line + "\nFROM debian:latest\n", {"floating-image-tag"});
    std::vector<std::string> found;
    for (const Diagnostic& diagnostic : analysis.diagnostics)
      if (diagnostic.range.begin < 9 || diagnostic.range.begin > 9 + line.size())
        found.emplace_back(slice(analysis.source.text, diagnostic.range));
    CHECK(found == std::vector<std::string>{"node", "latest"});
  }
}

TEST_CASE("a stopped analysis says so, and the next one is whole") {
  const Analyzer analyzer(built_in_rules());
  const Settings settings = settings_of({"all"});
  AnalysisCache cache;
  const std::atomic<bool> stop{true};
  const SourceText source{"Dockerfile", Language::Dockerfile, "FROM node\nFROM debian:latest\n"};
  CHECK(analyzer.analyze(source, settings, &cache, &stop).stopped);
  const Analysis whole = analyzer.analyze(source, settings, &cache);
  CHECK(!whole.stopped);
  CHECK(whole.diagnostics == analyzer.analyze(source, settings).diagnostics);
}

}  // namespace
}  // namespace quaymaster::tests
