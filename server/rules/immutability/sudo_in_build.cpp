#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/image_user.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule sudo_in_build;
namespace {

/// A `sudo`, and the word that it stands in front of.
struct Use {
  const shell::Word* sudo;
  const shell::Word* next;     ///< null when it starts nothing
  bool bare = false;           ///< without options or variables of its own
  std::string_view user = {};  ///< who it runs the command as; empty for root
};

/// The user of `sudo -u USER`; empty when that is root.
std::string_view user_of(const shell::Wrapper& sudo) {
  std::string_view user;
  for (std::size_t i = 1; i < sudo.words.size(); ++i) {
    const std::string_view word = sudo.words[i].text;
    const bool apart = word == "--user" || (word.starts_with('-') && !word.starts_with("--") && word.ends_with('u'));
    if (apart && i + 1 < sudo.words.size()) user = sudo.words[i + 1].text;
    if (word.starts_with("--user=")) user = word.substr(word.find('=') + 1);
  }
  return user == "root" || user == "#0" ? std::string_view() : user;
}

std::vector<Use> uses_of(const shell::Script& script) {
  std::vector<Use> uses;
  for (const shell::Command& command : script.commands) {
    for (std::size_t i = 0; i < command.wrappers.size(); ++i) {
      const shell::Wrapper& wrapper = command.wrappers[i];
      const bool last = i + 1 == command.wrappers.size();
      if (wrapper.name() != "sudo") continue;
      uses.push_back({&wrapper.words.front(), last ? &command.words.front() : &command.wrappers[i + 1].words.front(),
                      wrapper.words.size() == 1, user_of(wrapper)});
    }
    if (command.name() == "sudo") uses.push_back({&command.words.front(), nullptr});
  }
  // All commands of `sudo sh -c '…'` have the same one.
  std::sort(uses.begin(), uses.end(), [](const Use& a, const Use& b) { return a.sudo->range < b.sudo->range; });
  const auto surplus =
      std::unique(uses.begin(), uses.end(), [](const Use& a, const Use& b) { return a.sudo->range == b.sudo->range; });
  uses.erase(surplus, uses.end());
  return uses;
}

bool runs_as_root(const dockerfile::Context& context) {
  if (!context.user.empty()) {
    const std::string user = context.user.substr(0, context.user.find(':'));
    return user == "root" || user == "0";
  }
  if (!context.base_known) return false;
  const image::Reference base{.repository = context.base_name, .tag = context.base_tag};
  return user_of_image(base) == StartsAs::Root;
}

/// One fix for all of them, if each can go.
std::vector<Fix> fixes_of(const dockerfile::BuildScript& build, const std::vector<Use>& uses) {
  std::vector<Edit> edits;
  for (const Use& use : uses) {
    if (!use.bare || use.next == nullptr) return {};
    auto edit = build.text.edit({use.sudo->range.begin, use.next->range.begin}, "");
    if (!edit) return {};
    edits.push_back(std::move(*edit));
  }
  return {{.title = uses.size() == 1 ? "Remove sudo" : "Remove every sudo of this RUN",
           .applicability = Applicability::Unsafe,
           .edits = std::move(edits),
           .caveat = "sudo also resets the environment: a command that relied on that sees more variables now."}};
}

void check_run(const dockerfile::BuildScript& build, RuleContext& ctx) {
  const std::vector<Use> uses = uses_of(*build.text.script);
  if (uses.empty()) return;
  const Use& first = uses.front();
  const bool root = runs_as_root(build.context);
  const std::string before = first.next == nullptr ? "`sudo`" : "`sudo` before " + quoted(first.next->text, 24);
  Report report{.range = build.text.in_file(first.sudo->range), .message = {}};
  if (!first.user.empty()) {
    report.variant = "other-user";
    report.message = before + " runs it as " + quoted(first.user, 16) + ", which USER would say for all to see";
  } else if (root) {
    report.variant = "already-root";
    report.message = before + ": the build runs as root already";
    report.fixes = fixes_of(build, uses);
  } else {
    report.variant = "becomes-root";
    report.message = before + ": the image lets its user become root";
  }
  for (std::size_t i = 1; i < uses.size(); ++i)
    report.related.push_back({build.text.in_file(uses[i].sudo->range), "sudo here, too"});
  ctx.report(std::move(report));
}

}  // namespace

constinit const Rule sudo_in_build = checked({
    .name = "sudo-in-build",
    .family = Family::Immutability,
    .title = "The build uses sudo.",
    .consequence =
        "sudo is for people at a terminal: it may ask for a password that nobody can type, and it starts its command "
        "with another environment, so that `ENV http_proxy` is set in one line and gone in the next. And to have it at "
        "all, the image carries a setuid program with a rule that lets anybody become root: whoever breaks into the "
        "service is root with one more word.",
    .fine_when =
        "The image is a workplace for people, such as a development container, whose user is meant to install things.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "already-root",
                  .summary = "The build runs as root at this place, and sudo changes nothing.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning},
                              {Preset::Strict, Severity::Warning},
                              {Preset::Hadolint, Severity::Error}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3004"},
                              {Language::Dockerfile, "trivy:DS-0010"},
                              {Language::Dockerfile, "checkov:CKV2_DOCKER_1"}},
                  .languages = Language::Dockerfile},
                 {.name = "becomes-root",
                  .summary = "The build needs sudo, so that the image must let its user become root.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning}, {Preset::Hadolint, Severity::Error}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3004"},
                              {Language::Dockerfile, "trivy:DS-0010"},
                              {Language::Dockerfile, "checkov:CKV2_DOCKER_1"}},
                  .languages = Language::Dockerfile},
                 {.name = "other-user",
                  .summary = "sudo runs a command as another user than root, in the place of USER.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}, {Preset::Hadolint, Severity::Error}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3004"},
                              {Language::Dockerfile, "trivy:DS-0010"},
                              {Language::Dockerfile, "checkov:CKV2_DOCKER_1"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/build/building/best-practices/#user",
                   "https://docs.docker.com/reference/dockerfile/#user"},
    .examples = {{"root already", "Dockerfile", "FROM debian:12.8\nRUN <|sudo|> apt-get update\n",
                  "FROM debian:12.8\nRUN apt-get update\n"},
                 {"several in one RUN", "Dockerfile",
                  "FROM node:22.11.0\nRUN <|sudo|> mkdir /data && \\\n    sudo chown node /data\n",
                  "FROM node:22.11.0\nRUN mkdir /data && \\\n    chown node /data\n"},
                 {"in front of a shell", "Dockerfile",
                  "FROM ubuntu:24.04\nUSER root\nRUN <|sudo|> sh -c 'echo a > /etc/a'\n",
                  "FROM ubuntu:24.04\nUSER root\nRUN sh -c 'echo a > /etc/a'\n"},
                 {"options of its own", "Dockerfile", "FROM debian:12.8\nRUN <|sudo|> -u www-data touch /srv/a\n"},
                 {"an option that changes nothing", "Dockerfile", "FROM debian:12.8\nRUN <|sudo|> -E make install\n"},
                 {"exec form", "Dockerfile", "FROM debian:12.8\nRUN [\"<|sudo|>\", \"apt-get\", \"update\"]\n"},
                 {"under ONBUILD", "Dockerfile", "FROM debian:12.8\nONBUILD RUN <|sudo|> make install\n",
                  "FROM debian:12.8\nONBUILD RUN make install\n"},
                 {"from another user to root", "Dockerfile",
                  "FROM debian:12.8\nUSER app\nRUN <|/usr/bin/sudo|> apt-get update\n"},
                 {"its package is only installed", "Dockerfile", "FROM debian:12.8\nRUN apt-get install -y sudo\n"},
                 {"root does it before the user comes", "Dockerfile",
                  "FROM debian:12.8\nRUN apt-get update\nUSER app\nRUN ./configure\n"}},
    .checks = {on(check_run)},
});

}  // namespace quaymaster::rules
