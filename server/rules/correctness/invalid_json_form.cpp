#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/dockerfile/file.h"
#include "model/dockerfile/json_array.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/variants.h"

namespace quaymaster::rules {
extern const Rule invalid_json_form;
namespace {

/// `arguments` from `begin` on.
dockerfile::Word tail(const dockerfile::Word& arguments, std::uint32_t begin) {
  dockerfile::Word result{arguments.range, {}};
  result.text.append(arguments.text, {begin, arguments.text.size()});
  return result;
}

/// Whether `arguments` is a list with something else than strings in it, which is reported.
bool report_other_element(const dockerfile::Word& arguments, RuleContext& ctx) {
  const std::optional<TextRange> element = dockerfile::element_that_is_no_string(arguments.string());
  if (!element) return false;
  const std::string_view text = slice(arguments.string(), *element);
  const bool scalar = text.front() != '[' && text.front() != '{';
  const TextRange range = arguments.text.to_file(*element);
  std::vector<Fix> fixes;
  if (scalar && arguments.text.verbatim(*element))
    fixes.push_back({"Put it in quotes",
                     Applicability::Unsafe,
                     {Edit::insertion(range.begin, "\""), Edit::insertion(range.end, "\"")}});
  ctx.report({.variant = "not-a-string",
              .range = range,
              .message = quoted(text, 24) + " is no string: the list may hold nothing but strings in double quotes",
              .fixes = std::move(fixes)});
  return true;
}

template <class Node>
void check_list(const Node& node, RuleContext& ctx) {
  report_other_element(node.arguments, ctx);
}

void check_health(const dockerfile::Healthcheck& check, RuleContext& ctx) {
  const std::string& text = check.arguments.string();
  const std::size_t type_end = text.find_first_of(" \t\v\f\r");
  if (type_end == std::string::npos) return;
  const std::size_t begin = text.find_first_not_of(" \t\v\f\r", type_end);
  report_other_element(tail(check.arguments, static_cast<std::uint32_t>(begin)), ctx);
}

/// The words of `text`, where it is nothing but words, as a JSON list.
std::string as_list(std::string_view text) {
  if (text.find_first_of("\"'\\$`[]\n") != std::string_view::npos) return {};
  std::string result;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \t"), text.size());
    if (end > 0) result += (result.empty() ? "[\"" : ", \"") + std::string(text.substr(0, end)) + '"';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return result + ']';
}

void check_shell(const dockerfile::Shell& shell, RuleContext& ctx) {
  if (report_other_element(shell.arguments, ctx)) return;
  if (shell.triggered || shell.command.json || shell.arguments.string().empty()) return;
  const std::string list = as_list(shell.arguments.string());
  std::vector<Fix> fixes;
  if (!list.empty())
    fixes.push_back({"Write it as a list", Applicability::Safe, {Edit::replacement(shell.arguments.range, list)}});
  ctx.report({.variant = "shell",
              .range = shell.arguments.range,
              .message = "SHELL takes a JSON list of strings in double quotes, and nothing else",
              .fixes = std::move(fixes)});
}

}  // namespace

constinit const Rule invalid_json_form = checked({
    .name = "invalid-json-form",
    .family = Family::Correctness,
    .title = "The list in brackets is not one of strings.",
    .consequence =
        "`CMD [\"gunicorn\", \"--workers\", 4]` stops the build with `arrays must be comprised of strings only`, for "
        "the "
        "number at its end. Elsewhere a list that is no good JSON would be handed to a shell; SHELL refuses that.",
    .fine_when = "Never: no builder takes the instruction as it is.",
    .fix = FixAvailability::Sometimes,
    .variants = {refused("not-a-string", "A list holds a number, true, null, or another list."),
                 refused("shell", "SHELL is not followed by a list.")},
    .references = {"https://docs.docker.com/reference/dockerfile/#shell-and-exec-form",
                   "https://docs.docker.com/reference/dockerfile/#shell"},
    .examples =
        {{"a number", "Dockerfile", "FROM python:3.13.0\nCMD [\"gunicorn\", \"--workers\", <|4|>]\n",
          "FROM python:3.13.0\nCMD [\"gunicorn\", \"--workers\", \"4\"]\n"},
         {"over lines", "Dockerfile", "FROM python:3.13.0\r\nENTRYPOINT [ \\\r\n  \"app\", \\\r\n  <|true|> ]\r\n",
          "FROM python:3.13.0\r\nENTRYPOINT [ \\\r\n  \"app\", \\\r\n  \"true\" ]\r\n"},
         {"a list in a list", "Dockerfile", "FROM debian:12.8\nRUN [\"a\", <|[\"b\"]|>]\nHEALTHCHECK CMD [<|{}|>]\n"},
         {"in all of them", "Dockerfile",
          "FROM debian:12.8\nCOPY [\"a\", <|1|>]\nADD [<|null|>, \"b\"]\nVOLUME [<|-1.5e3|>]\nONBUILD CMD [<|false|>]\n"
          "SHELL [<|0|>]\n",
          "FROM debian:12.8\nCOPY [\"a\", \"1\"]\nADD [\"null\", \"b\"]\nVOLUME [\"-1.5e3\"]\nONBUILD CMD [\"false\"]\n"
          "SHELL [\"0\"]\n"},
         {"a shell without brackets", "Dockerfile", "FROM debian:12.8\nSHELL <|/bin/bash -o pipefail -c|>\n",
          "FROM debian:12.8\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\n"},
         {"single quotes", "Dockerfile", "FROM debian:12.8\nSHELL <|['bash', '-c']|>\n"},
         {"lists of strings, and what is no list", "Dockerfile",
          "FROM debian:12.8\nSHELL [\"bash\", \"-c\"]\nRUN [ -f x ] && y\nCMD [1, x]\nCMD [\"a\", 1] # x\n"}},
    .checks = {on(check_list<dockerfile::Run>), on(check_list<dockerfile::Cmd>), on(check_list<dockerfile::Entrypoint>),
               on(check_list<dockerfile::Copy>), on(check_list<dockerfile::Add>), on(check_list<dockerfile::Volume>),
               on(check_health), on(check_shell)},
});

}  // namespace quaymaster::rules
