// "Harden this container": after it the preset `pss-restricted` has nothing left to say.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "rules/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

/// The text after the fix of that title for each container; the text itself when there is none.
std::string hardened(std::string text) {
  const Analysis analysis = analyze("pod.yaml", text, {"unhardened-container"});
  std::vector<Edit> edits;
  for (const Diagnostic& finding : analysis.diagnostics)
    for (const Fix& fix : finding.fixes)
      if (fix.title == "Harden this container") edits.insert(edits.end(), fix.edits.begin(), fix.edits.end());
  std::ranges::stable_sort(edits, {}, [](const Edit& edit) { return edit.range.begin; });
  return apply_edits(text, edits);
}

void check_hardened(std::string_view before) {
  CAPTURE(before);
  CHECK(!analyze("pod.yaml", before, {"pss-restricted"}).diagnostics.empty());
  const std::string after = hardened(std::string(before));
  const Analysis analysis = analyze("pod.yaml", after, {"pss-restricted"});
  INFO(after << shown(analysis));
  CHECK(analysis.diagnostics.empty());
  CHECK(hardened(after) == after);
}

constexpr std::string_view kPod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n";

TEST_CASE("a container is hardened to what the restricted standard demands") {
  check_hardened(std::string(kPod) + "  containers:\n    - name: web\n      image: shop:1.4.2\n");
  check_hardened(std::string(kPod) +
                 "  containers:\n    - name: web  # ours\n      image: shop:1.4.2\n      securityContext: {}\n"
                 "    - {name: log, image: \"log:1.0.3\"}\n");
}

TEST_CASE("hardening overrules what the container says") {
  check_hardened(std::string(kPod) +
                 "  containers:\n    - name: web\n      image: shop:1.4.2\n      ports:\n        - containerPort: 80\n"
                 "          hostPort: 80\n      securityContext:\n        allowPrivilegeEscalation: true\n"
                 "        runAsUser: 0\n        runAsNonRoot: false\n        seccompProfile: {type: Unconfined}\n"
                 "        procMount: Unmasked\n        capabilities:\n          add:\n            - SYS_ADMIN\n"
                 "            - NET_ADMIN\n");
  check_hardened(std::string(kPod) +
                 "  containers:\n    - name: web\n      image: shop:1.4.2\n      securityContext:\n"
                 "        capabilities: {add: [CHOWN, NET_BIND_SERVICE], drop: [NET_RAW]}\n"
                 "        appArmorProfile:\n          type: Unconfined\n");
}

TEST_CASE("hardening does not write through an alias") {
  const std::string text =
      std::string(kPod) +
      "  containers:\n    - name: web\n      image: shop:1.4.2\n      securityContext: &context\n"
      "        runAsUser: 0\n    - name: log\n      image: log:1.0.3\n      securityContext: *context\n";
  CHECK(hardened(text).find("*context") != std::string::npos);
}

}  // namespace
}  // namespace quaymaster::tests
