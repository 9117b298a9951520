#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "rules/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

/// A finding with the line that it is in, so that it is the same when lines above are added.
std::vector<std::string> findings(const Analysis& analysis) {
  const std::string& text = analysis.source.text;
  std::vector<std::string> list;
  for (const Diagnostic& diagnostic : analysis.diagnostics) {
    const std::size_t before = text.rfind('\n', diagnostic.range.begin);
    const std::size_t begin = before == std::string::npos ? 0 : before + 1;
    list.push_back(code_of(diagnostic) + ": " + diagnostic.message + " in " +
                   text.substr(begin, text.find('\n', begin) - begin));
  }
  std::ranges::sort(list);
  return list;
}

/// What a user types: a service with the things that break YAML while they are half there.
constexpr std::string_view kTyped =
    "  api:\n"
    "    image: \"node:22\"\n"
    "    command: [\"npm\", 'start']\n"
    "    environment:\n"
    "      URL: ${URL:-http://x}\n"
    "      - A=b\n"
    "    depends_on: {db: {condition: service_healthy}}\n"
    "    healthcheck:\n"
    "      test: |\n"
    "        curl: -f\n"
    "    <<: *base\n"
    "    labels: &l\n"
    "    - \"c=d: e\"\n";

/// The text up to where the service goes, and the rest.
struct Start {
  const char* title;
  std::string_view before, behind;
};
constexpr Start kStarts[] = {
    {"first", "x-base: &base {init: true}\nservices:\n",
     "  db:\n    image: postgres:latest\n    privileged: true\n  # the cache\n  cache:\n    image: redis\n"
     "  proxy:\n    image: nginx:latest\n    volumes:\n      - /var/run/docker.sock:/var/run/docker.sock\n"},
    {"between", "services:\n  db:\n    image: postgres:latest\n    privileged: true\n  cache:\n    image: redis\n",
     "  proxy:\n    image: nginx:latest\n    volumes: [\"/var/run/docker.sock:/var/run/docker.sock\"]\n\nvolumes:\n  "
     "x:\n"},
    {"last, flow style",
     "services:\n  db: {image: \"postgres:latest\", privileged: true}\n  cache: {image: redis}\n"
     "  proxy:\n    image: nginx:latest\n    volumes:\n    - /var/run/docker.sock:/var/run/docker.sock\n",
     ""},
};

}  // namespace

TEST_CASE("half-typed: a service that is typed key by key leaves the findings of all others alone") {
  const std::vector<std::string> rules = {"floating-image-tag", "privileged-container", "runtime-socket"};
  for (const bool crlf : {false, true})
    for (const Start& start : kStarts) {
      // What is typed has its own row.
      const auto text_with = [&](std::string_view typed) {
        std::string row_end = typed.empty() || typed.ends_with('\n') ? "" : "\n";
        std::string text;
        for (const char c : std::string(start.before) + std::string(typed) + row_end + std::string(start.behind)) {
          if (crlf && c == '\n') text += '\r';
          text += c;
        }
        return text;
      };
      const std::vector<std::string> expected = findings(analyze("compose.yaml", text_with(""), rules));
      REQUIRE(expected.size() >= 5);
      std::size_t steps_with_loss = 0;
      std::string first_loss;
      for (std::size_t size = 1; size <= kTyped.size(); ++size) {
        const std::string text = text_with(kTyped.substr(0, size));
        const std::vector<std::string> found = findings(analyze("compose.yaml", text, rules));
        if (std::ranges::includes(found, expected)) continue;
        if (++steps_with_loss > 1) continue;
        std::vector<std::string> lost;
        std::ranges::set_difference(expected, found, std::back_inserter(lost));
        first_loss = lost.front() + " in\n" + text;
      }
      INFO(start.title << (crlf ? ", CRLF" : "") << " loses " << first_loss);
      CHECK(steps_with_loss == 0);
    }
}

}  // namespace quaymaster::tests
