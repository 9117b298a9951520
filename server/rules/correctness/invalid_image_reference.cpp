#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/compose/compose.h"
#include "model/container/container.h"
#include "model/dockerfile/expansion.h"
#include "model/dockerfile/file.h"
#include "model/dockerfile/stage_names.h"
#include "model/image/reference.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"
#include "rules/support/variants.h"
#include "text/ascii.h"
#include "text/one_of.h"

namespace quaymaster::rules {
extern const Rule invalid_image_reference;
namespace {

using dockerfile::Expansion;
using dockerfile::File;
using dockerfile::Placed;
using dockerfile::Word;
using image::ReferenceError;
using Kind = image::ReferenceError::Kind;

std::string message_for(const ReferenceError& error, std::string_view part) {
  const std::string name = quoted(part, 24);
  switch (error.kind) {
    case Kind::Empty: return "the name of the image is empty";
    case Kind::UpperCase: return "the name of an image is lower case: " + name;
    case Kind::Registry: return name + " is no registry: a host, and a port where one is needed";
    case Kind::Repository: return name + " cannot be a part of an image's name";
    case Kind::Identifier: return "the ID of an image cannot be pulled: it needs a name before it";
    case Kind::Tag: return part == ":" ? "nothing follows the `:`: the tag is missing" : name + " cannot be a tag";
    case Kind::Digest: break;
  }
  return name + " is no digest: `sha256:` and 64 digits of 0-9, a-f";
}

/// Whether the file says all that the word is made of, none of it empty: a variable without a value is another finding.
bool is_complete(const Expansion& expansion, const dockerfile::Context& context) {
  return expansion.known && !expansion.malformed &&
         std::ranges::all_of(expansion.uses, [&](const dockerfile::VariableUse& use) {
           const dockerfile::Variable* variable = find_variable(context.scope.get(), use.name);
           return use.has_default || (variable != nullptr && variable->value && !variable->value->empty());
         });
}

/// `REPLACE-ME`, `BASE_IMAGE`: a place for a name.
bool is_placeholder(std::string_view name) {
  constexpr std::string_view kCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
  return name.find_first_not_of(kCharacters) == std::string_view::npos &&
         name.find_first_of("-_") != std::string_view::npos;
}

void check_word(const Word& word, const Expansion& expansion, std::uint32_t begin, RuleContext& ctx) {
  const std::optional<ReferenceError> error = image::reference_error(expansion.value());
  if (!error || is_placeholder(expansion.value())) return;
  const std::string_view part = slice(expansion.value(), error->range);
  TextRange range = word.range;
  if (!error->range.empty()) range = expansion.text.to_file(error->range);
  std::vector<Fix> fixes;
  if (error->kind == Kind::UpperCase && expansion.text.verbatim(error->range))
    fixes.push_back({"Write it in lower case",
                     Applicability::Unsafe,
                     {Edit::replacement(range.shifted(begin), ascii_lower(part))}});
  ctx.report({.variant = error->kind == Kind::UpperCase ? "upper-case" : "malformed",
              .range = range.shifted(begin),
              .message = message_for(*error, part),
              .fixes = std::move(fixes)});
}

void check_from(const dockerfile::From& from, const Placed& placed, RuleContext& ctx) {
  // What a comment or a line that is not ended makes of a FROM is malformed-from.
  const bool malformed = from.as_keyword && (!from.stage_name || !from.surplus.empty());
  if (!from.image || malformed || placed.context->names_stage) return;
  const Expansion expansion = expand(from.image->text, placed.context->scope.get(), placed.context->escape);
  if (expansion.value() == "scratch" || !is_complete(expansion, *placed.context)) return;
  check_word(*from.image, expansion, placed.begin, ctx);
}

/// The image of a COPY --from or a mount: what is no stage, nor was meant to be.
void check_source(const Word& word, const Placed& placed, const File& file, RuleContext& ctx) {
  const std::string& name = word.string();
  const bool number = name.find_first_not_of("0123456789") == std::string::npos;
  if (number || name.find_first_of("$\"'\\`") != std::string::npos || file.last_stage_called(name) ||
      misspelt_stage(file, name, file.stages.size()))
    return;
  Expansion as_written;
  as_written.text = word.text;
  check_word(word, as_written, placed.begin, ctx);
}

/// The image that a service runs, or that its build is called.
void check_service(const compose::Service& service, RuleContext& ctx) {
  const yaml::Value image = service.written.get("image");
  if (!image.is_scalar() || image.shared()) return;
  // Variables, and what another program fills in.
  const std::string& name = image.node()->text;
  if (name.find_first_of("$<{[%") != std::string::npos || is_placeholder(name)) return;
  const std::optional<ReferenceError> error = image::reference_error(name);
  if (!error) return;
  std::vector<Fix> fixes;
  if (error->kind == Kind::UpperCase) {
    std::string repaired = name;
    repaired.replace(error->range.begin, error->range.size(), ascii_lower(slice(name, error->range)));
    if (std::optional<Edit> edit = yaml::replace_scalar(image, repaired))
      fixes.push_back({"Write it in lower case", Applicability::Unsafe, {*std::move(edit)}});
  }
  ctx.report({.variant = error->kind == Kind::UpperCase ? "upper-case" : "malformed",
              .range = image.content_range(),
              .message = message_for(*error, slice(name, error->range)),
              .fixes = std::move(fixes)});
}

void check_file(const File& file, RuleContext& ctx) {
  for (const Placed& placed : file.instructions) {
    if (const auto* from = placed.instruction->as<dockerfile::From>()) check_from(*from, placed, ctx);
    for (const Word& word : stage_references(*placed.instruction)) check_source(word, placed, file, ctx);
  }
}

/// Whether the digest is made by an algorithm that the names of images do not know: what its form is cannot be told.
bool is_of_other_algorithm(std::string_view digest) {
  constexpr std::string_view kKnown[] = {"sha256", "sha384", "sha512", "blake3"};
  constexpr std::string_view kHexadecimal = "0123456789abcdef";
  constexpr std::size_t kOfBlake3 = 64;
  const std::size_t colon = digest.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == digest.size()) return false;
  const std::string_view algorithm = digest.substr(0, colon);
  const std::string_view encoded = digest.substr(colon + 1);
  if (algorithm == "blake3")
    return encoded.size() == kOfBlake3 && encoded.find_first_not_of(kHexadecimal) == std::string_view::npos;
  return !one_of(kKnown, algorithm);
}

/// The image of a container of a pod. Other tools put something into `ko://…`, `<image>`, `IMAGE` before it is applied.
void check_pod_image(const container::ImageUse& image, RuleContext& ctx) {
  if (ctx.language() != Language::Kubernetes || !image.known || !image.digest_range) return;
  const image::Reference& reference = image.reference;
  if (is_of_other_algorithm(reference.digest)) return;
  const std::string text = reference.repository + "@" + reference.digest;
  const std::optional<ReferenceError> error = image::reference_error(text);
  if (!error || error->kind != Kind::Digest) return;
  ctx.report({.variant = "pod-digest",
              .range = image.digest_range->empty() ? image.range : *image.digest_range,
              .message = message_for(*error, reference.digest)});
}

consteval Variant in_both(std::string_view name, std::string_view summary) {
  Variant variant = refused(name, summary);
  variant.languages = Language::Dockerfile | Language::Compose;
  return variant;
}

}  // namespace

constinit const Rule invalid_image_reference = checked({
    .name = "invalid-image-reference",
    .family = Family::Correctness,
    .title = "The text cannot be the name of an image.",
    .consequence =
        "The build stops with `invalid reference format`, without a word on what is wrong with it. The usual reasons "
        "are "
        "a capital letter in the name, a `:` with nothing behind it, a digest that was cut when it was pasted, and the "
        "`https://` of a web page.",
    .fine_when = "Another program replaces the text before the file is built.",
    .fix = FixAvailability::Sometimes,
    .variants = {in_both("upper-case", "The name has a capital letter."),
                 in_both("malformed", "The name, the tag or the digest has a form that they do not have."),
                 {.name = "pod-digest",
                  .summary = "The digest of the image of a pod has a form that digests do not have.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .aliases = {{Language::Kubernetes, "kubescape:C-0306"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://docs.docker.com/reference/dockerfile/#from",
                   "https://github.com/distribution/reference/blob/main/reference.go"},
    .examples =
        {{"a capital letter", "Dockerfile", "FROM <|Debian|>:12.8\nFROM example.org/<|Shop/Api|>:1.4.2\n",
          "FROM debian:12.8\nFROM example.org/shop/api:1.4.2\n"},
         {"tags", "Dockerfile", "FROM debian<|:|>\nFROM debian:<|-12|>\nFROM debian:<|12:8|>\n"},
         {"a digest that is cut", "Dockerfile", "FROM debian@<|sha256:0123456789abcdef|>\n"},
         {"the address of a page", "Dockerfile", "FROM <|https:|>//hub.docker.com/_/debian\n"},
         {"names that there cannot be", "Dockerfile", "FROM <|-debian|>\nFROM shop/<|a..b|>:1.0\nFROM <|{{image}}|>\n"},
         {"from an argument", "Dockerfile", "ARG NAME=Debian\nFROM <|${NAME}|>:12.8\n"},
         {"to copy from", "Dockerfile", "FROM debian:12.8\nCOPY --from=example.org/<|Shop|> /a /a\n",
          "FROM debian:12.8\nCOPY --from=example.org/shop /a /a\n"},
         {"a place for a name", "Dockerfile", "FROM REPLACE-ME\nFROM BASE_IMAGE\n"},
         {"a stage, in another case", "Dockerfile",
          "FROM debian:12.8 AS Base\nFROM scratch\nCOPY --from=BASE /a /a\nRUN --mount=from=Base,target=/b ls\n"},
         {"of services", "compose.yaml",
          "services:\n  web:\n    image: <|shop/Web:1.4.2|> # ours\n  api:\n    image: \"<|shop/api:|>\"\n",
          "services:\n  web:\n    image: shop/web:1.4.2 # ours\n  api:\n    image: \"shop/api:\"\n"},
         {"of services, good ones", "compose.yaml",
          "services:\n  a:\n    image: REPLACE-ME\n  b:\n    image: shop/${NAME:-Api}\n  c:\n    image: "
          "localhost:5000/shop/api\n"},
         {"good ones", "Dockerfile",
          "ARG TAG\nARG NONE=\nFROM localhost:5000/shop__x/a-b.c:1_0-x\nFROM Host/shop\nFROM debian:$TAG\nFROM "
          "debian:$NONE\nFROM \"debian:12.8\"\nFROM "
          "debian:12@sha256:0123456789012345678901234567890123456789012345678901234567890123\n"},
         {"digests of a pod", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: a\n"
          "      image: shop/a@<|sha256:0123456789ABCDEF|>\n    - name: b\n"
          "      image: shop/b:1.4.2@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n"
          "    - name: c\n      image: ko://shop/c\n    - name: d\n      image: shop/d@${DIGEST}\n"}},
    .checks = {on(check_file), on(check_pod_image), on(check_service)},
});

}  // namespace quaymaster::rules
