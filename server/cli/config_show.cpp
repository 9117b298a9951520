#include "cli/config_show.h"

#include <algorithm>
#include <array>
#include <ostream>
#include <string_view>
#include <variant>

#include "cli/exit_code.h"
#include "cli/real_file_system.h"
#include "cli/rule_lookup.h"
#include "cli/source_text.h"
#include "cli/terminal_text.h"
#include "rules/settings.h"
#include "workspace/discovery.h"
#include "workspace/path.h"

namespace quaymaster::cli {
namespace {

constexpr std::array kLanguages{Language::Dockerfile, Language::Compose, Language::Kubernetes};

/// "what it is: why", of one file.
std::string verdict(const std::string& path, const workspace::FileConfiguration& configured,
                    const workspace::FileSystem& files) {
  using Kind = workspace::FileChoice::Kind;
  if (configured.choice.kind == Kind::Excluded)
    return "left alone: `files` in the configuration leaves it out (named on the command line, it is checked)";
  auto bytes = files.read(path, workspace::kNamedFileLimit);
  if (const auto* error = std::get_if<workspace::FileError>(&bytes)) return "left alone: " + error->message;
  const std::string& text = std::get<std::string>(bytes);
  if (const auto problem = not_a_text(text)) return "left alone: " + *problem;
  if (configured.choice.language)
    return std::string(to_string(*configured.choice.language)) + ": `files` in the configuration says so";
  const std::optional<Language> found = detect_language(path, text);
  if (found && configured.leaves_out(*found))
    return "left alone: the configuration of another tool leaves it out (named on the command line, it is checked)";
  if (!found) {
    if (!may_be_container_file(path)) return "left alone: it has the name of no Dockerfile, and is no YAML";
    return "left alone: it has no `services` as Compose has them, and not all of its documents have `apiVersion` and "
           "`kind`";
  }
  // Ignore files are asked only when a folder is walked through.
  const std::string folder(workspace::parent(files.real_path(path)));
  const std::string name(workspace::file_name(path));
  const auto walked = workspace::discover(files, std::vector<std::string>{folder});
  const bool walked_to = std::ranges::any_of(
      walked.files, [&](const workspace::FoundFile& file) { return file.path == workspace::join(folder, name); });
  const std::string note = walked_to ? "" : "; in folders it is left out: a .gitignore says so";
  switch (*found) {
    case Language::Dockerfile: return "dockerfile: its name says so" + note;
    case Language::Compose: return "compose: its name or its `services` say so" + note;
    case Language::Kubernetes: return "kubernetes: all its documents have `apiVersion` and `kind`" + note;
  }
  return {};
}

std::string origin(const workspace::Configuration& configuration, int layer) {
  if (layer < 0) return "default";
  const Layer& from = configuration.layers[static_cast<std::size_t>(layer)];
  return from.origin == "default" ? "preset recommended" : from.origin;
}

/// "warning      .quaymaster.yaml"; where the languages differ, one after the other: "off (compose, .dclintrc); …".
std::string severities(const workspace::Configuration& configuration, const Provenance::OfVariant& of) {
  struct Part {
    std::string severity;
    std::string from;
    std::string_view language;
  };
  std::vector<Part> parts;
  for (const Language language : kLanguages) {
    if (!of.variant->languages.contains(language)) continue;
    const auto severity = configuration.settings.severity(*of.rule, *of.variant, language);
    parts.push_back({severity ? std::string(to_string(*severity)) : "off",
                     origin(configuration, of.layers[static_cast<std::size_t>(language)]), to_string(language)});
  }
  const auto differs = [](const Part& a, const Part& b) { return a.severity != b.severity || a.from != b.from; };
  if (parts.empty()) return "off";
  if (std::ranges::adjacent_find(parts, differs) == parts.end())
    return padded(parts.front().severity, 11) + "  " + parts.front().from;
  std::string out;
  for (const Part& part : parts) {
    if (!out.empty()) out += "; ";
    out += part.severity + " (" + std::string(part.language) + ", " + part.from + ")";
  }
  return out;
}

void write_project(const Project& project, std::ostream& out) {
  if (project.trusted_registries)
    out << "registries.trusted: " << shown(OptionValue(*project.trusted_registries)) << "\n";
  for (const RequiredLabel& label : project.labels)
    out << "labels.schema." << visible(label.name) << ": " << to_string(label.format) << "\n";
  if (project.strict_labels) out << "labels.strict: " << (*project.strict_labels ? "true" : "false") << "\n";
  if (project.kubernetes)
    out << "kubernetes.version: " << project.kubernetes->major << "." << project.kubernetes->minor << "\n";
  if (project.builder) out << "builder: " << to_string(*project.builder) << "\n";
}

void write_suppressions(const SuppressionPolicy& policy, std::ostream& out) {
  if (!policy.inline_comments.value_or(true)) out << "suppressions.inline: false\n";
  if (policy.require_reason.value_or(false)) out << "suppressions.require-reason: true\n";
  if (!policy.hadolint_pragmas.value_or(true)) out << "pragmas of hadolint do not count\n";
}

void write_rules(const workspace::Configuration& configuration, std::ostream& out) {
  std::size_t width = 0;
  for (const Provenance::OfVariant& of : configuration.provenance.variants)
    width = std::max(width, code_of(*of.rule, *of.variant).size());
  for (const Provenance::OfVariant& of : configuration.provenance.variants)
    out << padded(code_of(*of.rule, *of.variant), width) << "  " << severities(configuration, of) << "\n";
  for (const Provenance::OfOption& of : configuration.provenance.options)
    out << of.rule->name << "." << of.option << ": "
        << visible(shown(configuration.settings.option(*of.rule, of.option))) << "  "
        << (of.layer < 0 ? "default" : origin(configuration, of.layer)) << "\n";
}

}  // namespace

int show_configuration(const std::string& path, const ConfigurationOptions& options, Streams& streams) {
  const RealFileSystem files;
  const RuleSet rules = built_in_rules();
  const workspace::ConfigurationSources sources = sources_from(options, streams);
  if (!all_known(resolve_layers(rules, sources.above).unknown, streams.err)) return kCouldNotRun;
  const workspace::FileKind kind = files.kind(path);
  if (kind == workspace::FileKind::Missing) {
    streams.err << "quaymaster: " << visible(path) << ": no such file or folder\n";
    return kCouldNotRun;
  }
  workspace::Configurations configurations(files, rules, sources);
  const bool folder = kind == workspace::FileKind::Folder;
  const workspace::FileConfiguration configured =
      folder ? workspace::FileConfiguration{configurations.of_folder(path), {}, {}} : configurations.of_file(path);
  const workspace::Configuration& configuration = *configured.configuration;

  std::ostream& out = streams.out;
  out << visible(path) << "\n";
  if (!folder) out << "is " << verdict(path, configured, files) << "\n";
  out << "configuration files, the weakest first:";
  if (configuration.sources.empty()) out << " none";
  out << "\n";
  for (const std::string& source : configuration.sources) out << "  " << visible(source) << "\n";
  out << "\n";
  write_project(configuration.settings.project(), out);
  write_suppressions(configuration.settings.suppressions(), out);
  if (!configuration.shellcheck.empty()) out << "shellcheck.path: " << visible(configuration.shellcheck) << "\n";
  write_rules(configuration, out);
  for (const workspace::FaultyFile& faulty : configurations.faulty_files())
    streams.err << "note: " << visible(faulty.path)
                << " has something that is not understood; quaymaster check shows it\n";
  for (const workspace::PathMessage& error : configurations.errors())
    streams.err << "error: " << visible(error.path) << ": " << visible(error.message) << "\n";
  return configurations.errors().empty() ? kClean : kCouldNotRun;
}

}  // namespace quaymaster::cli
