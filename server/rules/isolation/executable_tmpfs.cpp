#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/compose/compose.h"
#include "model/compose/reader.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule executable_tmpfs;
namespace {

bool opens(std::string_view option) { return option == "exec" || option == "suid"; }

/// `/run:exec,size=1m` without the options that open it; `opened` says which were there.
std::string closed(std::string_view entry, std::string& opened) {
  const std::size_t colon = std::min(entry.find(':'), entry.size());
  std::string result(entry.substr(0, colon));
  char separator = ':';
  for (std::size_t at = colon; at < entry.size();) {
    const std::size_t end = std::min(entry.find(',', at + 1), entry.size());
    const std::string_view option = entry.substr(at + 1, end - at - 1);
    if (opens(option)) {
      opened += (opened.empty() ? "`" : " and `") + std::string(option) + "`";
    } else if (!option.empty()) {
      result += separator;
      result += option;
      separator = ',';
    }
    at = end;
  }
  return result;
}

void check_service(const compose::Service& service, RuleContext& ctx) {
  for (const yaml::Value& item : compose::scalars_of(service.value.get("tmpfs"))) {
    const std::optional<compose::Text> text = compose::text_of(item);
    if (!text || !text->known) continue;
    std::string opened;
    const std::string without = closed(text->text, opened);
    if (opened.empty()) continue;
    std::vector<Fix> fixes;
    const bool shared = service.shared || text->shared;
    if (std::optional<Edit> edit = shared || !text->literal ? std::nullopt : yaml::replace_scalar(item, without))
      fixes = {{"Leave it closed",
                Applicability::Unsafe,
                {*std::move(edit)},
                "A program that starts files from there then fails with \"Permission denied\"."}};
    const std::string_view path = std::string_view(text->text).substr(0, text->text.find(':'));
    ctx.report({.range = text->range,
                .message = quoted(path, 32) + " in memory is opened for programs by " + opened,
                .fixes = std::move(fixes)});
  }
}

}  // namespace

constinit const Rule executable_tmpfs = checked({
    .name = "executable-tmpfs",
    .family = Family::Isolation,
    .title = "Programs can be started from a folder in memory.",
    .consequence =
        "The root file system is read-only, so that nobody can bring programs along. Somebody with a hole in the "
        "server downloads a miner to `/tmp` and starts it from there: the one folder that is writable is also "
        "the one where that works.",
    .fine_when = "The program itself unpacks libraries there and loads them, as some Java programs do.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = {},
                  .summary = {},
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Compose, "compose-lint:CL-0022"}},
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/engine/storage/tmpfs/#options-for---tmpfs"},
    .examples =
        {{"a list", "compose.yaml",
          "services:\n  web:\n    image: web:1.4.2\n    tmpfs:\n      - <|/tmp:exec,size=64m|>  # jars\n"
          "      - \"<|/run:suid|>\"\n      - /var/cache:noexec\n",
          "services:\n  web:\n    image: web:1.4.2\n    tmpfs:\n      - /tmp:size=64m  # jars\n"
          "      - \"/run\"\n      - /var/cache:noexec\n"},
         {"one folder", "compose.yaml",
          "services:\n  web:\n    image: web:1.4.2\n    tmpfs: <|/tmp:size=64m,exec,suid|>\n",
          "services:\n  web:\n    image: web:1.4.2\n    tmpfs: /tmp:size=64m\n"},
         {"closed", "compose.yaml",
          "services:\n  web:\n    image: web:1.4.2\n    tmpfs: [/exec, \"/tmp:size=64m\", \"/run:${OPTIONS}\"]\n"}},
    .checks = {on(check_service)},
});

}  // namespace quaymaster::rules
