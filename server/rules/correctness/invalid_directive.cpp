#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/variants.h"
#include "text/near_miss.h"

namespace quaymaster::rules {
extern const Rule invalid_directive;
namespace {

using dockerfile::ParserDirective;

constexpr std::string_view kBlanks = " \t\v\f\r";

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

bool is_boolean(std::string_view text) {
  constexpr std::string_view kBooleans[] = {"1", "t", "T", "TRUE",  "true",  "True",
                                            "0", "f", "F", "FALSE", "false", "False"};
  return std::ranges::find(kBooleans, text) != std::end(kBooleans);
}

void report_option(const ParserDirective& directive, std::size_t begin, std::string_view option, std::string message,
                   RuleContext& ctx) {
  const auto at = directive.value_range.begin + static_cast<std::uint32_t>(begin);
  ctx.report({.variant = "check",
              .range = {at, at + static_cast<std::uint32_t>(option.size())},
              .message = std::move(message)});
}

/// `skip=A,B;error=true;experimental=all`, up to the first blank.
void check_options(const ParserDirective& directive, RuleContext& ctx) {
  const std::string_view value = std::string_view(directive.value).substr(0, directive.value.find_first_of(kBlanks));
  for (std::size_t begin = 0; begin <= value.size();) {
    const std::size_t end = std::min(value.find(';', begin), value.size());
    const std::string_view option = value.substr(begin, end - begin);
    const std::size_t equals = option.find('=');
    const std::string_view name = trimmed(option.substr(0, equals));
    if (equals == std::string_view::npos) {
      report_option(directive, begin, option,
                    option.empty() ? "nothing follows the `;`: blanks end the options"
                                   : quoted(option) + " has no value: options look like `skip=all`",
                    ctx);
    } else if (name != "skip" && name != "error" && name != "experimental") {
      report_option(directive, begin, option.substr(0, equals),
                    quoted(name) + " is no option of checks: there are skip, error and experimental", ctx);
    } else if (name == "error" && !is_boolean(trimmed(option.substr(equals + 1)))) {
      report_option(directive, begin + equals + 1, option.substr(equals + 1), "`error` is true or false", ctx);
    }
    begin = end + 1;
  }
}

void check_file(const dockerfile::File& file, RuleContext& ctx) {
  for (auto directive = file.directives.begin(); directive != file.directives.end(); ++directive) {
    const auto first = std::find_if(file.directives.begin(), directive,
                                    [&](const ParserDirective& other) { return other.name == directive->name; });
    if (first != directive) {
      ctx.report({.variant = "repeated",
                  .range = directive->name_range,
                  .message = quoted(directive->name) + " is said twice: once is all that is allowed",
                  .related = {{first->name_range, "the first time"}}});
    } else if (directive->name == "escape" && directive->value != "`" && directive->value != "\\") {
      ctx.report(
          {.variant = "escape",
           .range = directive->value_range,
           .message = "the escape character is a backslash or a backquote, not " + quoted(directive->value, 20)});
    } else if (directive->name == "check") {
      check_options(*directive, ctx);
    }
  }
}

}  // namespace

constinit const Rule invalid_directive = checked({
    .name = "invalid-directive",
    .family = Family::Correctness,
    .title = "The parser directive is one that the builder refuses.",
    .consequence =
        "Other comments are free text; these lines at the top are not. A second `# escape=` or a `# check=skip=A; "
        "error=true` with a blank in it stops every build of the file, with a message that sounds as if an instruction "
        "were wrong.",
    .fine_when = "The frontend that `# syntax=` names is another one, and reads its directives in its own way.",
    .fix = FixAvailability::None,
    .variants = {refused("repeated", "A directive is given twice."),
                 refused("escape", "The escape character is neither a backslash nor a backquote."),
                 refused("check", "The options of `# check=` cannot be read.")},
    .references = {"https://docs.docker.com/reference/dockerfile/#parser-directives",
                   "https://docs.docker.com/reference/dockerfile/#check"},
    .examples = {{"twice", "Dockerfile", "# escape=`\n# <|Escape|>=`\nFROM debian:12.8\n"},
                 {"another character", "Dockerfile", "# escape=<|^|>\nFROM debian:12.8\n"},
                 {"a blank in the options", "Dockerfile",
                  "# check=skip=JSONArgsRecommended;<||> error=true\nFROM debian:12.8\n"},
                 {"options that there are not", "Dockerfile",
                  "# check=<|skipp|>=all;<|all|>;error=<|maybe|>\nFROM debian:12.8\n"},
                 {"good ones", "Dockerfile",
                  "# syntax=docker/dockerfile:1\n# check=skip=all;error=true because\n# escape=\\\nFROM debian:12.8\n"},
                 {"comments", "Dockerfile",
                  "# a comment ends the directives\n# escape=^\n# escape=^\nFROM debian:12.8\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
