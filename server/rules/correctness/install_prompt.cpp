#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/build_step.h"
#include "rules/support/message.h"
#include "rules/support/package_commands.h"

namespace quaymaster::rules {
extern const Rule install_prompt;
namespace {

using packages::Flag;
using packages::Invocation;
using packages::Manager;
using packages::Operation;

/// What a manager asks about, how to answer, and what hadolint looks at.
struct Prompt {
  Manager manager;
  std::string_view variant;
  std::string_view answer;
  bool before_verb;         ///< the answer is an option of the program
  std::string_view checks;  ///< the verbs of hadolint's check, between blanks
};
constexpr std::string_view kYumVerbs = " install groupinstall localinstall ";
constexpr Prompt kPrompts[] = {
    {Manager::AptGet, "apt", "-y", false, " install "},
    {Manager::Apt, "apt", "-y", false, ""},
    {Manager::Aptitude, "apt", "-y", false, ""},
    {Manager::Yum, "yum", "-y", false, kYumVerbs},
    {Manager::Dnf, "dnf", "-y", false, kYumVerbs},
    {Manager::Microdnf, "dnf", "-y", false, kYumVerbs},
    {Manager::Tdnf, "dnf", "-y", false, ""},
    {Manager::Zypper, "zypper", "--non-interactive", true, " install in remove rm source-install si patch "},
    {Manager::Pacman, "pacman", "--noconfirm", false, ""},
};

const Prompt* prompt_of(Manager manager) {
  const auto* found = std::find_if(std::begin(kPrompts), std::end(kPrompts),
                                   [manager](const Prompt& prompt) { return prompt.manager == manager; });
  return found == std::end(kPrompts) ? nullptr : found;
}

bool asks(const Invocation& call) {
  const bool changes = call.operation == Operation::Install || call.operation == Operation::Upgrade ||
                       call.operation == Operation::Remove;
  if (!changes || !call.literal) return false;
  const bool needs_packages =
      call.manager == Manager::Pacman || call.verb == "remove" || call.verb == "purge" || call.verb == "rm";
  if (needs_packages && call.operation != Operation::Upgrade && call.packages.empty()) return false;
  for (const Flag flag : {Flag::AssumeYes, Flag::DryRun, Flag::Help})
    if (call.has(flag)) return false;
  return true;
}

/// Whether something is written to what the command reads: `yes | …`, `… <<< y`, `… < answers`.
bool is_answered(const shell::Command& command) {
  return command.connector == shell::Connector::Pipe ||
         std::any_of(command.redirections.begin(), command.redirections.end(),
                     [](const shell::Redirection& redirection) { return redirection.op.starts_with('<'); });
}

bool is_configured(const shell::Command& command) {
  return std::any_of(command.words.begin(), command.words.end(), [](const shell::Word& word) {
    return word.text.find("Assume-Yes") != std::string::npos || word.text.find("assumeyes") != std::string::npos;
  });
}

void check_run(const dockerfile::BuildScript& build, RuleContext& ctx) {
  for (const auto& [command, call] : package_commands(build)) {
    const Prompt* prompt = prompt_of(call.manager);
    if (prompt == nullptr || !asks(call) || is_answered(*command) || is_configured(*command)) continue;
    Report report{.variant = prompt->variant,
                  .range = build.text.in_file(call.verb_range),
                  .message = quoted(call_name(call)) + " may ask for a confirmation that nobody can give"};
    const TextRange after = prompt->before_verb ? call.program_range : call.verb_range;
    if (auto edit = insert_word(build, after, prompt->answer))
      report.fixes.push_back({.title = "Add " + std::string(prompt->answer),
                              .applicability = Applicability::Safe,
                              .edits = {std::move(*edit)}});
    if (prompt->checks.find(" " + call.verb + " ") == std::string_view::npos) report.aliases.emplace();
    ctx.report(std::move(report));
  }
}

}  // namespace

constinit const Rule install_prompt = checked({
    .name = "install-prompt",
    .family = Family::Correctness,
    .title = "A package manager asks a question in the build.",
    .consequence =
        "There is no keyboard in a build. `apt-get install curl` works as long as curl needs nothing else; on the day "
        "on which it gets one more dependency, the package manager asks whether to go on, reads the end of its input, "
        "prints \"Abort.\", and the build of a file that nobody touched fails.",
    .fine_when = "The configuration of the package manager in the image already says yes.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "apt",
                  .summary = "apt-get, apt or aptitude is not told to assume yes.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning},
                              {Preset::Strict, Severity::Warning},
                              {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3014"}, {Language::Dockerfile, "trivy:DS-0021"}},
                  .languages = Language::Dockerfile},
                 {.name = "yum",
                  .summary = "yum is not told to assume yes.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning},
                              {Preset::Strict, Severity::Warning},
                              {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3030"}},
                  .languages = Language::Dockerfile},
                 {.name = "dnf",
                  .summary = "dnf, microdnf or tdnf is not told to assume yes.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning},
                              {Preset::Strict, Severity::Warning},
                              {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3038"}},
                  .languages = Language::Dockerfile},
                 {.name = "zypper",
                  .summary = "zypper is not told to ask nothing.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning},
                              {Preset::Strict, Severity::Warning},
                              {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3034"}},
                  .languages = Language::Dockerfile},
                 {.name = "pacman",
                  .summary = "pacman is not told to ask nothing.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Dockerfile}},
    .references = {"https://manpages.debian.org/bookworm/apt/apt-get.8.en.html",
                   "https://dnf.readthedocs.io/en/latest/command_ref.html",
                   "https://en.opensuse.org/SDB:Zypper_manual_(plain)"},
    .examples =
        {{"apt-get", "Dockerfile", "FROM debian:12.8\nRUN apt-get update && apt-get <|install|> curl\n",
          "FROM debian:12.8\nRUN apt-get update && apt-get install -y curl\n"},
         {"across lines that end as on Windows", "Dockerfile",
          "FROM debian:12.8\r\nRUN sudo /usr/bin/apt-get \\\r\n    # the tools\r\n    <|install|> \\\r\n    curl\r\n",
          "FROM debian:12.8\r\nRUN sudo /usr/bin/apt-get \\\r\n    # the tools\r\n    install -y \\\r\n    curl\r\n"},
         {"exec form", "Dockerfile", "FROM debian:12.8\nRUN [\"apt-get\", \"<|install|>\", \"curl\"]\n",
          "FROM debian:12.8\nRUN [\"apt-get\", \"install\", \"-y\", \"curl\"]\n"},
         {"a nested shell in exec form", "Dockerfile",
          "FROM debian:12.8\nRUN [\"bash\", \"-c\", \"apt-get <|install|> curl\"]\n",
          "FROM debian:12.8\nRUN [\"bash\", \"-c\", \"apt-get install -y curl\"]\n"},
         {"a here-document", "Dockerfile", "FROM debian:12.8\nRUN <<EOF\napt-get update\napt-get <|upgrade|>\nEOF\n",
          "FROM debian:12.8\nRUN <<EOF\napt-get update\napt-get upgrade -y\nEOF\n"},
         {"yum", "Dockerfile", "FROM rockylinux:9.3\nONBUILD RUN yum <|install|> httpd\n",
          "FROM rockylinux:9.3\nONBUILD RUN yum install -y httpd\n"},
         {"dnf", "Dockerfile", "FROM fedora:41\nRUN microdnf <|install|> httpd\n",
          "FROM fedora:41\nRUN microdnf install -y httpd\n"},
         {"zypper", "Dockerfile", "FROM opensuse/leap:15.6\nRUN zypper <|in|> git\n",
          "FROM opensuse/leap:15.6\nRUN zypper --non-interactive in git\n"},
         {"pacman", "Dockerfile", "FROM archlinux:base\nRUN pacman <|-Syu|> git\n",
          "FROM archlinux:base\nRUN pacman -Syu --noconfirm git\n"},
         {"quiet enough to ask nothing", "Dockerfile", "FROM debian:12.8\nRUN apt-get -qq install curl\n"},
         {"nothing to do", "Dockerfile", "FROM archlinux:base\nRUN pacman -Syy\n"},
         {"yes says yes", "Dockerfile", "FROM debian:12.8\nRUN yes | apt-get install curl\n"},
         {"options from a variable", "Dockerfile", "FROM debian:12.8\nRUN apt-get install $OPTIONS curl\n"}},
    .checks = {on(check_run)},
});

}  // namespace quaymaster::rules
