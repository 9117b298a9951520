#include "cli/baseline_options.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <ostream>
#include <variant>

#include "cli/atomic_write.h"
#include "cli/baseline.h"
#include "cli/real_file_system.h"
#include "cli/terminal_text.h"

namespace quaymaster::cli {
namespace {

std::string folder_of(const std::string& file) {
  std::error_code code;
  return std::filesystem::absolute(file, code).lexically_normal().parent_path().generic_string();
}

bool complain(const std::string& file, const std::string& what, Streams& streams) {
  streams.err << "quaymaster: " << visible(file) << what << "\n";
  return false;
}

}  // namespace

void add_baseline_options(CLI::App& command, BaselineOptions& options) {
  CLI::Option* file = command.add_option("--baseline", options.file, "Report only what this file does not know")
                          ->option_text("FILE")
                          ->group("Which findings");
  command
      .add_flag("--update-baseline", options.update, "Write what is found now to the file of --baseline, and succeed")
      ->needs(file)
      ->group("Which findings");
}

bool use_baseline(const BaselineOptions& options, Report& report, Streams& streams) {
  if (options.file.empty()) return true;
  if (options.update && !report.errors.empty())
    return complain(options.file, " is left as it was: not everything could be read", streams);
  const std::string folder = folder_of(options.file);
  const RealFileSystem files;
  constexpr std::uint64_t kLimit = std::uint64_t{256} << 20;
  const auto content = files.read(options.file, kLimit);
  const auto* error = std::get_if<workspace::FileError>(&content);
  if (error && !(options.update && error->kind == workspace::FileError::Kind::Missing))
    return complain(options.file, ": the baseline cannot be read: " + error->message, streams);
  std::optional<Baseline> baseline = error ? std::nullopt : parse_baseline(std::get<std::string>(content));
  if (options.update) {
    baseline = updated(baseline.value_or(Baseline{}), report, folder, files);
    const std::optional<std::string> problem = write_file(options.file, baseline_text(*baseline));
    if (problem) return complain(options.file, " could not be written: " + *problem, streams);
  }
  if (!baseline) return complain(options.file, ": is no baseline; --update-baseline writes one", streams);
  const BaselineUse use = leave_out_known(report, *baseline, folder);
  report.known = use.known;
  if (use.gone > 0)
    report.notes.push_back({options.file, std::to_string(use.gone) + " of its findings are gone: --update-baseline"});
  return true;
}

}  // namespace quaymaster::cli
