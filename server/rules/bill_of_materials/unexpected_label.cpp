#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule unexpected_label;
namespace {

/// The pair with what joins it to its neighbours, or the whole instruction when it has no other.
TextRange removed_with(const dockerfile::Placed& placed, const dockerfile::Label& label, std::size_t pair) {
  const std::vector<dockerfile::Pair>& pairs = label.pairs;
  if (pairs.size() == 1) return whole_lines(placed);
  const TextRange own = pairs[pair].range;
  if (pair == 0) return TextRange{own.begin, pairs[1].range.begin}.shifted(placed.begin);
  return TextRange{pairs[pair - 1].range.end, own.end}.shifted(placed.begin);
}

void check_label(const dockerfile::Placed& placed, const dockerfile::Label& label, RuleContext& ctx) {
  const std::vector<RequiredLabel>& schema = ctx.project().labels;
  for (std::size_t i = 0; i < label.pairs.size(); ++i) {
    const dockerfile::Pair& pair = label.pairs[i];
    const std::string_view key = without_quotes(pair.key.string());
    const bool unknown = key.empty() || key.find('$') != std::string_view::npos;
    if (unknown || std::ranges::find(schema, key, &RequiredLabel::name) != schema.end()) continue;
    // A pair without a value is half-typed, or an instruction that a lost `\\` has swallowed.
    const bool whole = std::ranges::all_of(label.pairs, [](const dockerfile::Pair& each) { return bool(each.value); });
    const bool comments = !placed.instruction->comments.empty() && label.pairs.size() > 1;
    Report report{.range = pair.key.range.shifted(placed.begin),
                  .message = quoted(key, 40) + " is none of the labels that the project has agreed on"};
    if (!comments && whole)
      report.fixes.push_back({.title = "Remove the label",
                              .applicability = Applicability::Unsafe,
                              .edits = {Edit::deletion(removed_with(placed, label, i))},
                              .caveat = "Somebody may read it, though it is not in the list."});
    ctx.report(std::move(report));
  }
}

void check_file(const dockerfile::File& file, RuleContext& ctx) {
  if (!ctx.project().strict_labels.value_or(false)) return;
  for (const dockerfile::Placed& placed : file.instructions)
    if (const auto* label = placed.instruction->as<dockerfile::Label>()) check_label(placed, *label, ctx);
}

}  // namespace

constinit const Rule unexpected_label = checked({
    .name = "unexpected-label",
    .family = Family::BillOfMaterials,
    .title = "An image has a label that is not among the agreed ones.",
    .consequence =
        "One team writes `maintainer`, the next one `owner`, a third `team.owner`. Whoever has to find out on a Sunday "
        "who answers for an image asks for the one label that everybody agreed on, and gets an empty line.",
    .fine_when =
        "A tool reads the label; then it belongs into `labels: {schema: …}` of the configuration file. Without "
        "`labels: {strict: true}` nothing is reported.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.severity = Severity::Information,
                  .presets = {{Preset::Recommended, Severity::Information},
                              {Preset::Strict, Severity::Information},
                              {Preset::Hadolint, Severity::Information}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3050"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/engine/manage-resources/labels/",
                   "https://docs.docker.com/reference/dockerfile/#label"},
    .examples = {{.title = "one of several",
                  .path = "Dockerfile",
                  .before = "FROM node:22.11.0\nLABEL owner=\"shop\" \\\n      <|team|>=\"web\"\n",
                  .after = "FROM node:22.11.0\nLABEL owner=\"shop\"\n",
                  .options = "labels: {strict: true, schema: {owner: text}}"},
                 {.title = "the only one, lines as on Windows",
                  .path = "Dockerfile",
                  .before = "FROM node:22.11.0\r\nLABEL <|\"team\"|>=\"web\"\r\nUSER node\r\n",
                  .after = "FROM node:22.11.0\r\nUSER node\r\n",
                  .options = "labels: {strict: true, schema: {owner: text}}"},
                 {.title = "the first of two",
                  .path = "Dockerfile",
                  .before = "FROM node:22.11.0\nLABEL <|team|>=web owner=shop\n",
                  .after = "FROM node:22.11.0\nLABEL owner=shop\n",
                  .options = "labels: {strict: true, schema: {owner: text}}"},
                 {.title = "not strict",
                  .path = "Dockerfile",
                  .before = "FROM node:22.11.0\nLABEL team=web\n",
                  .options = "labels: {schema: {owner: text}}"},
                 {.title = "agreed on",
                  .path = "Dockerfile",
                  .before = "FROM node:22.11.0\nLABEL owner=shop ${NAME}=x\n",
                  .options = "labels: {strict: true, schema: {owner: text}}"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
