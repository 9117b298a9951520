#include <string>
#include <string_view>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule copied_root;
namespace {

using dockerfile::Copy;

std::string_view path_of(const dockerfile::Word& word, bool json) {
  return json ? std::string_view(word.string()) : without_quotes(word.string());
}

void check_copy(const Copy& copy, RuleContext& ctx) {
  const dockerfile::Flag* from = copy.flag("from");
  if (copy.triggered || from == nullptr || !from->value || !copy.destination) return;
  if (path_of(*copy.destination, copy.json) != "/") return;
  for (const dockerfile::Word& source : copy.sources)
    if (path_of(source, copy.json) == "/")
      ctx.report({.range = source.range,
                  .message = "all of " + quoted(from->value->string()) + " is copied over what the image has"});
}

}  // namespace

constinit const Rule copied_root = checked({
    .name = "copied-root",
    .family = Family::BillOfMaterials,
    .title = "A whole file system is copied from another stage or image.",
    .consequence =
        "The image was to be flattened. It got one layer that no other image shares, so every node pulls all of it on "
        "every release, and the compilers of the build with it; ENV, USER, VOLUME and ENTRYPOINT of the source "
        "are gone.",
    .fine_when = "The source is made to be copied so, like a set of helpers for cross-compiling; or the final stage is "
                 "`scratch`, the source was emptied of all that does not belong there, and the settings are "
                 "written down again.",
    .fix = FixAvailability::None,
    .variants = {{.severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}, {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3067"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/build/building/multi-stage/",
                   "https://docs.docker.com/reference/dockerfile/#copy---from"},
    .examples = {{"everything", "Dockerfile",
                  "FROM debian:12.8 AS build\nRUN make\nFROM scratch\nCOPY --from=build <|/|> /\n"},
                 {"in quotes, and as a list", "Dockerfile",
                  "FROM debian:12.8 AS build\nFROM scratch\nCOPY --from=build <|\"/\"|> \"/\"\n"
                  "COPY --from=build [<|\"/\"|>, \"/\"]\n"},
                 {"a folder", "Dockerfile",
                  "FROM debian:12.8 AS build\nFROM scratch\nCOPY --from=build / /rootfs\nCOPY --from=build /app /\n"
                  "COPY / /\n"}},
    .checks = {on(check_copy)},
});

}  // namespace quaymaster::rules
