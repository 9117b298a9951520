#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/compose/compose.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule writable_bind_mount;
namespace {

/// `read_only: true` in the long syntax, `:ro` behind the short one, which says no other mode.
std::optional<Edit> read_only_edit(const yaml::Document& document, const container::Mount& mount) {
  const yaml::Value item = yaml::value_at(document, mount.range);
  if (item.is_mapping()) {
    const yaml::Value written = item.get("read_only");
    return written ? yaml::replace_with_plain(written, "true")
                   : yaml::insert(item.place(), {"read_only"}, yaml::NewValue::plain("true"));
  }
  const std::optional<std::string_view> text = item.string();
  if (!text || mount.target_range.end != mount.range.end) return std::nullopt;
  return yaml::replace_scalar(item, std::string(*text) + ":ro");
}

void check_service(const compose::Service& service, RuleContext& ctx) {
  if (!service.container.place) return;
  for (const container::Mount& mount : service.container.mounts) {
    const bool of_host = mount.kind == container::Mount::Kind::HostPath;
    // What talks through a socket writes to it, whatever the mount says.
    const bool socket = mount.source.ends_with(".sock");
    if (!of_host || !mount.known || mount.read_only || socket) continue;
    std::vector<Fix> fixes;
    const bool shared = mount.shared || service.container.place->shared;
    if (std::optional<Edit> edit = shared ? std::nullopt : read_only_edit(*service.container.place->document, mount))
      fixes = {{"Mount it read-only",
                Applicability::Unsafe,
                {*std::move(edit)},
                "A program that writes there then fails with \"Read-only file system\"."}};
    ctx.report({.range = mount.source_range,
                .message = quoted(service.name, 20) + " can change " + quoted(mount.source, 24) + " of the host",
                .fixes = std::move(fixes)});
  }
}

}  // namespace

constinit const Rule writable_bind_mount = checked({
    .name = "writable-bind-mount",
    .family = Family::Isolation,
    .title = "The container can write to a folder of the host.",
    .consequence =
        "The configuration of the proxy is mounted from the repository. A hole in the proxy lets somebody change "
        "it, in the folder itself: the change survives every new container, and the next commit may contain it.",
    .fine_when = "The program keeps its data there, or the folder is the source that you work on.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = {},
                  .summary = {},
                  .severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}},
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/engine/storage/bind-mounts/#use-a-read-only-bind-mount"},
    .examples =
        {{"the short syntax", "compose.yaml",
          "services:\n  proxy:\n    image: nginx:1.27.2\n    volumes:\n"
          "      - <|./nginx.conf|>:/etc/nginx/nginx.conf  # ours\n      - \"<|./site|>:/usr/share/nginx/html\"\n",
          "services:\n  proxy:\n    image: nginx:1.27.2\n    volumes:\n"
          "      - ./nginx.conf:/etc/nginx/nginx.conf:ro  # ours\n      - \"./site:/usr/share/nginx/html:ro\"\n"},
         {"the long syntax", "compose.yaml",
          "services:\n  proxy:\n    image: nginx:1.27.2\n    volumes:\n      - type: bind\n        source: <|./site|>\n"
          "        target: /site\n      - {type: bind, source: <|./a|>, target: /a, read_only: false}\n",
          "services:\n  proxy:\n    image: nginx:1.27.2\n    volumes:\n      - type: bind\n        source: ./site\n"
          "        target: /site\n        read_only: true\n"
          "      - {type: bind, source: ./a, target: /a, read_only: true}\n"},
         {"another mode is not edited", "compose.yaml",
          "services:\n  proxy:\n    image: nginx:1.27.2\n    volumes: [\"<|./site|>:/site:Z\"]\n"},
         {"read-only, a volume, a socket, and what nobody knows", "compose.yaml",
          "services:\n  proxy:\n    image: nginx:1.27.2\n    volumes:\n      - ./a:/a:ro\n      - data:/b\n"
          "      - /run/app.sock:/run/app.sock\n      - ${FOLDER}:/c\n      - ${FOLDER}/d:/d\nvolumes:\n  data:\n"}},
    .checks = {on(check_service)},
});

}  // namespace quaymaster::rules
