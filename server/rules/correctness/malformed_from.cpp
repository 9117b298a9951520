#include <string>
#include <string_view>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"
#include "rules/support/variants.h"
#include "text/ascii.h"
#include "text/near_miss.h"

namespace quaymaster::rules {
extern const Rule malformed_from;
namespace {

using dockerfile::From;
using dockerfile::Word;

bool is_as(const Word& word) { return equals_ignoring_case(word.string(), "as"); }

/// Whether the word was meant to be AS.
bool is_nearly_as(const Word& word) {
  constexpr std::string_view kAs[] = {"as"};
  return !near_miss(word.string(), kAs).empty();
}

bool is_stage_name(std::string_view text) {
  constexpr std::string_view kCharacters = "abcdefghijklmnopqrstuvwxyz0123456789-_.";
  return text.find_first_not_of(kCharacters) == std::string_view::npos;
}

void report_comment(const From& from, const Word& word, RuleContext& ctx) {
  const TextRange comment{word.range.begin, from.arguments.range.end};
  ctx.report({.variant = "comment",
              .range = comment,
              .message = "a comment needs a line of its own: here its words belong to FROM",
              .fixes = {{"Put it above the FROM",
                         Applicability::Unsafe,
                         {Edit::insertion(from.keyword.begin, std::string(from.arguments.string().substr(
                                                                  from.arguments.string().find(word.string()))) +
                                                                  std::string(ctx.instruction_context()->line_ending)),
                          Edit::deletion({from.image->range.end, comment.end})}}}});
}

/// Two words: the second one is a name without AS, or an AS without a name.
void report_two(const From& from, RuleContext& ctx) {
  const Word& second = *from.as_keyword;
  if (is_as(second)) {
    ctx.report({.variant = "missing-name",
                .range = second.range,
                .message = quoted(second.string()) + " is the last word: the name of the stage is missing"});
    return;
  }
  std::vector<Fix> fixes;
  if (is_stage_name(second.string()))
    fixes.push_back({"Make it the name of the stage",
                     Applicability::Unsafe,
                     {Edit::insertion(second.range.begin, in_case_of(from.keyword_text, "AS") + " ")}});
  ctx.report({.variant = "missing-as",
              .range = second.range,
              .message = "FROM takes an image, or an image AS a name; not " + quoted(second.string()) + " alone",
              .fixes = std::move(fixes)});
}

void check_from(const From& from, RuleContext& ctx) {
  if (from.triggered || !from.as_keyword) return;
  const Word& second = *from.as_keyword;
  if (second.string().starts_with('#')) return report_comment(from, second, ctx);
  if (!from.stage_name) return report_two(from, ctx);
  if (!is_as(second)) {
    std::vector<Fix> fixes;
    if (is_nearly_as(second) && from.surplus.empty())
      fixes.push_back({"Replace it with AS",
                       Applicability::Safe,
                       {Edit::replacement(second.range, in_case_of(from.keyword_text, "AS"))}});
    ctx.report({.variant = "missing-as",
                .range = second.range,
                .message = "AS has to stand between the image and the name, not " + quoted(second.string()),
                .fixes = std::move(fixes)});
  } else if (!from.surplus.empty()) {
    const Word& first = from.surplus.front();
    ctx.report({.variant = first.string().starts_with('#') ? "comment" : "surplus-words",
                .range = {first.range.begin, from.surplus.back().range.end},
                .message = first.string().starts_with('#') ? "a comment needs a line of its own"
                                                           : quoted(first.string()) + " is one word too many",
                .fixes = {{"Leave it out",
                           Applicability::Unsafe,
                           {Edit::deletion({from.stage_name->range.end, from.surplus.back().range.end})}}}});
  }
}

}  // namespace

constinit const Rule malformed_from = checked({
    .name = "malformed-from",
    .family = Family::Correctness,
    .title = "FROM has a word too few or too many.",
    .consequence =
        "The build stops at once with `FROM requires either one or three arguments`, which does not say which word is "
        "wrong. Most of the time it is a comment behind the image, which Dockerfiles do not have, or a name without "
        "AS.",
    .fine_when = "Never: no builder takes the line as it is.",
    .fix = FixAvailability::Sometimes,
    .variants = {refused("missing-as", "The image is followed by a word that is not AS."),
                 refused("missing-name", "The line ends with AS."), refused("comment", "A comment stands in the line."),
                 refused("surplus-words", "Something follows the name of the stage.")},
    .references = {"https://docs.docker.com/reference/dockerfile/#from"},
    .examples = {{"a name without AS", "Dockerfile", "FROM golang:1.23.3 <|build|>\nRUN make\n",
                  "FROM golang:1.23.3 AS build\nRUN make\n"},
                 {"AS misspelt", "Dockerfile", "from golang:1.23.3 <|sa|> build\n", "from golang:1.23.3 as build\n"},
                 {"another word", "Dockerfile", "FROM golang:1.23.3 <|named|> build\n"},
                 {"two images", "Dockerfile", "FROM golang:1.23.3 <|debian:12.8|>\n"},
                 {"AS without a name", "Dockerfile", "FROM golang:1.23.3 <|AS|>\n"},
                 {"a comment behind the image", "Dockerfile", "FROM golang:1.23.3 <|# the compiler|>\r\nRUN make\r\n",
                  "# the compiler\r\nFROM golang:1.23.3\r\nRUN make\r\n"},
                 {"a comment behind the name", "Dockerfile", "FROM golang:1.23.3 AS build <|# first|>\n",
                  "FROM golang:1.23.3 AS build\n"},
                 {"a word too many", "Dockerfile", "FROM golang:1.23.3 AS build <|stage|>\n",
                  "FROM golang:1.23.3 AS build\n"},
                 {"as it should be", "Dockerfile", "# the compiler\nFROM golang:1.23.3 as build\nFROM build\n"}},
    .checks = {on(check_from)},
});

}  // namespace quaymaster::rules
