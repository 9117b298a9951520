#include "workspace/configuration/configurations.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "workspace/configuration/bases.h"
#include "workspace/configuration/own_file.h"
#include "workspace/path.h"

namespace quaymaster::workspace {
namespace {

using Reader = PeerFile (*)(std::string_view, const RuleSet&);

/// Null for our own kind.
Reader reader_of(ConfigurationKind kind) {
  switch (kind) {
    case ConfigurationKind::Own: return nullptr;
    case ConfigurationKind::Hadolint: return read_hadolint_file;
    case ConfigurationKind::KubeLinter: return read_kube_linter_file;
    case ConfigurationKind::Dclint: return read_dclint_file;
  }
  return nullptr;
}

/// The folder of a path as it is spelled; "" for a name alone.
std::string folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return {};
  return std::string(path.substr(0, std::max<std::size_t>(slash, 1)));
}

constexpr std::size_t index_of(ConfigurationKind kind) { return static_cast<std::size_t>(kind); }

}  // namespace

Configurations::Configurations(const FileSystem& files, const RuleSet& rules, ConfigurationSources sources)
    : files_(files), rules_(rules), sources_(std::move(sources)), finder_(files), here_(files.real_path("")) {}

const Configurations::Folder& Configurations::folder(const std::string& spelled) {
  const auto known = by_spelling_.find(spelled);
  if (known != by_spelling_.end()) return known->second;
  std::string absolute = files_.real_path(spelled);
  if (absolute.empty()) absolute = here_;
  const Paths paths = paths_for(absolute);
  auto& configuration = by_paths_[paths];
  if (!configuration) configuration = make(paths);
  return by_spelling_.emplace(spelled, Folder{std::move(absolute), configuration}).first->second;
}

Configurations::Paths Configurations::paths_for(const std::string& absolute) {
  Paths paths;
  if (!sources_.without_files) paths = finder_.nearest(absolute);
  if (!sources_.file.empty()) {
    const auto kind = configuration_kind(sources_.file).value_or(ConfigurationKind::Own);
    paths[index_of(kind)] = sources_.file;
  }
  std::string& hadolint = paths[index_of(ConfigurationKind::Hadolint)];
  if (hadolint.empty() && !sources_.without_files) {
    const auto there = [this](const std::string& path) { return files_.kind(path) == FileKind::Regular; };
    const auto first = std::ranges::find_if(sources_.user_files, there);
    if (first != sources_.user_files.end()) hadolint = *first;
  }
  return paths;
}

std::shared_ptr<const Configuration> Configurations::make(const Paths& paths) {
  Configuration configuration;
  Layer start;
  start.origin = "default";
  start.presets = {"recommended"};
  configuration.layers.push_back(std::move(start));
  // Other tools' files are weaker than our own.
  for (std::size_t i = kConfigurationKinds; i-- > 0;) {
    if (paths[i].empty()) continue;
    const auto kind = static_cast<ConfigurationKind>(i);
    if (kind == ConfigurationKind::Own)
      add_own(paths[i], configuration);
    else
      add_peer(paths[i], kind, configuration);
  }
  for (const Layer& layer : sources_.above) configuration.layers.push_back(layer);
  ResolvedSelection resolved = resolve_layers(rules_, configuration.layers);
  configuration.settings = std::move(resolved.settings);
  configuration.provenance = std::move(resolved.provenance);
  return std::make_shared<const Configuration>(std::move(configuration));
}

std::optional<std::string> Configurations::read(const std::string& path) {
  auto bytes = read_configuration_text(files_, path);
  if (auto* text = std::get_if<std::string>(&bytes)) return std::move(*text);
  PathMessage error{shown(path), std::get<FileError>(bytes).message + "; what it says does not count"};
  if (std::ranges::find(errors_, error) == errors_.end()) errors_.push_back(std::move(error));
  return std::nullopt;
}

void Configurations::add_own(const std::string& path, Configuration& configuration) {
  std::optional<std::string> text = read(path);
  if (!text) return;
  const std::string real = files_.real_path(path);
  BaseReader bases(files_, rules_, [this](const std::string& absolute) { return shown(absolute); });
  BaseReader::Result result = bases.read(real, *text);
  for (Layer& layer : result.layers) configuration.layers.push_back(std::move(layer));
  std::ranges::move(result.sources, std::back_inserter(configuration.sources));
  configuration.shellcheck = result.shellcheck.value_or("");
  if (!result.files.empty()) configuration.files.push_back({std::string(parent(real)), std::move(result.files)});
  note(shown(path), std::move(*text), std::move(result.diagnostics));
}

void Configurations::add_peer(const std::string& path, ConfigurationKind kind, Configuration& configuration) {
  std::optional<std::string> text = read(path);
  if (!text) return;
  PeerFile file = reader_of(kind)(*text, rules_);
  file.layer.origin = shown(path);
  configuration.sources.push_back(file.layer.origin);
  configuration.layers.push_back(std::move(file.layer));
  if (!file.files.empty())
    configuration.files.push_back({std::string(parent(files_.real_path(path))), std::move(file.files)});
  if (file.limit) configuration.limit = file.limit;
  note(shown(path), std::move(*text), std::move(file.diagnostics));
}

std::string Configurations::shown(const std::string& absolute) const {
  const std::string folder = here_ == "/" ? here_ : here_ + "/";
  return here_.empty() || !absolute.starts_with(folder) ? absolute : absolute.substr(folder.size());
}

void Configurations::note(const std::string& path, std::string text, std::vector<Diagnostic> diagnostics) {
  const bool known = std::ranges::find(faulty_, path, &FaultyFile::path) != faulty_.end();
  if (!diagnostics.empty() && !known) faulty_.push_back({path, std::move(text), std::move(diagnostics)});
}

std::shared_ptr<const Configuration> Configurations::of_folder(const std::string& spelled) {
  return folder(spelled).configuration;
}

FileConfiguration Configurations::of_file(const std::string& path) {
  const Folder& in = folder(folder_of(path));
  FileConfiguration result{in.configuration, {}, {}};
  if (in.configuration->files.empty()) return result;
  result.absolute = join(in.absolute, file_name(path));
  result.choice = choose(in.configuration->files, result.absolute);
  return result;
}

std::vector<PathMessage> Configurations::errors() const {
  std::vector<PathMessage> all = errors_;
  for (const PathMessage& error : finder_.errors()) {
    PathMessage once{shown(error.path), error.message};
    if (std::ranges::find(all, once) == all.end()) all.push_back(std::move(once));
  }
  return all;
}

std::vector<Diagnostic> check_configuration(std::string_view path, std::string_view text, const RuleSet& rules) {
  const std::optional<ConfigurationKind> kind = configuration_kind(path);
  if (!kind) return {};
  if (const Reader reader = reader_of(*kind)) return reader(text, rules).diagnostics;
  return read_own_file(text, rules).diagnostics;
}

}  // namespace quaymaster::workspace
