#include <algorithm>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "features/rule_page/peer_checks.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

constexpr std::string_view kTools[] = {"hadolint:", "buildkit:", "dclint:", "compose-lint:"};

/// The checks of these tools that some rule stands for.
std::set<std::string_view> covered_checks() {
  std::set<std::string_view> covered;
  for (const Rule* rule : built_in_rules())
    for (const Variant& variant : rule->variants)
      for (const Alias& alias : variant.aliases)
        if (std::ranges::any_of(kTools, [&](std::string_view tool) { return alias.identifier.starts_with(tool); }))
          covered.insert(alias.identifier);
  return covered;
}

std::vector<PeerCheck> all_checks() {
  std::vector<PeerCheck> checks(peer_checks().begin(), peer_checks().end());
  checks.insert(checks.end(), compose_peer_checks().begin(), compose_peer_checks().end());
  return checks;
}

TEST_CASE("every check of the tools has a rule, or a reason why it has none") {
  const std::set<std::string_view> covered = covered_checks();
  for (const PeerCheck& check : all_checks()) {
    INFO(check.alias);
    CHECK(check.finds.ends_with('.'));
    CHECK(covered.contains(check.alias) == check.why_not.empty());
  }
}

TEST_CASE("no rule stands for a check that the tools do not have") {
  std::set<std::string_view> known;
  for (const PeerCheck& check : all_checks()) {
    INFO(check.alias);
    CHECK(known.insert(check.alias).second);
  }
  for (const std::string_view alias : covered_checks()) {
    INFO(alias);
    CHECK(known.contains(alias));
  }
}

TEST_CASE("the pages name each check with its rule or the reason") {
  const std::string page = peer_page(built_in_rules()) + compose_page(built_in_rules());
  for (const PeerCheck& check : all_checks()) {
    INFO(check.alias);
    const std::string code(check.alias.substr(check.alias.find(':') + 1));
    const std::size_t row = page.find("| `" + code + "` |");
    REQUIRE(row != std::string::npos);
    const std::string line = page.substr(row, page.find('\n', row) - row);
    CHECK(line.find(std::string(check.finds)) != std::string::npos);
    const bool names_rule = line.find("](rules/") != std::string::npos;
    CHECK(names_rule == check.why_not.empty());
  }
}

void check_subjects(std::span<const Subject> subjects, Language language) {
  for (const Subject& subject : subjects) {
    INFO(subject.finds);
    CHECK(subject.finds.ends_with('.'));
    CHECK(subject.rules.empty() != subject.why_not.empty());
    for (const std::string_view name : subject.rules) {
      INFO(name);
      const RuleSet rules = built_in_rules();
      const Rule* rule = rules.find(name);
      REQUIRE(rule != nullptr);
      CHECK(std::ranges::any_of(rule->variants, [&](const Variant& v) { return v.languages.contains(language); }));
    }
  }
}

TEST_CASE("what is looked for in Compose files has a rule, or a reason why it has none") {
  check_subjects(compose_subjects(), Language::Compose);
}

TEST_CASE("what is looked for in manifests has a rule, or a reason why it has none") {
  CHECK(kubernetes_subjects().size() == 185);
  check_subjects(kubernetes_subjects(), Language::Kubernetes);
}

TEST_CASE("the page about manifests names the checks of other linters with their rules") {
  const std::string page = kubernetes_page(built_in_rules());
  CHECK(page.find("| `latest-tag` | [floating-image-tag](rules/floating-image-tag.md) |") != std::string::npos);
  CHECK(page.find("### Polaris") != std::string::npos);
}

}  // namespace
}  // namespace quaymaster::tests
