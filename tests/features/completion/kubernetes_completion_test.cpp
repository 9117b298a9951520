#include <algorithm>
#include <string>

#include "features/completion/completion.h"
#include "features/document.h"
#include "quaymaster/language.h"
#include "rules/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

constexpr std::string_view kPod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n";

Completions at_cursor(const std::string& text) {
  const Document document("pod.yaml", text);
  return completions(document.analysis, document.cursor());
}

/// The labels offered in a pod whose end is given, with commas; "nothing" when there are none.
std::string offered(std::string_view rest) {
  std::string out;
  for (const CompletionItem& item : at_cursor(std::string(kPod) + std::string(rest)).items)
    out += (out.empty() ? "" : ", ") + item.label;
  return out.empty() ? "nothing" : out;
}

bool offers(const std::string& text, std::string_view label) {
  const Completions found = at_cursor(text);
  return std::ranges::find(found.items, label, &CompletionItem::label) != found.items.end();
}

bool pod_offers(std::string_view rest, std::string_view label) {
  return offers(std::string(kPod) + std::string(rest), label);
}

/// What is behind the beginning of the pod once the item was taken, as a client without snippets inserts it.
std::string taken(std::string_view rest, std::string_view label) {
  const Document document("pod.yaml", std::string(kPod) + std::string(rest));
  const Completions found = completions(document.analysis, document.cursor());
  const auto item = std::ranges::find(found.items, label, &CompletionItem::label);
  if (item == found.items.end()) return "nothing";
  const Edit edit = Edit::replacement(found.range, item->text);
  return apply_edits(document.fixture.text, {&edit, 1}).substr(kPod.size());
}

TEST_CASE("completion: fields of an object where they may stand, without those that are there") {
  CHECK(offered("sp<|>\n") == "spec");
  CHECK(pod_offers("spec:\n  <|>\n", "containers"));
  CHECK(pod_offers("spec:\n  hostNetwork: true\n  <|>\n", "containers"));
  CHECK_FALSE(pod_offers("spec:\n  containers: []\n  <|>\n", "containers"));
  CHECK(pod_offers("spec:\n  containers:\n    - name: a\n      im<|>\n", "image"));
  CHECK(pod_offers("spec:\n  containers:\n    - <|>\n", "image"));
  CHECK(pod_offers("spec:\n  containers:\n    - name: a\n      resources: {<|>}\n", "limits"));
  CHECK_FALSE(pod_offers("spec:\n  containers:\n    - name: a\n      resources: {<|>}\n", "image"));
  CHECK(offered("spec:\n  nodeSelector:\n    <|>\n") == "nothing");
  CHECK(offered("spec:\n  containers:\n    - name: a\n      command: [sh] # <|>\n") == "nothing");
  CHECK(at_cursor(std::string(kPod) + "spec:\n  <|>\n").items.front().label == "containers");
}

TEST_CASE("completion: values of fields") {
  CHECK(offered("spec:\n  restartPolicy: <|>\n") == "Always, Never, OnFailure");
  CHECK(offered("spec:\n  hostNetwork: <|>\n") == "true, false");
  CHECK(offered("spec:\n  hostname: <|>\n") == "nothing");
  CHECK(taken("spec:\n  restartPolicy:<|>\n", "Never") == "spec:\n  restartPolicy: Never\n");
  CHECK(taken("spec:\n  restartPolicy: \"Al<|>\"\n", "Always") == "spec:\n  restartPolicy: \"Always\"\n");
}

TEST_CASE("completion: fields bring their colon, and a dash where a list wants one") {
  CHECK(taken("spec:\n  cont<|>\n", "containers") == "spec:\n  containers:\n");
  CHECK(taken("spec:\n  host<|>: a\n", "hostname") == "spec:\n  hostname: a\n");
  CHECK(taken("spec:\n  containers:\n    <|>\n", "name") == "spec:\n  containers:\n    - name: \n");
  const Completions found = at_cursor(std::string(kPod) + "spec:\n  cont<|>\n");
  CHECK(found.items.front().snippet == "containers:\n    - $0");
}

TEST_CASE("completion: kinds and versions") {
  CHECK(offers("apiVersion: apps/v1\nkind: D<|>\nmetadata: {name: a}\n", "Deployment"));
  CHECK_FALSE(offers("apiVersion: apps/v1\nkind: D<|>\nmetadata: {name: a}\n", "Service"));
  CHECK(offers("apiVersion: v<|>1\nkind: Deployment\n", "apps/v1"));
  CHECK_FALSE(offers("apiVersion: v<|>1\nkind: Deployment\n", "extensions/v1beta1"));
}

TEST_CASE("completion: objects in lists, other documents, and kinds that are not known") {
  CHECK(offers("apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Service\n    spec:\n      po<|>\n",
               "ports"));
  CHECK(offers("apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Service\n    me<|>\n", "metadata"));
  CHECK(offers("apiVersion: v1\nkind: Pod\n---\napiVersion: v1\nkind: Service\nspec:\n  po<|>\n", "ports"));
  CHECK(offers("apiVersion: example.com/v1\nkind: Thing\nme<|>\n", "metadata"));
  CHECK_FALSE(offers("apiVersion: example.com/v1\nkind: Thing\nspec:\n  po<|>\n", "ports"));
}

TEST_CASE("completion: what is offered in a manifest has documentation") {
  for (const std::string_view rest : {"spec:\n  <|>\n", "spec:\n  containers:\n    - <|>\n"})
    for (const CompletionItem& item : at_cursor(std::string(kPod) + std::string(rest)).items) {
      CAPTURE(item.label);
      CHECK_FALSE(completion_documentation(item.about).empty());
    }
  CHECK_FALSE(completion_documentation("kubernetes:apps/v1 Deployment").empty());
  for (const std::string_view about :
       {"kubernetes:", "kubernetes:a", "kubernetes:a b", "kubernetes:v1 Pod /", "kubernetes:v1 Pod spec/x"})
    CHECK(completion_documentation(about).empty());
}

TEST_CASE("completion: nothing breaks at any place of a hostile manifest") {
  for (const std::string& text : hostile_texts()) {
    if (detect_language("pod.yaml", std::string(kPod) + text) != Language::Kubernetes) continue;
    const Document document("pod.yaml", "<|>" + std::string(kPod) + text);
    for (std::uint32_t offset = 0; offset < document.fixture.text.size(); offset += 7) {
      const Completions found = completions(document.analysis, offset);
      CHECK((found.items.empty() || found.range.touches(offset)));
    }
  }
}

}  // namespace
}  // namespace quaymaster::tests
