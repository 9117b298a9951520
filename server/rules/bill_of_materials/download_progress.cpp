#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/build_step.h"

namespace quaymaster::rules {
extern const Rule download_progress;
namespace {

/// Whether the word says how much wget is to tell, or where.
bool sets_output(std::string_view word) {
  constexpr std::string_view kNames[] = {"--progress",      "--quiet",      "--output-file",
                                         "--append-output", "--no-verbose", "--show-progress"};
  if (word.starts_with("--"))
    return std::find(std::begin(kNames), std::end(kNames), word.substr(0, word.find('='))) != std::end(kNames);
  return word.size() > 1 && word.front() == '-' &&
         word.substr(0, word.find_first_of("OPUTte")).find_first_of("qoa") != std::string_view::npos;
}

bool is_quiet(const shell::Command& wget) {
  return std::any_of(wget.words.begin() + 1, wget.words.end(), [](const shell::Word& word) {
    return sets_output(word.text) || word.text == "-nv" || word.text == "--version" || word.text == "--help";
  });
}

/// Whether the image has the wget of GNU: that of BusyBox does not know `--progress`.
bool has_gnu_wget(const dockerfile::Context& context) {
  constexpr std::string_view kBases[] = {"debian", "ubuntu",     "fedora",    "centos",      "node",
                                         "python", "ruby",       "golang",    "rust",        "buildpack-deps",
                                         "php",    "rockylinux", "almalinux", "amazonlinux", "openjdk"};
  return std::find(std::begin(kBases), std::end(kBases), context.base_name) != std::end(kBases) &&
         context.base_tag.find("alpine") == std::string::npos;
}

void check_run(const dockerfile::BuildScript& build, RuleContext& ctx) {
  for (const shell::Command& command : build.text.script->commands) {
    if (command.name() != "wget" || is_quiet(command)) continue;
    Report report{.range = build.text.in_file(command.words.front().range),
                  .message = "`wget` writes its progress into the log of the build"};
    const bool gnu = has_gnu_wget(build.context);
    const std::string_view option = gnu ? "--progress=dot:giga" : "-q";
    if (auto edit = insert_word(build, command.words.front().range, option))
      report.fixes.push_back({.title = "Add " + std::string(option),
                              .applicability = gnu ? Applicability::Safe : Applicability::Unsafe,
                              .edits = {std::move(*edit)},
                              .caveat = gnu ? "" : "The log then does not say why a download failed."});
    ctx.report(std::move(report));
  }
}

}  // namespace

constinit const Rule download_progress = checked({
    .name = "download-progress",
    .family = Family::BillOfMaterials,
    .title = "A download writes its progress into the log of the build.",
    .consequence =
        "The build fails, and the log of the pipeline is thousands of lines of dots. The one line that says why is "
        "among them, or was cut off, since the log had become too long.",
    .fine_when = "The download is small, or somebody watches the build in a terminal.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.severity = Severity::Hint,
                  .presets = {{Preset::Hadolint, Severity::Information}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3047"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://www.gnu.org/software/wget/manual/wget.html#Download-Options"},
    .examples =
        {{"a base with GNU's wget", "Dockerfile", "FROM debian:12.8\nRUN <|wget|> https://example.com/a.tar.gz\n",
          "FROM debian:12.8\nRUN wget --progress=dot:giga https://example.com/a.tar.gz\n"},
         {"a base with that of BusyBox", "Dockerfile", "FROM alpine:3.21\nRUN <|wget|> -O a https://example.com/a\n",
          "FROM alpine:3.21\nRUN wget -q -O a https://example.com/a\n"},
         {"exec form", "Dockerfile", "FROM node:22.11.0\nRUN [\"<|/usr/bin/wget|>\", \"https://example.com/a\"]\n",
          "FROM node:22.11.0\nRUN [\"/usr/bin/wget\", \"--progress=dot:giga\", \"https://example.com/a\"]\n"},
         {"quiet", "Dockerfile", "FROM debian:12.8\nRUN wget -qO- https://example.com/a | tar x\n"},
         {"not verbose", "Dockerfile", "FROM debian:12.8\nONBUILD RUN wget -nv https://example.com/a\n"},
         {"into a file", "Dockerfile", "FROM debian:12.8\nRUN wget --output-file=/tmp/log https://example.com/a\n"}},
    .checks = {on(check_run)},
});

}  // namespace quaymaster::rules
