#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/container/container.h"
#include "model/dockerfile/file.h"
#include "model/kubernetes/config_script.h"
#include "model/kubernetes/kubernetes.h"
#include "model/yaml/value.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/verification.h"
#include "rules/support/word_edits.h"
#include "rules/support/written_text.h"

namespace quaymaster::rules {
extern const Rule verification_switched_off;
namespace {

std::string_view variant_of(Unchecked kind) {
  switch (kind) {
    case Unchecked::Transfer: return "transfer";
    case Unchecked::Packages: return "packages";
    case Unchecked::Environment: return "environment";
    case Unchecked::Setting: return "setting";
    case Unchecked::HostKey: return "host-key";
  }
  return {};
}

std::string message_of(const Unverified& found) {
  const std::string what = quoted(found.text, 36);
  switch (found.kind) {
    case Unchecked::Transfer: return what + ": whoever is on the way may answer";
    case Unchecked::Packages: return what + ": packages from anybody are installed";
    case Unchecked::Environment: return what + " has programs believe whoever answers";
    case Unchecked::Setting: return what + " stays, and programs believe whoever answers";
    case Unchecked::HostKey: return what + " sends data and keys to whatever host answers";
  }
  return {};
}

std::vector<std::string_view> aliases_of(std::string_view check) {
  constexpr std::string_view kAliases[] = {
      "checkov:CKV2_DOCKER_2",  "checkov:CKV2_DOCKER_3",  "checkov:CKV2_DOCKER_4",  "checkov:CKV2_DOCKER_5",
      "checkov:CKV2_DOCKER_6",  "checkov:CKV2_DOCKER_7",  "checkov:CKV2_DOCKER_8",  "checkov:CKV2_DOCKER_9",
      "checkov:CKV2_DOCKER_10", "checkov:CKV2_DOCKER_11", "checkov:CKV2_DOCKER_12", "checkov:CKV2_DOCKER_13",
      "checkov:CKV2_DOCKER_14", "checkov:CKV2_DOCKER_15", "checkov:CKV2_DOCKER_16"};
  for (const std::string_view alias : kAliases)
    if (!check.empty() && alias.substr(alias.find(':') + 1) == check) return {alias};
  return {};
}

/// A finding of a text, with the fix that covers it and those like it.
struct Group {
  std::string text;
  Report report;
  std::vector<Edit> edits;
  bool fixable = true;
};

class Groups {
 public:
  void add(const Unverified& found, TextRange range, std::optional<Edit> edit) {
    auto group = std::find_if(groups_.begin(), groups_.end(), [&](const Group& g) { return g.text == found.text; });
    if (group == groups_.end()) {
      groups_.push_back({found.text,
                         {.variant = variant_of(found.kind),
                          .range = range,
                          .message = message_of(found),
                          .aliases = aliases_of(found.check)},
                         {}});
      group = groups_.end() - 1;
    } else if (constexpr std::size_t kMostRelated = 20; group->report.related.size() < kMostRelated) {
      group->report.related.push_back({range, quoted(found.text, 36) + " here, too"});
    }
    group->fixable = group->fixable && edit;
    if (edit) group->edits.push_back(*std::move(edit));
  }

  void report(RuleContext& ctx) {
    for (Group& group : groups_) {
      if (group.fixable)
        group.report.fixes.push_back({.title = "Check again",
                                      .applicability = Applicability::Unsafe,
                                      .edits = std::move(group.edits),
                                      .caveat = "What could not be verified before fails now. The cure for that is "
                                                "the missing certificate or key, put into the image."});
      ctx.report(std::move(group.report));
    }
  }

 private:
  std::vector<Group> groups_;
};

void add_assignment(const shell::Text& text, const shell::Assignment& assignment, Groups& groups) {
  if (!assignment.value.literal) return;
  const std::optional<Unverified> found = unverified_variable(assignment.name, assignment.value.text);
  if (!found) return;
  const auto length = static_cast<std::uint32_t>(assignment.name.size());
  const TextRange name{assignment.range.begin, assignment.range.begin + length};
  std::optional<Edit> edit;
  const std::string_view on = verifying_value(assignment.name);
  if (!on.empty() && found->kind == Unchecked::Environment) edit = text.edit(assignment.value.range, on);
  groups.add(*found, text.in_file(name), std::move(edit));
}

void check_text(const shell::Text& text, RuleContext& ctx) {
  const shell::Script& script = *text.script;
  Groups groups;
  for (std::size_t i = 0; i < script.commands.size(); ++i) {
    const shell::Command& command = script.commands[i];
    for (const shell::Assignment& assignment : command.assignments) add_assignment(text, assignment, groups);
    const bool prints = command.name() == "echo" || command.name() == "printf";
    for (const UnverifiedWords& words : unverified_words(command, prints && prints_to_file(script.commands, i))) {
      std::optional<Edit> edit;
      if (words.words) edit = remove_words(text, command, words.words->first, words.words->second);
      groups.add(words.found, text.in_file(words.found.range), std::move(edit));
    }
  }
  for (const shell::Assignment& assignment : script.assignments) add_assignment(text, assignment, groups);
  groups.report(ctx);
}

void check_run(const dockerfile::BuildScript& build, RuleContext& ctx) { check_text(build.text, ctx); }

void check_start(const container::StartCommand& start, RuleContext& ctx) { check_text(start.text, ctx); }

void check_copy(const dockerfile::Copy& copy, RuleContext& ctx) {
  Groups groups;
  for (const dockerfile::Heredoc& heredoc : copy.heredocs)
    for (const Unverified& found : unverified_in_text(heredoc.body.bytes()))
      groups.add(found, heredoc.body.to_file(found.range), std::nullopt);
  groups.report(ctx);
}

void check_entry(const container::EnvironmentEntry& entry, RuleContext& ctx) {
  if (!entry.value || !entry.literal) return;
  const std::optional<Unverified> found = unverified_variable(entry.name, *entry.value);
  if (!found) return;
  Report report{.variant = variant_of(found->kind),
                .range = entry.name_range,
                .message = message_of(*found),
                .aliases = aliases_of(found->check)};
  const std::string_view on = verifying_value(entry.name);
  constexpr std::uint32_t kQuotes = 2;
  const auto size = static_cast<std::uint32_t>(entry.value->size());
  const bool in_quotes = entry.value_range.size() == size + kQuotes;
  if (!on.empty() && !entry.shared && found->kind == Unchecked::Environment &&
      (in_quotes || entry.value_range.size() == size)) {
    const std::uint32_t begin = entry.value_range.begin + (in_quotes ? 1 : 0);
    report.fixes.push_back({.title = "Check again",
                            .applicability = Applicability::Unsafe,
                            .edits = {Edit::replacement({begin, begin + size}, std::string(on))},
                            .caveat = "Connections that could not be verified before fail now. The cure for that is "
                                      "the missing certificate, put into the image."});
  }
  ctx.report(std::move(report));
}

void check_flag(const yaml::Value& flag, std::string_view name, std::uint32_t begin, RuleContext& ctx) {
  if (flag.boolean_1_1() != true) return;
  Report report{.variant = variant_of(Unchecked::Setting),
                .range = flag.range().shifted(begin),
                .message = quoted(name) + " has the cluster believe whoever answers"};
  if (!flag.shared())
    report.fixes.push_back({.title = "Check again",
                            .applicability = Applicability::Unsafe,
                            .edits = {Edit::replacement(flag.range().shifted(begin), "false")},
                            .caveat = "The certificate of the other side has to be known: give its authority in "
                                      "`caBundle`, or in `ca`."});
  ctx.report(std::move(report));
}

/// Objects that have the cluster itself talk to something, and scripts that stand in a ConfigMap and are run from
/// there.
void check_manifests(const kubernetes::File& file, RuleContext& ctx) {
  for (const kubernetes::MountedScript& mounted : mounted_scripts(file)) check_text(mounted.script.text, ctx);
  for (const kubernetes::File::Part& part : file.parts)
    for (const kubernetes::Object& object : part.manifest->objects) {
      const yaml::Value spec = object.value.get("spec");
      if (object.kind == "APIService")
        check_flag(spec.get("insecureSkipTLSVerify"), "insecureSkipTLSVerify", part.begin, ctx);
      if (object.kind != "ServiceMonitor" && object.kind != "PodMonitor") continue;
      for (const std::string_view list : {"endpoints", "podMetricsEndpoints"})
        for (const yaml::Element& endpoint : spec.get(list).items())
          check_flag(endpoint.value.get({"tlsConfig", "insecureSkipVerify"}), "insecureSkipVerify", part.begin, ctx);
    }
}

}  // namespace

constinit const Rule verification_switched_off = checked({
    .name = "verification-switched-off",
    .family = Family::Isolation,
    .title = "A program is told not to check whom it talks to, or what it installs.",
    .consequence =
        "A build runs in a café, behind a hacked proxy, or against a mirror whose name somebody else has registered. "
        "What arrives is not what was asked for, nothing complains, and it is in the image now, signed and shipped by "
        "you. Where the check is switched off by a variable of the image, the same holds for each connection that the "
        "service makes in production, with the passwords that it sends.",
    .fine_when = "The other side is on the same machine or has a certificate that it made itself, and nothing that "
                 "matters goes over the wire: a test, a health check. A checksum that is compared afterwards makes up "
                 "for a download that was not verified.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "transfer",
                  .summary = "One command accepts any certificate.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "checkov:CKV2_DOCKER_2"},
                              {Language::Dockerfile, "checkov:CKV2_DOCKER_3"}}},
                 {.name = "packages",
                  .summary = "A package manager installs what is not signed, or comes from anybody.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "checkov:CKV2_DOCKER_4"},
                              {Language::Dockerfile, "checkov:CKV2_DOCKER_7"},
                              {Language::Dockerfile, "checkov:CKV2_DOCKER_8"},
                              {Language::Dockerfile, "checkov:CKV2_DOCKER_9"},
                              {Language::Dockerfile, "checkov:CKV2_DOCKER_10"},
                              {Language::Dockerfile, "checkov:CKV2_DOCKER_11"},
                              {Language::Dockerfile, "checkov:CKV2_DOCKER_15"}}},
                 {.name = "environment",
                  .summary = "A variable has all programs that know it accept any certificate.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "checkov:CKV2_DOCKER_5"},
                              {Language::Dockerfile, "checkov:CKV2_DOCKER_6"},
                              {Language::Dockerfile, "checkov:CKV2_DOCKER_12"},
                              {Language::Dockerfile, "checkov:CKV2_DOCKER_14"},
                              {Language::Dockerfile, "checkov:CKV2_DOCKER_16"}}},
                 {.name = "setting",
                  .summary = "A setting that stays in the image has a program accept any certificate.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "checkov:CKV2_DOCKER_13"},
                              {Language::Dockerfile, "checkov:CKV2_DOCKER_15"}}},
                 {.name = "host-key",
                  .summary = "SSH does not look at the key of the other host.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning}}}},
    .references = {"https://curl.se/docs/sslcerts.html",
                   "https://manpages.debian.org/bookworm/apt/apt-secure.8.en.html",
                   "https://nodejs.org/api/cli.html#node_tls_reject_unauthorizedvalue"},
    .examples =
        {{"a download", "Dockerfile", "FROM debian:12.8\nRUN curl <|-k|> https://example.org/a -o a\n",
          "FROM debian:12.8\nRUN curl https://example.org/a -o a\n"},
         {"a letter among others", "Dockerfile", "FROM debian:12.8\nRUN curl <|-fsSLk|> https://example.org/a -o a\n"},
         {"a letter of something else", "Dockerfile",
          "FROM debian:12.8\nRUN curl -okeys https://example.org/keys | grep -k \"--insecure\"\n"},
         {"twice in a RUN", "Dockerfile",
          "FROM debian:12.8\nRUN wget <|--no-check-certificate|> https://example.org/a && \\\n"
          "    wget --no-check-certificate https://example.org/b\n",
          "FROM debian:12.8\nRUN wget https://example.org/a && \\\n    wget https://example.org/b\n"},
         {"the image itself", "Dockerfile",
          "FROM debian:12.8\nHEALTHCHECK CMD curl -k https://localhost/\nCMD curl --insecure https://localhost/\n"},
         {"hosts of Python packages", "Dockerfile",
          "FROM python:3.13.0\nRUN python3 -m pip install <|--trusted-host|> pypi.example.org flask\n",
          "FROM python:3.13.0\nRUN python3 -m pip install flask\n"},
         {"packages without signatures", "Dockerfile",
          "FROM debian:12.8\nRUN apt-get install -y <|--allow-unauthenticated|> jq\n"
          "RUN rpm -i <|--nosignature|> a.rpm\nRUN dnf <|--nogpgcheck|> install jq\n",
          "FROM debian:12.8\nRUN apt-get install -y jq\nRUN rpm -i a.rpm\nRUN dnf install jq\n"},
         {"a source without a key", "Dockerfile",
          "FROM debian:12.8\nRUN echo \"deb [<|trusted=yes|>] https://example.org/deb /\" > "
          "/etc/apt/sources.list.d/x.list\n"},
         {"packages of the build itself", "Dockerfile",
          "FROM debian:12.8\nRUN echo \"deb [ trusted=yes ] file:///tmp/debs ./\" > /etc/apt/sources.list.d/x.list\n"},
         {"a file of settings", "Dockerfile",
          "FROM rockylinux:9.3\nCOPY <<EOF /etc/yum.repos.d/x.repo\n[x]\nbaseurl=https://example.org/x\n"
          "<|gpgcheck=0|>\nrepo_gpgcheck=0\nEOF\n"},
         {"settings of package managers", "Dockerfile",
          "FROM node:22.11.0\nRUN npm config set <|strict-ssl false|>\nRUN npm ci <|--strict-ssl=false|>\n",
          "FROM node:22.11.0\nRUN npm config set strict-ssl false\nRUN npm ci\n"},
         {"settings of git", "Dockerfile",
          "FROM debian:12.8\nRUN git config --global <|http.sslVerify false|>\n"
          "RUN git clone https://example.org/a\n"},
         {"a setting of dnf", "Dockerfile",
          "FROM fedora:41\nRUN dnf-config-manager --save <|--setopt=\\*.sslverify=0|>\nRUN dnf-config-manager "
          "--setopt=sslverify=1\n"},
         {"what is only printed", "Dockerfile", "FROM debian:12.8\nRUN echo \"never use trusted=yes\"\n"},
         {"a variable", "Dockerfile",
          "FROM node:22.11.0\nENV A=1 <|NODE_TLS_REJECT_UNAUTHORIZED|>=\"0\"\nRUN <|PYTHONHTTPSVERIFY|>=0 ./a.py\n",
          "FROM node:22.11.0\nENV A=1 NODE_TLS_REJECT_UNAUTHORIZED=\"1\"\nRUN PYTHONHTTPSVERIFY=1 ./a.py\n"},
         {"whatever its value", "Dockerfile", "FROM debian:12.8\nENV <|GIT_SSL_NO_VERIFY|>=0\n"},
         {"a variable that asks for the check", "Dockerfile",
          "FROM node:22.11.0\nENV NODE_TLS_REJECT_UNAUTHORIZED=1 NPM_CONFIG_STRICT_SSL=true\n"},
         {"SSH", "Dockerfile", "FROM debian:12.8\nRUN echo \"<|StrictHostKeyChecking no|>\" >> /etc/ssh/ssh_config\n"},
         {"a service", "compose.yaml",
          "services:\n  web:\n    image: shop/web:3.1.0\n    environment:\n      "
          "<|NODE_TLS_REJECT_UNAUTHORIZED|>: \"0\"\n    command: curl <|-k|> https://api.example.org/\n",
          "services:\n  web:\n    image: shop/web:3.1.0\n    environment:\n      "
          "NODE_TLS_REJECT_UNAUTHORIZED: \"1\"\n    command: curl https://api.example.org/\n"},
         {"an API of the cluster", "api.yaml",
          "apiVersion: apiregistration.k8s.io/v1\nkind: APIService\nmetadata:\n  name: v1.metrics.example.org\nspec:\n"
          "  group: metrics.example.org\n  insecureSkipTLSVerify: <|true|>\n",
          "apiVersion: apiregistration.k8s.io/v1\nkind: APIService\nmetadata:\n  name: v1.metrics.example.org\nspec:\n"
          "  group: metrics.example.org\n  insecureSkipTLSVerify: false\n"},
         {"a pod", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: "
          "shop/web:3.1.0\n      env:\n        - name: <|PYTHONHTTPSVERIFY|>\n          value: '0'\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: "
          "shop/web:3.1.0\n      env:\n        - name: PYTHONHTTPSVERIFY\n          value: '1'\n"}},
    .checks = {on(check_run), on(check_start), on(check_copy), on(check_entry), on(check_manifests)},
});

}  // namespace quaymaster::rules
