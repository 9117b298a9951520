#include "cli/baseline.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "cli/fingerprint.h"

namespace quaymaster::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string seen_from(const std::string& folder, const std::string& path) {
  std::error_code code;
  const std::filesystem::path absolute = std::filesystem::absolute(path, code);
  const std::string relative = code ? "" : absolute.lexically_normal().lexically_relative(folder).generic_string();
  return relative.empty() ? path : relative;
}

}  // namespace

std::optional<Baseline> parse_baseline(std::string_view text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("version") || json["version"] != 1 || !json.contains("findings") ||
      !json["findings"].is_array())
    return std::nullopt;
  Baseline baseline;
  for (const auto& finding : json["findings"]) {
    const auto text_of = [&finding](const char* member) {
      return finding.is_object() && finding.contains(member) && finding[member].is_string()
                 ? finding[member].get<std::string>()
                 : std::string();
    };
    const std::string fingerprint = text_of("fingerprint");
    const std::string path = text_of("path");
    if (fingerprint.empty() || path.empty()) return std::nullopt;
    baseline.findings.emplace(fingerprint, Baseline::Entry{path, text_of("rule")});
  }
  return baseline;
}

Baseline updated(const Baseline& before, const Report& report, const std::string& folder,
                 const workspace::FileSystem& files) {
  Baseline after;
  std::set<std::string> paths;
  for (const CheckedFile& file : report.files) {
    const std::string path = seen_from(folder, file.path);
    paths.insert(path);
    const std::vector<std::string> fingerprints = fingerprints_of(file, path);
    for (std::size_t i = 0; i < fingerprints.size(); ++i)
      after.findings.emplace(fingerprints[i], Baseline::Entry{path, code_of(file.analysis.diagnostics[i])});
  }
  for (const auto& [fingerprint, entry] : before.findings) {
    const std::string path = (std::filesystem::path(folder) / entry.path).generic_string();
    if (!paths.contains(entry.path) && files.kind(path) != workspace::FileKind::Missing)
      after.findings.emplace(fingerprint, entry);
  }
  return after;
}

std::string baseline_text(const Baseline& baseline) {
  std::vector<std::tuple<std::string, std::string, std::string>> rows;  // path, rule, fingerprint
  for (const auto& [fingerprint, entry] : baseline.findings) rows.emplace_back(entry.path, entry.rule, fingerprint);
  std::ranges::sort(rows);
  std::string out = "{\"version\": 1, \"findings\": [";
  const char* separator = "\n";
  for (const auto& [path, rule, fingerprint] : rows) {
    Json row;
    row["path"] = path;
    row["rule"] = rule;
    row["fingerprint"] = fingerprint;
    out += separator + row.dump(-1, ' ', false, Json::error_handler_t::replace);
    separator = ",\n";
  }
  return out + "\n]}\n";
}

BaselineUse leave_out_known(Report& report, const Baseline& baseline, const std::string& folder) {
  BaselineUse use;
  std::set<std::string> paths;
  std::set<std::string> found;
  for (CheckedFile& file : report.files) {
    const std::string path = seen_from(folder, file.path);
    const std::vector<std::string> fingerprints = fingerprints_of(file, path);
    const std::vector<std::uint32_t> repetitions = repetitions_of(file);
    paths.insert(path);
    std::vector<Diagnostic> unknown;
    std::vector<std::uint32_t> repetitions_of_unknown;
    for (std::size_t i = 0; i < fingerprints.size(); ++i) {
      if (baseline.findings.contains(fingerprints[i])) {
        ++use.known;
        found.insert(fingerprints[i]);
        continue;
      }
      unknown.push_back(std::move(file.analysis.diagnostics[i]));
      repetitions_of_unknown.push_back(repetitions[i]);
    }
    file.analysis.diagnostics = std::move(unknown);
    file.repetitions = std::move(repetitions_of_unknown);
  }
  use.gone = static_cast<std::uint32_t>(std::ranges::count_if(baseline.findings, [&](const auto& finding) {
    return paths.contains(finding.second.path) && !found.contains(finding.first);
  }));
  return use;
}

}  // namespace quaymaster::cli
