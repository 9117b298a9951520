#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/yaml/value.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule permissive_security_policy;
namespace {

bool is_on(const yaml::Value& spec, std::string_view key, bool otherwise = false) {
  return spec.get(key).boolean_1_1().value_or(otherwise);
}

bool drops(const yaml::Value& spec, std::string_view name) {
  return std::ranges::any_of(spec.get("requiredDropCapabilities").items(),
                             [&](const yaml::Element& item) { return item.value.string() == name; });
}

bool is_privileged(const yaml::Value& spec) { return is_on(spec, "privileged"); }
bool sees_processes(const yaml::Value& spec) { return is_on(spec, "hostPID"); }
bool shares_memory(const yaml::Value& spec) { return is_on(spec, "hostIPC"); }
bool uses_network(const yaml::Value& spec) { return is_on(spec, "hostNetwork"); }
bool escalates(const yaml::Value& spec) { return is_on(spec, "allowPrivilegeEscalation", true); }
bool adds(const yaml::Value& spec) { return !spec.get("allowedCapabilities").items().empty(); }
bool keeps_raw(const yaml::Value& spec) { return !drops(spec, "ALL") && !drops(spec, "NET_RAW"); }
bool keeps_all(const yaml::Value& spec) { return spec.get("requiredDropCapabilities").items().empty(); }

bool runs_as_root(const yaml::Value& spec) {
  const yaml::Value user = spec.get("runAsUser");
  const std::string_view rule = user.get("rule").string().value_or("RunAsAny");
  if (rule != "MustRunAs") return rule != "MustRunAsNonRoot";
  return std::ranges::any_of(user.get("ranges").items(),
                             [](const yaml::Element& range) { return range.value.get("min").integer() == 0; });
}

/// Something that a policy may let pods do.
struct Leave {
  std::string_view variant;
  std::string_view key;  ///< that says so, or that is missing
  std::string_view lets;
  bool (*given)(const yaml::Value&);
  std::string_view checkov;
  std::string_view kubescape;  ///< reports a file whose policies all give it
};

constexpr std::array kLeaves{
    Leave{"privileged", "privileged", "be privileged", is_privileged, "checkov:CKV_K8S_2", "kubescape:C-0213"},
    Leave{"host-pid", "hostPID", "see the processes of the node", sees_processes, "checkov:CKV_K8S_1",
          "kubescape:C-0214"},
    Leave{"host-ipc", "hostIPC", "share memory with the node", shares_memory, "checkov:CKV_K8S_3", "kubescape:C-0215"},
    Leave{"host-network", "hostNetwork", "use the network of the node", uses_network, "checkov:CKV_K8S_4",
          "kubescape:C-0216"},
    Leave{"privilege-escalation", "allowPrivilegeEscalation", "gain more rights", escalates, "checkov:CKV_K8S_5",
          "kubescape:C-0217"},
    Leave{"root", "runAsUser", "run as root", runs_as_root, "checkov:CKV_K8S_6", "kubescape:C-0218"},
    Leave{"added-capabilities", "allowedCapabilities", "add capabilities", adds, "checkov:CKV_K8S_24",
          "kubescape:C-0219"},
    Leave{"raw-packets", "requiredDropCapabilities", "forge packets", keeps_raw, "checkov:CKV_K8S_7", {}},
    Leave{"kept-capabilities", "requiredDropCapabilities", "keep all capabilities", keeps_all, "checkov:CKV_K8S_36",
          "kubescape:C-0220"},
};

struct Policy {
  const kubernetes::Object& object;
  std::uint32_t begin;  ///< where its document begins in the file
  yaml::Value spec;
};

std::vector<Policy> policies_of(const kubernetes::File& file) {
  std::vector<Policy> policies;
  for (const kubernetes::File::Part& part : file.parts)
    for (const kubernetes::Object& object : part.manifest->objects)
      if (object.kind == "PodSecurityPolicy" && object.value.get("spec").is_mapping())
        policies.push_back({object, part.begin, object.value.get("spec")});
  return policies;
}

void check_file(const kubernetes::File& file, RuleContext& ctx) {
  const std::vector<Policy> policies = policies_of(file);
  for (const Leave& leave : kLeaves) {
    const bool all = std::ranges::all_of(policies, leave.given, &Policy::spec);
    for (const Policy& policy : policies) {
      if (!leave.given(policy.spec)) continue;
      const yaml::Value written = policy.spec.get(leave.key);
      std::vector<std::string_view> aliases{leave.checkov};
      if (all && !leave.kubescape.empty()) aliases.push_back(leave.kubescape);
      ctx.report(
          {.variant = leave.variant,
           .range = (written.is_scalar() ? written.content_range() : policy.object.name_range).shifted(policy.begin),
           .message = "the policy " + quoted(policy.object.name, 24) + " lets pods " + std::string(leave.lets),
           .aliases = std::move(aliases)});
    }
  }
}

consteval Variant of(const Leave& leave, std::string_view summary) {
  Variant variant{
      .name = leave.variant, .summary = summary, .severity = Severity::Information, .languages = Language::Kubernetes};
  if (leave.kubescape.empty())
    variant.aliases = {{Language::Kubernetes, leave.checkov}};
  else
    variant.aliases = {{Language::Kubernetes, leave.checkov}, {Language::Kubernetes, leave.kubescape}};
  return variant;
}

}  // namespace

constinit const Rule permissive_security_policy = checked({
    .name = "permissive-security-policy",
    .family = Family::Isolation,
    .title = "A PodSecurityPolicy lets pods take over their node.",
    .consequence =
        "The policy was to keep pods from the host. Whoever may use it starts one that is privileged all the "
        "same, since the example on the web that it was copied from allows everything.",
    .fine_when = "It is given to the accounts of the system only. Kubernetes knows no such policies since 1.25.",
    .variants = {of(kLeaves[0], "`privileged: true`."), of(kLeaves[1], "`hostPID: true`."),
                 of(kLeaves[2], "`hostIPC: true`."), of(kLeaves[3], "`hostNetwork: true`."),
                 of(kLeaves[4], "`allowPrivilegeEscalation` is not false."),
                 of(kLeaves[5], "`runAsUser` does not keep root out."),
                 of(kLeaves[6], "`allowedCapabilities` lists something."),
                 of(kLeaves[7], "NET_RAW need not be dropped."), of(kLeaves[8], "No capability need be dropped.")},
    .references = {"https://kubernetes.io/docs/concepts/security/pod-security-policy/"},
    .examples =
        {{"what it lets through", "policy.yaml",
          "apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata:\n  name: <|agents|>\nspec:\n"
          "  privileged: <|true|>\n  hostPID: <|true|>\n  hostIPC: <|true|>\n  hostNetwork: <|true|>\n  "
          "allowedCapabilities: [SYS_TIME]\n  allowPrivilegeEscalation: false\n"
          "  requiredDropCapabilities: [ALL]\n  runAsUser: {rule: MustRunAsNonRoot}\n"},
         {"what it does not forbid", "policy.yaml",
          "apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata:\n  name: <|<|<|<|agents|>|>|>|>\nspec:\n"
          "  privileged: false\n"},
         {"nothing", "policy.yaml",
          "apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata:\n  name: web\nspec:\n  privileged: false\n"
          "  allowPrivilegeEscalation: false\n  requiredDropCapabilities: [ALL]\n"
          "  runAsUser: {rule: MustRunAs, ranges: [{min: 1, max: 65535}]}\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
