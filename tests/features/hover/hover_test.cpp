#include "features/hover/hover.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "rules/support.h"
#include "support/catch.h"
#include "support/fixture.h"

namespace quaymaster::tests {
namespace {

std::optional<Hover> hover_at(std::string_view path, std::string_view marked, std::vector<std::string> select) {
  const Fixture fixture(marked);
  return hover(analyze(path, fixture.text, std::move(select)), fixture.cursor.value(), "https://example.org/docs");
}

std::size_t position_of(const std::string& text, std::string_view part) {
  INFO(text << "\n\nlacks: " << part);
  const std::size_t at = text.find(part);
  REQUIRE(at != std::string::npos);
  return at;
}

TEST_CASE("a hover says what is wrong here, what happens, and where to read on, in this order") {
  const auto found = hover_at("Dockerfile", "FROM node:lat<|>est\n", {"floating-image-tag"});
  REQUIRE(found.has_value());
  CHECK(found->range == TextRange{10, 16});
  const std::string& text = found->markdown;
  const std::size_t places[] = {position_of(text, "Changing containers instead of images"),
                                position_of(text, "floating-image-tag/latest"),
                                position_of(text, "On Monday"),
                                position_of(text, "**Fine when:**"),
                                position_of(text, "# quaymaster: ignore floating-image-tag/latest"),
                                position_of(text, "rules/floating-image-tag.md"),
                                position_of(text, "anti-patterns/immutability.md"),
                                position_of(text, "https://docs.docker.com/")};
  CHECK(std::ranges::is_sorted(places));
}

TEST_CASE("no finding, no hover") {
  CHECK(!hover_at("Dockerfile", "FR<|>OM node:latest\n", {"floating-image-tag"}));
  CHECK(!hover_at("Dockerfile", "FROM node:22.11.0<|>\n", {"floating-image-tag"}));
}

TEST_CASE("every finding of every example has a hover of at most 25 lines that repeats no secret") {
  for (const Rule* rule : built_in_rules())
    for (const Example& example : rule->examples) {
      const Analysis analysis = analyze(example.path, Fixture(example.before).text, {std::string(rule->name)});
      for (const Diagnostic& diagnostic : analysis.diagnostics) {
        Analysis alone = analysis;
        alone.diagnostics = {diagnostic};
        const auto found = hover(alone, diagnostic.range.begin, "docs");
        INFO(rule->name << ": " << example.title);
        REQUIRE(found.has_value());
        INFO(found->markdown);
        CHECK(std::ranges::count(found->markdown, '\n') < 25);
        for (const TextRange secret : analysis.secrets)
          if (secret.size() > 5) CHECK(found->markdown.find(slice(analysis.source.text, secret)) == std::string::npos);
      }
    }
}

TEST_CASE("plain text has no marks") {
  CHECK(plain_text("**Bold** `code` *it*\n\n```diff\n- a*b\n+ `c`\n```\n<https://x>") ==
        "Bold code it\n\n- a*b\n+ `c`\nhttps://x");
}

}  // namespace
}  // namespace quaymaster::tests
