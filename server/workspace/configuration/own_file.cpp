#include "workspace/configuration/own_file.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "rules/option_reader.h"
#include "rules/settings.h"
#include "text/near_miss.h"
#include "workspace/configuration/document_reader.h"

namespace quaymaster::workspace {
namespace {

constexpr std::array<std::string_view, 13> kKeys{"extends", "preset",       "select",     "extend-select", "ignore",
                                                 "rules",   "files",        "registries", "labels",        "kubernetes",
                                                 "builder", "suppressions", "shellcheck"};
constexpr std::array<std::string_view, 4> kFileKeys{"glob", "include", "exclude", "language"};
constexpr std::array<std::string_view, 1> kRegistryKeys{"trusted"};
constexpr std::array<std::string_view, 2> kLabelKeys{"schema", "strict"};
constexpr std::array<std::string_view, 1> kKubernetesKeys{"version"};
constexpr std::array<std::string_view, 1> kShellCheckKeys{"path"};
constexpr std::array<std::string_view, 2> kSuppressionKeys{"inline", "require-reason"};

std::string with_choices(std::string message, std::span<const std::string_view> names) {
  for (std::size_t i = 0; i < names.size(); ++i)
    message += (i == 0 ? " " : i + 1 == names.size() ? " or " : ", ") + std::string(names[i]);
  return message;
}

/// "1.31", also with a "v" before and a patch release behind it.
std::optional<KubernetesVersion> parse_version(std::string_view text) {
  if (text.starts_with('v')) text.remove_prefix(1);
  KubernetesVersion version;
  const char* const end = text.data() + text.size();
  const auto major = std::from_chars(text.data(), end, version.major);
  if (major.ec != std::errc() || major.ptr == end || *major.ptr != '.') return std::nullopt;
  const auto minor = std::from_chars(major.ptr + 1, end, version.minor);
  if (minor.ec != std::errc() || (minor.ptr != end && *minor.ptr != '.')) return std::nullopt;
  return version;
}

/// The file may come from a stranger, who may also know where the repository lies: a name alone, which is looked up
/// among the programs that are installed.
bool is_installed_shellcheck(std::string_view name) {
  return name.find('/') == std::string_view::npos && name.starts_with("shellcheck");
}

class OwnFileReader {
 public:
  explicit OwnFileReader(const RuleSet& rules) : rules_(rules), reader_(rules) {}

  OwnFile read(std::string_view text) {
    const auto document = parse_configuration(text);
    reader_.problems.add_syntax(*document);
    for (const yaml::Entry& entry : reader_.mapping(document->root())) read_key(entry);
    file_.diagnostics = reader_.problems.take();
    return std::move(file_);
  }

 private:
  void read_key(const yaml::Entry& entry) {
    Layer& layer = file_.layer;
    const yaml::Value& value = entry.value;
    if (entry.key == "extends") {
      for (DocumentReader::Text& base : reader_.texts(value))
        file_.extends.push_back({std::move(base.text), base.range});
    } else if (entry.key == "preset") {
      read_presets(value);
    } else if (entry.key == "select") {
      if (!value.is_null()) layer.select = reader_.items(value);
    } else if (entry.key == "extend-select") {
      layer.extend_select = reader_.items(value);
    } else if (entry.key == "ignore") {
      layer.ignore = reader_.items(value);
    } else if (entry.key == "rules") {
      for (const yaml::Entry& rule : reader_.mapping(value)) read_rule(rule);
    } else if (entry.key == "files") {
      for (const yaml::Element& element : reader_.sequence(value)) read_file_rule(element.value);
    } else if (entry.key == "registries") {
      read_registries(value);
    } else if (entry.key == "labels") {
      read_labels(value);
    } else if (entry.key == "kubernetes") {
      read_kubernetes(value);
    } else if (entry.key == "builder") {
      read_builder(value);
    } else if (entry.key == "suppressions") {
      read_suppressions(value);
    } else if (entry.key == "shellcheck") {
      read_shellcheck(value);
    } else if (!entry.key.starts_with("x-")) {
      reader_.unknown_key(entry, kKeys);
    }
  }

  void read_presets(const yaml::Value& value) {
    for (DocumentReader::Text& preset : reader_.texts(value)) {
      if (parse_preset_name(preset.text)) {
        file_.layer.presets.push_back(std::move(preset.text));
        continue;
      }
      std::vector<std::string_view> known{"all"};
      for (std::size_t i = 0; i < kPresetCount; ++i) known.push_back(to_string(static_cast<Preset>(i)));
      reader_.problems.add_unknown_item(preset.range, preset.text, near_miss(preset.text, known));
    }
  }

  /// `name: off`, `name: warning`, or `name: {severity: …, option: …}`.
  void read_rule(const yaml::Entry& entry) {
    if (!is_item(rules_, entry.key)) {
      if (!reader_.problems.full())
        reader_.problems.add_unknown_item(inside_quotes(*entry.value.document(), entry.key_range), entry.key,
                                          nearest_item(rules_, entry.key));
      return;
    }
    RuleSetting setting{std::string(entry.key)};
    if (!entry.value.is_mapping()) {
      read_state(entry.value, setting);
    } else {
      const Rule* rule = rules_.find(entry.key);
      for (const yaml::Entry& option : entry.value.entries()) {
        if (option.key == "severity")
          read_state(option.value, setting);
        else
          read_rule_option(rule, option, setting);
      }
    }
    file_.layer.rules.push_back(std::move(setting));
  }

  void read_state(const yaml::Value& value, RuleSetting& setting) {
    if (value.is_null()) return;
    const auto word = value.string();
    const std::optional<bool> flag = value.boolean();
    if (word == "off" || flag == false) {
      setting.state = RuleSetting::State::Off;
      return;
    }
    setting.severity = word ? parse_severity(*word) : std::nullopt;
    if (setting.severity || word == "on" || flag == true)
      setting.state = RuleSetting::State::On;
    else
      reader_.problems.add_wrong_type(value.range(), "a severity is error, warning, information, hint, on or off");
  }

  void read_rule_option(const Rule* rule, const yaml::Entry& entry, RuleSetting& setting) {
    std::vector<std::string_view> known{"severity"};
    if (rule != nullptr) {
      for (const RuleOption& option : rule->options) {
        known.push_back(option.name);
        if (option.name != entry.key) continue;
        if (entry.value.is_null()) return;
        if (auto value = read_option(option, entry.value))
          setting.options.emplace_back(option.name, std::move(*value));
        else
          reader_.problems.add_wrong_type(entry.value.range(),
                                          quoted_name(option.name) + " has to be " + std::string(wanted(option.kind)));
        return;
      }
    }
    reader_.unknown_key(entry, known);
  }

  void read_file_rule(const yaml::Value& value) {
    FileRule rule;
    bool says_where = false;
    for (const yaml::Entry& entry : reader_.mapping(value)) {
      if (entry.key == "glob" || entry.key == "include" || entry.key == "exclude") {
        says_where = true;
        rule.exclude = rule.exclude || entry.key == "exclude";
        for (const std::string& pattern : reader_.strings(entry.value)) rule.patterns.emplace_back(pattern);
      } else if (entry.key == "language") {
        if (const auto name = reader_.text(entry.value)) {
          rule.language = parse_language(name->text);
          if (!rule.language)
            reader_.problems.add_wrong_type(name->range, "a language is dockerfile, compose or kubernetes");
        }
      } else {
        reader_.unknown_key(entry, kFileKeys);
      }
    }
    if (!says_where && value.is_mapping())
      reader_.problems.add_wrong_type(value.range(), "which files? Say glob, include or exclude");
    if (!rule.patterns.empty()) file_.files.push_back(std::move(rule));
  }

  void read_registries(const yaml::Value& value) {
    for (const yaml::Entry& entry : reader_.mapping(value)) {
      if (entry.key == "trusted")
        file_.layer.project.trusted_registries = reader_.strings(entry.value);
      else
        reader_.unknown_key(entry, kRegistryKeys);
    }
  }

  void read_labels(const yaml::Value& value) {
    for (const yaml::Entry& entry : reader_.mapping(value)) {
      if (entry.key == "strict")
        file_.layer.project.strict_labels = reader_.boolean(entry.value);
      else if (entry.key == "schema")
        read_label_schema(entry.value);
      else
        reader_.unknown_key(entry, kLabelKeys);
    }
  }

  void read_label_schema(const yaml::Value& value) {
    for (const yaml::Entry& entry : reader_.mapping(value)) {
      RequiredLabel label{std::string(entry.key)};
      if (const auto name = reader_.text(entry.value)) {
        const auto format = parse_label_format(name->text);
        if (!format)
          reader_.problems.add_wrong_type(name->range, "a label is text, email, hash, rfc3339, semver, spdx or url");
        label.format = format.value_or(LabelFormat::Text);
      }
      file_.layer.project.labels.push_back(std::move(label));
    }
  }

  void read_kubernetes(const yaml::Value& value) {
    for (const yaml::Entry& entry : reader_.mapping(value)) {
      if (entry.key != "version") {
        reader_.unknown_key(entry, kKubernetesKeys);
      } else if (const auto written = reader_.text(entry.value)) {
        file_.layer.project.kubernetes = parse_version(written->text);
        if (!file_.layer.project.kubernetes)
          reader_.problems.add_wrong_type(written->range, "a version of Kubernetes looks like \"1.31\"");
      }
    }
  }

  void read_builder(const yaml::Value& value) {
    const auto name = reader_.text(value);
    if (!name) return;
    file_.layer.project.builder = parse_builder(name->text);
    if (file_.layer.project.builder) return;
    std::array<std::string_view, kBuilderCount> known;
    for (std::size_t i = 0; i < known.size(); ++i) known[i] = to_string(static_cast<Builder>(i));
    reader_.problems.add_wrong_type(name->range, with_choices("a builder is", known));
  }

  void read_shellcheck(const yaml::Value& value) {
    for (const yaml::Entry& entry : reader_.mapping(value)) {
      if (entry.key != "path") {
        reader_.unknown_key(entry, kShellCheckKeys);
      } else if (const auto path = reader_.text(entry.value)) {
        if (path->text.empty() || is_installed_shellcheck(path->text))
          file_.shellcheck = path->text;
        else
          reader_.problems.add_wrong_type(path->range, "`shellcheck`: the one that is installed");
      }
    }
  }

  void read_suppressions(const yaml::Value& value) {
    for (const yaml::Entry& entry : reader_.mapping(value)) {
      if (entry.key == "inline")
        file_.layer.suppressions.inline_comments = reader_.boolean(entry.value);
      else if (entry.key == "require-reason")
        file_.layer.suppressions.require_reason = reader_.boolean(entry.value);
      else
        reader_.unknown_key(entry, kSuppressionKeys);
    }
  }

  const RuleSet& rules_;
  DocumentReader reader_;
  OwnFile file_;
};

}  // namespace

OwnFile read_own_file(std::string_view text, const RuleSet& rules) { return OwnFileReader(rules).read(text); }

}  // namespace quaymaster::workspace
