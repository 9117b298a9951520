#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/yaml/edit.h"
#include "rules/in_workspace.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "text/ascii.h"
#include "text/near_miss.h"

namespace quaymaster::rules {
extern const Rule missing_build_file;
namespace {

using compose::Text;

/// Writes `name` in the place of `text`, when that is a text of its own.
std::vector<Fix> replaced(const compose::File& file, const Text& text, std::string_view name, std::string title) {
  if (text.shared || !text.literal || name.empty()) return {};
  auto edit = yaml::replace_scalar(yaml::value_at(*file.document, text.range), name);
  if (!edit) return {};
  return {{std::move(title),
           Applicability::Unsafe,
           {std::move(*edit)},
           "The name was written wrong, or what it names is still to come."}};
}

std::string did_you_mean(std::string_view name) { return name.empty() ? "" : "; did you mean " + quoted(name, 20); }

void check_context(const compose::Service& service, RuleContext& ctx) {
  const std::optional<Text>& context = service.build->context;
  ctx.report({.variant = "context",
              .range = context ? context->range : service.build->key_range,
              .message = "there is no folder " + quoted(context ? context->text : ".") + " to build from"});
}

void check_dockerfile(const compose::Service& service, const ServiceBuild& build, const compose::File& file,
                      RuleContext& ctx) {
  // A folder with nothing in it is one that is still to be filled: a submodule, for example.
  if (build.context_empty) return;
  const compose::Build& written = *service.build;
  if (!written.dockerfile) {
    ctx.report({.variant = "dockerfile",
                .range = written.context ? written.context->range : written.key_range,
                .message = "there is no `Dockerfile` in " +
                           (written.context ? quoted(written.context->text) : std::string("the build context"))});
    return;
  }
  const std::vector<std::string_view> names(build.dockerfiles.begin(), build.dockerfiles.end());
  std::string_view name = written.dockerfile->text;
  const bool dotted = name.starts_with("./");
  if (dotted) name.remove_prefix(2);
  std::string nearest(near_miss(name, names));
  if (dotted && !nearest.empty()) nearest.insert(0, "./");
  ctx.report({.variant = "dockerfile",
              .range = written.dockerfile->range,
              .message = "the build context has no " + quoted(written.dockerfile->text, 24) + did_you_mean(nearest),
              .fixes = replaced(file, *written.dockerfile, nearest, "Build " + quoted(nearest))});
}

void check_target(const compose::Service& service, const ServiceBuild& build, const compose::File& file,
                  RuleContext& ctx) {
  const std::optional<Text>& target = service.build->target;
  if (!target || !target->known || target->text.empty() || !build.stages || build.stages->empty()) return;
  const std::string wanted = ascii_lower(target->text);
  if (std::ranges::find(*build.stages, wanted) != build.stages->end()) return;
  std::size_t number = 0;
  const char* end = wanted.data() + wanted.size();
  const auto parsed = std::from_chars(wanted.data(), end, number);
  if (parsed.ec == std::errc() && parsed.ptr == end && number < build.stages->size()) return;

  std::vector<std::string_view> names;
  for (const std::string& stage : *build.stages)
    if (!stage.empty()) names.emplace_back(stage);
  const std::string nearest(near_miss(wanted, names));
  ctx.report({.variant = "target",
              .range = target->range,
              .message = "the Dockerfile has no stage " + quoted(target->text, 20) + did_you_mean(nearest),
              .fixes = replaced(file, *target, nearest, "Build the stage " + quoted(nearest))});
}

void check_file(const ComposeInWorkspace& in, RuleContext& ctx) {
  if (!in.around) return;
  for (const ServiceBuild& build : in.around->builds) {
    const compose::Service* service = in.file.service(build.service);
    if (!service || !service->build) continue;
    if (!build.context_exists)
      check_context(*service, ctx);
    else if (!build.dockerfile_exists)
      check_dockerfile(*service, build, in.file, ctx);
    else
      check_target(*service, build, in.file, ctx);
  }
}

consteval Variant refused(std::string_view name, std::string_view summary) {
  return {.name = name,
          .summary = summary,
          .severity = Severity::Error,
          .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
          .languages = Language::Compose};
}

}  // namespace

constinit const Rule missing_build_file = checked({
    .name = "missing-build-file",
    .family = Family::Correctness,
    .title = "A service is built from a folder, a Dockerfile or a stage that is not there.",
    .consequence =
        "The Dockerfile became `Dockerfile.prod`, and the Compose file was forgotten. On the developer's machine the "
        "old image is still there and `docker compose up` works; the new colleague gets `failed to read dockerfile` on "
        "the first day.",
    .fine_when =
        "The folder comes from somewhere else before anything is built: a checkout of another repository, or a "
        "generator.",
    .fix = FixAvailability::Sometimes,
    .variants = {refused("context", "The folder to build from does not exist."),
                 refused("dockerfile", "The Dockerfile does not exist."),
                 refused("target", "The Dockerfile has no such stage.")},
    .references = {"https://docs.docker.com/reference/compose-file/build/",
                   "https://docs.docker.com/build/building/multi-stage/#stop-at-a-specific-build-stage"},
    .examples =
        {{.title = "a folder that was renamed",
          .path = "compose.yaml",
          .before = "services:\n  api:\n    build: <|./backend|>\n",
          .beside = {{"api/Dockerfile", "FROM alpine:3.21\n"}}},
         {.title = "a letter missing in the name of the Dockerfile",
          .path = "compose.yaml",
          .before =
              "services:\n  api:\n    build:\n      context: .\n      dockerfile: <|docker/Dockerfile.prd|>  # prod\n",
          .after =
              "services:\n  api:\n    build:\n      context: .\n      dockerfile: docker/Dockerfile.prod  # prod\n",
          .beside = {{"docker/Dockerfile.prod", "FROM alpine:3.21\n"}}},
         {.title = "a folder without a Dockerfile",
          .path = "compose.yaml",
          .before = "services:\n  api:\n    build: {context: <|api|>}\n",
          .beside = {{"api/main.go", "package main\n"}}},
         {.title = "a stage that was renamed",
          .path = "compose.yaml",
          .before = "services:\n  api:\n    build:\n      context: .\n      target: \"<|develop|>\"\n",
          .after = "services:\n  api:\n    build:\n      context: .\n      target: \"devel\"\n",
          .beside = {{"Dockerfile", "FROM alpine:3.21 AS devel\nFROM devel AS release\n"}}},
         {.title = "everything is there",
          .path = "compose.yaml",
          .before = "services:\n  api:\n    build: {context: ., dockerfile: api/Dockerfile, target: Prod}\n  worker:\n"
                    "    build: {context: api, target: \"0\"}\n",
          .beside = {{"api/Dockerfile", "FROM alpine:3.21 AS prod\n"}}},
         {.title = "a variable decides, or it lies elsewhere",
          .path = "compose.yaml",
          .before = "services:\n  a: {build: \"${CONTEXT}\"}\n  b: {build: \"https://github.com/example/shop.git\"}\n"
                    "  c: {build: ../other}\n  d: {build: {context: ., dockerfile_inline: FROM alpine}}\n",
          .beside = {{"README", ""}}},
         {.title = "the other half stands in another file",
          .path = "compose.prod.yaml",
          .before = "services:\n  api:\n    build: {target: prod}\n",
          .beside = {{"compose.yaml", "services:\n  api: {build: ./api}\n"},
                     {"api/Dockerfile", "FROM alpine:3.21 AS prod\n"}}}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
