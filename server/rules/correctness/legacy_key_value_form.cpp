#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule legacy_key_value_form;
namespace {

using dockerfile::Pair;

struct Rewriting {
  std::string opening = "=";
  std::string closing = {};
  bool same = true;  ///< surely the same value
};

/// How the value is written behind a `=`; empty when it cannot be said.
std::optional<Rewriting> rewriting(std::string_view value, char escape) {
  const std::string_view inner = without_quotes(value);
  const bool has_quotes = inner.size() != value.size();
  constexpr std::string_view kQuotes = "\"'";
  const bool special =
      inner.find_first_of(kQuotes) != std::string_view::npos || inner.find(escape) != std::string::npos;
  if (has_quotes && !special) return Rewriting{};
  constexpr std::string_view kBlanks = " \t\v\f";
  const bool one_word = value.find_first_of(kBlanks) == std::string_view::npos;
  if (one_word) return Rewriting{.same = !special};
  if (special) return std::nullopt;
  return Rewriting{.opening = "=\"", .closing = "\""};
}

std::vector<Fix> fixes_for(const Pair& pair, char escape) {
  if (!verbatim(pair.key) || !pair.value || !verbatim(*pair.value)) return {};
  const std::optional<Rewriting> how = rewriting(pair.value->string(), escape);
  if (!how) return {};
  const TextRange value = pair.value->range;
  std::vector<Edit> edits{Edit::replacement({pair.key.range.end, value.begin}, how->opening)};
  if (!how->closing.empty()) edits.push_back(Edit::insertion(value.end, how->closing));
  return {{"Write it with `=`", how->same ? Applicability::Safe : Applicability::Unsafe, std::move(edits),
           how->same ? std::string() : "Quotes and escapes inside of a word may count differently then."}};
}

void check(std::string_view keyword, bool legacy, bool triggered, const std::vector<Pair>& pairs, RuleContext& ctx) {
  if (!legacy || pairs.size() != 1 || !pairs.front().value) return;
  const Pair& pair = pairs.front();
  Report report{
      .range = pair.key.range,
      .message = std::string(keyword) + " " + quoted(pair.key.string()) + " without `=`: all of the rest is one value",
      .fixes = fixes_for(pair, ctx.instruction_context()->escape)};
  if (triggered) report.aliases = std::vector<std::string_view>{};
  ctx.report(std::move(report));
}

void check_env(const dockerfile::Env& env, RuleContext& ctx) {
  check("ENV", env.legacy, env.triggered, env.pairs, ctx);
}

void check_label(const dockerfile::Label& label, RuleContext& ctx) {
  check("LABEL", label.legacy, label.triggered, label.pairs, ctx);
}

}  // namespace

constinit const Rule legacy_key_value_form = checked({
    .name = "legacy-key-value-form",
    .family = Family::Correctness,
    .title = "Name and value are separated by a blank, which is the old form.",
    .consequence = "Somebody adds a second variable to the line: `ENV HOST shop PORT 8080`. There is no error; HOST is "
                   "`shop PORT 8080` from then on, PORT is not set, and the program listens where nobody calls.",
    .fine_when = "The file is as old as the form, and nobody changes it any more.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}, {Preset::BuildKit, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "buildkit:LegacyKeyValueFormat"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/reference/build-checks/legacy-key-value-format/",
                   "https://docs.docker.com/reference/dockerfile/#env"},
    .examples = {{"a variable", "Dockerfile", "FROM alpine:3.21\nENV <|PORT|> 8080\n",
                  "FROM alpine:3.21\nENV PORT=8080\n"},
                 {"two that are one", "Dockerfile", "FROM alpine:3.21\r\nENV <|HOST|>  shop PORT 8080\r\n",
                  "FROM alpine:3.21\r\nENV HOST=\"shop PORT 8080\"\r\n"},
                 {"a value in quotes", "Dockerfile", "FROM alpine:3.21\nENV <|NAME|> \"the shop\"\n",
                  "FROM alpine:3.21\nENV NAME=\"the shop\"\n"},
                 {"quotes inside", "Dockerfile", "FROM alpine:3.21\nENV <|OPTIONS|> -Dname=\"the shop\" -v\n"},
                 {"an escape", "Dockerfile", "FROM alpine:3.21\nENV <|PRICE|> 5\\$\n",
                  "FROM alpine:3.21\nENV PRICE=5\\$\n"},
                 {"over two lines", "Dockerfile", "FROM alpine:3.21\nENV <|OPTIONS|> -a \\\n  -b\n"},
                 {"a label", "Dockerfile", "FROM alpine:3.21\nLABEL <|version|> 1.4.2\n",
                  "FROM alpine:3.21\nLABEL version=1.4.2\n"},
                 {"the form of today, and ARG", "Dockerfile",
                  "FROM alpine:3.21\nARG NAME\nENV HOST=shop PORT=8080\nLABEL version=1.4.2 title=\"the shop\"\n"},
                 {"half-typed", "Dockerfile", "FROM alpine:3.21\nENV PORT\n"}},
    .checks = {on(check_env), on(check_label)},
});

}  // namespace quaymaster::rules
