#include "cli/report_output.h"

#include <algorithm>
#include <ostream>

#include "cli/atomic_write.h"
#include "cli/formats/format.h"
#include "cli/formats/github.h"
#include "cli/terminal_text.h"

namespace quaymaster::cli {
namespace {

bool write(const std::string& path, std::string_view text, Streams& streams) {
  const std::optional<std::string> problem = write_file(path, text);
  if (problem) streams.err << "quaymaster: " << visible(path) << " could not be written: " << *problem << "\n";
  return !problem;
}

/// GitHub shows what a step adds to the file that this variable names.
bool add_job_summary(const Report& report, Streams& streams) {
  const auto path = streams.environment.find("GITHUB_STEP_SUMMARY");
  if (path == streams.environment.end() || path->second.empty()) return true;
  const std::optional<std::string> problem = append_to_file(path->second, github_summary(report));
  if (problem) streams.err << "quaymaster: the summary of the job could not be written: " << *problem << "\n";
  return !problem;
}

}  // namespace

std::optional<OutputTarget> parse_output_target(std::string_view value) {
  const std::size_t sign = value.find('=');
  OutputTarget target{std::string(value.substr(0, sign)), {}};
  if (sign != std::string_view::npos) {
    target.file = value.substr(sign + 1);
    if (target.file.empty()) return std::nullopt;
  }
  if (!find_format(target.format)) return std::nullopt;
  return target;
}

bool write_report(const Report& report, const std::vector<OutputTarget>& targets, const OutputLook& look,
                  Streams& streams) {
  bool written = true;
  for (const OutputTarget& target : targets)
    if (!target.file.empty())
      written = write(target.file, find_format(target.format)(report, {Style(false), 120, look.statistics}), streams) &&
                written;
  for (const OutputTarget& target : targets) {
    if (!target.file.empty()) continue;
    const Style style = look.to_messages ? style_of_err(look.colour, streams) : style_of_out(look.colour, streams);
    (look.to_messages ? streams.err : streams.out)
        << find_format(target.format)(report, {style, streams.columns, look.statistics});
  }
  if (std::ranges::find(targets, "github", &OutputTarget::format) != targets.end())
    written = add_job_summary(report, streams) && written;
  return written;
}

}  // namespace quaymaster::cli
