#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/container/credentials.h"
#include "model/dockerfile/expansion.h"
#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/instructions.h"
#include "rules/support/label_formats.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule invalid_label_value;
namespace {

std::string_view wanted(LabelFormat format) {
  switch (format) {
    case LabelFormat::Email: return "an address for mail";
    case LabelFormat::Hash: return "a commit or digest";
    case LabelFormat::Rfc3339: return "a time like `2025-01-31T12:00:00Z`";
    case LabelFormat::SemVer: return "a version like `1.2.3`";
    case LabelFormat::Spdx: return "an SPDX licence like `Apache-2.0`";
    case LabelFormat::Url: return "an absolute URL";
    case LabelFormat::Text: break;
  }
  return "a text";
}

/// `v1.2.3` without the letter.
std::vector<Fix> fixes_of(const dockerfile::Word& word, std::string_view value, LabelFormat format) {
  const bool letter = format == LabelFormat::SemVer && value.starts_with('v') && has_format(value.substr(1), format);
  const std::string& written = word.string();
  const std::size_t at = written.find(value);
  if (!letter || !verbatim(word) || at == std::string::npos) return {};
  const std::uint32_t begin = word.range.begin + static_cast<std::uint32_t>(at);
  return {{"Remove the v", Applicability::Unsafe, {Edit::deletion({begin, begin + 1})}}};
}

void check_pair(const dockerfile::Pair& pair, const RequiredLabel& label, RuleContext& ctx) {
  const dockerfile::Context& context = *ctx.instruction_context();
  if (!pair.value || pair.value->range.empty())
    return ctx.report({.variant = "empty",
                       .range = pair.key.range,
                       .message = "the label " + quoted(label.name, 40) + " has no value"});
  const dockerfile::Expansion expansion = expand(pair.value->text, context.scope.get(), context.escape);
  // What comes from a variable may be another text in the build that counts.
  if (!expansion.known || expansion.malformed || !expansion.uses.empty()) return;
  const std::string& value = expansion.value();
  if (value.empty())
    return ctx.report({.variant = "empty",
                       .range = pair.value->range,
                       .message = "the label " + quoted(label.name, 40) + " has no value"});
  if (has_format(value, label.format)) return;
  const bool secret = container::looks_like_credential(value) || container::names_credential(label.name);
  ctx.report({.variant = to_string(label.format),
              .range = pair.value->range,
              .message = (secret ? "the label " + quoted(label.name, 40) : quoted(value, 24)) + " is not " +
                         std::string(wanted(label.format)),
              .fixes = fixes_of(*pair.value, value, label.format)});
}

void check_label(const dockerfile::Label& label, RuleContext& ctx) {
  if (label.triggered) return;
  const std::vector<RequiredLabel>& schema = ctx.project().labels;
  for (const dockerfile::Pair& pair : label.pairs) {
    const auto found = std::ranges::find(schema, without_quotes(pair.key.string()), &RequiredLabel::name);
    if (found != schema.end()) check_pair(pair, *found, ctx);
  }
}

/// A label of the schema that has another form than the schema says.
consteval Variant wrong(std::string_view name, std::string_view summary, std::string_view alias) {
  return {.name = name,
          .summary = summary,
          .severity = Severity::Warning,
          .presets = {{Preset::Recommended, Severity::Warning},
                      {Preset::Strict, Severity::Warning},
                      {Preset::Hadolint, Severity::Warning}},
          .aliases = {{Language::Dockerfile, alias}},
          .languages = Language::Dockerfile};
}

}  // namespace

constinit const Rule invalid_label_value = checked({
    .name = "invalid-label-value",
    .family = Family::BillOfMaterials,
    .title = "The value of a label does not have the form that the project demands.",
    .consequence =
        "A script compares the versions of all images in the cluster, to see which hold the fix. This one says "
        "`v1.0`, which is no version to the script: the image drops out of the list, and is the one that nobody "
        "updates.",
    .fine_when =
        "The label is read by people only. Then `text` is its form in `labels: {schema: …}` of the configuration file; "
        "without that schema nothing is reported.",
    .fix = FixAvailability::Sometimes,
    .variants = {wrong("empty", "It has no value.", "hadolint:DL3051"),
                 wrong("url", "It has to be an absolute URL.", "hadolint:DL3052"),
                 wrong("rfc3339", "It has to be a time as RFC 3339 has it.", "hadolint:DL3053"),
                 wrong("spdx", "It has to be an SPDX licence.", "hadolint:DL3054"),
                 wrong("hash", "It has to be a commit or digest in lower-case hexadecimal.", "hadolint:DL3055"),
                 wrong("semver", "It has to be a version of Semantic Versioning.", "hadolint:DL3056"),
                 wrong("email", "It has to be an address for mail.", "hadolint:DL3058")},
    .references = {"https://specs.opencontainers.org/image-spec/annotations/",
                   "https://www.rfc-editor.org/rfc/rfc3339#section-5.6", "https://semver.org/",
                   "https://spdx.org/licenses/"},
    .examples = {{.title = "no version",
                  .path = "Dockerfile",
                  .before = "FROM node:22.11.0\nLABEL version=<|\"v1.0.0\"|>\n",
                  .after = "FROM node:22.11.0\nLABEL version=\"1.0.0\"\n",
                  .options = "labels: {schema: {version: semver}}"},
                 {.title = "no values",
                  .path = "Dockerfile",
                  .before = "FROM node:22.11.0\nLABEL owner=<|\"\"|>\n",
                  .options = "labels: {schema: {owner: text}}"},
                 {.title = "other forms",
                  .path = "Dockerfile",
                  .before = "FROM node:22.11.0\nLABEL site=<|example.org|> built=<|2025-02-30T12:00:00Z|> \\\n      "
                            "license=<|\"Apache 2\"|> commit=<|HEAD|> mail=<|shop@example|>\n",
                  .options = "labels: {schema: {site: url, built: rfc3339, license: spdx, commit: hash, mail: email}}"},
                 {.title = "the right forms",
                  .path = "Dockerfile",
                  .before =
                      "FROM node:22.11.0\nLABEL site=https://example.org/a?b=c built=\"2025-02-28T12:00:00+01:00\" "
                      "\\\n      license=\"MIT OR Apache-2.0\" commit=0a1b2c3 mail=shop@example.org "
                      "version=1.0.0-rc.1+5\n",
                  .options = "labels: {schema: {site: url, built: rfc3339, license: spdx, commit: hash, mail: email, "
                             "version: semver}}"},
                 {.title = "what the build says, and other labels",
                  .path = "Dockerfile",
                  .before = "FROM node:22.11.0\nARG VERSION=dev\nLABEL version=$VERSION team=\"\"\n",
                  .options = "labels: {schema: {version: semver}}"}},
    .checks = {on(check_label)},
});

}  // namespace quaymaster::rules
