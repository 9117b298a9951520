#include <algorithm>
#include <string>
#include <string_view>

#include "model/dockerfile/expansion.h"
#include "model/dockerfile/file.h"
#include "model/image/reference.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule base_image_without_default;
namespace {

using dockerfile::Expansion;
using dockerfile::Variable;
using dockerfile::VariableUse;

/// Arguments that every builder gives a value.
bool is_automatic(std::string_view name) { return name.starts_with("BUILD") || name.starts_with("TARGET"); }

bool is_word_byte(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

/// Whether every part of a repository's name begins and ends with a letter or a digit.
bool is_repository(std::string_view name) {
  for (std::size_t at = 0; at <= name.size();) {
    const std::size_t end = std::min(name.find('/', at), name.size());
    if (end == at || !is_word_byte(name[at]) || !is_word_byte(name[end - 1])) return false;
    at = end + 1;
  }
  return true;
}

/// Whether `text` can be an image: of it is known only that some of its variables were empty.
bool may_be_image(std::string_view text) {
  if (text.empty()) return false;
  const image::Reference reference = image::parse_reference(text);
  const bool empty_tag = reference.tag_range && reference.tag.empty();
  const bool bad_tag = reference.tag.starts_with('-') || reference.tag.starts_with('.');
  const bool empty_digest = reference.digest_range && reference.digest.empty();
  const bool empty_registry = text.starts_with('/');
  return !empty_tag && !bad_tag && !empty_digest && !empty_registry && is_repository(reference.repository);
}

/// `text` with what stands in it for the value of `name` replaced.
std::string with_value(std::string_view text, const std::string& name, std::string_view value) {
  std::string place("${");
  place.append(name).append("}");
  std::string result;
  for (std::size_t at = text.find(place); at != std::string_view::npos; at = text.find(place)) {
    result.append(text.substr(0, at)).append(value);
    text.remove_prefix(at + place.size());
  }
  return result.append(text);
}

void check_from(const dockerfile::From& from, RuleContext& ctx) {
  if (!from.image || from.image->string().find('$') == std::string::npos) return;
  const dockerfile::Context& context = *ctx.instruction_context();
  const dockerfile::Scope* scope = context.scope.get();
  const Expansion expansion = expand(from.image->text, scope, context.escape);
  if (expansion.malformed) return;
  std::string text = expansion.value();
  const VariableUse* empty = nullptr;
  for (const VariableUse& use : expansion.uses) {
    const Variable* variable = find_variable(scope, use.name);
    const bool automatic = is_automatic(use.name);
    if (variable == nullptr && !automatic) return;  // undefined: another finding
    if (use.has_default) return;
    if (variable != nullptr && variable->value && !variable->value->empty()) continue;
    text = with_value(text, use.name, automatic ? "x" : "");
    if (!automatic && empty == nullptr) empty = &use;
  }
  if (empty == nullptr || may_be_image(text)) return;
  ctx.report({.range = empty->range,
              .message = quoted(empty->name, 40) + " has no default: without --build-arg this is no image"});
}

}  // namespace

constinit const Rule base_image_without_default = checked({
    .name = "base-image-without-default",
    .family = Family::BillOfMaterials,
    .title = "The base image is known only to whoever calls the build.",
    .consequence =
        "The pipeline is down, a fix has to go out, and `docker build .` answers `invalid reference format`. Which "
        "version the image was built on stands in the settings of the pipeline, and in no commit.",
    .fine_when =
        "The file is a template that one pipeline builds for many bases, and that pipeline's list is kept in the "
        "repository.",
    .fix = FixAvailability::None,
    .variants = {{.severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}, {Preset::BuildKit, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "buildkit:InvalidDefaultArgInFrom"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/reference/build-checks/invalid-default-arg-in-from/"},
    .examples = {{"a tag", "Dockerfile", "ARG TAG\nFROM busybox:<|${TAG}|>\n"},
                 {"all of it", "Dockerfile", "ARG BASE\nFROM <|$BASE|> AS base\n"},
                 {"a registry", "Dockerfile", "ARG REGISTRY\nFROM <|${REGISTRY}|>/busybox:1.37.0\n"},
                 {"an empty default", "Dockerfile", "ARG TAG=\"\"\nFROM busybox:<|${TAG}|>\n"},
                 {"defaults", "Dockerfile",
                  "ARG TAG=1.37.0\nARG BASE\nFROM busybox:${TAG}\nFROM ${BASE:-busybox:1.37.0}\n"},
                 {"what may be empty", "Dockerfile", "ARG VARIANT\nFROM busybox:stable${VARIANT}\n"},
                 {"what the builder knows", "Dockerfile", "FROM busybox:${TARGETARCH}\n"}},
    .checks = {on(check_from)},
});

}  // namespace quaymaster::rules
