#include "features/code_actions/ignore_here.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "rules/support.h"
#include "support/catch.h"
#include "support/fixture.h"

namespace quaymaster::tests {
namespace {

/// The text after ignoring the first finding of floating-image-tag.
std::string after_ignoring(std::string_view path, std::string_view text) {
  const Analysis analysis = analyze(path, text, {"floating-image-tag"});
  INFO(shown(analysis));
  REQUIRE(!analysis.diagnostics.empty());
  const auto edit = ignore_here(analysis, analysis.diagnostics.front());
  REQUIRE(edit.has_value());
  return apply_edits(text, std::vector{*edit});
}

TEST_CASE("the comment stands where it speaks of the finding and breaks nothing") {
  struct Row {
    const char* path;
    const char* before;
    const char* after;
  };
  const Row rows[] = {
      {"Dockerfile", "FROM node\n", "# quaymaster: ignore floating-image-tag/missing\nFROM node\n"},
      {"Dockerfile", "# syntax=docker/dockerfile:1\nFROM node\r\n",
       "# syntax=docker/dockerfile:1\n# quaymaster: ignore floating-image-tag/missing\r\nFROM node\r\n"},
      {"Dockerfile", "# hadolint shell=bash\nFROM node\n",
       "# quaymaster: ignore floating-image-tag/missing\n# hadolint shell=bash\nFROM node\n"},
      {"Dockerfile", "# hadolint ignore=DL3008 # old\nFROM node\n",
       "# hadolint ignore=DL3008,DL3006 # old\nFROM node\n"},
      // BuildKit has no such check, so its comment cannot hold it.
      {"Dockerfile", "ARG A\n# check=skip=StageNameCasing\nFROM node\n",
       "ARG A\n# quaymaster: ignore floating-image-tag/missing\n# check=skip=StageNameCasing\nFROM node\n"},
      {"Dockerfile", "# hadolint global ignore=DL3008\nFROM node\n",
       "# quaymaster: ignore floating-image-tag/missing\n# hadolint global ignore=DL3008\nFROM node\n"},
      {"Dockerfile", "# quaymaster: ignore root-user -- because\nFROM node\n",
       "# quaymaster: ignore root-user, floating-image-tag/missing -- because\nFROM node\n"},
      {"Dockerfile",
       "\xEF\xBB\xBF"
       "FROM node\n",
       "\xEF\xBB\xBF"
       "# quaymaster: ignore floating-image-tag/missing\nFROM node\n"},
      {"compose.yaml", "services:\n  a:\n    image: node\n",
       "services:\n  a:\n    image: node  # quaymaster: ignore floating-image-tag/missing\n"},
      {"compose.yaml", "services:\n  a:\n    image: node # mine\n",
       "services:\n  a:\n    # quaymaster: ignore floating-image-tag/missing\n    image: node # mine\n"},
      {"compose.yaml", "services:\n  a:\n    image: node # quaymaster: ignore x\n",
       "services:\n  a:\n    image: node # quaymaster: ignore x, floating-image-tag/missing\n"},
      {"compose.yaml", "services:\n  a:\n    # dclint disable-line no-x\n    image: node\n",
       "services:\n  a:\n    # dclint disable-line no-x service-image-require-explicit-tag\n    image: node\n"},
      {"compose.yaml", "services:\r\n  a: {image: node}\r\n",
       "services:\r\n  a: {image: node}  # quaymaster: ignore floating-image-tag/missing\r\n"},
  };
  for (const Row& row : rows) {
    INFO(row.before);
    CHECK(after_ignoring(row.path, row.before) == row.after);
  }
}

TEST_CASE("ignoring any finding of any example silences it and harms nothing") {
  for (const Rule* rule : built_in_rules())
    for (const Example& example : rule->examples) {
      const std::string text = Fixture(example.before).text;
      const std::vector<std::string> select{std::string(rule->name)};
      const Analysis analysis = analyze(example.path, text, select);
      for (const Diagnostic& diagnostic : analysis.diagnostics) {
        INFO(rule->name << ": " << example.title << "\n" << shown(analysis));
        const auto edit = ignore_here(analysis, diagnostic);
        if (!edit) continue;
        const std::string silenced = apply_edits(text, std::vector{*edit});
        INFO(silenced);
        const Analysis after = analyze(example.path, silenced, select);
        CHECK(after.syntax_errors == analysis.syntax_errors);
        CHECK(after.suppressed >= 1);
        CHECK(after.diagnostics.size() < analysis.diagnostics.size());
      }
    }
}

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST_CASE("ignoring any finding of the example projects silences it and harms nothing") {
  const Analyzer analyzer(built_in_rules());
  const Settings settings = resolve(analyzer.rules(), Selection{}).settings;
  const auto root = std::filesystem::path(QUAYMASTER_SOURCE_DIR) / "examples";
  std::size_t ignored = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file()) continue;
    const std::string text = content_of(entry.path());
    const auto language = detect_language(entry.path().filename().string(), text);
    if (!language) continue;
    const SourceText source{entry.path().filename().string(), *language, text};
    const Analysis analysis = analyzer.analyze(source, settings);
    for (const Diagnostic& diagnostic : analysis.diagnostics) {
      INFO(entry.path() << ": " << code_of(diagnostic) << ": " << diagnostic.message);
      const auto edit = ignore_here(analysis, diagnostic);
      REQUIRE(edit.has_value());
      const Analysis after =
          analyzer.analyze({source.path, *language, apply_edits(text, std::vector{*edit})}, settings);
      const auto alike = [&](const Diagnostic& other) {
        return other.rule == diagnostic.rule && other.message == diagnostic.message;
      };
      CHECK(after.syntax_errors == analysis.syntax_errors);
      CHECK(std::ranges::count_if(after.diagnostics, alike) < std::ranges::count_if(analysis.diagnostics, alike));
      ++ignored;
    }
  }
  CHECK(ignored > 20);
}

}  // namespace
}  // namespace quaymaster::tests
