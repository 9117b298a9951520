#include "features/completion/dockerfile_words.h"

#include <algorithm>
#include <array>

namespace quaymaster {
namespace {

constexpr auto kInstructions = std::to_array<DockerfileInstruction>({
    {"FROM", " ${1:image}",
     "Begins a stage on an image or on an earlier stage. The last stage is the one that is built when no target is "
     "named."},
    {"RUN", " ${0}", "Runs a command while the image is built and keeps what it changed as a layer."},
    {"COPY", " ${1:source} ${2:destination}",
     "Copies files of the build context, or with `--from` of a stage or an image, into the image."},
    {"WORKDIR", " ${0:/app}",
     "Sets the folder that the instructions below and the container work in; it is created if it is missing."},
    {"ENV", " ${1:NAME}=${0:value}",
     "Sets an environment variable for the instructions below and for every container. Nothing secret belongs here: it "
     "stays in the image."},
    {"ARG", " ${1:NAME}=${0:value}",
     "Declares a variable that the builder may set with `--build-arg`. It is there until the stage ends, and not in "
     "the container."},
    {"USER", " ${0:10001:10001}",
     "Sets the user, and the group, of the instructions below and of the container's process."},
    {"EXPOSE", " ${0:8080}", "Says which ports the process listens on. It publishes none of them."},
    {"ENTRYPOINT", " [\"${0:program}\"]",
     "Says which program the container runs; CMD, and what is written behind `docker run IMAGE`, become its "
     "arguments."},
    {"CMD", " [\"${0:program}\"]",
     "Says what the container runs, or the arguments of ENTRYPOINT, unless something else is asked for at the start. "
     "Only the last one counts."},
    {"HEALTHCHECK", " ${1:--interval=30s} CMD ${0:command}",
     "Says how to find out whether the container still works. NONE switches off the check of the base image."},
    {"LABEL", " ${1:key}=\"${0:value}\"",
     "Notes something about the image, for example `org.opencontainers.image.source`."},
    {"ADD", " ${1:source} ${2:destination}",
     "Like COPY, and also takes addresses and repositories and unpacks local archives."},
    {"VOLUME", " [\"${0:/data}\"]",
     "Declares a folder whose content is kept outside of the container. What later instructions write there may be "
     "lost."},
    {"SHELL", " [\"${1:/bin/bash}\", \"${2:-o}\", \"${3:pipefail}\", \"${0:-c}\"]",
     "Sets the shell of RUN, CMD and ENTRYPOINT in shell form."},
    {"STOPSIGNAL", " ${0:SIGTERM}", "Sets the signal that asks the container's process to end."},
    {"ONBUILD", " ${0}", "Keeps an instruction for the builds of the images that are made from this one."},
});

constexpr std::string_view kSystems = "$BUILDPLATFORM $TARGETPLATFORM linux/amd64 linux/arm64 linux/arm/v7";
constexpr std::string_view kTimes = "5s 10s 30s 1m 5m";
constexpr auto kFlags = std::to_array<DockerfileFlag>({
    {"FROM", "platform", "The platform of the image. Without it that of the build's target.", true, false, kSystems},
    {"RUN", "mount",
     "Shows the command something that does not become part of the layer: a cache, a secret, files of the context or "
     "of a stage, an SSH agent, a folder in memory.",
     true, true},
    {"RUN", "network", "The network of the command.", true, false, "none default host"},
    {"RUN", "security", "`insecure` gives the command all privileges; the builder has to allow it.", true, false,
     "sandbox insecure"},
    {"RUN", "device", "Lets the command use a device of the builder, by its CDI name.", true, true},
    {"COPY", "from", "The stage or the image that the files come from.", true, false},
    {"COPY", "chown", "The owner of the copies: user, or user:group.", true, false},
    {"COPY", "chmod", "The permissions of the copies.", true, false, "0644 0755 0444 0555"},
    {"COPY", "link",
     "Makes a layer that does not depend on those below it, so that it stays when the base image changes.", false,
     false},
    {"COPY", "parents", "Keeps the folders of the sources.", false, false},
    {"COPY", "exclude", "Leaves out what fits the pattern.", true, true},
    {"ADD", "checksum", "The digest that what is downloaded must have.", true, false, "sha256:"},
    {"ADD", "chown", "The owner of the copies: user, or user:group.", true, false},
    {"ADD", "chmod", "The permissions of the copies.", true, false, "0644 0755 0444 0555"},
    {"ADD", "link", "Makes a layer that does not depend on those below it.", false, false},
    {"ADD", "exclude", "Leaves out what fits the pattern.", true, true},
    {"ADD", "keep-git-dir", "Keeps the folder `.git` of a repository.", true, false, "true false"},
    {"ADD", "unpack", "Whether an archive is unpacked.", true, false, "true false"},
    {"HEALTHCHECK", "interval", "The time between two checks.", true, false, kTimes},
    {"HEALTHCHECK", "timeout", "The time that a check may take.", true, false, kTimes},
    {"HEALTHCHECK", "start-period", "The time in which a failed check does not count yet.", true, false, kTimes},
    {"HEALTHCHECK", "start-interval", "The time between two checks during the start period.", true, false, kTimes},
    {"HEALTHCHECK", "retries", "How many checks have to fail one after the other.", true, false, "3 5 10"},
});

constexpr auto kMountFields = std::to_array<MountFieldWord>({
    {" bind cache tmpfs secret ssh ", "type", "What is mounted; `bind` if nothing is said.", true,
     "cache bind secret ssh tmpfs"},
    {" bind cache tmpfs secret ssh ", "target", "Where it is mounted."},
    {" bind cache ", "source", "The path in the context, or in what `from` names."},
    {" bind cache ", "from", "The stage or the image that the files come from."},
    {" bind ", "readwrite", "Lets the command write; what it writes is thrown away.", false},
    {" cache ", "id", "Tells this cache from others with the same target."},
    {" cache ", "sharing", "What happens when two builds use the cache at once.", true, "shared locked private"},
    {" cache ", "readonly", "Only reads.", false},
    {" tmpfs ", "size", "The most bytes that it may hold."},
    {" secret ssh ", "id", "The name under which the builder was given it."},
    {" secret ", "env", "The variable that the secret is in, instead of a file."},
    {" secret ssh ", "required", "The build fails without it.", true, "true false"},
    {" cache secret ssh ", "mode", "Its permissions.", true, "0400 0440 0600 0700 0755"},
    {" cache secret ssh ", "uid", "The number of its owner."},
    {" cache secret ssh ", "gid", "The number of its group."},
});

constexpr auto kDirectives = std::to_array<DirectiveWord>({
    {"syntax", "The image that reads this file. `docker/dockerfile:1` is the newest stable one.",
     "docker/dockerfile:1 docker/dockerfile:1-labs"},
    {"escape", "The character that continues lines and escapes: a backslash, or a backtick for Windows.", "\\ `"},
    {"check", "Which of the builder's own checks are skipped, and whether one that fails fails the build.",
     "skip=all error=true"},
});

}  // namespace

std::span<const DockerfileInstruction> dockerfile_instructions() { return kInstructions; }
std::span<const DockerfileFlag> dockerfile_flags() { return kFlags; }
std::span<const MountFieldWord> mount_field_words() { return kMountFields; }
std::span<const DirectiveWord> directive_words() { return kDirectives; }

std::string dockerfile_documentation(std::string_view word) {
  const std::size_t blank = std::min(word.find(' '), word.size());
  const std::string_view first = word.substr(0, blank);
  const std::string_view second = word.substr(std::min(blank + 1, word.size()));
  if (second.empty()) {
    for (const DockerfileInstruction& instruction : kInstructions)
      if (instruction.name == first) return std::string(instruction.about);
  } else if (first == "mount") {
    for (const MountFieldWord& field : kMountFields)
      if (field.name == second) return std::string(field.about);
  } else if (first == "#") {
    for (const DirectiveWord& directive : kDirectives)
      if (directive.name == second) return std::string(directive.about);
  } else if (second.starts_with("--")) {
    for (const DockerfileFlag& flag : kFlags)
      if (flag.instruction == first && flag.name == second.substr(2)) return std::string(flag.about);
  }
  return {};
}

}  // namespace quaymaster
