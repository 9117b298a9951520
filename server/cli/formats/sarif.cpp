#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "cli/fingerprint.h"
#include "cli/formats/documentation.h"
#include "cli/formats/format.h"
#include "cli/formats/places.h"
#include "cli/formats/weakness.h"

/// SARIF 2.1.0, as code scanning services read it. Numbers in comments are sections of the specification.
namespace quaymaster::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

/// `level` (3.27.10).
std::string_view level_of(Severity severity) {
  switch (severity) {
    case Severity::Error: return "error";
    case Severity::Warning: return "warning";
    case Severity::Information:
    case Severity::Hint: return "note";
  }
  return {};
}

/// The number from 0 to 10 by which GitHub ranks findings about security.
std::string_view security_severity_of(Severity severity) {
  switch (severity) {
    case Severity::Error: return "8.0";
    case Severity::Warning: return "5.5";
    case Severity::Information: return "3.0";
    case Severity::Hint: return "1.0";
  }
  return {};
}

/// A path as a relative or absolute URI reference (3.4.3): everything but unreserved characters and '/' in percent.
std::string uri_of(std::string_view path) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~/").find(c) != std::string_view::npos;
    if (plain) {
      uri += c;
      continue;
    }
    uri += '%';
    uri += kDigits[byte >> 4];
    uri += kDigits[byte & 15];
  }
  return uri;
}

std::string help_text(const Rule& rule) {
  std::string text = std::string(rule.consequence) + "\n\nFine when: " + std::string(rule.fine_when) + "\n";
  for (const std::string_view reference : rule.references) text += "\n" + std::string(reference);
  return text;
}

std::string help_markdown(const Rule& rule) {
  std::string text = std::string(rule.consequence) + "\n\n**Fine when:** " + std::string(rule.fine_when) + "\n";
  for (const std::string_view reference : rule.references) text += "\n- <" + std::string(reference) + ">";
  return text;
}

/// `reportingDescriptor` (3.49) of a rule and variant.
Json descriptor(const Diagnostic& finding) {
  const Rule& rule = *finding.rule;
  Json out;
  out["id"] = code_of(finding);
  out["name"] = rule.name;
  out["shortDescription"]["text"] = rule.title;
  out["fullDescription"]["text"] = finding.variant->summary.empty() ? rule.title : finding.variant->summary;
  out["help"]["text"] = help_text(rule);
  out["help"]["markdown"] = help_markdown(rule);
  if (const std::string url = documentation_url(finding); !url.empty()) out["helpUri"] = url;
  out["defaultConfiguration"]["level"] = level_of(finding.variant->severity);
  Json tags = Json::array({slug(rule.family)});
  if (const auto cwe = cwe_of(rule.name)) {
    tags.push_back("security");
    tags.push_back("external/cwe/cwe-" + std::to_string(*cwe));
    out["properties"]["security-severity"] = security_severity_of(finding.variant->severity);
  }
  out["properties"]["tags"] = std::move(tags);
  return out;
}

/// The rules of a report in the order in which they first occur.
class Descriptors {
 public:
  explicit Descriptors(const Report& report) {
    for (const CheckedFile& file : report.files)
      for (const Diagnostic& finding : file.analysis.diagnostics)
        if (indices_.emplace(code_of(finding), list_.size()).second) list_.push_back(descriptor(finding));
  }

  [[nodiscard]] std::size_t index_of(const std::string& code) const { return indices_.at(code); }
  [[nodiscard]] const Json& list() const { return list_; }

 private:
  std::map<std::string, std::size_t> indices_;
  Json list_ = Json::array();
};

/// The results of one file.
class FileResults {
 public:
  FileResults(const CheckedFile& file, const Descriptors& descriptors)
      : file_(file),
        descriptors_(descriptors),
        uri_(uri_of(file.path)),
        places_(file.analysis, PositionEncoding::Utf16),
        fingerprints_(fingerprints_of(file, file.path)) {}

  /// `result` (3.27).
  [[nodiscard]] Json result(std::size_t index) const {
    const Diagnostic& finding = file_.analysis.diagnostics[index];
    const std::string code = code_of(finding);
    Json out;
    out["ruleId"] = code;
    out["ruleIndex"] = descriptors_.index_of(code);
    out["level"] = level_of(finding.severity);
    out["message"]["text"] = finding.message;
    out["locations"] = Json::array({location(finding.range)});
    Json related = Json::array();
    for (const RelatedPlace& place : finding.related) {
      Json entry = location(place.range);
      entry["id"] = related.size() + 1;
      entry["message"]["text"] = place.message;
      related.push_back(std::move(entry));
    }
    if (!related.empty()) out["relatedLocations"] = std::move(related);
    out["partialFingerprints"]["quaymasterLine/v1"] = fingerprints_[index];
    if (Json fixes = fixes_of(finding); !fixes.empty()) out["fixes"] = std::move(fixes);
    if (!finding.aliases.empty()) out["properties"]["aliases"] = finding.aliases;
    return out;
  }

 private:
  [[nodiscard]] Json artifact() const {
    Json out;
    out["uri"] = uri_;
    if (!uri_.starts_with("file:")) out["uriBaseId"] = "%SRCROOT%";
    return out;
  }

  /// `region` (3.30).
  [[nodiscard]] Json region(TextRange range) const {
    const Place at = places_.of(range);
    Json out;
    out["startLine"] = at.line;
    out["startColumn"] = at.column;
    out["endLine"] = at.end_line;
    out["endColumn"] = at.end_column;
    return out;
  }

  [[nodiscard]] Json location(TextRange range) const {
    Json out;
    out["physicalLocation"]["artifactLocation"] = artifact();
    out["physicalLocation"]["region"] = region(range);
    return out;
  }

  /// `fix` objects (3.55) of the fixes that can be applied without a secret in their text, which would be masked.
  [[nodiscard]] Json fixes_of(const Diagnostic& finding) const {
    Json fixes = Json::array();
    for (const Fix& fix : finding.fixes) {
      if (fix.applicability == Applicability::DisplayOnly || fix.edits.empty()) continue;
      Json replacements = Json::array();
      bool masked = false;
      for (const Edit& edit : fix.edits) {
        masked = masked || masked_text(edit, file_.analysis) != edit.text;
        Json replacement;
        replacement["deletedRegion"] = region(edit.range);
        if (!edit.text.empty()) replacement["insertedContent"]["text"] = edit.text;
        replacements.push_back(std::move(replacement));
      }
      if (masked) continue;
      Json change;
      change["artifactLocation"] = artifact();
      change["replacements"] = std::move(replacements);
      Json out;
      out["description"]["text"] = mask_secrets(fix.title, file_.analysis);
      out["artifactChanges"] = Json::array({std::move(change)});
      fixes.push_back(std::move(out));
    }
    return fixes;
  }

  const CheckedFile& file_;
  const Descriptors& descriptors_;
  std::string uri_;
  Places places_;
  std::vector<std::string> fingerprints_;
};

/// `invocation` (3.20): whether everything could be read.
Json invocation(const Report& report) {
  Json out;
  out["executionSuccessful"] = report.errors.empty();
  Json notifications = Json::array();
  for (const workspace::PathMessage& error : report.errors) {
    Json notification;
    notification["level"] = "error";
    notification["message"]["text"] = error.path + ": " + error.message;
    notifications.push_back(std::move(notification));
  }
  if (!notifications.empty()) out["toolExecutionNotifications"] = std::move(notifications);
  return out;
}

}  // namespace

// Written result by result: as one value, the report of a large repository would take many times its size in memory.
std::string format_sarif(const Report& report, const FormatOptions&) {
  const Descriptors descriptors(report);
  Json driver;
  driver["name"] = "Quaymaster";
  driver["version"] = QUAYMASTER_VERSION;
  driver["rules"] = descriptors.list();
  std::string out = R"({"version": "2.1.0", "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "runs": [)"
                    "\n{\"tool\": {\"driver\": " +
                    dump(driver) + "},\n\"invocations\": [" + dump(invocation(report)) +
                    "],\n\"columnKind\": \"utf16CodeUnits\",\n\"results\": [";
  const char* separator = "\n";
  for (const CheckedFile& file : report.files) {
    if (file.analysis.diagnostics.empty()) continue;
    const FileResults results(file, descriptors);
    for (std::size_t i = 0; i < file.analysis.diagnostics.size(); ++i) {
      out += separator + dump(results.result(i));
      separator = ",\n";
    }
  }
  return out + "]}]}\n";
}

}  // namespace quaymaster::cli
