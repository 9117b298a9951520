#include <string>
#include <string_view>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule maintainer_instruction;
namespace {

using dockerfile::Maintainer;

/// The name as the value of a label. MAINTAINER takes quotes as they are; nobody means them.
std::string label_value(std::string_view name, char escape) {
  std::string value = "\"";
  for (const char c : without_quotes(name)) {
    if (c == '"' || c == '$' || c == escape) value += escape;
    value += c;
  }
  return value + "\"";
}

void check_maintainer(const Maintainer& maintainer, RuleContext& ctx) {
  if (maintainer.triggered) return;  // the builder refuses it there
  std::vector<Fix> fixes;
  if (maintainer.name && verbatim(*maintainer.name)) {
    const char escape = ctx.instruction_context()->escape;
    const TextRange all = cover(maintainer.keyword, maintainer.name->range);
    fixes.push_back(
        {"Write it as a label",
         Applicability::Safe,
         {Edit::replacement(all, in_case_of(maintainer.keyword_text, "LABEL") + " org.opencontainers.image.authors=" +
                                     label_value(maintainer.name->string(), escape))},
         "`docker inspect` shows it among the labels then, no longer as `Author`."});
  }
  ctx.report({.range = maintainer.keyword,
              .message = "MAINTAINER is deprecated: a label says the same, and more",
              .fixes = std::move(fixes),
              .tag = DiagnosticTag::Deprecated});
}

}  // namespace

constinit const Rule maintainer_instruction = checked({
    .name = "maintainer-instruction",
    .family = Family::BillOfMaterials,
    .title = "MAINTAINER is deprecated.",
    .consequence =
        "An alarm rings, and whoever is on call wants to know whose image it is. The dashboard and the registry list "
        "the labels of all images; the one with a MAINTAINER has an empty column there.",
    .fine_when = "The image is archived and never built again.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.severity = Severity::Information,
                  .presets = {{Preset::Recommended, Severity::Hint},
                              {Preset::Strict, Severity::Information},
                              {Preset::BuildKit, Severity::Warning},
                              {Preset::Hadolint, Severity::Error}},
                  .aliases = {{Language::Dockerfile, "buildkit:MaintainerDeprecated"},
                              {Language::Dockerfile, "hadolint:DL4000"},
                              {Language::Dockerfile, "trivy:DS-0022"},
                              {Language::Dockerfile, "checkov:CKV_DOCKER_6"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/reference/dockerfile/#maintainer-deprecated",
                   "https://github.com/opencontainers/image-spec/blob/main/annotations.md"},
    .examples = {{"a name", "Dockerfile", "FROM alpine:3.21\n<|MAINTAINER|> Ada Lovelace <ada@example.org>\n",
                  "FROM alpine:3.21\nLABEL org.opencontainers.image.authors=\"Ada Lovelace <ada@example.org>\"\n"},
                 {"a name in quotes", "Dockerfile", "from alpine:3.21\r\n<|maintainer|> \"Ada\"\r\n",
                  "from alpine:3.21\r\nlabel org.opencontainers.image.authors=\"Ada\"\r\n"},
                 {"what has a meaning in a label", "Dockerfile",
                  "FROM alpine:3.21\n<|MAINTAINER|> Ada \"$\" Lovelace\n",
                  "FROM alpine:3.21\nLABEL org.opencontainers.image.authors=\"Ada \\\"\\$\\\" Lovelace\"\n"},
                 {"half-typed", "Dockerfile", "FROM alpine:3.21\n<|MAINTAINER|>\n"},
                 {"a label", "Dockerfile", "FROM alpine:3.21\nLABEL org.opencontainers.image.authors=\"Ada\"\n"}},
    .checks = {on(check_maintainer)},
});

}  // namespace quaymaster::rules
