#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/container/container.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/removal.h"

namespace quaymaster::rules {
extern const Rule shared_mount_propagation;
namespace {

/// A mode without the word at `range`: the word with a comma beside it, or with the colon before it.
Edit without_word(std::string_view text, TextRange range) {
  const char before = range.begin > 0 ? text[range.begin - 1] : '\0';
  const bool comma_behind = range.end < text.size() && text[range.end] == ',';
  if (before == ',' || (before == ':' && !comma_behind)) return Edit::deletion({range.begin - 1, range.end});
  return Edit::deletion({range.begin, range.end + (comma_behind ? 1 : 0)});
}

std::vector<Fix> fix_of(const container::Container& container, const container::Mount& mount) {
  if (!container.place || container.place->shared || mount.shared) return {};
  const yaml::Document& document = *container.place->document;
  std::optional<Edit> edit;
  if (const yaml::Value value = yaml::value_at(document, mount.propagation_range)) {
    edit = yaml::replace_scalar(value, value.string() == "Bidirectional" ? "None" : "rprivate");
  } else if (slice(document.text(), mount.propagation_range) == mount.propagation) {
    edit = without_word(document.text(), mount.propagation_range);
  }
  if (!edit) return {};
  return {{"Keep mounts to itself",
           Applicability::Unsafe,
           {*std::move(edit)},
           "What is mounted there later, inside or outside, is no longer seen on the other side."}};
}

void check_container(const container::Container& container, RuleContext& ctx) {
  for (const container::Mount& mount : container.mounts) {
    constexpr std::string_view kBothWays[] = {"shared", "rshared", "Bidirectional"};
    const bool both_ways = std::ranges::find(kBothWays, mount.propagation) != std::end(kBothWays);
    const bool one_way = mount.propagation == "slave" || mount.propagation == "rslave";
    if (!both_ways && !one_way) continue;
    const std::string name = quoted(container.name, 16);
    ctx.report({.variant = both_ways ? "both-ways" : "from-host",
                .range = mount.propagation_range,
                .message = both_ways ? "what " + name + " mounts there is mounted on the host, too"
                                     : "what the host mounts there later appears in " + name,
                .fixes = fix_of(container, mount)});
  }
}

}  // namespace

constinit const Rule shared_mount_propagation = checked({
    .name = "shared-mount-propagation",
    .family = Family::Isolation,
    .title = "Mounts spread between the container and the host.",
    .consequence =
        "A program in the container mounts an empty folder over a path that both share. On the host the real "
        "folder is gone, too, and the next backup saves nothing.",
    .fine_when = "The container mounts storage for others, such as a storage driver or an rclone mount.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "both-ways",
                  .summary = "Mounts of the container appear on the host.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Compose, "compose-lint:CL-0017"}},
                  .languages = Language::Compose | Language::Kubernetes},
                 {.name = "from-host",
                  .summary = "Later mounts of the host appear in the container.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}},
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/engine/storage/bind-mounts/#configure-bind-propagation",
                   "https://kubernetes.io/docs/concepts/storage/volumes/#mount-propagation"},
    .examples =
        {{"the short syntax", "compose.yaml",
          "services:\n  media:\n    image: media:1.4.2\n    volumes:\n      - /mnt:/mnt:<|rshared|>\n"
          "      - \"/srv:/srv:ro,<|shared|>\"\n      - /opt:/opt:<|rslave|>,ro\n",
          "services:\n  media:\n    image: media:1.4.2\n    volumes:\n      - /mnt:/mnt\n"
          "      - \"/srv:/srv:ro\"\n      - /opt:/opt:ro\n"},
         {"the long syntax", "compose.yaml",
          "services:\n  media:\n    image: media:1.4.2\n    volumes:\n      - type: bind\n        source: /mnt\n"
          "        target: /mnt\n        bind:\n          propagation: <|rshared|>\n",
          "services:\n  media:\n    image: media:1.4.2\n    volumes:\n      - type: bind\n        source: /mnt\n"
          "        target: /mnt\n        bind:\n          propagation: rprivate\n"},
         {"a pod", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: driver\nspec:\n  containers:\n    - name: driver\n"
          "      image: driver:2.1.0\n      volumeMounts:\n        - name: pods\n          mountPath: /pods\n"
          "          mountPropagation: <|Bidirectional|>\n  volumes:\n    - name: pods\n      emptyDir: {}\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: driver\nspec:\n  containers:\n    - name: driver\n"
          "      image: driver:2.1.0\n      volumeMounts:\n        - name: pods\n          mountPath: /pods\n"
          "          mountPropagation: None\n  volumes:\n    - name: pods\n      emptyDir: {}\n"},
         {"private mounts", "compose.yaml",
          "services:\n  media:\n    image: media:1.4.2\n    volumes:\n      - /mnt:/mnt:rprivate\n      - "
          "/srv:/srv:ro\n"
          "      - shared:/shared\nvolumes:\n  shared:\n"}},
    .checks = {on(check_container)},
});

}  // namespace quaymaster::rules
