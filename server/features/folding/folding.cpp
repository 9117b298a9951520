#include "features/folding/folding.h"

#include <algorithm>
#include <utility>

#include "analysis/document_model.h"
#include "features/folding/folds.h"
#include "model/yaml/value.h"
#include "syntax/dockerfile_line.h"

namespace quaymaster {
namespace {

using dockerfile::Placed;

/// The comment lines in `range`.
void add_comment_lines(std::string_view text, TextRange range, std::vector<TextRange>& comments) {
  for (std::uint32_t at = range.begin; at < range.end;) {
    const TextRange line{at, syntax::line_end(text, at)};
    if (syntax::is_comment_line(slice(text, line))) comments.push_back(syntax::trimmed(text, line));
    at = line.end;
  }
}

void fold_instruction(const Placed& placed, std::string_view text, Folds& folds) {
  TextRange lines = placed.instruction->statement().range.shifted(placed.begin);
  folds.add(lines);
  const auto fold_heredocs = [&](const std::vector<dockerfile::Heredoc>& heredocs) {
    // From the line above: that of the marker, or of the terminator before.
    for (const dockerfile::Heredoc& heredoc : heredocs)
      if (heredoc.content.begin > 0)
        folds.add(TextRange{heredoc.content.begin - 1, heredoc.content.end}.shifted(placed.begin));
    if (!heredocs.empty()) lines.end = std::min(lines.end, placed.begin + heredocs.front().content.begin);
  };
  if (const auto* run = placed.instruction->as<dockerfile::Run>()) fold_heredocs(run->heredocs);
  if (const auto* copy = placed.instruction->as<dockerfile::Copy>()) fold_heredocs(copy->heredocs);
  if (const auto* add = placed.instruction->as<dockerfile::Add>()) fold_heredocs(add->heredocs);
  // Those between its continued lines.
  std::vector<TextRange> comments;
  add_comment_lines(text, lines, comments);
  folds.add_comments(comments);
}

/// The comment lines between the instructions.
std::vector<TextRange> comment_lines(std::string_view text, const syntax::DockerfileSegments& cut) {
  std::vector<TextRange> comments;
  for (const syntax::DockerfileSegment& segment : cut.segments) {
    if (segment.kind == syntax::DockerfileSegment::Kind::Trivia) add_comment_lines(text, segment.range, comments);
  }
  return comments;
}

void fold_dockerfile(const DockerfileModel& model, std::string_view text, Folds& folds) {
  const dockerfile::File& file = model.file;
  for (const dockerfile::Stage& stage : file.stages) {
    const Placed& first = file.instructions[stage.first];
    const Placed& last = file.instructions[stage.end - 1];
    folds.add(cover(first.instruction->statement().range.shifted(first.begin),
                    last.instruction->statement().range.shifted(last.begin)));
  }
  for (const Placed& placed : file.instructions) fold_instruction(placed, text, folds);
  folds.add_comments(comment_lines(text, model.segments));
}

/// Whether nothing but blanks stands before `at` in its line.
bool begins_line(std::string_view text, std::uint32_t at) {
  while (at > 0 && syntax::is_blank(text[at - 1])) --at;
  return at == 0 || text[at - 1] == '\n';
}

void fold_document(const yaml::Document& document, std::uint32_t begin, Folds& folds) {
  std::vector<const yaml::Node*> open;
  if (const yaml::Node* root = document.root().node()) open.push_back(root);
  while (!open.empty()) {
    const yaml::Node& node = *open.back();
    open.pop_back();
    for (const yaml::Pair& pair : node.pairs) {
      folds.add(pair.range.shifted(begin));
      open.push_back(pair.value);
    }
    for (const yaml::Item& item : node.items) {
      folds.add(item.range.shifted(begin));
      open.push_back(item.value);
    }
  }
  std::vector<TextRange> comments;
  for (const TextRange comment : document.comments())
    if (begins_line(document.text(), comment.begin)) comments.push_back(comment.shifted(begin));
  folds.add_comments(comments);
}

}  // namespace

std::vector<FoldingRange> folding_ranges(const Analysis& analysis) {
  if (!analysis.model) return {};
  Folds folds(analysis.source.text);
  if (const auto* dockerfile = analysis.model->as<DockerfileModel>())
    fold_dockerfile(*dockerfile, analysis.source.text, folds);
  const std::vector<PlacedDocument> documents = yaml_documents_of(*analysis.model);
  for (const auto& [begin, document] : documents) {
    const auto size = static_cast<std::uint32_t>(document->text().size());
    if (documents.size() > 1) folds.add({begin, begin + size});
    fold_document(*document, begin, folds);
  }
  return folds.take();
}

}  // namespace quaymaster
