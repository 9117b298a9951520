#include "lsp/configuration_view.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "workspace/configuration/bases.h"
#include "workspace/configuration/file_choice.h"
#include "workspace/configuration/finder.h"
#include "workspace/path.h"

namespace quaymaster::lsp {
namespace {

using workspace::ConfigurationKind;

/// "/w/.quaymaster.yaml:3: there is no key `ignroe`; did you mean `ignore`? (and 2 more)"
std::string told(const workspace::FaultyFile& file) {
  const std::string_view before = std::string_view(file.text).substr(0, file.diagnostics.front().range.begin);
  std::string text =
      file.path + ":" + std::to_string(std::ranges::count(before, '\n') + 1) + ": " + file.diagnostics.front().message;
  if (file.diagnostics.size() > 1) text += " (and " + std::to_string(file.diagnostics.size() - 1) + " more)";
  return text;
}

std::vector<std::string> problems_of(const workspace::Configurations& configurations, const ConfigurationView& view) {
  std::vector<std::string> problems;
  for (const workspace::FaultyFile& file : configurations.faulty_files())
    if (!view.open.contains(view.files.real_path(file.path))) problems.push_back(told(file));
  for (const workspace::PathMessage& error : configurations.errors())
    problems.push_back(error.path + ": " + error.message);
  return problems;
}

/// Where a document is taken to be. The folder of a file that was never saved may not be there yet: what counts is then
/// looked for from the nearest one upwards that is.
struct Place {
  std::string path;
  std::set<std::string, std::less<>> missing;  // folders
};

Place place_of(const Document& document, const ConfigurationView& view) {
  const std::string name(workspace::file_name(document.path));
  if (document.file.empty()) return {view.folder.empty() ? name : workspace::join(view.folder, name), {}};
  Place place;
  std::string folder(workspace::parent(document.file));
  while (folder.size() > 1 && view.files.kind(folder) != workspace::FileKind::Folder) {
    std::string above(workspace::parent(folder));
    place.missing.insert(std::exchange(folder, std::move(above)));
  }
  place.path = workspace::join(folder, name);
  return place;
}

}  // namespace

DocumentConfiguration configuration_of(const Document& document, const RuleSet& rules) {
  const ConfigurationView& view = *document.context.configuration;
  const workspace::RecordingFileSystem recorded(view.files);
  workspace::ConfigurationSources sources = view.sources;
  if (document.file.empty() && view.folder.empty()) sources.without_files = true;
  workspace::Configurations configurations(recorded, rules, std::move(sources));
  const Place place = place_of(document, view);
  DocumentConfiguration result;
  result.file = configurations.of_file(place.path);
  if (!place.missing.empty() && !result.file.configuration->files.empty()) {
    result.file.absolute = document.file;
    result.file.choice = workspace::choose(result.file.configuration->files, document.file);
  }
  result.looked_at = {recorded.reads(), problems_of(configurations, view)};
  result.looked_at.reads.folders.insert(place.missing.begin(), place.missing.end());
  return result;
}

bool is_configuration(const Document& document) { return workspace::configuration_kind(document.path).has_value(); }

ConfigurationFindings findings_in_configuration(const Document& document, const RuleSet& rules) {
  if (document.file.empty() || !document.context.configuration ||
      workspace::configuration_kind(document.path) != ConfigurationKind::Own)
    return {workspace::check_configuration(document.path, document.text, rules), {}};
  const workspace::RecordingFileSystem recorded(document.context.configuration->files);
  workspace::BaseReader bases(recorded, rules, [](const std::string& path) { return path; });
  ConfigurationFindings result;
  result.diagnostics = bases.read(document.file, document.text).diagnostics;
  result.looked_at.reads = recorded.reads();
  return result;
}

}  // namespace quaymaster::lsp
