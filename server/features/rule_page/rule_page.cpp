#include "features/rule_page/rule_page.h"

#include <algorithm>
#include <map>
#include <set>

#include "features/rule_page/example_text.h"
#include "features/rule_page/markdown.h"
#include "rules/settings.h"

namespace quaymaster {
namespace {

constexpr std::string_view kGenerated =
    "<!-- Written by ./dev docs from the rules; what is changed here is lost. -->\n\n";

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

std::string languages(const Variant& variant) {
  std::vector<std::string> names;
  if (variant.languages.contains(Language::Dockerfile)) names.emplace_back("Dockerfile");
  if (variant.languages.contains(Language::Compose)) names.emplace_back("Compose");
  if (variant.languages.contains(Language::Kubernetes)) names.emplace_back("Kubernetes");
  return joined(names);
}

/// "recommended, strict (error)": the severity where it is another one than the variant's own.
std::string presets(const Variant& variant) {
  std::vector<std::string> names;
  for (const PresetEntry& entry : variant.presets) {
    std::string name(to_string(entry.preset));
    if (entry.severity != variant.severity) name += " (" + std::string(to_string(entry.severity)) + ")";
    names.push_back(std::move(name));
  }
  return joined(names);
}

std::string variants(const Rule& rule) {
  std::vector<std::vector<std::string>> rows;
  for (const Variant& variant : rule.variants)
    rows.push_back({variant.name.empty() ? "" : inline_code(variant.name), std::string(variant.summary),
                    std::string(to_string(variant.severity)), presets(variant), languages(variant),
                    std::string(variant.since)});
  return table({"variant", "finds", "severity", "presets", "in", "since"}, rows);
}

/// What can be set for the rule in a configuration file; nothing for most.
std::string options(const Rule& rule) {
  if (rule.options.empty()) return {};
  std::vector<std::vector<std::string>> rows;
  for (const RuleOption& option : rule.options)
    rows.push_back({inline_code(option.name), inline_code(shown(option.default_value())), std::string(option.doc)});
  return "## Options\n\nBelow the rule's name under `rules` in a [configuration file](../configuration.md):\n\n" +
         table({"option", "default", "meaning"}, rows) + "\n";
}

std::string examples(const Rule& rule, const std::vector<AnalysedExample>& analysed) {
  std::string out = "## Examples\n";
  for (std::size_t i = 0; i < rule.examples.size(); ++i) {
    const Example& example = rule.examples[i];
    std::string heading(example.title);
    if (!heading.empty() && 'a' <= heading.front() && heading.front() <= 'z')
      heading.front() = static_cast<char>(heading.front() - 'a' + 'A');
    out += "\n### " + heading + "\n\n" + inline_code(example.path);
    if (!example.options.empty()) out += " with " + inline_code(example.options);
    out += "\n\n";
    out += code_block(analysed[i].text, analysed[i].language) + "\n";
    for (const ExampleFile& file : example.beside) {
      out += "and " + inline_code(file.path);
      out += file.text.empty() ? ", which is empty\n\n" : ":\n\n" + code_block(file.text, "") + "\n";
    }
    if (analysed[i].findings.empty()) out += "Nothing is reported.\n";
    for (const std::string& finding : analysed[i].findings) out += "- " + finding + "\n";
    if (example.after.empty()) continue;
    out += "\nAfter the fix:\n\n" + code_block(example.after, analysed[i].language);
  }
  return out;
}

std::string fixes(const Rule& rule, const std::vector<AnalysedExample>& analysed) {
  std::string out = "## Fix\n\n";
  switch (rule.fix) {
    case FixAvailability::None: out += "There is no automatic fix.\n"; break;
    case FixAvailability::Sometimes: out += "Some findings can be repaired automatically.\n"; break;
    case FixAvailability::Always: out += "Every finding can be repaired automatically.\n"; break;
  }
  // Titles name what stands in the file; those of one kind are told once for each trust and caveat.
  std::set<std::pair<std::string, std::string>> told;
  std::string list;
  for (const AnalysedExample& example : analysed)
    for (const OfferedFix& fix : example.fixes)
      if (told.emplace(fix.applicability, fix.caveat).second)
        list +=
            "- " + fix.title + " (" + fix.applicability + ")" + (fix.caveat.empty() ? "" : ": " + fix.caveat) + "\n";
  return list.empty() ? out : out + "\n" + list;
}

std::string ignoring(const Rule& rule) {
  const std::string name(rule.name);
  std::string out =
      "## Ignore it\n\nIn a Dockerfile on a line of its own above the instruction; in YAML at the end of the "
      "line, or on the line above:\n\n";
  out += code_block("# quaymaster: ignore " + name + " -- the reason", "");
  if (rule.variants.size() > 1)
    out += "\nOne variant only: " + inline_code(name + "/" + std::string(rule.variants[0].name)) + ".\n";
  return out + "\nEverywhere: " + inline_code("quaymaster check --ignore " + name) + ".\n";
}

std::string aliases(const Rule& rule) {
  std::map<std::string_view, std::set<std::string_view>> checks;
  for (const Variant& variant : rule.variants)
    for (const Alias& alias : variant.aliases) {
      const std::size_t colon = alias.identifier.find(':');
      checks[alias.identifier.substr(0, colon)].insert(alias.identifier.substr(colon + 1));
    }
  if (checks.empty()) return {};
  std::vector<std::vector<std::string>> rows;
  for (const auto& [tool, identifiers] : checks) {
    std::vector<std::string> codes;
    for (const std::string_view identifier : identifiers) codes.push_back(inline_code(identifier));
    rows.push_back({std::string(tool), joined(codes)});
  }
  return "## In other tools\n\nThese checks report the same, and their names work here too.\n\n" +
         table({"tool", "checks"}, rows) + "\n";
}

std::string references(const Rule& rule) {
  std::string out = "## References\n\n";
  for (const std::string_view reference : rule.references) out += "- <" + std::string(reference) + ">\n";
  return out;
}

std::string fix_word(FixAvailability fix) {
  switch (fix) {
    case FixAvailability::None: return "";
    case FixAvailability::Sometimes: return "sometimes";
    case FixAvailability::Always: return "yes";
  }
  return "";
}

std::string index_page(const RuleSet& rules) {
  std::string out(kGenerated);
  out +=
      "# Rules\n\nEvery rule of this release, by the mistake that it belongs to. The same list with severities and "
      "presets: `quaymaster rules`.\n";
  for (std::size_t i = 0; i < kFamilyCount; ++i) {
    const auto family = static_cast<Family>(i);
    std::vector<std::vector<std::string>> rows;
    for (const Rule* rule : rules) {
      if (rule->family != family) continue;
      const std::string name(rule->name);
      rows.push_back({"[" + name + "](" + name + ".md)", std::string(rule->title), fix_word(rule->fix)});
    }
    if (rows.empty()) continue;
    const std::string page = "../anti-patterns/" + std::string(slug(family)) + ".md";
    out += "\n## [" + std::string(title(family)) + "](" + page + ")\n\n" + std::string(summary(family)) + "\n\n";
    out += table({"rule", "what is wrong", "fix"}, rows);
  }
  return out;
}

}  // namespace

std::string rule_page(const Rule& rule, const SurroundingsOfExample& surroundings_of) {
  std::vector<AnalysedExample> analysed;
  for (const Example& example : rule.examples) analysed.push_back(analyse_example(rule, example, surroundings_of));
  const std::string family(slug(rule.family));
  std::string out(kGenerated);
  out += "# " + std::string(rule.name) + "\n\n**" + std::string(rule.title) + "**\n\n";
  out += "Family: [" + std::string(title(rule.family)) + "](../anti-patterns/" + family + ".md). " +
         std::string(summary(rule.family)) + "\n\n";
  out += variants(rule) + "\n";
  out += "## What happens\n\n" + std::string(rule.consequence) + "\n\n";
  out += "## Fine when\n\n" + std::string(rule.fine_when) + "\n\n";
  out += options(rule);
  out += examples(rule, analysed) + "\n";
  out += fixes(rule, analysed) + "\n";
  out += ignoring(rule) + "\n";
  out += aliases(rule);
  return out + references(rule);
}

std::vector<RulePage> rule_pages(const RuleSet& rules, const SurroundingsOfExample& surroundings_of) {
  std::vector<RulePage> pages{{"README.md", index_page(rules)}};
  for (const Rule* rule : rules) pages.push_back({std::string(rule->name) + ".md", rule_page(*rule, surroundings_of)});
  return pages;
}

}  // namespace quaymaster
