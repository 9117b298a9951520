#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/builder_flags.h"
#include "rules/support/message.h"
#include "rules/support/variants.h"
#include "text/ascii.h"

namespace quaymaster::rules {
extern const Rule missing_argument;
namespace {

using dockerfile::Statement;
using dockerfile::Word;

/// Looks at one instruction. What is read by other builds only, under ONBUILD, is their matter.
struct ArgumentCheck {
  const dockerfile::Placed& placed;
  RuleContext& ctx;

  template <class Node>
  void operator()(const Node&) const {}

  void operator()(const dockerfile::From& node) const { check_any(node, "an image"); }
  void operator()(const dockerfile::Env& node) const { check_any(node, "a name and a value"); }
  void operator()(const dockerfile::Label& node) const { check_any(node, "a name and a value"); }
  void operator()(const dockerfile::Arg& node) const { check_any(node, "a name"); }
  void operator()(const dockerfile::Expose& node) const { check_any(node, "a port"); }
  void operator()(const dockerfile::User& node) const { check_any(node, "a user"); }
  void operator()(const dockerfile::Workdir& node) const { check_any(node, "a folder"); }
  void operator()(const dockerfile::Stopsignal& node) const { check_any(node, "a signal"); }
  void operator()(const dockerfile::Maintainer& node) const { check_any(node, "a name"); }
  void operator()(const dockerfile::Onbuild& node) const { check_any(node, "an instruction"); }
  void operator()(const dockerfile::Copy& node) const { check_transfer(node); }
  void operator()(const dockerfile::Add& node) const { check_transfer(node); }

  void operator()(const dockerfile::Volume& node) const {
    if (node.paths.empty()) return report_nothing(node, "a folder");
    for (const Word& path : node.paths)
      if (path.string().find_first_not_of(" \t\r\n\v\f") == std::string::npos)
        report("nothing", path.range, "the path of a volume cannot be empty");
  }

  void operator()(const dockerfile::Shell& node) const {
    const bool empty_list = node.command.json && node.command.strings.empty();
    if (empty_list || node.arguments.string().empty()) report_nothing(node, "a program");
  }

  void operator()(const dockerfile::Healthcheck& node) const {
    if (lacks_flag_value(*placed.instruction)) return;
    if (!node.type) return report_nothing(node, "NONE, or CMD and a command");
    const bool empty = node.command.json ? node.command.strings.empty() : !node.command.source;
    if (empty && equals_ignoring_case(node.type->string(), "cmd"))
      report("command", node.type->range, "no command follows: nothing says how to tell that the program is well");
  }

 private:
  void report(std::string_view variant, TextRange range, std::string message) const {
    ctx.report({.variant = variant, .range = range.shifted(placed.begin), .message = std::move(message)});
  }

  void report_nothing(const Statement& statement, std::string_view what) const {
    report("nothing", statement.keyword,
           quoted(statement.keyword_text) + " stands alone: it needs " + std::string(what));
  }

  void check_any(const Statement& statement, std::string_view what) const {
    // A flag that the instruction does not have is another finding: `WORKDIR --parents`.
    const bool strange_flag =
        !statement.flags.empty() && minds_flags(*placed.instruction) && builder_flags(*placed.instruction).empty();
    if (statement.arguments.string().empty() && !strange_flag) report_nothing(statement, what);
  }

  void check_transfer(const dockerfile::Transfer& node) const {
    if (node.destination || lacks_flag_value(*placed.instruction)) return;
    if (node.sources.empty()) return report_nothing(node, "what to copy, and where to");
    const Word& source = node.sources.front();
    report("destination", source.range, "nothing says where " + quoted(source.string()) + " goes to");
  }
};

void check_file(const dockerfile::File& file, RuleContext& ctx) {
  for (const dockerfile::Placed& placed : file.instructions)
    std::visit(ArgumentCheck{placed, ctx}, placed.instruction->body);
}

}  // namespace

constinit const Rule missing_argument = checked({
    .name = "missing-argument",
    .family = Family::Correctness,
    .title = "The instruction lacks what it is about.",
    .consequence =
        "The build stops with `requires at least one argument`, before anything is built. A variable does not help: "
        "`COPY $FILES` has one word, whatever is in it, and goes nowhere.",
    .fine_when = "Never: no builder takes the instruction as it is.",
    .fix = FixAvailability::None,
    .variants = {refused("nothing", "Nothing follows the keyword."),
                 refused("destination", "COPY or ADD has a source and no destination."),
                 refused("command", "HEALTHCHECK CMD has no command.")},
    .references = {"https://docs.docker.com/reference/dockerfile/#copy",
                   "https://docs.docker.com/reference/dockerfile/#healthcheck"},
    .examples =
        {{"keywords alone", "Dockerfile",
          "FROM "
          "debian:12.8\n<|ENV|>\n<|LABEL|>\n<|ARG|>\n<|EXPOSE|>\n<|USER|>\n<|WORKDIR|>\n<|STOPSIGNAL|>\n<|VOLUME|>\n"
          "<|MAINTAINER|>\n<|ONBUILD|>\n<|SHELL|>\n<|COPY|>\n<|ADD|> \n<|HEALTHCHECK|>\n"},
         {"no image", "Dockerfile", "<|FROM|> --platform=linux/amd64\nRUN make\n"},
         {"empty lists", "Dockerfile", "FROM debian:12.8\n<|SHELL|> []\n<|COPY|> []\nVOLUME [\"/data\", <|\"\"|>]\n"},
         {"from here to nowhere", "Dockerfile", "FROM debian:12.8\nCOPY --chown=1000 <|$FILES|>\nADD <|app.tar|>\n"},
         {"no command", "Dockerfile", "FROM debian:12.8\nHEALTHCHECK --interval=5s <|CMD|>\nHEALTHCHECK <|cmd|> []\n"},
         {"nothing missing", "Dockerfile",
          "FROM debian:12.8\nRUN\nCMD []\nENTRYPOINT []\nCOPY a b\nHEALTHCHECK NONE\nARG A\nENV A=\n"},
         {"under ONBUILD it is the matter of other builds", "Dockerfile", "FROM debian:12.8\nONBUILD COPY a\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
