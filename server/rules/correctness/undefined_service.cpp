#include <algorithm>
#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/compose/compose.h"
#include "rules/in_workspace.h"
#include "rules/rule_context.h"
#include "rules/support/compose_services.h"
#include "rules/support/message.h"
#include "text/near_miss.h"

namespace quaymaster::rules {
extern const Rule undefined_service;
namespace {

/// For so many names a similar one is looked for; it takes as long as there are services.
constexpr std::size_t kLookedFor = 100;

std::string_view variant_of(ServiceReference::Kind kind) {
  switch (kind) {
    case ServiceReference::Kind::DependsOn: return "dependency";
    case ServiceReference::Kind::Link: return "link";
    case ServiceReference::Kind::VolumesFrom: return "volumes-from";
    case ServiceReference::Kind::Namespace: return "namespace";
    case ServiceReference::Kind::Extends: return "extends";
  }
  return "dependency";
}

/// What a service names, by the way it does.
using Named = std::set<std::pair<ServiceReference::Kind, std::string>>;

/// `named` is what the service names already, which is not what it meant by another name; what is offered joins it.
/// `several`: other files were looked at as well.
void report_undefined(const ServiceReference& reference, std::span<const std::string_view> names, Named& named,
                      bool several, RuleContext& ctx) {
  // Names of one or two letters are all similar.
  std::string_view nearest = reference.service.size() > 2 ? near_miss(reference.service, names) : "";
  if (!nearest.empty() && !named.emplace(reference.kind, nearest).second) nearest = {};
  Report report{.variant = variant_of(reference.kind),
                .range = reference.range,
                .message = (several ? "no file here has a service " : "the file has no service ") +
                           quoted(reference.service, 24)};
  if (!nearest.empty()) {
    report.message += "; did you mean " + quoted(nearest, 24) + "?";
    if (reference.literal && !reference.shared)
      report.fixes.push_back({"Use " + quoted(nearest),
                              Applicability::Unsafe,
                              {Edit::replacement(reference.range, std::string(nearest))}});
  }
  ctx.report(std::move(report));
}

/// A service that always runs needs one that only a profile starts.
void check_profile(const compose::Service& service, const ServiceReference& reference, const compose::Service& target,
                   RuleContext& ctx) {
  const bool depends = reference.kind != ServiceReference::Kind::Extends && reference.required;
  if (!depends || !service.profiles.empty() || target.profiles.empty() || target.shared) return;
  const compose::Name& profile = target.profiles.front();
  if (!profile.literal) return;
  ctx.report({.variant = "disabled",
              .range = reference.range,
              .message = quoted(reference.service, 20) + " runs only with the profile " + quoted(profile.text, 16) +
                         ", and " + quoted(service.name, 16) + " always",
              .related = {{profile.range, "the profile"}}});
}

/// `extends` with a file that has no such service.
void check_extended(const compose::Service& service, const ComposeSurroundings& around, RuleContext& ctx) {
  if (!service.extends || !service.extends->file || service.extends->service.shared) return;
  const compose::Name& base = service.extends->service;
  const auto file = std::ranges::find(around.files, service.extends->file->text, &NamedFile::name);
  if (file == around.files.end() || !file->services || !base.literal || base.text.empty()) return;
  if (std::ranges::find(*file->services, base.text) != file->services->end()) return;
  const std::vector<std::string_view> names(file->services->begin(), file->services->end());
  const std::string_view nearest = base.text.size() > 2 ? near_miss(base.text, names) : "";
  Report report{.variant = "extends",
                .range = base.range,
                .message = quoted(file->name, 24) + " has no service " + quoted(base.text, 20)};
  if (!nearest.empty()) {
    report.message += "; did you mean " + quoted(nearest, 20) + "?";
    if (base.range.size() == base.text.size())
      report.fixes.push_back(
          {"Use " + quoted(nearest), Applicability::Unsafe, {Edit::replacement(base.range, std::string(nearest))}});
  }
  ctx.report(std::move(report));
}

void check(const ComposeInWorkspace& in, RuleContext& ctx) {
  const compose::File& file = in.file;
  if (file.is_v1) return;
  const bool own_complete = file.complete && is_main_compose_file(ctx.path());
  const ComposeNames* others = names_of_others(in);
  std::vector<std::string_view> own_names;
  own_names.reserve(file.services.size());
  for (const compose::Service& service : file.services) own_names.push_back(service.name);
  std::vector<std::string_view> names = own_names;
  if (others) names.insert(names.end(), others->services.begin(), others->services.end());
  std::unordered_map<std::string_view, const compose::Service*> by_name;
  for (const compose::Service& service : file.services) by_name.emplace(service.name, &service);
  std::size_t undefined = 0;
  for (const compose::Service& service : file.services) {
    if (in.around && in.complete) check_extended(service, *in.around, ctx);
    const std::vector<ServiceReference> references = references_of(service);
    Named named;
    for (const ServiceReference& reference : references) named.emplace(reference.kind, reference.service);
    for (const ServiceReference& reference : references) {
      if (const auto target = by_name.find(reference.service); target != by_name.end()) {
        check_profile(service, reference, *target->second, ctx);
        continue;
      }
      // What is extended without a file stands in the same one.
      const bool in_others = others && reference.kind != ServiceReference::Kind::Extends;
      if (in_others && std::ranges::binary_search(others->services, reference.service)) continue;
      if (in.around && std::ranges::binary_search(in.around->nearby.services, reference.service)) continue;
      if (!(in_others || own_complete) || !reference.required || reference.service.empty()) continue;
      const bool look_for_similar = undefined++ < kLookedFor;
      report_undefined(reference,
                       look_for_similar ? std::span<const std::string_view>(in_others ? names : own_names)
                                        : std::span<const std::string_view>(),
                       named, others && !others->services.empty(), ctx);
    }
  }
}

consteval Variant refused_by_compose(std::string_view name, std::string_view summary) {
  return {.name = name,
          .summary = summary,
          .severity = Severity::Error,
          .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
          .languages = Language::Compose};
}

}  // namespace

constinit const Rule undefined_service = checked({
    .name = "undefined-service",
    .family = Family::Correctness,
    .title = "A service is named that there is not.",
    .consequence =
        "`docker compose up` stops with `service \"web\" depends on undefined service \"databse\": invalid compose "
        "project` before it starts anything: one wrong letter, and the whole stack stays down.",
    .fine_when =
        "The file is only ever used together with another one, which has the service, or `COMPOSE_PROFILES` always "
        "switches the profile on.",
    .fix = FixAvailability::Sometimes,
    .variants = {refused_by_compose("dependency", "`depends_on` names a service that there is not."),
                 refused_by_compose("link", "`links` names a service that there is not."),
                 refused_by_compose("volumes-from", "`volumes_from` names a service that there is not."),
                 refused_by_compose("namespace",
                                    "`network_mode`, `pid` or `ipc` shares that of a service that there is not."),
                 refused_by_compose("extends", "`extends` names a service that the file does not have."),
                 {.name = "disabled",
                  .summary = "A service that always runs needs one that only runs with a profile.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/reference/compose-file/services/#depends_on",
                   "https://docs.docker.com/compose/how-tos/profiles/"},
    .examples =
        {{"the right one is there, too", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    depends_on: [<|databse|>, database]\n  database:\n"
          "    image: postgres:17.2\n"},
         {"a name misspelt", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    depends_on: [<|databse|>]\n  database:\n    image: "
          "postgres:17.2\n",
          "services:\n  web:\n    image: shop/web:1.4.2\n    depends_on: [database]\n  database:\n    image: "
          "postgres:17.2\n"},
         {"in the long form", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    depends_on:\n      <|cache|>:\n        condition: "
          "service_started\n"},
         {"a link with an alias", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    links: [\"<|db|>:database\"]\n"},
         {"volumes of nobody", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    volumes_from: [<|data|>:ro, container:backup]\n"},
         {"the network of nobody", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    network_mode: service:<|vpn|>\n    pid: host\n"},
         {"a base that is not there", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    extends: <|base|>\n  job:\n    image: shop/job:1.0.0\n   "
          " extends:\n      file: common.yaml\n      service: base\n"},
         {"a service that a profile starts", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    depends_on: [<|mail|>]\n  mail:\n    image: "
          "mailhog/mailhog:v1.0.1\n    profiles: [debug]\n"},
         {"both have a profile", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    profiles: [debug]\n    depends_on: [mail]\n  mail:\n    "
          "image: mailhog/mailhog:v1.0.1\n    profiles: [debug]\n"},
         {"a dependency that may be missing", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    depends_on:\n      mail:\n        condition: "
          "service_started\n        required: false\n"},
         {"more is included", "compose.yaml",
          "include: [base.yaml]\nservices:\n  web:\n    image: shop/web:1.4.2\n    depends_on: [db]\n"},
         {"to be read on top of another file", "compose.override.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    depends_on: [db]\n"},
         {"a service that is only completed here", "compose.yaml", "services:\n  web:\n    depends_on: [db]\n"},
         {.title = "neither the file nor what it includes has it",
          .path = "compose.yaml",
          .before = "include: [data/compose.yaml]\nservices:\n  web:\n    image: shop/web:1.4.2\n    depends_on: [db, "
                    "<|cahce|>]\n",
          .after = "include: [data/compose.yaml]\nservices:\n  web:\n    image: shop/web:1.4.2\n    depends_on: [db, "
                   "cache]\n",
          .beside = {{"data/compose.yaml",
                      "services: {db: {image: \"postgres:17.2\"}, cache: {image: \"redis:7.4.1\"}}\n"}}},
         {.title = "none of the files that may be read together has it",
          .path = "compose.prod.yaml",
          .before = "services:\n  web:\n    depends_on: [db, <|queue|>]\n",
          .beside = {{"compose.yaml",
                      "services: {web: {image: \"shop/web:1.4.2\"}, db: {image: \"postgres:17.2\"}}\n"}}},
         {.title = "the override has it",
          .path = "compose.yaml",
          .before = "services:\n  web:\n    image: shop/web:1.4.2\n    depends_on: [mail]\n",
          .beside = {{"compose.override.yaml", "services: {mail: {image: \"mailhog/mailhog:v1.0.1\"}}\n"}}},
         {.title = "the file that includes it has it",
          .path = "web/compose.yaml",
          .before = "services:\n  web:\n    image: shop/web:1.4.2\n    depends_on: [db]\n",
          .beside = {{"compose.yaml", "include: [web/compose.yaml]\nservices: {db: {image: \"postgres:17.2\"}}\n"}}},
         {.title = "a base misspelt that another file has",
          .path = "compose.yaml",
          .before =
              "services:\n  job:\n    image: shop/job:1.0.0\n    extends:\n      file: common.yaml\n      service: "
              "<|bace|>  # shared\n",
          .after =
              "services:\n  job:\n    image: shop/job:1.0.0\n    extends:\n      file: common.yaml\n      service: "
              "base  # shared\n",
          .beside = {{"common.yaml", "services: {base: {image: \"shop/job:1.0.0\"}}\n"}}},
         {"what a variable decides", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    network_mode: service:${VPN}\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
