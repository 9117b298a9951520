#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "quaymaster/diagnostic.h"
#include "quaymaster/language.h"
#include "quaymaster/static_list.h"

// What a check may look at. A rule file includes the header of the one it takes.
namespace quaymaster::container {
struct Container;
struct EnvironmentEntry;
struct HealthCheck;
struct ImageUse;
struct Mount;
struct PortBinding;
struct StartCommand;
struct UserSetting;
}  // namespace quaymaster::container
namespace quaymaster::dockerfile {
struct Add;
struct Arg;
struct BuildFile;
struct BuildScript;
struct Cmd;
struct Context;
struct Copy;
struct Entrypoint;
struct Env;
struct Expose;
struct File;
struct From;
struct Healthcheck;
struct Label;
struct Maintainer;
struct Onbuild;
struct Run;
struct Shell;
struct Stopsignal;
struct Unknown;
struct User;
struct Volume;
struct Workdir;
}  // namespace quaymaster::dockerfile
namespace quaymaster::yaml {
class Document;
}  // namespace quaymaster::yaml
namespace quaymaster::compose {
struct File;
struct Service;
}  // namespace quaymaster::compose
namespace quaymaster::kubernetes {
struct File;
struct Object;
struct Workload;
}  // namespace quaymaster::kubernetes
namespace quaymaster::rules {
struct ComposeInWorkspace;
struct DockerfileInWorkspace;
struct KubernetesInWorkspace;
}  // namespace quaymaster::rules

namespace quaymaster {

class RuleContext;
struct UnusedSuppressionItem;

/// The anti-patterns. The folder of a rule is its family.
enum class Family : std::uint8_t {
  Immutability,
  SingleService,
  Configuration,
  State,
  Isolation,
  Parity,
  BillOfMaterials,
  Correctness,
};
inline constexpr std::size_t kFamilyCount = 8;

/// "immutability", "single-service" …: the name of the folder, of the page and in options.
[[nodiscard]] std::string_view slug(Family family);
/// "Changing containers instead of images" …: the name shown to users.
[[nodiscard]] std::string_view title(Family family);
/// One sentence that says in plain words what the mistake is.
[[nodiscard]] std::string_view summary(Family family);
[[nodiscard]] std::optional<Family> parse_family(std::string_view slug);

/// Named sets of variants with their severities. `All` is not among them: it is every variant there is.
enum class Preset : std::uint8_t { Recommended, Strict, Hadolint, BuildKit, PssBaseline, PssRestricted };
inline constexpr std::size_t kPresetCount = 6;

/// "recommended", "strict", "hadolint", "buildkit", "pss-baseline", "pss-restricted".
[[nodiscard]] std::string_view to_string(Preset preset);
[[nodiscard]] std::optional<Preset> parse_preset(std::string_view name);

struct PresetEntry {
  Preset preset;
  Severity severity;
};

/// A check of another tool that reports the same thing in files of one language, in the spelling that its users write
/// to select or suppress it, behind the tool's name: `hadolint:DL3007`, `kube-linter:latest-tag`.
struct Alias {
  Language language;
  std::string_view identifier;
};

/// One of the things that a rule can find, with what can be set for it alone.
struct Variant {
  std::string_view name;                  ///< kebab-case; empty for the only variant of a plain rule
  std::string_view summary;               ///< one sentence with a full stop; may be empty for the only variant
  Severity severity = Severity::Warning;  ///< when switched on by name or by `all`
  StaticList<PresetEntry, kPresetCount> presets = {};
  StaticList<Alias, 24> aliases = {};
  Languages languages = kAllLanguages;  ///< where it can be found
  std::string_view since = "0.1";       ///< the release that brought it
};

/// A file that stands beside an example.
struct ExampleFile {
  std::string_view path;  ///< relative to the folder of the example
  std::string_view text;
};

/// A text that shows a rule at work. It is run as a test.
struct Example {
  std::string_view title;
  std::string_view path;    ///< its name, which decides the language: "Dockerfile", "compose.yaml", "deployment.yaml"
  std::string_view before;  ///< marks each expected range as `<|this|>`; no mark means that the rule stays silent
  /// The text when the first fix of each diagnostic, display-only ones aside, is applied until nothing is left to
  /// apply. Empty: no such fix is offered.
  std::string_view after = {};
  std::string_view also = {};              ///< a rule that has to be on, too; what it reports is not looked at
  std::string_view options = {};           ///< options of the rule, as YAML: "images: [shop/*]"
  StaticList<ExampleFile, 3> beside = {};  ///< for checks that look at other files
};

using StringList = std::vector<std::string>;

/// What an option is set to.
using OptionValue = std::variant<bool, std::int64_t, StringList>;

/// An option as data.
struct RuleOption {
  enum class Kind : std::uint8_t { Boolean, Integer, Strings };  ///< in the order of OptionValue
  std::string_view name;                                         ///< the key below the rule in a configuration file
  Kind kind = Kind::Boolean;
  std::int64_t default_number = 0;  ///< of an integer, or 0 and 1 of a Boolean
  StaticList<std::string_view, 8> default_strings = {};
  std::string_view doc;  ///< one sentence with a full stop

  [[nodiscard]] OptionValue default_value() const;
};

/// An option with the type of its value, `bool`, `std::int64_t` or `StringList`. A rule declares it as a constant,
/// lists it under `options`, and asks the context for its value.
template <class Value>
struct Option;
template <>
struct Option<bool> {
  std::string_view name;
  bool default_value;
  std::string_view doc;
  constexpr operator RuleOption() const { return {name, RuleOption::Kind::Boolean, default_value ? 1 : 0, {}, doc}; }
};
template <>
struct Option<std::int64_t> {
  std::string_view name;
  std::int64_t default_value;
  std::string_view doc;
  constexpr operator RuleOption() const { return {name, RuleOption::Kind::Integer, default_value, {}, doc}; }
};
template <>
struct Option<StringList> {
  std::string_view name;
  StaticList<std::string_view, 8> default_value;
  std::string_view doc;
  constexpr operator RuleOption() const { return {name, RuleOption::Kind::Strings, 0, default_value, doc}; }
};

/// A check is a function of one kind of typed value. The kind follows from the parameter.
template <class Node>
using CheckFunction = void (*)(const Node&, RuleContext&);

using Check = std::variant<
    // values that the formats share; offered wherever they appear
    CheckFunction<container::ImageUse>, CheckFunction<container::StartCommand>,
    CheckFunction<container::EnvironmentEntry>, CheckFunction<container::UserSetting>, CheckFunction<container::Mount>,
    CheckFunction<container::PortBinding>, CheckFunction<container::HealthCheck>, CheckFunction<container::Container>,
    // instructions of a Dockerfile, also those under ONBUILD
    CheckFunction<dockerfile::Add>, CheckFunction<dockerfile::Arg>, CheckFunction<dockerfile::Cmd>,
    CheckFunction<dockerfile::Copy>, CheckFunction<dockerfile::Entrypoint>, CheckFunction<dockerfile::Env>,
    CheckFunction<dockerfile::Expose>, CheckFunction<dockerfile::From>, CheckFunction<dockerfile::Healthcheck>,
    CheckFunction<dockerfile::Label>, CheckFunction<dockerfile::Maintainer>, CheckFunction<dockerfile::Onbuild>,
    CheckFunction<dockerfile::Run>, CheckFunction<dockerfile::Shell>, CheckFunction<dockerfile::Stopsignal>,
    CheckFunction<dockerfile::Unknown>, CheckFunction<dockerfile::User>, CheckFunction<dockerfile::Volume>,
    CheckFunction<dockerfile::Workdir>,
    // a RUN with its shell text parsed
    CheckFunction<dockerfile::BuildScript>,
    // parts of the YAML formats
    CheckFunction<yaml::Document>, CheckFunction<compose::Service>, CheckFunction<kubernetes::Object>,
    CheckFunction<kubernetes::Workload>,
    // whole files, after their parts
    CheckFunction<dockerfile::File>, CheckFunction<dockerfile::BuildFile>, CheckFunction<compose::File>,
    CheckFunction<kubernetes::File>,
    // whole files with what the files around them say; only where those are known
    CheckFunction<rules::DockerfileInWorkspace>, CheckFunction<rules::ComposeInWorkspace>,
    // the same for manifests, but always: objects of one file belong together, too
    CheckFunction<rules::KubernetesInWorkspace>,
    // comments, after everything else
    CheckFunction<UnusedSuppressionItem>>;

template <class Node>
[[nodiscard]] constexpr Check on(CheckFunction<Node> check) {
  return check;
}

/// Whether the rule can repair what it finds.
enum class FixAvailability : std::uint8_t { None, Sometimes, Always };

/// One thing that can be wrong with a file: everything there is to know about it, and the functions that find it.
/// Rules are constant-initialised, immutable, know nothing of each other, and live as long as the program.
struct Rule {
  std::string_view name;  ///< kebab-case noun phrase for the thing found; LSP's `code`; never renamed
  Family family;
  std::string_view title;        ///< one sentence that says what is wrong, with a full stop
  std::string_view consequence;  ///< what happens: one concrete event, whole sentences
  std::string_view fine_when;    ///< when the finding may be ignored with a good conscience, whole sentences
  FixAvailability fix = FixAvailability::None;
  StaticList<RuleOption, 4> options = {};
  StaticList<Variant, 16> variants;
  StaticList<std::string_view, 6> references;
  StaticList<Example, 24> examples;
  StaticList<Check, 12> checks;
};

/// Policy, enforced when a rule is compiled. A rule that breaks it does not build; the compiler shows the text of the
/// `throw`.
[[nodiscard]] consteval Rule checked(const Rule& rule) {
  const auto kebab = [](std::string_view name) {
    return !name.empty() && name.front() != '-' && name.back() != '-' && name.find("--") == std::string_view::npos &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
  };
  const auto sentence = [](std::string_view text) { return text.size() > 10 && text.back() == '.'; };

  if (!kebab(rule.name)) throw "name: kebab-case";
  if (!sentence(rule.title)) throw "title: one sentence with a full stop";
  if (!sentence(rule.consequence)) throw "consequence: whole sentences";
  if (!sentence(rule.fine_when)) throw "fine_when: whole sentences";
  if (rule.references.empty()) throw "references: at least one primary source";
  if (rule.checks.empty()) throw "checks: at least one";
  if (rule.variants.empty()) throw "variants: at least one";
  for (const Variant& variant : rule.variants) {
    if (rule.variants.size() > 1 && !kebab(variant.name)) throw "variant name: kebab-case";
    if (rule.variants.size() > 1 && !sentence(variant.summary)) throw "variant summary: one sentence";
    if (rule.variants.size() == 1 && !variant.name.empty()) throw "variant name: empty for the only variant";
    for (const Alias& alias : variant.aliases)
      if (alias.identifier.find(':') == std::string_view::npos) throw "alias: tool:check";
  }
  for (const RuleOption& option : rule.options) {
    if (!kebab(option.name) || option.name == "severity") throw "option name: kebab-case, and not severity";
    if (!sentence(option.doc)) throw "option doc: one sentence with a full stop";
  }
  bool fires = false;
  bool fixes = false;
  bool fires_without_fix = false;
  bool silent = false;
  for (const Example& example : rule.examples) {
    const bool marked = example.before.find("<|") != std::string_view::npos;
    fires = fires || marked;
    silent = silent || !marked;
    fixes = fixes || !example.after.empty();
    fires_without_fix = fires_without_fix || (marked && example.after.empty());
    if (!marked && !example.after.empty()) throw "examples: a fix without a finding";
  }
  if (!fires) throw "examples: at least one must report";
  if (!silent) throw "examples: at least one must stay silent";
  if (fixes != (rule.fix != FixAvailability::None)) throw "fix: metadata and examples disagree";
  if (rule.fix == FixAvailability::Always && fires_without_fix) throw "fix: an example shows none, so not always";
  return rule;
}

/// The rules that an analysis uses: a value, not a global list, so that an embedder can leave rules out or add its own.
class RuleSet {
 public:
  RuleSet() = default;
  /// Sorted by name here; names must be unique.
  explicit RuleSet(std::vector<const Rule*> rules);

  [[nodiscard]] auto begin() const { return rules_.begin(); }
  [[nodiscard]] auto end() const { return rules_.end(); }
  [[nodiscard]] std::size_t size() const { return rules_.size(); }
  [[nodiscard]] const Rule* find(std::string_view name) const;

 private:
  std::vector<const Rule*> rules_;
};

/// Every rule of this release.
[[nodiscard]] RuleSet built_in_rules();

}  // namespace quaymaster
