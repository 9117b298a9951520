#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/names.h"
#include "model/schema/kubernetes_objects.h"
#include "model/schema/placeholder.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "text/ascii.h"

namespace quaymaster::rules {
extern const Rule invalid_name;
namespace {

constexpr std::size_t kLongestName = 30;

enum class Form { Label, Subdomain, PathSegment };

Form form_of(const kubernetes::Object& object) {
  constexpr std::array<std::string_view, 3> kLabels = {"Namespace", "Service", "StatefulSet"};
  if (std::ranges::find(kLabels, object.kind) != kLabels.end()) return Form::Label;
  const bool open = object.api_version.starts_with("rbac.authorization.k8s.io/") || object.kind == "IPAddress";
  return open ? Form::PathSegment : Form::Subdomain;
}

bool has_form(std::string_view name, Form form) {
  switch (form) {
    case Form::Label: return kubernetes::is_dns_label(name);
    case Form::Subdomain: return kubernetes::is_dns_subdomain(name);
    case Form::PathSegment: return kubernetes::is_path_segment(name);
  }
  return true;
}

std::string what_is_wrong(std::string_view name, Form form) {
  constexpr std::size_t kLongestLabel = 63;
  if (form == Form::PathSegment) return " may have no `/` and no `%`";
  if (form == Form::Label && name.size() > kLongestLabel) return " is longer than 63 characters";
  const std::string letters = " needs small letters, digits";
  return letters + (form == Form::Label ? " and `-`, no `-` at the ends" : ", `-` and `.`, letters at the ends");
}

/// The name in small letters, with `-` for what is not allowed; empty when that is no name either.
std::string spelt(std::string_view name, Form form) {
  std::string text = ascii_lower(name);
  std::ranges::replace_if(
      text, [](char c) { return c == '_' || c == ' '; }, '-');
  return form != Form::PathSegment && has_form(text, form) ? text : std::string();
}

/// Nothing but a mark (`_`): another tool sets the name.
bool has_no_letter(std::string_view name) {
  return std::ranges::none_of(
      name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

/// How many of those that need names of their own would have each name, were all spelt well.
class Spellings {
 public:
  void add(std::string_view name, Form form, const std::string& group) { ++uses_[{group, spelt(name, form)}]; }
  [[nodiscard]] bool is_free(const std::string& spelling, const std::string& group) const {
    const auto found = uses_.find({group, spelling});
    return found == uses_.end() || found->second <= 1;
  }

 private:
  std::map<std::pair<std::string, std::string>, int> uses_;
};

/// A name, and what it must not be confused with.
struct Use {
  yaml::Value value;
  Form form = Form::Label;
  std::string_view variant;
  std::string group = {};
  std::uint32_t begin = 0;  ///< where its document begins in the file
};

std::vector<Fix> renaming(const Use& use, const std::string& better) {
  std::optional<Edit> edit = yaml::replace_scalar(use.value, better);
  if (!edit) return {};
  edit->range = edit->range.shifted(use.begin);
  return {{"Write " + quoted(better),
           Applicability::Unsafe,
           {*std::move(edit)},
           "What refers to the name has to change with it."}};
}

void check_name(const Use& use, const Spellings& spellings, RuleContext& ctx) {
  const std::string_view name = use.value.string().value_or("");
  if (has_no_letter(name) || schema::is_placeholder(name) || has_form(name, use.form)) return;
  Report report{.variant = use.variant,
                .range = use.value.content_range().shifted(use.begin),
                .message = "the name " + quoted(name, kLongestName) + what_is_wrong(name, use.form)};
  const std::string better = spelt(name, use.form);
  if (!better.empty() && spellings.is_free(better, use.group)) report.fixes = renaming(use, better);
  ctx.report(std::move(report));
}

void check_names(const std::vector<Use>& uses, RuleContext& ctx) {
  Spellings spellings;
  for (const Use& use : uses) spellings.add(use.value.string().value_or(""), use.form, use.group);
  for (const Use& use : uses) check_name(use, spellings, ctx);
}

void check_file(const kubernetes::File& file, RuleContext& ctx) {
  std::vector<Use> names;
  std::vector<Use> namespaces;
  for (const kubernetes::File::Part& part : file.parts)
    for (const kubernetes::Object& object : part.manifest->objects) {
      if (!schema::kubernetes(object.api_version, object.kind).present()) continue;
      const yaml::Value metadata = object.value.get("metadata");
      names.push_back({metadata.get("name"), form_of(object), "object",
                       object.kind + "/" + object.namespace_name.value_or("default"), part.begin});
      namespaces.push_back({.value = metadata.get("namespace"), .variant = "object", .begin = part.begin});
    }
  check_names(names, ctx);
  for (const Use& use : namespaces) check_name(use, Spellings(), ctx);
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  if (workload.custom) return;
  std::vector<Use> names;
  for (const kubernetes::PodContainer& container : workload.containers)
    names.push_back({.value = container.value.get("name"), .variant = "part", .group = "container"});
  for (const kubernetes::Volume& volume : workload.volumes)
    if (volume.kind != kubernetes::Volume::Kind::ClaimTemplate)
      names.push_back({.value = volume.value.get("name"), .variant = "part", .group = "volume"});
  check_names(names, ctx);
}

consteval Variant refused(std::string_view name, std::string_view summary) {
  return {.name = name,
          .summary = summary,
          .severity = Severity::Error,
          .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
          .languages = Language::Kubernetes};
}

}  // namespace

constinit const Rule invalid_name = checked({
    .name = "invalid-name",
    .family = Family::Correctness,
    .title = "The API does not take such a name.",
    .consequence =
        "`kubectl apply` says `metadata.name: Invalid value: \"my_app\": a lowercase RFC 1123 subdomain must "
        "consist of lower case alphanumeric characters` and creates the nine other objects of the release: "
        "the one that they need is not there.",
    .fine_when = "Another tool replaces the name before the API sees it.",
    .fix = FixAvailability::Sometimes,
    .variants = {refused("object", "The name of an object or of its namespace."),
                 refused("part", "The name of a container or of a volume.")},
    .references = {"https://kubernetes.io/docs/concepts/overview/working-with-objects/names/"},
    .examples =
        {{"underscores and capital letters", "map.yaml",
          "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: <|web_Settings|> # of the shop\n  namespace: <|Shop|>\n",
          "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web-settings # of the shop\n  namespace: shop\n"},
         {"a dot in the name of a Service", "service.yaml",
          "{\"apiVersion\": \"v1\", \"kind\": \"Service\", metadata: {name: \"<|web.shop|>\"}}\n"},
         {"a container and a volume", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: <|web_app|>\n"
          "      image: nginx:1.27.2\n  volumes:\n    - name: <|data.1|>\n      emptyDir: {}\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web-app\n"
          "      image: nginx:1.27.2\n  volumes:\n    - name: data.1\n      emptyDir: {}\n"},
         {"a name that another has: no edit", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  initContainers:\n    - {name: web-app, image: "
          "nginx:1.27.2}\n  containers:\n    - {name: <|web_app|>, image: nginx:1.27.2}\n    - {name: <|Log|>, image: "
          "nginx:1.27.2}\n    - {name: <|LOG|>, image: nginx:1.27.2}\n---\napiVersion: v1\nkind: ConfigMap\n"
          "metadata: {name: <|web_app|>}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: web-app, "
          "namespace: default}\n"},
         {"a name that a thing of another kind or namespace has", "all.yaml",
          "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: <|web_app|>}\n---\napiVersion: v1\nkind: Secret\n"
          "metadata: {name: web-app}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: web-app, namespace: "
          "shop}\n",
          "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web-app}\n---\napiVersion: v1\nkind: Secret\n"
          "metadata: {name: web-app}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: web-app, namespace: "
          "shop}\n"},
         {"a role may be called nearly anything", "role.yaml",
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: system:Web_App\n"},
         {"what is taken, filled in, or not known", "all.yaml",
          "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web.settings-1\n---\napiVersion: v1\nkind: ConfigMap\n"
          "metadata:\n  name: _\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  generateName: "
          "web-\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: "
          "$NAME_OF_MAP\n---\n"
          "apiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: A_B\n"}},
    .checks = {on(check_file), on(check_workload)},
});

}  // namespace quaymaster::rules
