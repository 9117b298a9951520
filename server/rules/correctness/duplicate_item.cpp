#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "model/compose/compose.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/removal.h"
#include "text/one_of.h"

namespace quaymaster::rules {
extern const Rule duplicate_item;
namespace {

/// Lists of names and addresses. Ports, mounts and variables have rules that know when two of them are the same.
constexpr std::array<std::string_view, 13> kLists{
    "cap_add",        "cap_drop",  "depends_on", "dns",          "dns_opt", "env_file",    "dns_search",
    "external_links", "group_add", "profiles",   "security_opt", "tmpfs",   "volumes_from"};

/// Lists in which what comes later overrules what came before, so that the last of two equal items counts.
constexpr std::array<std::string_view, 2> kLastCounts{"env_file", "volumes_from"};

void report(const yaml::Value& list, const yaml::Value& needless, TextRange other, bool last_counts, RuleContext& ctx) {
  Report report{
      .range = needless.content_range(),
      .message = quoted(needless.node()->text) + (last_counts ? " is in the list again" : " is in the list already"),
      .related = {{other, "here"}},
      .tag = DiagnosticTag::Unnecessary};
  if (std::optional<Edit> edit = yaml::remove_at(*list.document(), needless.range()))
    report.fixes.push_back({last_counts ? "Delete the first one" : "Delete the second one",
                            trust_in_removal(*list.document(), *edit),
                            {*std::move(edit)}});
  ctx.report(std::move(report));
}

void check_list(const yaml::Value& list, bool last_counts, RuleContext& ctx) {
  if (!list.is_sequence() || list.shared()) return;
  std::unordered_map<std::string, yaml::Value> known;
  for (const yaml::Element& item : list.items()) {
    if (!item.value.is_scalar() || item.shared || item.value.shared()) continue;
    const auto [earlier, is_new] = known.emplace(item.value.node()->text, item.value);
    if (is_new) continue;
    if (last_counts)
      report(list, std::exchange(earlier->second, item.value), item.value.range(), true, ctx);
    else
      report(list, item.value, earlier->second.range(), false, ctx);
  }
}

void check(const compose::Service& service, RuleContext& ctx) {
  for (const std::string_view key : kLists) check_list(service.written.get(key), one_of(kLastCounts, key), ctx);
}

}  // namespace

constinit const Rule duplicate_item = checked({
    .name = "duplicate-item",
    .family = Family::Correctness,
    .title = "A list says the same thing twice.",
    .consequence =
        "Somebody copies the line of the first DNS server to add a second one, and forgets to change it. The day the "
        "first one is down, nothing resolves, although the list has two. Where Compose does not drop the second, it "
        "refuses the file: `array items must be unique`.",
    .fine_when = "Never: one of the two has no effect.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/reference/compose-file/services/"},
    .examples =
        {{"two servers that are one", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    dns:\n      - 192.0.2.53\n      - <|192.0.2.53|>\n"
          "      - 192.0.2.54  # the spare one\n",
          "services:\n  web:\n    image: shop/web:1.4.2\n    dns:\n      - 192.0.2.53\n"
          "      - 192.0.2.54  # the spare one\n"},
         {"in brackets, in other quotes", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    depends_on: [db, \"<|db|>\"]\n"
          "  db:\n    image: postgres:17.2\n",
          "services:\n  web:\n    image: shop/web:1.4.2\n    depends_on: [db]\n  db:\n    image: postgres:17.2\n"},
         {"options", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    security_opt:\n      - no-new-privileges:true\n"
          "      - <|no-new-privileges:true|>  # asked for by operations\n",
          "services:\n  web:\n    image: shop/web:1.4.2\n    security_opt:\n      - no-new-privileges:true\n"},
         {"files of which the last one wins", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    env_file:\n      - <|web.env|>\n      - <|web.env|>\n"
          "      - test.env\n      - web.env\n",
          "services:\n  web:\n    image: shop/web:1.4.2\n    env_file:\n      - test.env\n      - web.env\n"},
         {"what an anchor brings", "compose.yaml",
          "x-dns: &dns [192.0.2.53, 192.0.2.53]\nservices:\n  web:\n    image: shop/web:1.4.2\n    dns: *dns\n"},
         {"each once, and a mapping", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    cap_drop: [ALL]\n    dns: [192.0.2.53, 192.0.2.54]\n"
          "    depends_on:\n      db: {condition: service_started}\n  db:\n    image: postgres:17.2\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
