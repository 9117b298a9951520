#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "model/compose/compose.h"
#include "model/yaml/edit.h"
#include "model/yaml/text_lines.h"
#include "rules/rule_context.h"
#include "rules/support/removal.h"

namespace quaymaster::rules {
extern const Rule obsolete_version_key;
namespace {

/// Whether the file looks like one for `docker stack deploy`, of which older versions want the key.
bool is_for_swarm(const compose::File& file) {
  const bool overlay = std::ranges::any_of(file.networks, [](const compose::Declaration& network) {
    return network.value.get("driver").string() == "overlay";
  });
  return overlay || std::ranges::any_of(file.services, [](const compose::Service& service) {
           const yaml::Value deploy = service.value.get("deploy");
           return std::ranges::any_of(std::initializer_list<std::string_view>{"mode", "placement", "update_config",
                                                                              "rollback_config", "endpoint_mode"},
                                      [&](std::string_view key) { return deploy.get(key).present(); });
         });
}

/// The key with its line; at the beginning of the file with the blank line below it.
std::optional<Edit> removal_of_version(const compose::File& file) {
  const yaml::Value root = file.document->root();
  std::optional<Edit> edit = yaml::remove_pair(root.place(), "version");
  if (!edit) return std::nullopt;
  const std::string_view text = file.document->text();
  const std::uint32_t next = edit->range.end;
  const bool first = yaml::trimmed(text, {0, edit->range.begin}).empty();
  const bool blank_below = next < text.size() && yaml::trimmed(text, {next, yaml::line_end(text, next)}).empty();
  if (first && blank_below) edit->range.end = yaml::next_line(text, next);
  return edit;
}

void check(const compose::File& file, RuleContext& ctx) {
  const std::optional<yaml::Entry> version = file.document->root().entry("version");
  if (!version || !file.version_range || is_for_swarm(file)) return;
  Report report{.range = version->key_range,
                .message = "Compose ignores `version`, and says so at each start",
                .tag = DiagnosticTag::Deprecated};
  if (std::optional<Edit> edit = removal_of_version(file)) {
    Fix fix{"Delete `version`", trust_in_removal(*file.document, *edit), {*std::move(edit)}};
    report.fixes.push_back(std::move(fix));
  }
  ctx.report(std::move(report));
}

}  // namespace

constinit const Rule obsolete_version_key = checked({
    .name = "obsolete-version-key",
    .family = Family::BillOfMaterials,
    .title = "The key `version` has no meaning any more.",
    .consequence =
        "Somebody sees `version: \"2.4\"`, looks up what that format knows, and leaves out what has worked for years. "
        "Compose reads every file by today's specification and prints a warning at each command.",
    .fine_when = "The file is for `docker stack deploy` of an older Docker, or for the old `docker-compose` in Python.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "",
                  .severity = Severity::Information,
                  .presets = {{Preset::Recommended, Severity::Information}, {Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Compose, "dclint:no-version-field"}},
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/reference/compose-file/version-and-name/"},
    .examples = {{"at the top", "compose.yaml",
                  "<|version|>: \"3.8\"\n\nservices:\n  web:\n    image: shop/web:1.4.2\n",
                  "services:\n  web:\n    image: shop/web:1.4.2\n"},
                 {"below a comment", "compose.yaml",
                  "# The shop.\r\n<|version|>: '3'\r\n\r\nservices:\r\n  web:\r\n    image: shop/web:1.4.2\r\n",
                  "# The shop.\r\n\r\nservices:\r\n  web:\r\n    image: shop/web:1.4.2\r\n"},
                 {"for a swarm", "compose.yaml",
                  "version: \"3.8\"\nservices:\n  web:\n    image: shop/web:1.4.2\n    deploy: {mode: global}\n"},
                 {"without it", "compose.yaml",
                  "name: shop\nservices:\n  web:\n    image: shop/web:1.4.2\n    labels: {version: \"1\"}\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
