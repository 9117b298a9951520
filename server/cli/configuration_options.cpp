#include "cli/configuration_options.h"

#include <ostream>
#include <string_view>
#include <utility>

#include "cli/terminal_text.h"

namespace quaymaster::cli {
namespace {

constexpr const char* kGroup = "Which findings";

/// An option that takes a list with commas, may be repeated, and does not swallow the arguments behind it.
CLI::Option* add_items(CLI::App& command, const std::string& name, std::vector<std::string>& items,
                       const std::string& description) {
  return command.add_option(name, items, description)
      ->delimiter(',')
      ->allow_extra_args(false)
      ->option_text("ITEM,...")
      ->group(kGroup);
}

/// "a,b" of a variable; nothing when it is not set, or empty.
std::vector<std::string> list_of(const Streams& streams, const char* name) {
  std::vector<std::string> items;
  const auto found = streams.environment.find(name);
  if (found == streams.environment.end()) return items;
  for (std::string_view rest = found->second; !rest.empty();) {
    const std::string_view item = rest.substr(0, rest.find(','));
    if (!item.empty()) items.emplace_back(item);
    rest.remove_prefix(std::min(rest.size(), item.size() + 1));
  }
  return items;
}

std::string value_of(const Streams& streams, const char* name) {
  const auto found = streams.environment.find(name);
  return found == streams.environment.end() ? std::string() : found->second;
}

/// Where hadolint looks for the configuration of a user.
std::vector<std::string> hadolint_files(const Streams& streams) {
  const std::string home = value_of(streams, "HOME");
  std::string config = value_of(streams, "XDG_CONFIG_HOME");
  if (config.empty() && !home.empty()) config = home + "/.config";
  std::vector<std::string> stems;
  if (!config.empty()) stems.push_back(config + "/hadolint");
  if (!home.empty())
    for (const char* name : {"/.hadolint/hadolint", "/.hadolint/config", "/.hadolint"}) stems.push_back(home + name);
  std::vector<std::string> paths;
  for (const std::string& stem : stems)
    for (const char* suffix : {".yaml", ".yml"}) paths.push_back(stem + suffix);
  return paths;
}

}  // namespace

void add_configuration_options(CLI::App& command, ConfigurationOptions& options) {
  options.select_given = add_items(command, "--select", options.select, "Report these and nothing else");
  add_items(command, "--extend-select", options.extend_select, "Report these too");
  add_items(command, "--ignore", options.ignore, "Do not report these");
  command.add_option("--preset", options.presets, "The set to start from (default: recommended); several are united")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->option_text("NAME,...")
      ->group(kGroup);
  auto* config = command.add_option("--config", options.config, "Use this file in the place of .quaymaster.yaml files")
                     ->option_text("FILE")
                     ->group(kGroup);
  command.add_flag("--no-config", options.no_config, "Read no configuration files")->excludes(config)->group(kGroup);
  command
      .add_flag("--no-inline-suppressions", options.no_inline_suppressions,
                "Report too what comments and annotations in the files ignore")
      ->group(kGroup);
  command.add_flag("--require-reason", options.require_reason, "Comments that ignore count only when they say why")
      ->group(kGroup);
}

workspace::ConfigurationSources sources_from(const ConfigurationOptions& options, const Streams& streams) {
  workspace::ConfigurationSources sources;
  Layer environment;
  environment.origin = "environment";
  environment.presets = list_of(streams, "QUAYMASTER_PRESET");
  if (auto select = list_of(streams, "QUAYMASTER_SELECT"); !select.empty()) environment.select = std::move(select);
  environment.extend_select = list_of(streams, "QUAYMASTER_EXTEND_SELECT");
  environment.ignore = list_of(streams, "QUAYMASTER_IGNORE");

  Layer command;
  command.origin = "command line";
  command.presets = options.presets;
  if (options.select_given->count() > 0) command.select = options.select;
  command.extend_select = options.extend_select;
  command.ignore = options.ignore;
  if (options.no_inline_suppressions) command.suppressions.inline_comments = false;
  if (options.require_reason) command.suppressions.require_reason = true;

  sources.above = {std::move(environment), std::move(command)};
  sources.without_files = options.no_config;
  sources.file = options.config;
  if (sources.file.empty() && !options.no_config) sources.file = value_of(streams, "QUAYMASTER_CONFIG");
  sources.user_files = hadolint_files(streams);
  return sources;
}

bool all_known(const std::vector<UnknownItem>& unknown, std::ostream& err) {
  for (const UnknownItem& item : unknown) {
    err << "quaymaster: there is no rule, variant, family, preset or check \"" << visible(item.item) << "\"";
    if (!item.suggestion.empty()) err << "; did you mean \"" << item.suggestion << "\"?";
    err << "\n";
  }
  if (!unknown.empty()) err << "All names: quaymaster rules\n";
  return unknown.empty();
}

}  // namespace quaymaster::cli
