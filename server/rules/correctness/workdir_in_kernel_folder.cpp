#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule workdir_in_kernel_folder;
namespace {

/// Whether the kernel makes up what is in the folder when the container runs.
bool is_of_kernel(std::string_view path) {
  constexpr std::string_view kFolders[] = {"/proc", "/sys", "/dev"};
  return std::any_of(std::begin(kFolders), std::end(kFolders), [path](std::string_view folder) {
    return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
  });
}

void check_workdir(const dockerfile::Workdir& workdir, RuleContext& ctx) {
  if (!workdir.path) return;
  const std::optional<std::string> value = known_value(*workdir.path, *ctx.instruction_context());
  if (!value || !is_of_kernel(*value)) return;
  const bool descriptor = value->starts_with("/proc/self/fd") || value->starts_with("/dev/fd");
  ctx.report({.range = workdir.path->range,
              .message = descriptor ? quoted(*value, 28) + " may lead out of the container, into the host"
                                    : quoted(*value, 28) + " is the kernel's: nothing of the image is kept there"});
}

}  // namespace

constinit const Rule workdir_in_kernel_folder = checked({
    .name = "workdir-in-kernel-folder",
    .family = Family::Correctness,
    .title = "WORKDIR is a folder that the kernel makes up.",
    .consequence =
        "`COPY . .` puts the program below /dev, the container starts with a /dev of its own over it, and the program "
        "is gone. With /proc/self/fd it is worse: old versions of runc left a folder of the host open there, and an "
        "image with such a WORKDIR started its process outside of the container (CVE-2024-21626).",
    .fine_when = "A test of exactly these things.",
    .fix = FixAvailability::None,
    .variants = {{.severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "trivy:DS-0030"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/reference/dockerfile/#workdir",
                   "https://nvd.nist.gov/vuln/detail/CVE-2024-21626"},
    .examples = {{"an open file of the runtime", "Dockerfile", "FROM alpine:3.21\nWORKDIR <|\"/proc/self/fd/8\"|>\n"},
                 {"hidden by a mount", "Dockerfile", "FROM alpine:3.21\nARG HOME=/dev/app\nWORKDIR <|${HOME}|>\n"},
                 {"other folders", "Dockerfile",
                  "FROM alpine:3.21\nWORKDIR /development\nWORKDIR /srv/dev\nWORKDIR system\nWORKDIR $UNKNOWN\n"}},
    .checks = {on(check_workdir)},
});

}  // namespace quaymaster::rules
