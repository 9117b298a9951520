#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "analysis/analysis_run.h"
#include "analysis/secret_places.h"
#include "analysis/suppression/dockerfile_suppressions.h"
#include "model/dockerfile/container_view.h"
#include "model/dockerfile/instruction_parser.h"
#include "rules/in_workspace.h"
#include "syntax/dockerfile_segments.h"
#include "text/ascii.h"

namespace quaymaster {
namespace {

using syntax::DockerfileSegment;

/// Offers an instruction, and all that it says about containers, to the checks.
void offer_instruction(const dockerfile::Instruction& instruction, const dockerfile::Context& context, CheckRun& checks,
                       shell::ScriptParser& scripts) {
  if (const auto image = image_use(instruction, context)) checks.offer(*image);
  for (const auto& entry : environment(instruction, context)) checks.offer(entry);
  for (const auto& mount : mounts(instruction, context)) checks.offer(mount);
  for (const auto& port : ports(instruction, context)) checks.offer(port);
  if (const auto user = user_setting(instruction, context)) checks.offer(*user);
  if (const auto start = start_command(instruction, context, scripts)) checks.offer(*start);
  if (const auto check = health_check(instruction, context, scripts)) checks.offer(*check);
  if (const auto* run = instruction.as<dockerfile::Run>())
    checks.offer(dockerfile::BuildScript{*run, run_text(*run, context, scripts), context});
  std::visit([&](const auto& node) { checks.offer(node); }, instruction.body);
  const auto* onbuild = instruction.as<dockerfile::Onbuild>();
  if (onbuild != nullptr && onbuild->inner) offer_instruction(*onbuild->inner, context, checks, scripts);
}

void add_comments(std::string_view text, TextRange trivia, std::vector<dockerfile::CommentLine>& comments) {
  constexpr std::string_view kBlanks = " \t\r";
  for (std::uint32_t at = trivia.begin; at < trivia.end;) {
    const std::string_view line = slice(text, {at, trivia.end}).substr(0, slice(text, {at, trivia.end}).find('\n'));
    const std::size_t sign = line.find_first_not_of(kBlanks);
    if (sign != std::string_view::npos && line[sign] == '#') {
      const std::size_t end = line.find_last_not_of(kBlanks) + 1;
      const std::size_t begin = std::min(line.find_first_not_of(kBlanks, sign + 1), end);
      comments.push_back({{at + static_cast<std::uint32_t>(sign), at + static_cast<std::uint32_t>(end)},
                          std::string(line.substr(begin, end - begin))});
    }
    at += static_cast<std::uint32_t>(line.size()) + 1;
  }
}

/// Whether the builder cannot make sense of the instruction itself.
bool unreadable(const dockerfile::Instruction& instruction) {
  return instruction.broken || instruction.as<dockerfile::Unknown>() != nullptr;
}

class DockerfileAnalysis {
 public:
  explicit DockerfileAnalysis(const AnalysisRun& run)
      : run_(run), text_(run.source.text), cut_(syntax::dockerfile_segments(text_)) {}

  AnalysisParts analyze() {
    dockerfile::File file = run_.cache.dockerfile_modeler.model(instructions(), directives(), cut_.escape);
    file.comments = comments();
    for (const dockerfile::Placed& placed : file.instructions) {
      if (run_.stop_requested()) {
        parts_.stopped = true;
        return std::move(parts_);
      }
      if (unreadable(*placed.instruction)) ++parts_.syntax_errors;
      add_findings(parts_, *findings_of(placed), placed.begin);
      add_secrets(parts_.secrets, *secrets_of(placed), placed.begin);
    }
    add_secrets(parts_.secrets, secrets_in_text(text_), 0);
    check_file(file);
    find_suppressions(file);
    parts_.model =
        std::make_shared<const DocumentModel>(DocumentModel{DockerfileModel(std::move(file), std::move(cut_))});
    return std::move(parts_);
  }

 private:
  std::vector<dockerfile::FileModeler::Part> instructions() {
    std::vector<dockerfile::FileModeler::Part> result;
    for (const DockerfileSegment& segment : cut_.segments) {
      if (segment.kind != DockerfileSegment::Kind::Instruction) continue;
      const InstructionKey key{std::string(slice(text_, segment.range)), cut_.escape};
      result.push_back({segment.range.begin, run_.cache.instructions.find_or_make(key, [&] {
                          return std::make_shared<const dockerfile::Instruction>(
                              dockerfile::parse_instruction(key.text, key.escape, run_.cache.dockerfile_parser));
                        })});
    }
    return result;
  }

  [[nodiscard]] std::vector<dockerfile::ParserDirective> directives() const {
    std::vector<dockerfile::ParserDirective> result;
    for (const syntax::Directive& directive : cut_.directives)
      result.push_back({ascii_lower(slice(text_, directive.name_range)),
                        std::string(slice(text_, directive.value_range)), directive.name_range, directive.value_range});
    return result;
  }

  [[nodiscard]] std::vector<dockerfile::CommentLine> comments() const {
    std::vector<dockerfile::CommentLine> result;
    for (const DockerfileSegment& segment : cut_.segments)
      if (segment.kind == DockerfileSegment::Kind::Trivia) add_comments(text_, segment.range, result);
    return result;
  }

  FindingsPtr findings_of(const dockerfile::Placed& placed) {
    const FindingsKey key{placed.instruction, placed.context, run_.settings.fingerprint()};
    return run_.cache.findings.find_or_make(key, [&] {
      CheckRun checks(run_.checks, run_.settings, Language::Dockerfile, run_.source.path);
      checks.set_instruction_context(placed.context.get());
      offer_instruction(*placed.instruction, *placed.context, checks, run_.cache.scripts);
      return std::make_shared<const std::vector<Finding>>(checks.take());
    });
  }

  SecretsPtr secrets_of(const dockerfile::Placed& placed) {
    return run_.cache.secrets.find_or_make({placed.instruction, placed.context}, [&] {
      return std::make_shared<const std::vector<TextRange>>(
          secrets_in(*placed.instruction, *placed.context, run_.cache.scripts));
    });
  }

  void check_file(const dockerfile::File& file) {
    CheckRun checks(run_.checks, run_.settings, Language::Dockerfile, run_.source.path);
    if (!file.stages.empty())
      checks.offer(dockerfile::stage_container(file, file.stages.size() - 1, run_.cache.scripts));
    checks.offer(file);
    if (!run_.checks.checks_of<dockerfile::BuildFile>().empty())
      checks.offer(dockerfile::build_file(file, run_.cache.scripts));
    if (const auto* around = run_.surroundings<DockerfileSurroundings>())
      checks.offer(rules::DockerfileInWorkspace{file, *around, run_.source.surroundings->complete});
    add_findings(parts_, checks.take(), 0);
  }

  void find_suppressions(const dockerfile::File& file) {
    std::vector<std::uint32_t> stages;
    for (const dockerfile::Stage& stage : file.stages) stages.push_back(file.instructions[stage.first].begin);
    parts_.suppressions = suppression::find_in_dockerfile(text_, cut_, stages);
  }

  const AnalysisRun& run_;
  std::string_view text_;
  syntax::DockerfileSegments cut_;
  AnalysisParts parts_;
};

}  // namespace

AnalysisParts analyze_dockerfile(const AnalysisRun& run) { return DockerfileAnalysis(run).analyze(); }

}  // namespace quaymaster
