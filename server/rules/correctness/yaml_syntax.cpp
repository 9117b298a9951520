#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/yaml/document.h"
#include "model/yaml/edit.h"
#include "model/yaml/value.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule yaml_syntax;
namespace {

using yaml::Problem;

std::string_view variant_of(Problem::Kind kind) {
  switch (kind) {
    case Problem::Kind::Syntax: return "syntax";
    case Problem::Kind::TabIndentation: return "tab-indentation";
    case Problem::Kind::DuplicateKey: return "duplicate-key";
    case Problem::Kind::UndefinedAlias: return "undefined-alias";
    case Problem::Kind::AliasCycle: return "alias-cycle";
    case Problem::Kind::TooManyValues: return "too-many-values";
    case Problem::Kind::TooDeep:
    case Problem::Kind::NotRead: return "not-read";
  }
  return "syntax";
}

std::string message_of(const Problem& problem) {
  switch (problem.kind) {
    case Problem::Kind::Syntax:
      return "this cannot be read as YAML here: check indentation, colons, quotes and brackets";
    case Problem::Kind::TabIndentation: return "a tab indents this line; YAML takes only blanks";
    case Problem::Kind::DuplicateKey: return "the key " + quoted(problem.name) + " is in this mapping already";
    case Problem::Kind::UndefinedAlias: return "no anchor " + quoted("&" + problem.name) + " stands above this alias";
    case Problem::Kind::AliasCycle:
      return "the alias " + quoted("*" + problem.name) + " stands inside of its own anchor";
    case Problem::Kind::TooManyValues:
      return "the alias " + quoted("*" + problem.name) + " expands to more values than are read";
    case Problem::Kind::TooDeep: return "values are nested more deeply than is read";
    case Problem::Kind::NotRead: return "the document could not be read";
  }
  return {};
}

/// Blanks instead of the tabs, as many as the document indents by.
Fix without_tabs(const yaml::Document& document, TextRange tabs) {
  const auto step = static_cast<std::size_t>(yaml::indentation_step(document));
  std::string blanks;
  for (const char c : slice(document.text(), tabs)) blanks.append(c == '\t' ? step : 1, ' ');
  return {"Indent with blanks",
          Applicability::Unsafe,
          {Edit::replacement(tabs, std::move(blanks))},
          "How deep the line belongs is a guess: it depends on the width of a tab."};
}

/// The pair of the document whose key is at `key`, searched without recursion; null when there is none.
const yaml::Pair* pair_at(const yaml::Document& document, TextRange key) {
  const std::vector<const yaml::Node*> path = path_at(document, key.begin);
  for (const yaml::Node* node : path)
    for (const yaml::Pair& pair : node->pairs)
      if (pair.key_range() == key) return &pair;
  return nullptr;
}

/// Takes out a pair that says the same as an earlier one.
std::optional<Fix> without_repetition(const yaml::Document& document, const Problem& problem) {
  const yaml::Pair* first = problem.related ? pair_at(document, *problem.related) : nullptr;
  const yaml::Pair* second = pair_at(document, problem.range);
  if (first == nullptr || second == nullptr) return std::nullopt;
  if (slice(document.text(), first->range) != slice(document.text(), second->range)) return std::nullopt;
  std::optional<Edit> edit = remove_at(document, second->range);
  if (!edit) return std::nullopt;
  return Fix{"Remove the repetition", Applicability::Safe, {*std::move(edit)}};
}

/// So many repetitions are no slip of a hand; and taking out neighbours, which takes a pass for every other one, comes
/// to an end within the passes that there are.
constexpr std::ptrdiff_t kMostRepetitions = 32;

void check_document(const yaml::Document& document, RuleContext& ctx) {
  const bool few_repetitions =
      std::ranges::count(document.problems(), Problem::Kind::DuplicateKey, &Problem::kind) <= kMostRepetitions;
  for (const Problem& problem : document.problems()) {
    Report report{.variant = variant_of(problem.kind), .range = problem.range, .message = message_of(problem)};
    if (problem.kind == Problem::Kind::TabIndentation) report.fixes.push_back(without_tabs(document, problem.range));
    if (problem.kind == Problem::Kind::DuplicateKey) {
      if (problem.related) report.related.push_back({*problem.related, "the key is first here"});
      if (std::optional<Fix> fix = few_repetitions ? without_repetition(document, problem) : std::nullopt)
        report.fixes.push_back(*std::move(fix));
    }
    ctx.report(std::move(report));
  }
}

constexpr Languages kYaml = Language::Compose | Language::Kubernetes;

}  // namespace

constinit const Rule yaml_syntax = checked({
    .name = "yaml-syntax",
    .family = Family::Correctness,
    .title = "The text is not the YAML that it seems to be.",
    .consequence =
        "`docker compose up` and `kubectl apply` refuse the whole file, the correct parts too. Where a tool is lenient "
        "it is worse: of two equal keys one wins in silence, and the memory limit that you see in the file is not the "
        "one that is set.",
    .fine_when = "The file is a template, and becomes YAML only when it is rendered.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "syntax",
                  .summary = "Text that fits nowhere.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = kYaml},
                 {.name = "tab-indentation",
                  .summary = "A line is indented with a tab.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = kYaml},
                 {.name = "duplicate-key",
                  .summary = "A mapping has the same key twice.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = kYaml},
                 {.name = "undefined-alias",
                  .summary = "An alias refers to an anchor that is not above it.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = kYaml},
                 {.name = "alias-cycle",
                  .summary = "An alias stands inside of what it refers to.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = kYaml},
                 {.name = "too-many-values",
                  .summary = "Aliases of aliases expand to more values than are read.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = kYaml},
                 {.name = "not-read",
                  .summary = "Values are nested so deeply that they, or the whole document, are not read.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = kYaml}},
    .references = {"https://yaml.org/spec/1.2.2/", "https://yaml.org/spec/1.2.2/#3213-node-comparison",
                   "https://yaml.org/spec/1.2.2/#61-indentation-spaces"},
    .examples =
        {{"a bracket that does not close", "compose.yaml",
          "services:\n  api:\n    image: shop/api:1.4.2\n    command: <|[\"serve\"|>\n  db:\n    image: "
          "postgres:17.2\n"},
         {"a tab", "compose.yaml", "services:\n  api:\n<|\t\t|>image: shop/api:1.4.2\n",
          "services:\n  api:\n    image: shop/api:1.4.2\n"},
         {"a key twice", "compose.yaml",
          "services:\n  api:\n    image: shop/api:1.4.2\n    user: \"1000\"\n    <|user|>: \"0\"\n"},
         {"a pair twice", "pod.yaml",
          "apiVersion: v1\r\nkind: Pod\r\nmetadata:\r\n  name: web\r\nspec:\r\n  containers:\r\n    - name: "
          "web\r\n      "
          "image: nginx:1.27.2\r\n      tty: true\r\n      <|tty|>: true\r\n",
          "apiVersion: v1\r\nkind: Pod\r\nmetadata:\r\n  name: web\r\nspec:\r\n  containers:\r\n    - name: "
          "web\r\n      "
          "image: nginx:1.27.2\r\n      tty: true\r\n"},
         {"an alias of nothing", "compose.yaml",
          "x-logging: &logging\n  driver: local\nservices:\n  api:\n    image: shop/api:1.4.2\n    logging: "
          "<|*loging|>\n"},
         {"an alias of itself", "compose.yaml",
          "services: &all\n  api:\n    image: shop/api:1.4.2\n    labels: <|*all|>\n"},
         {"aliases of aliases of aliases", "compose.yaml",
          "x-a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\nx-b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\nx-c: &c [*b, *b, "
          "*b, *b, *b, *b, *b, *b, *b, *b]\nx-d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\nx-e: [*d, *d, *d, *d, "
          "*d, *d, *d, <|*d|>, *d, *d]\n"
          "services:\n  api:\n    image: shop/api:1.4.2\n"},
         {"two hundred brackets", "compose.yaml",
          "services:\n  api:\n    image: shop/api:1.4.2\nx-deep: "
          "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
          "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[<|[|>[]]]]]]]]]]]"
          "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"
          "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n"},
         {"all is well", "compose.yaml",
          "x-logging: &logging\n  driver: local\nservices:\n  api:\n    image: \"shop/api:1.4.2\"\n    "
          "logging: *logging\n    "
          "command: [\n      serve, # a comment\n    ]\n    environment: {A: b}\n"},
         {"two documents have each their keys", "pods.yaml",
          "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n---\napiVersion: v1\nkind: "
          "Namespace\nmetadata:\n  name: b\n"}},
    .checks = {on(check_document)},
});

}  // namespace quaymaster::rules
