#include <memory>
#include <string>
#include <utility>

#include "model/surroundings.h"
#include "quaymaster/analyzer.h"
#include "rules/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

/// The messages of unused-suppression in `text`, with floating-image-tag on, and what the text is after its safe fixes.
std::string result(std::string_view path, std::string_view text) {
  const Analysis analysis = analyze(path, text, {"unused-suppression", "floating-image-tag"});
  std::string out;
  for (const Diagnostic& diagnostic : analysis.diagnostics)
    if (diagnostic.rule->name == "unused-suppression")
      out += std::string(slice(text, diagnostic.range)) + "(" + std::string(diagnostic.variant->name) + ") ";
  return out + "-> " + apply_fixes(text, analysis.diagnostics, Applicability::Safe).text;
}

TEST_CASE("a comment that has nothing to silence is found, and taken away without a trace") {
  const auto [path, text, expected] = GENERATE(table<std::string, std::string, std::string>({
      {"Dockerfile", "# quaymaster: ignore floating-image-tag\r\nFROM a:1\r\n",
       "floating-image-tag(unused) -> FROM a:1\r\n"},
      {"Dockerfile", "FROM \\\n  # quaymaster: ignore DL3006\n  a:1\n", "DL3006(unused) -> FROM \\\n  a:1\n"},
      {"Dockerfile", "FROM a:1\n# quaymaster: ignore-file floating-image-tag/latest\n",
       "floating-image-tag/latest(unused) -> FROM a:1\n"},
      {"compose.yaml", "services:\n  a:\n    image: a:1\t# quaymaster: ignore floating-image-tag\n",
       "floating-image-tag(unused) -> services:\n  a:\n    image: a:1\n"},
      // One of three.
      {"Dockerfile", "# quaymaster: ignore root-user, floating-image-tag, state\nFROM a:1\n",
       "floating-image-tag(unused) -> # quaymaster: ignore root-user, state\nFROM a:1\n"},
      // Used, for everything, not looked for, of another tool, or meant for itself.
      {"Dockerfile", "# quaymaster: ignore floating-image-tag\nFROM a\n",
       "-> # quaymaster: ignore floating-image-tag\nFROM a\n"},
      {"Dockerfile", "# quaymaster: ignore\nFROM a:1\n", "-> # quaymaster: ignore\nFROM a:1\n"},
      {"Dockerfile", "# quaymaster: ignore root-user\nFROM a:1\n", "-> # quaymaster: ignore root-user\nFROM a:1\n"},
      {"Dockerfile", "# hadolint ignore=DL3006\nFROM a:1\n", "-> # hadolint ignore=DL3006\nFROM a:1\n"},
      {"Dockerfile", "# quaymaster: ignore floating-image-tag\n# quaymaster: ignore-file all\nFROM a:1\n",
       "-> # quaymaster: ignore floating-image-tag\n# quaymaster: ignore-file all\nFROM a:1\n"},
      // Misspelt: nothing is changed without asking.
      {"Dockerfile", "# quaymaster: ignore floating-image-tga\nFROM a:1\n",
       "floating-image-tga(misspelt) -> # quaymaster: ignore floating-image-tga\nFROM a:1\n"},
  }));
  CAPTURE(text);
  CHECK(result(path, text) == expected);
}

TEST_CASE("a comment about a rule that looks at other files is of no use only where they are known") {
  const std::string text = "# quaymaster: ignore copied-but-ignored\nFROM a:1\n";
  const auto unused_with = [&](std::shared_ptr<const Surroundings> around) {
    return Analyzer(built_in_rules())
        .analyze({"Dockerfile", Language::Dockerfile, text, std::move(around)},
                 settings_of({"unused-suppression", "copied-but-ignored"}))
        .diagnostics.size();
  };
  CHECK(unused_with(nullptr) == 0);
  CHECK(unused_with(std::make_shared<const Surroundings>()) == 0);
  Surroundings around{DockerfileSurroundings{{DockerfileBuild{.context = "/w"}}}, false};
  CHECK(unused_with(std::make_shared<const Surroundings>(around)) == 0);
  around.complete = true;
  CHECK(unused_with(std::make_shared<const Surroundings>(around)) == 1);
}

}  // namespace
}  // namespace quaymaster::tests
