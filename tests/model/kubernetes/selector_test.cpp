#include "model/kubernetes/selector.h"

#include <string>

#include "model/yaml/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

using kubernetes::Labels;

bool selects(const std::string& selector, const Labels& labels) {
  const auto document = parse_yaml(selector);
  return kubernetes::selects(kubernetes::label_selector_of(document->root()), labels);
}

bool is_unknown(const std::string& selector) {
  const auto document = parse_yaml(selector);
  return kubernetes::label_selector_of(document->root()).unknown;
}

const Labels kWeb{{"app", "web"}, {"tier", "front"}};

TEST_CASE("labels and expressions have to hold together") {
  const auto [selector, selected] = GENERATE(table<std::string, bool>({
      {"{}\n", true},
      {"matchLabels: {app: web}\n", true},
      {"matchLabels: {app: web, tier: front}\n", true},
      {"matchLabels: {app: db}\n", false},
      {"matchLabels: {zone: a}\n", false},
      {"matchExpressions: [{key: app, operator: In, values: [db, web]}]\n", true},
      {"matchExpressions: [{key: app, operator: In, values: [db]}]\n", false},
      {"matchExpressions: [{key: zone, operator: In, values: [a]}]\n", false},
      {"matchExpressions: [{key: app, operator: NotIn, values: [db]}]\n", true},
      {"matchExpressions: [{key: app, operator: NotIn, values: [web]}]\n", false},
      {"matchExpressions: [{key: zone, operator: NotIn, values: [a]}]\n", true},
      {"matchExpressions: [{key: app, operator: Exists}]\n", true},
      {"matchExpressions: [{key: zone, operator: Exists}]\n", false},
      {"matchExpressions: [{key: zone, operator: DoesNotExist}]\n", true},
      {"matchExpressions: [{key: app, operator: DoesNotExist}]\n", false},
      {"matchLabels: {app: web}\nmatchExpressions: [{key: tier, operator: In, values: [back]}]\n", false},
  }));
  INFO(selector);
  CHECK(selects(selector, kWeb) == selected);
  CHECK(!is_unknown(selector));
}

TEST_CASE("what a placeholder decides, or is none at all, is not known and selects nothing") {
  for (const std::string& selector :
       {std::string("matchLabels: {app: \"${APP}\"}\n"), std::string("matchLabels: {app: [web]}\n"),
        std::string("matchExpressions: [{key: app, operator: Is, values: [web]}]\n"),
        std::string("matchExpressions: [{key: app, operator: In, values: [\"{{ app }}\"]}]\n"),
        std::string("app: web\n"), std::string("web\n"), std::string("matchLabels: web\n")}) {
    INFO(selector);
    CHECK(is_unknown(selector));
    CHECK(!selects(selector, kWeb));
  }
}

TEST_CASE("the selector of a Service has no keys around its labels") {
  const auto document = parse_yaml("app: web\nversion: 1\n");
  const kubernetes::LabelSelector selector = kubernetes::plain_selector_of(document->root());
  CHECK(selector.match_labels == Labels{{"app", "web"}, {"version", "1"}});
  CHECK(!selector.unknown);
  CHECK(kubernetes::selects(selector, {{"version", "1"}, {"app", "web"}}));
}

}  // namespace
}  // namespace quaymaster::tests
