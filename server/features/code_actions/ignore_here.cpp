#include "features/code_actions/ignore_here.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "analysis/suppression/comment.h"
#include "model/yaml/document.h"
#include "quaymaster/rule.h"
#include "syntax/dockerfile_line.h"
#include "syntax/dockerfile_segments.h"
#include "syntax/tree.h"
#include "syntax/yaml_documents.h"

namespace quaymaster {
namespace {

std::uint32_t line_begin(std::string_view text, std::uint32_t at) {
  const std::size_t newline = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  return newline == std::string_view::npos ? 0 : static_cast<std::uint32_t>(newline) + 1;
}

/// The blanks that the line beginning at `begin` begins with.
std::string indentation(std::string_view text, std::uint32_t begin) {
  std::uint32_t end = begin;
  while (end < text.size() && (text[end] == ' ' || text[end] == '\t')) ++end;
  return std::string(slice(text, {begin, end}));
}

std::string line_ending(std::string_view text, std::uint32_t at) {
  const std::uint32_t end = syntax::line_end(text, at);
  return slice(text, {at, end}).ends_with("\r\n") ? "\r\n" : "\n";
}

/// What parts the names in a comment in the form of `tool`; empty for a tool whose comments take no second name.
std::string_view separator_of(std::string_view tool) {
  if (tool == "hadolint" || tool == "buildkit") return ",";
  if (tool == "dclint") return " ";
  return {};
}

/// What `tool` calls what was found; empty when it would not find it.
std::string_view name_for(std::string_view tool, const Diagnostic& diagnostic) {
  for (const std::string_view alias : diagnostic.aliases)
    if (alias.starts_with(tool) && alias.substr(tool.size()).starts_with(':')) return alias.substr(tool.size() + 1);
  return {};
}

/// Adds a name for `diagnostic` to the comment at `comment`, if that asks for silence about a place, too: one of ours,
/// or one of a tool that would report the same.
std::optional<Edit> merged_into(std::string_view text, TextRange comment, const Diagnostic& diagnostic) {
  using suppression::Reach;
  const auto fits = [](const std::optional<suppression::Comment>& found) {
    return found && (found->reach == Reach::Entry || found->reach == Reach::Line) && !found->items.empty();
  };
  const std::string_view bytes = slice(text, comment);
  if (const auto own = suppression::parse_own_comment(bytes); fits(own))
    return Edit::insertion(comment.begin + own->items_range.end, ", " + code_of(diagnostic));
  if (const auto peer = suppression::parse_peer_comment(bytes); fits(peer)) {
    const std::string_view separator = separator_of(peer->tool);
    const std::string_view name = name_for(peer->tool, diagnostic);
    if (!separator.empty() && !name.empty())
      return Edit::insertion(comment.begin + peer->items_range.end, std::string(separator) + std::string(name));
  }
  return std::nullopt;
}

Edit line_above(std::string_view text, std::uint32_t begin, const std::string& code) {
  return Edit::insertion(begin, indentation(text, begin) + "# quaymaster: ignore " + code + line_ending(text, begin));
}

/// A pragma of hadolint or BuildKit that touches the instruction below has to stay next to it.
bool is_pragma(std::string_view line) {
  return syntax::is_comment_line(line) &&
         (line.find("hadolint") != std::string_view::npos || line.find("check=") != std::string_view::npos);
}

std::optional<Edit> in_dockerfile(std::string_view text, const Diagnostic& diagnostic) {
  const std::uint32_t at = diagnostic.range.begin;
  const syntax::DockerfileSegments cut = syntax::dockerfile_segments(text);
  const auto segment = std::ranges::find_if(cut.segments, [at](const syntax::DockerfileSegment& each) {
    return each.range.begin <= at && at < each.range.end;
  });
  if (segment == cut.segments.end() || segment->kind != syntax::DockerfileSegment::Kind::Instruction)
    return std::nullopt;
  const bool above_is_free =
      segment != cut.segments.begin() && std::prev(segment)->kind == syntax::DockerfileSegment::Kind::Trivia;
  const std::uint32_t first = above_is_free ? std::prev(segment)->range.begin : segment->range.begin;
  std::uint32_t place = segment->range.begin;
  // A byte order mark must stay first.
  if (place == 0 && text.starts_with("\xEF\xBB\xBF")) place = 3;
  for (std::uint32_t line = segment->range.begin; line > first;) {
    line = line_begin(text, line - 1);
    const TextRange range{line, syntax::line_end(text, line)};
    if (!syntax::is_comment_line(slice(text, range))) break;
    if (auto edit = merged_into(text, syntax::trimmed(text, range), diagnostic)) return edit;
    if (is_pragma(slice(text, range)) && place == range.end) place = line;
  }
  return line_above(text, place, code_of(diagnostic));
}

/// Whether a comment at `at`, or a new line there, would be inside of a scalar that goes over several lines.
bool inside_scalar(const yaml::Document& document, std::uint32_t at) {
  const std::vector<const yaml::Node*> path = yaml::path_at(document, at);
  if (path.empty() || path.back()->kind != yaml::Node::Kind::Scalar) return false;
  const TextRange range = path.back()->range;
  return range.begin < at && at < range.end;
}

/// `at`: where the finding begins in the document.
std::optional<Edit> in_document(const yaml::Document& document, std::uint32_t at, const Diagnostic& diagnostic) {
  const std::string code = code_of(diagnostic);
  const std::string& text = document.text();
  const std::uint32_t begin = line_begin(text, at);
  std::uint32_t end = syntax::line_end(text, at);
  // Where the text cannot be read, nor can a comment.
  for (const yaml::Problem& problem : document.problems())
    if (problem.kind != yaml::Problem::Kind::DuplicateKey && problem.range.begin < end && problem.range.end >= begin)
      return std::nullopt;
  for (const TextRange comment : document.comments())
    if (comment.begin >= begin && comment.begin < end) {
      if (auto edit = merged_into(text, comment, diagnostic)) return edit;
      return line_above(text, begin, code);
    }
  if (begin > 0) {
    const TextRange above{line_begin(text, begin - 1), begin};
    if (syntax::is_comment_line(slice(text, above)))
      if (auto edit = merged_into(text, syntax::trimmed(text, above), diagnostic)) return edit;
  }
  while (end > begin && (text[end - 1] == '\n' || text[end - 1] == '\r')) --end;
  if (!inside_scalar(document, end) && !inside_scalar(document, begin)) {
    const bool block_header = slice(text, {begin, end}).find_last_of("|>") != std::string_view::npos;
    if (!block_header) return Edit::insertion(end, "  # quaymaster: ignore " + code);
    return line_above(text, begin, code);
  }
  // A finding inside of a scalar of several lines: above the line on which its entry begins.
  const std::vector<const yaml::Node*> path = yaml::path_at(document, at);
  if (path.empty()) return std::nullopt;
  const std::uint32_t entry = line_begin(text, path.back()->range.begin);
  return line_above(text, entry, code);
}

std::optional<Edit> in_yaml(std::string_view text, const Diagnostic& diagnostic) {
  const std::uint32_t at = diagnostic.range.begin;
  syntax::Parser parser(syntax::Grammar::Yaml);
  for (const TextRange range : syntax::yaml_documents(text)) {
    const bool last = range.end == text.size();
    if (at < range.begin || (at >= range.end && !last)) continue;
    const auto document = yaml::parse_document(slice(text, range), parser);
    auto edit = in_document(*document, at - range.begin, diagnostic);
    if (edit) edit->range = edit->range.shifted(range.begin);
    return edit;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Edit> ignore_here(const Analysis& analysis, const Diagnostic& diagnostic) {
  // A text without a model is no container file, and what is found in it cannot be ignored.
  if (!analysis.model) return std::nullopt;
  if (analysis.source.language == Language::Dockerfile) return in_dockerfile(analysis.source.text, diagnostic);
  return in_yaml(analysis.source.text, diagnostic);
}

}  // namespace quaymaster
