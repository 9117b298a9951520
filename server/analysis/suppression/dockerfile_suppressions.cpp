#include "analysis/suppression/dockerfile_suppressions.h"

#include <algorithm>
#include <utility>

#include "syntax/dockerfile_line.h"
#include "text/ascii.h"

namespace quaymaster::suppression {
namespace {

using syntax::DockerfileSegment;

class Finder {
 public:
  Finder(std::string_view text, const std::vector<std::uint32_t>& stages) : text_(text), stages_(stages) {}

  void read_directive(const syntax::Directive& directive) {
    if (!equals_ignoring_case(slice(text_, directive.name_range), "check")) return;
    if (auto comment = parse_buildkit_check(slice(text_, directive.value_range))) {
      comment->reach = Reach::File;
      add({directive.value_range, std::move(*comment)}, {});
    }
  }

  void read_segment(const DockerfileSegment& segment) {
    const bool instruction = segment.kind == DockerfileSegment::Kind::Instruction;
    if (instruction) {
      for (Written& written : above_) add(std::move(written), segment.range);
      above_.clear();
    }
    for (std::uint32_t at = segment.range.begin; at < segment.range.end;) {
      const TextRange line{at, syntax::line_end(text_, at)};
      at = line.end;
      if (syntax::is_comment_line(slice(text_, line)))
        read_comment(syntax::trimmed(text_, line), instruction ? &segment.range : nullptr);
      else if (!instruction)
        std::erase_if(above_, [](const Written& written) { return written.comment.tool != "buildkit"; });
    }
  }

  std::vector<Suppression> take() { return std::move(found_); }

 private:
  struct Written {
    TextRange range;
    Comment comment;
  };

  /// `inside`: the instruction that the comment stands in; null for one between instructions.
  void read_comment(TextRange range, const TextRange* inside) {
    const std::string_view bytes = slice(text_, range);
    auto comment = parse_own_comment(bytes);
    if (!comment) comment = parse_peer_comment(bytes);
    if (comment && inside != nullptr)
      add({range, std::move(*comment)}, *inside);
    else if (comment && comment->reach == Reach::File)
      add({range, std::move(*comment)}, {});
    else if (comment)
      above_.push_back({range, std::move(*comment)});
    else if (bytes.find_first_not_of('#') == std::string_view::npos)
      std::erase_if(above_, [](const Written& written) { return written.comment.tool == "buildkit"; });
  }

  void add(Written written, TextRange instruction) {
    Comment& comment = written.comment;
    for (Item& item : comment.items) item.range = item.range.shifted(written.range.begin);
    found_.push_back({scope_of(comment.reach, instruction), comment.tool, std::move(comment.items), written.range,
                      !comment.reason.empty()});
  }

  [[nodiscard]] TextRange scope_of(Reach reach, TextRange instruction) const {
    const auto behind = static_cast<std::uint32_t>(text_.size()) + 1;
    if (reach == Reach::File) return {0, behind};
    if (reach != Reach::Stage) return instruction;
    const auto next = std::ranges::upper_bound(stages_, instruction.begin);
    return {instruction.begin, next == stages_.end() ? behind : *next};
  }

  std::string_view text_;
  const std::vector<std::uint32_t>& stages_;
  std::vector<Written> above_;  // the comments that speak of the next instruction
  std::vector<Suppression> found_;
};

}  // namespace

std::vector<Suppression> find_in_dockerfile(std::string_view text, const syntax::DockerfileSegments& cut,
                                            const std::vector<std::uint32_t>& stages) {
  Finder finder(text, stages);
  for (const syntax::Directive& directive : cut.directives) finder.read_directive(directive);
  for (const DockerfileSegment& segment : cut.segments)
    if (segment.kind != DockerfileSegment::Kind::Directives) finder.read_segment(segment);
  return finder.take();
}

}  // namespace quaymaster::suppression
