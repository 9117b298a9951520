#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/package_commands.h"

namespace quaymaster::rules {
extern const Rule unpinned_package;
namespace {

using packages::Flag;
using packages::Invocation;
using packages::Manager;
using packages::Origin;
using packages::Package;

/// What the packages of a manager are reported as, and what hadolint looks at.
struct Kind {
  Manager manager;
  std::string_view variant;
  std::string_view verbs;   ///< between blanks; those that take packages with versions
  std::string_view checks;  ///< the verbs of hadolint's check
};
constexpr Kind kKinds[] = {
    {Manager::AptGet, "apt", " install ", " install "},
    {Manager::Apt, "apt", " install ", ""},
    {Manager::Aptitude, "apt", " install ", ""},
    {Manager::Apk, "apk", " add ", " add "},
    {Manager::Yum, "yum", " install |module install ", " install |module install "},
    {Manager::Dnf, "dnf", " install |in |module install ", " install |module install "},
    {Manager::Microdnf, "dnf", " install |in |module install ", " install |module install "},
    {Manager::Tdnf, "dnf", " install ", ""},
    {Manager::Zypper, "zypper", " install |in ", " install |in "},
    {Manager::Pip, "pip", " install ", " install "},
    {Manager::Pipx, "pip", " install ", " install "},
    {Manager::Uv, "pip", " pip install |tool install ", ""},
    {Manager::Conda, "conda", " install ", ""},
    {Manager::Mamba, "conda", " install ", ""},
    {Manager::Micromamba, "conda", " install ", ""},
    {Manager::Npm, "npm", " install |i |add ", " install "},
    {Manager::Yarn, "npm", " add |global add ", ""},
    {Manager::Pnpm, "npm", " add |install |i ", ""},
    {Manager::Bun, "npm", " add |install |i ", ""},
    {Manager::Gem, "gem", " install |i ", " install |i "},
    {Manager::Go, "go", " install |get |run ", " install |get |run "},
    {Manager::Cargo, "cargo", " install |binstall ", ""},
};

bool lists(std::string_view verbs, std::string_view verb) {
  while (!verbs.empty()) {
    const std::size_t bar = std::min(verbs.find('|'), verbs.size());
    std::string_view one = verbs.substr(0, bar);
    while (one.starts_with(' ')) one.remove_prefix(1);
    while (one.ends_with(' ')) one.remove_suffix(1);
    if (one == verb) return true;
    verbs.remove_prefix(std::min(bar + 1, verbs.size()));
  }
  return false;
}

/// Words that look like packages and are none.
bool is_no_package(const Invocation& call, const Package& package) {
  const std::string& name = package.name;
  switch (call.manager) {
    case Manager::Apk: return name.starts_with('!');
    case Manager::AptGet:
    case Manager::Apt:
    case Manager::Aptitude: return name.ends_with('-');
    case Manager::Go: return name.ends_with(".go") || name == "tool" || name == "std" || name == "cmd" || name == "all";
    case Manager::Gem: return name.starts_with('-') || name == "true" || name == "false";
    default: return name.empty();
  }
}

enum class Pin { Fixed, Moving, None };

/// `pip install -e folder`
bool is_folder(const Invocation& call, const Package& package) {
  return package.origin == Origin::Registry &&
         std::any_of(call.flags.begin(), call.flags.end(), [&](const packages::FlagUse& use) {
           return use.flag == Flag::Editable && use.value_range == package.range;
         });
}

/// Whether something fixes the version. A range counts as fixed, as a word of the author about it; a name such as
/// `latest` does not.
Pin pin_of(const Invocation& call, const Package& package) {
  if (package.origin == Origin::Repository) return package.has_version() ? Pin::Fixed : Pin::None;
  if (package.origin != Origin::Registry || is_no_package(call, package) || is_folder(call, package)) return Pin::Fixed;
  if (call.verb == "module install") return package.name.find(':') == std::string::npos ? Pin::None : Pin::Fixed;
  if (!package.has_version()) return Pin::None;
  constexpr std::string_view kMoving[] = {"latest", "next", "none", "master", "main", "upgrade"};
  const bool moves = std::find(std::begin(kMoving), std::end(kMoving), package.version) != std::end(kMoving);
  return moves ? Pin::Moving : Pin::Fixed;
}

/// Whether an option fixes the versions of all that the command names.
bool is_pinned_as_a_whole(const Invocation& call) {
  return call.has(Flag::Version) || call.has(Flag::Constraint) || call.has(Flag::DryRun) || call.has(Flag::Help) ||
         (call.manager == Manager::Cargo && call.has(Flag::Repository));
}

/// Where the arguments of a build that gem starts begin.
std::uint32_t end_of_packages(const PackageCommand& use) {
  if (use.call.manager == Manager::Gem)
    for (const shell::Word& word : use.command->words)
      if (word.text == "--") return word.range.begin;
  return use.command->range.end;
}

/// Whether hadolint's check of the manager would report the package.
bool is_reported_by_hadolint(const Kind& kind, const Invocation& call, Pin pin) {
  const bool by_file =
      call.has(Flag::RequirementFile) || std::any_of(call.packages.begin(), call.packages.end(),
                                                     [](const Package& package) { return package.name == "."; });
  const bool exempt = call.manager == Manager::Pip && by_file;
  return lists(kind.checks, call.verb) && !exempt && (pin == Pin::None || call.manager == Manager::Go);
}

std::string message_of(const Package& first, Pin pin, std::size_t more) {
  const std::string name = quoted(first.name, 36);
  if (pin == Pin::Moving) return name + " is taken in its version " + quoted(first.version, 12) + ", which moves";
  if (first.origin == Origin::Repository) return name + " names no commit or tag: it is what is there then";
  if (more == 0) return name + " has no version: the build takes the newest";
  return name + " and " + std::to_string(more) + " more have no version: the build takes the newest";
}

void check_command(const dockerfile::BuildScript& build, const PackageCommand& use, const Kind& kind,
                   RuleContext& ctx) {
  constexpr std::size_t kMostRelated = 20;
  const Invocation& call = use.call;
  const std::uint32_t end = end_of_packages(use);
  std::optional<Report> report;
  const Package* first = nullptr;
  Pin first_pin = Pin::None;
  std::size_t more = 0;
  bool by_hadolint = false;
  for (const Package& package : call.packages) {
    const Pin pin = package.range.begin < end ? pin_of(call, package) : Pin::Fixed;
    if (pin == Pin::Fixed) continue;
    by_hadolint = by_hadolint || is_reported_by_hadolint(kind, call, pin);
    const TextRange range = build.text.in_file(package.range);
    if (report) {
      const TextRange latest = report->related.empty() ? report->range : report->related.back().range;
      if (++more <= kMostRelated && range != latest)
        report->related.push_back({range, quoted(package.name) + " has none, too"});
      continue;
    }
    first = &package;
    first_pin = pin;
    report = Report{.variant = kind.variant, .range = range, .message = {}};
  }
  if (!report) return;
  report->message = message_of(*first, first_pin, more);
  if (!by_hadolint) report->aliases.emplace();
  ctx.report(std::move(*report));
}

void check_run(const dockerfile::BuildScript& build, RuleContext& ctx) {
  for (const PackageCommand& use : package_commands(build)) {
    const Kind* kind = std::find_if(std::begin(kKinds), std::end(kKinds),
                                    [&](const Kind& candidate) { return candidate.manager == use.call.manager; });
    if (kind == std::end(kKinds) || !lists(kind->verbs, use.call.verb) || is_pinned_as_a_whole(use.call)) continue;
    check_command(build, use, *kind, ctx);
  }
}

}  // namespace

constinit const Rule unpinned_package = checked({
    .name = "unpinned-package",
    .family = Family::BillOfMaterials,
    .title = "A package is installed without a version.",
    .consequence =
        "The pipeline rebuilds the image for a change in a text. The cache has been cleared, so the packages come in "
        "the versions of today, one of them with another default, and the service answers differently. The "
        "difference between the two images is in no commit, and the old versions cannot be asked for, because nobody "
        "wrote them down.",
    .fine_when =
        "The distribution keeps only one version of each package, as Debian and Alpine do, and the base image is fixed "
        "by a digest, or the tests run on the very image that ships.",
    .fix = FixAvailability::None,
    .variants = {{.name = "apt",
                  .summary = "A package of Debian or Ubuntu is named without `=version`.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}, {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3008"}},
                  .languages = Language::Dockerfile},
                 {.name = "apk",
                  .summary = "A package of Alpine is named without `=version`.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}, {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3018"}},
                  .languages = Language::Dockerfile},
                 {.name = "yum",
                  .summary = "A package is named to yum without `-version`, or a module without `:stream`.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}, {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3033"}},
                  .languages = Language::Dockerfile},
                 {.name = "dnf",
                  .summary = "A package is named to dnf without `-version`, or a module without `:stream`.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}, {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3041"}},
                  .languages = Language::Dockerfile},
                 {.name = "zypper",
                  .summary = "A package of SUSE is named without `=version`.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}, {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3037"}},
                  .languages = Language::Dockerfile},
                 {.name = "pip",
                  .summary = "A package of Python is named without `==version`.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning}, {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3013"}},
                  .languages = Language::Dockerfile},
                 {.name = "conda",
                  .summary = "A package of conda is named without `=version`.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning}},
                  .languages = Language::Dockerfile},
                 {.name = "npm",
                  .summary = "A package of Node is named without `@version`.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning}, {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3016"}},
                  .languages = Language::Dockerfile},
                 {.name = "gem",
                  .summary = "A gem is named without `:version`.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning}, {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3028"}},
                  .languages = Language::Dockerfile},
                 {.name = "go",
                  .summary = "A program of Go is named without `@version`, or with `@latest`.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning}, {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3062"}},
                  .languages = Language::Dockerfile},
                 {.name = "cargo",
                  .summary = "A program of Rust is named without `--version`.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/build/building/best-practices/#apt-get",
                   "https://pip.pypa.io/en/stable/topics/repeatable-installs/",
                   "https://docs.npmjs.com/cli/commands/npm-install", "https://go.dev/ref/mod#go-install"},
    .examples =
        {{"Debian", "Dockerfile",
          "FROM debian:12.8\nRUN apt-get update && apt-get install -y \\\n    ca-certificates=20230311 \\\n    "
          "<|curl|> \\\n "
          "   git\n"},
         {"exec form", "Dockerfile", "FROM debian:12.8\nRUN [\"apt-get\", \"install\", \"-y\", \"<|curl|>\"]\n"},
         {"Alpine", "Dockerfile", "FROM alpine:3.21\nRUN apk add --no-cache --virtual .build flex~2.6 <|make|>\n"},
         {"Red Hat", "Dockerfile", "FROM centos:7\nRUN yum install -y httpd-2.4.6 <|gcc-c++|>\n"},
         {"a module", "Dockerfile", "FROM fedora:41\nONBUILD RUN dnf module install -y <|nodejs|> postgresql:16\n"},
         {"SUSE", "Dockerfile", "FROM opensuse/leap:15.6\nRUN zypper -n in 'git>=2.43' <|make|>\n"},
         {"Python", "Dockerfile",
          "FROM python:3.13.0\nRUN pip install -r requirements.txt && python3 -m pip install 'flask==3.1.0' "
          "<|gunicorn[gevent]|>\n"},
         {"a repository", "Dockerfile",
          "FROM python:3.13.0\nRUN pip3 install <|git+https://example.com/a/b.git|> "
          "git+https://example.com/a/c.git@v1\n"},
         {"conda", "Dockerfile", "FROM continuumio/miniconda3:24.9.2-0\nRUN conda install -y numpy=2.1 <|scipy|>\n"},
         {"Node", "Dockerfile", "FROM node:22.11.0\nRUN npm install -g @angular/cli@19.0.0 <|pm2|>\n"},
         {"a version that moves", "Dockerfile", "FROM node:22.11.0\nRUN yarn global add <|serve@latest|>\n"},
         {"Ruby", "Dockerfile", "FROM ruby:3.3.6\nRUN gem install rails:8.0.0 <|puma|> -- --with-openssl\n"},
         {"Go", "Dockerfile",
          "FROM golang:1.23.3\nRUN go install ./cmd/app && go install <|example.com/tool@latest|>\n"},
         {"Rust", "Dockerfile",
          "FROM rust:1.82.0\nRUN cargo install <|ripgrep|> && cargo install --version 1.0.0 just\n"},
         {"all have one", "Dockerfile",
          "FROM debian:12.8\nRUN apt-get install -y -t bookworm-backports curl=7.88.1-10 git/bookworm ./tool.deb\n"},
         {"from files of the project", "Dockerfile",
          "FROM python:3.13.0\nRUN pip install . && pip install -r requirements.txt && pip install -c pins.txt "
          "flask\n"},
         {"a version for all", "Dockerfile", "FROM ruby:3.3.6\nRUN gem install bundler -v 2.5.23\n"},
         {"packages from a variable", "Dockerfile",
          "FROM debian:12.8\nENV TOOLS=\"git=1:2.39.5-0 make\"\nRUN apt-get install -y <|$TOOLS|> $MORE_TOOLS\n"},
         {"a known version", "Dockerfile",
          "FROM fedora:41\nARG GIT=2.47.0-1.fc41\nRUN dnf install -y git-core-${GIT}\n"},
         {"a version from an argument", "Dockerfile",
          "FROM fedora:41\nARG GIT\nRUN dnf install -y git-core-${GIT} && pip install flask==$FLASK $MORE\n"}},
    .checks = {on(check_run)},
});

}  // namespace quaymaster::rules
