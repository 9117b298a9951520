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
    if (fingerprint.empty()) return std::nullopt;
    baseline.findings.emplace(fingerprint, text_of("path"));
  }
  return baseline;
}

std::string baseline_text(const Report& report, const std::string& folder) {
  std::vector<std::tuple<std::string, std::string, std::string>> rows;  // path, rule, fingerprint
  for (const CheckedFile& file : report.files) {
    const std::string path = seen_from(folder, file.path);
    const std::vector<std::string> fingerprints = fingerprints_of(file, path);
    for (std::size_t i = 0; i < fingerprints.size(); ++i)
      rows.emplace_back(path, code_of(file.analysis.diagnostics[i]), fingerprints[i]);
  }
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
  for (CheckedFile& file : report.files) {
    const std::string path = seen_from(folder, file.path);
    const std::vector<std::string> fingerprints = fingerprints_of(file, path);
    paths.insert(path);
    std::vector<Diagnostic> unknown;
    for (std::size_t i = 0; i < fingerprints.size(); ++i) {
      if (baseline.findings.contains(fingerprints[i]))
        ++use.known;
      else
        unknown.push_back(std::move(file.analysis.diagnostics[i]));
    }
    file.analysis.diagnostics = std::move(unknown);
  }
  const auto expected =
      std::ranges::count_if(baseline.findings, [&](const auto& finding) { return paths.contains(finding.second); });
  use.gone = static_cast<std::uint32_t>(expected) - use.known;
  return use;
}

}  // namespace quaymaster::cli
