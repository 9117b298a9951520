#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "features/rule_page/peer_checks.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

/// The checks of hadolint and BuildKit that some rule stands for.
std::set<std::string_view> covered_checks() {
  std::set<std::string_view> covered;
  for (const Rule* rule : built_in_rules())
    for (const Variant& variant : rule->variants)
      for (const Alias& alias : variant.aliases)
        if (alias.identifier.starts_with("hadolint:") || alias.identifier.starts_with("buildkit:"))
          covered.insert(alias.identifier);
  return covered;
}

TEST_CASE("every check of hadolint and BuildKit has a rule, or a reason why it has none") {
  const std::set<std::string_view> covered = covered_checks();
  for (const PeerCheck& check : peer_checks()) {
    INFO(check.alias);
    CHECK(check.finds.ends_with('.'));
    CHECK(covered.contains(check.alias) == check.why_not.empty());
  }
}

TEST_CASE("no rule stands for a check that hadolint and BuildKit do not have") {
  std::set<std::string_view> known;
  for (const PeerCheck& check : peer_checks()) {
    INFO(check.alias);
    CHECK(known.insert(check.alias).second);
  }
  for (const std::string_view alias : covered_checks()) {
    INFO(alias);
    CHECK(known.contains(alias));
  }
}

TEST_CASE("the page names each check with its rule or the reason") {
  const std::string page = peer_page(built_in_rules());
  for (const PeerCheck& check : peer_checks()) {
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

}  // namespace
}  // namespace quaymaster::tests
