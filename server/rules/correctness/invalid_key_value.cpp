#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"
#include "rules/support/variants.h"

namespace quaymaster::rules {
extern const Rule invalid_key_value;
namespace {

using dockerfile::Pair;
using dockerfile::Statement;

/// The fix that makes the words up to `last` a part of the value before them.
std::vector<Fix> in_quotes(const Pair& before, const Pair& last) {
  constexpr std::string_view kSpecial = "\"'\\`";
  const bool plain = before.value && before.value->string().find_first_of(kSpecial) == std::string::npos &&
                     verbatim(*before.value) && last.key.string().find_first_of(kSpecial) == std::string::npos;
  if (!plain || before.value->string().empty()) return {};
  return {{"Put the value in quotes",
           Applicability::Unsafe,
           {Edit::insertion(before.value->range.begin, "\""), Edit::insertion(last.key.range.end, "\"")}}};
}

/// Words without `=` behind the first pair. Several in a row are one mistake.
void check_words(const std::vector<Pair>& pairs, RuleContext& ctx) {
  for (std::size_t i = 1; i < pairs.size(); ++i) {
    if (pairs[i].value) continue;
    const std::size_t first = i;
    const std::string& word = pairs[first].key.string();
    const bool comment = word.starts_with('#');
    while (i + 1 < pairs.size() && (comment || !pairs[i + 1].value)) ++i;
    ctx.report({.variant = "missing-equals",
                .range = {pairs[first].range.begin, pairs[i].range.end},
                .message = comment        ? "a comment needs a line of its own: here its words are taken for names"
                           : word.empty() ? "the escape character makes a word of the blank behind it"
                                          : quoted(word) + " has no `=`: is it a part of the value before it?",
                .fixes = comment || word.empty() ? std::vector<Fix>() : in_quotes(pairs[first - 1], pairs[i])});
  }
}

void check_names(const std::vector<Pair>& pairs, RuleContext& ctx) {
  for (const Pair& pair : pairs)
    if (pair.value && pair.key.string().empty())
      ctx.report({.variant = "empty-name", .range = pair.range, .message = "nothing stands before the `=`"});
}

void check_pairs(const Statement& statement, const std::vector<Pair>& pairs, bool legacy, RuleContext& ctx) {
  if (legacy) {
    if (pairs.size() == 1 && !pairs.front().value)
      ctx.report({.variant = "missing-value",
                  .range = pairs.front().range,
                  .message = quoted(pairs.front().key.string()) + " has no value: a name alone is not allowed here"});
    return;
  }
  check_words(pairs, ctx);
  if (!statement.triggered) check_names(pairs, ctx);
}

void check_env(const dockerfile::Env& env, RuleContext& ctx) { check_pairs(env, env.pairs, env.legacy, ctx); }
void check_label(const dockerfile::Label& label, RuleContext& ctx) {
  check_pairs(label, label.pairs, label.legacy, ctx);
}
void check_arg(const dockerfile::Arg& arg, RuleContext& ctx) {
  if (!arg.triggered) check_names(arg.pairs, ctx);
}

}  // namespace

constinit const Rule invalid_key_value = checked({
    .name = "invalid-key-value",
    .family = Family::Correctness,
    .title = "A name or a value is missing.",
    .consequence =
        "`ENV JAVA_OPTS=-Xmx512m -Xss1m` stops the build with `can't find = in \"-Xss1m\"`: without quotes the value "
        "ends at the blank, and the next word has to be a pair of its own.",
    .fine_when = "Never: no builder takes the instruction as it is.",
    .fix = FixAvailability::Sometimes,
    .variants = {refused("missing-equals", "A word behind the first pair has no `=`."),
                 refused("missing-value", "ENV or LABEL has a name and nothing else."),
                 refused("empty-name", "Nothing stands before the `=`.")},
    .references = {"https://docs.docker.com/reference/dockerfile/#env",
                   "https://docs.docker.com/reference/dockerfile/#label"},
    .examples = {{"a value with blanks", "Dockerfile",
                  "FROM debian:12.8\nENV JAVA_OPTS=-Xmx512m <|-Xss1m -Xms64m|> TZ=UTC\n",
                  "FROM debian:12.8\nENV JAVA_OPTS=\"-Xmx512m -Xss1m -Xms64m\" TZ=UTC\n"},
                 {"a continued value", "Dockerfile",
                  "FROM debian:12.8\r\nLABEL a=1 \\\r\n  description=Shop <|front|>\r\n",
                  "FROM debian:12.8\r\nLABEL a=1 \\\r\n  description=\"Shop front\"\r\n"},
                 {"a comment behind a value", "Dockerfile", "FROM debian:12.8\nENV A=1 <|# the first|>\n"},
                 {"a default with blanks", "Dockerfile", "FROM debian:12.8\nENV A=${B:-x <|y}|>\n",
                  "FROM debian:12.8\nENV A=\"${B:-x y}\"\n"},
                 {"no value", "Dockerfile", "FROM debian:12.8\nENV <|APP_HOME|>\nONBUILD LABEL <|stage|>\n"},
                 {"no name", "Dockerfile", "ARG <|=1|>\nFROM debian:12.8\nENV A=1 <|=x|>\n"},
                 {"all forms that are allowed", "Dockerfile",
                  "ARG A B=1\nFROM debian:12.8\nENV A=1 B=\"x y\" C= D=a\\ b\nENV OLD some words\nLABEL \"a b\"=c\n"}},
    .checks = {on(check_env), on(check_label), on(check_arg)},
});

}  // namespace quaymaster::rules
