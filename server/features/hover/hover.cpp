#include "features/hover/hover.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "features/hover/fix_diff.h"
#include "features/hover/key_documentation.h"
#include "features/hover/variable_hover.h"
#include "quaymaster/rule.h"

namespace quaymaster {
namespace {

constexpr std::size_t kMaxDiffLines = 8;

std::string_view trust(Applicability applicability) {
  switch (applicability) {
    case Applicability::Safe: return "safe: it means the same, or what was surely meant";
    case Applicability::Unsafe: return "unsafe: it may change what happens";
    case Applicability::DisplayOnly: return "to be filled in by hand";
  }
  return {};
}

std::string link(std::string_view text, std::string_view base, const std::string& page) {
  if (base.empty()) return {};
  return "[" + std::string(text) + "](" + std::string(base) + "/" + page + ")";
}

void add_paragraph(std::string& out, std::string_view text) {
  if (text.empty()) return;
  if (!out.empty()) out += "\n\n";
  out += text;
}

std::string section(const Analysis& analysis, const Diagnostic& diagnostic, std::string_view documentation_base) {
  const Rule& rule = *diagnostic.rule;
  const std::string code = code_of(diagnostic);
  std::string out;
  add_paragraph(out, "**" + std::string(title(rule.family)) + "** · " + std::string(summary(rule.family)));
  add_paragraph(out, "**" + std::string(to_string(diagnostic.severity)) + "** `" + code + "`: " + diagnostic.message);
  add_paragraph(out, rule.consequence);
  if (!diagnostic.fixes.empty()) {
    const Fix& fix = diagnostic.fixes.front();
    const std::string diff = fix_diff(analysis, fix, kMaxDiffLines);
    if (!diff.empty()) add_paragraph(out, "```diff\n" + diff + "```");
    std::string about = "*" + fix.title + "* (" + std::string(trust(fix.applicability)) + ")";
    if (!fix.caveat.empty()) about += ". " + fix.caveat;
    add_paragraph(out, about);
  }
  add_paragraph(out, "**Fine when:** " + std::string(rule.fine_when) + " Then say so: `# quaymaster: ignore " + code +
                         " -- reason`");
  std::string links = link(rule.name, documentation_base, "rules/" + std::string(rule.name) + ".md");
  if (!links.empty())
    links += " · " +
             link("the anti-pattern", documentation_base, "anti-patterns/" + std::string(slug(rule.family)) + ".md") +
             " · ";
  add_paragraph(out, links + "<" + std::string(rule.references[0]) + ">");
  return out;
}

std::optional<Hover> hover_on_findings(const Analysis& analysis, std::uint32_t offset,
                                       std::string_view documentation_base) {
  std::vector<const Diagnostic*> here;
  for (const Diagnostic& diagnostic : analysis.diagnostics)
    if (diagnostic.range.touches(offset)) here.push_back(&diagnostic);
  if (here.empty()) return std::nullopt;
  std::ranges::stable_sort(here, {}, &Diagnostic::severity);
  Hover result{here.front()->range, {}};
  for (const Diagnostic* diagnostic : here) {
    if (!result.markdown.empty()) result.markdown += "\n\n---\n\n";
    result.markdown += section(analysis, *diagnostic, documentation_base);
  }
  return result;
}

}  // namespace

std::optional<Hover> hover(const Analysis& analysis, std::uint32_t offset, std::string_view documentation_base) {
  std::optional<Hover> result = hover_on_findings(analysis, offset, documentation_base);
  std::optional<Hover> key = key_documentation(analysis, offset);
  if (!key) key = variable_hover(analysis, offset);
  if (!result || !key) return result ? result : key;
  result->markdown += "\n\n" + key->markdown;
  return result;
}

std::string plain_text(std::string_view markdown) {
  std::string out;
  bool in_code_block = false;
  for (std::size_t at = 0; at < markdown.size();) {
    const std::size_t end = std::min(markdown.find('\n', at), markdown.size());
    const std::string_view line = markdown.substr(at, end - at);
    at = end + 1;
    if (line.starts_with("```")) {
      in_code_block = !in_code_block;
      continue;
    }
    for (std::size_t i = 0; i < line.size(); ++i) {
      const bool mark = !in_code_block && (line[i] == '`' || line[i] == '*' || line[i] == '<' || line[i] == '>');
      if (!mark) out += line[i];
    }
    out += '\n';
  }
  while (out.ends_with('\n')) out.pop_back();
  return out;
}

}  // namespace quaymaster
