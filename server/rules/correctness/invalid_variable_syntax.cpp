#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/dockerfile/expansion.h"
#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/expanded_words.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"
#include "rules/support/variants.h"

namespace quaymaster::rules {
extern const Rule invalid_variable_syntax;
namespace {

using dockerfile::Context;
using dockerfile::ExpansionError;
using dockerfile::Placed;
using Kind = dockerfile::ExpansionError::Kind;

/// Whether the variable can be told to have no value: the base image does not define it.
bool is_surely_unset(const std::string& name, const Placed& placed) {
  const Context& context = *placed.context;
  if (name.starts_with("TARGET") || name.starts_with("BUILD")) return false;
  const bool no_image = !context.in_stage || placed.instruction->as<dockerfile::From>() != nullptr ||
                        (context.base_known && context.base_name == "scratch");
  return no_image || find_variable(context.scope.get(), name) != nullptr;
}

std::string_view variant_of(Kind kind) {
  switch (kind) {
    case Kind::OpenQuote: return "open-quote";
    case Kind::OpenBrace:
    case Kind::OpenSlash: return "open-brace";
    case Kind::Required: return "required";
    default: return "substitution";
  }
}

std::string message_for(const ExpansionError& error, std::string_view written) {
  const std::string name = quoted(error.name, 24);
  switch (error.kind) {
    case Kind::OpenQuote: return "the quote is not closed; a backslash before it makes it a character";
    case Kind::OpenBrace:
      return error.name.empty() ? "the brace is not closed" : "the brace of " + name + " is not closed";
    case Kind::OpenSlash: return "a second `/` has to follow the pattern that is replaced in " + name;
    case Kind::EmptyName: return "a name has to follow the `${`";
    case Kind::Pattern: return "in the pattern a backslash may stand before `*`, `?`, `/`, `}` and itself only";
    case Kind::Required: return name + " must have a value, and has none here";
    case Kind::TooDeep: return "variables are nested too deep";
    case Kind::Modifier: break;
  }
  return "the builder knows no " + quoted(written, 24) + ": it has `:-` `:+` `:?` `#` `%` `/`, and not all of a shell";
}

/// `${templateOption:imageVariant}` of a Dev Container Template: it is replaced when the template is used.
bool is_template_option(const ExpansionError& error) {
  return error.kind == Kind::Modifier && error.name == "templateOption";
}

/// `${x:=y}` sets the variable in a shell, and means the same as `${x:-y}` but for that.
std::vector<Fix> fixes_for(const ExpansionError& error, std::string_view written, const ExpandedWord& word,
                           std::uint32_t begin) {
  if (error.kind != Kind::Modifier || !written.ends_with(":=") || !verbatim(word.word)) return {};
  const TextRange sign{begin + error.range.end - 1, begin + error.range.end};
  return {{"Use :-", Applicability::Unsafe, {Edit::replacement(sign, "-")}}};
}

/// Whether blanks cut a word in two, `ENV A=${B:-x y}`: what is left open then is not what is wrong.
bool is_cut(const dockerfile::Instruction& instruction) {
  const auto any_bare = [](const std::vector<dockerfile::Pair>& pairs) {
    return std::ranges::any_of(pairs, [](const dockerfile::Pair& pair) { return !pair.value; });
  };
  if (const auto* env = instruction.as<dockerfile::Env>()) return any_bare(env->pairs);
  if (const auto* label = instruction.as<dockerfile::Label>()) return any_bare(label->pairs);
  const auto* from = instruction.as<dockerfile::From>();
  return from != nullptr && from->as_keyword && !from->stage_name;
}

/// Whether blanks end a word of the instruction, quotes or not.
bool splits_at_blanks(const dockerfile::Instruction& instruction) {
  if (const auto* copy = instruction.as<dockerfile::Copy>()) return !copy->json;
  if (const auto* add = instruction.as<dockerfile::Add>()) return !add->json;
  const auto* volume = instruction.as<dockerfile::Volume>();
  return volume != nullptr && !volume->json;
}

void check_file(const dockerfile::File& file, RuleContext& ctx) {
  for (const Placed& placed : file.instructions) {
    if (is_cut(*placed.instruction)) continue;
    bool quote_open = false;
    for (const ExpandedWord& word : expanded_words(*placed.instruction)) {
      const std::string& text = word.word.string();
      if (text.find_first_of("$\"'") == std::string::npos) continue;
      const std::optional<ExpansionError> error = word.expansion(*placed.context).error;
      if (!error || is_template_option(*error) ||
          (error->kind == Kind::Required && !is_surely_unset(error->name, placed)))
        continue;
      // Quotes do not keep `COPY "a b" c` together: the one that opens and the one that closes are in two words.
      const bool closes = error->kind == Kind::OpenQuote && quote_open;
      quote_open = error->kind == Kind::OpenQuote && !quote_open && splits_at_blanks(*placed.instruction);
      if (closes) continue;
      std::string_view written = text;
      if (verbatim(word.word))
        written = slice(text, {error->range.begin - word.word.range.begin, error->range.end - word.word.range.begin});
      ctx.report({.variant = variant_of(error->kind),
                  .range = error->range.shifted(placed.begin),
                  .message = quote_open ? "quotes do not join words here: a path with blanks needs a JSON list"
                                        : message_for(*error, written),
                  .fixes = fixes_for(*error, written, word, placed.begin)});
    }
  }
}

}  // namespace

constinit const Rule invalid_variable_syntax = checked({
    .name = "invalid-variable-syntax",
    .family = Family::Correctness,
    .title = "The builder cannot expand the word.",
    .consequence =
        "The build stops in the middle with `syntax error` or `unexpected end of statement`. Outside of RUN the "
        "builder "
        "expands words itself, and it knows a part of what a shell knows: an apostrophe in a LABEL opens a quote, and "
        "`${VERSION^^}` is nothing at all.",
    .fine_when = "Never: no builder takes the word as it is.",
    .fix = FixAvailability::Sometimes,
    .variants = {refused("open-quote", "A quote is not closed."), refused("open-brace", "`${` is not closed."),
                 refused("substitution", "The form is one that the builder does not have."),
                 refused("required", "`${x:?}` demands a value, and there is none.")},
    .references = {"https://docs.docker.com/reference/dockerfile/#environment-replacement"},
    .examples =
        {{"an apostrophe", "Dockerfile",
          "FROM debian:12.8\nLABEL a=1 b=it<|'|>s\nLABEL description the shop<|'|>s front\n"},
         {"a path with blanks", "Dockerfile",
          "FROM debian:12.8\nCOPY <|\"|>my files/\" /srv/\nCOPY [\"my files\", \"/srv/\"]\n"},
         {"open braces", "Dockerfile",
          "FROM debian:12.8\nENV A=1\nWORKDIR /srv/<|${A|>\nUSER <|${|>\nENV B=<|${A|>:-x\n"},
         {"what only shells have", "Dockerfile",
          "ARG V=1.2\nFROM debian:12.8\nARG V\nENV MAJOR=<|${V^|>^} LENGTH=<|${#V|>} PART=<|${V:0|>:1}\nENV "
          "NONE=<|${}|>\n"},
         {"a default that is set", "Dockerfile", "FROM debian:12.8\nENV A=<|${B:=|>x}\n",
          "FROM debian:12.8\nENV A=${B:-x}\n"},
         {"one slash", "Dockerfile", "FROM debian:12.8\nENV A=1.2\nENV B=<|${A|>/.}\n"},
         {"a pattern", "Dockerfile", "FROM debian:12.8\nENV A=1.2\nENV B=<|${A#|>\\.}\n"},
         {"a heredoc that is expanded", "Dockerfile",
          "FROM debian:12.8\nCOPY <<EOF /run.sh\necho it's ${A:-x} $(date) <|${LIST[|>0]}\nEOF\nCOPY <<'EOF' "
          "/b.sh\necho "
          "${LIST[0]}\nEOF\n"},
         {"a value that must be", "Dockerfile", "FROM debian:<|${TAG:?}|>\nENV A=\nENV B=<|${A:?}|>\n"},
         {"words that a blank cuts in two", "Dockerfile", "FROM debian:12.8\nENV A=${B:-x y}\n"},
         {"a value that may come from outside", "Dockerfile",
          "ARG TAG\nFROM debian:${TAG:?missing}\nENV B=${BASE_HOME:?}\n"},
         {"all that there is", "Dockerfile",
          "FROM debian:12.8\nENV A=1.2\nENV B=${A%.*} C=\"it's $A\" D='$A' E=\\$A F=${A//./-} G=${Z:-${A#1.}} H=a$\n"},
         {"a template", "Dockerfile",
          "FROM mcr.microsoft.com/devcontainers/base:${templateOption:imageVariant}\nARG "
          "ZSH=\"${templateOption:zsh}\"\n"},
         {"text for a shell", "Dockerfile", "FROM debian:12.8\nRUN echo ${A^^} && echo it\\'s\nCMD echo ${B[0]}\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
