#include <algorithm>
#include <memory>
#include <ostream>
#include <string>

#include "cli/command.h"
#include "cli/embedded_text.h"
#include "cli/exit_code.h"
#include "cli/markdown_text.h"
#include "cli/rule_lookup.h"
#include "cli/style.h"
#include "cli/terminal_text.h"
#include "features/rule_page/rule_page.h"
#include "rules/item.h"
#include "workspace/configuration/problems.h"
#include "workspace/example_surroundings.h"

namespace quaymaster::cli {
namespace {

std::string family_page(Family family) {
  const std::string name(slug(family));
  const std::string_view page = embedded_text("docs/anti-patterns/" + name + ".md");
  if (!page.empty()) return std::string(page);
  return "# " + std::string(title(family)) + "\n\n" + std::string(summary(family)) + "\n";
}

/// The page or pages about `item`; empty when nothing has this name.
std::string pages_about(const RuleSet& rules, const std::string& item) {
  if (const auto family = parse_family(item)) return family_page(*family);
  if (item == workspace::configuration_rule().name) return std::string(embedded_text("docs/configuration.md"));
  if (const std::string code = shellcheck_code(item); !code.empty())
    return "# " + code + "\n\nA check of ShellCheck, which explains it: <https://www.shellcheck.net/wiki/" + code +
           ">\n";
  std::string pages;
  for (const Rule* rule : rules_named(rules, item)) {
    if (!pages.empty()) pages += "\n---\n\n";
    pages += rule_page(*rule, workspace::surroundings_of_example);
  }
  return pages;
}

int explain(const std::string& item, Streams& streams) {
  const RuleSet rules = built_in_rules();
  const std::string pages = pages_about(rules, item);
  if (pages.empty()) {
    streams.err << "quaymaster: there is no rule, variant, family or check \"" << visible(item) << "\"";
    if (const std::string nearest = nearest_name(rules, item); !nearest.empty())
      streams.err << "; did you mean \"" << nearest << "\"?";
    streams.err << "\nAll names: quaymaster rules\n";
    return kCouldNotRun;
  }
  // Wider columns are hard to read.
  constexpr std::size_t kWidest = 100;
  const std::size_t columns = streams.out_is_terminal ? std::min(streams.columns, kWidest) : 0;
  streams.out << markdown_for_terminal(pages, style_of_out(ColourChoice::Auto, streams), columns);
  return kClean;
}

}  // namespace

void add_explain_command(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("explain", "Show the page about a rule, a variant, a family or another tool's check");
  const auto item = std::make_shared<std::string>();
  command->add_option("NAME", *item, "floating-image-tag, unpinned-package/pip, state, DL3007, hadolint:DL3007 ...")
      ->required()
      ->option_text(" ");
  command->callback([item, &action] { action = [item](Streams& streams) { return explain(*item, streams); }; });
}

}  // namespace quaymaster::cli
