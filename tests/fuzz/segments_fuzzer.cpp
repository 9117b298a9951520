// Any text, cut into the segments of a Dockerfile and into YAML documents: segments are in order, not empty, and
// together they are the text; directives and heredocs lie inside. What is joined maps back into its line.
#include <cstdint>
#include <string>

#include "fuzz/require.h"
#include "syntax/dockerfile_heredoc.h"
#include "syntax/dockerfile_line.h"
#include "syntax/dockerfile_segments.h"
#include "syntax/yaml_documents.h"

namespace quaymaster::fuzz {
namespace {

void check_dockerfile(std::string_view text) {
  const syntax::DockerfileSegments cut = syntax::dockerfile_segments(text);
  std::uint32_t at = 0;
  for (const syntax::DockerfileSegment& segment : cut.segments) {
    require(segment.range.begin == at && segment.range.end > at);
    at = segment.range.end;
    if (segment.kind != syntax::DockerfileSegment::Kind::Instruction) continue;
    const std::uint32_t line_end = syntax::logical_line_end(text, segment.range.begin, cut.escape);
    require(line_end <= segment.range.end);
    const TextRange line{segment.range.begin, line_end};
    const MappedText joined = syntax::joined(text, line, cut.escape);
    require(line.contains(joined.to_file({0, joined.size()})) || joined.size() == 0);
    for (const syntax::HeredocMarker& marker : syntax::heredoc_markers(joined.bytes()))
      require_inside(marker.range, joined.size());
  }
  require(at == text.size());
  for (const syntax::Directive& directive : cut.directives) {
    require_inside(directive.name_range, text.size());
    require_inside(directive.value_range, text.size());
  }
}

void check_yaml(std::string_view text) {
  std::uint32_t at = 0;
  for (const TextRange document : syntax::yaml_documents(text)) {
    require(document.begin == at && document.end >= at);
    at = document.end;
  }
  require(at == text.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  check_dockerfile(text);
  check_yaml(text);
  return 0;
}

}  // namespace quaymaster::fuzz
