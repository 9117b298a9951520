#include "analysis/yaml_analysis.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "model/container/credentials.h"
#include "syntax/dockerfile_line.h"
#include "syntax/yaml_documents.h"

namespace quaymaster {
namespace {

TextRange line_around(std::string_view text, std::uint32_t at) {
  const std::size_t newline = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  const std::uint32_t begin = newline == std::string_view::npos ? 0 : static_cast<std::uint32_t>(newline) + 1;
  return {begin, syntax::line_end(text, at)};
}

/// What a suppression comment at `comment` speaks of: its own line when something stands before it there, otherwise the
/// whole entry that begins on the next line that is no comment.
TextRange scope_of(const yaml::Document& document, TextRange comment) {
  const std::string& text = document.text();
  TextRange line = line_around(text, comment.begin);
  if (!syntax::is_comment_line(slice(text, line))) return line;
  while (line.end < text.size() && syntax::is_comment_line(slice(text, line))) line = line_around(text, line.end);
  const std::optional<TextRange> entry = yaml::outermost_entry_in(document, line);
  return entry ? cover(line, *entry) : line;
}

}  // namespace

void add_document(AnalysisParts& parts, const yaml::Document& document, std::uint32_t begin) {
  using Kind = yaml::Problem::Kind;
  for (const yaml::Problem& problem : document.problems())
    if (problem.kind != Kind::DuplicateKey) ++parts.syntax_errors;
  for (const TextRange comment : document.comments()) {
    const auto suppression = parse_suppression(slice(document.text(), comment));
    if (!suppression) continue;
    const TextRange everything{0, static_cast<std::uint32_t>(-1)};
    const TextRange scope = suppression->whole_file ? everything : scope_of(document, comment).shifted(begin);
    parts.suppressions.push_back({scope, suppression->items});
  }
}

void offer_container(const container::Container& container, CheckRun& checks) {
  checks.set_subject(container.name, container.name_range);
  if (container.image) checks.offer(*container.image);
  for (const auto& start : container.start) checks.offer(start);
  for (const auto& entry : container.environment) checks.offer(entry);
  if (container.user) checks.offer(*container.user);
  for (const auto& mount : container.mounts) checks.offer(mount);
  for (const auto& port : container.ports) checks.offer(port);
  for (const auto& check : container.health) checks.offer(check);
  checks.offer(container);
}

void add_secrets(const container::Container& container, std::uint32_t begin, std::vector<TextRange>& secrets) {
  for (const auto& entry : container.environment)
    if (container::holds_credential(entry)) secrets.push_back(entry.value_range.shifted(begin));
}

}  // namespace quaymaster
