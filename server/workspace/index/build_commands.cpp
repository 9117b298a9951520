#include "workspace/index/build_commands.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>

#include "workspace/path.h"

namespace quaymaster::workspace {
namespace {

using shell::Command;
using shell::Word;

/// What stands for the folder that the text runs in.
constexpr std::array<std::string_view, 10> kHere{"$(pwd)",
                                                 "`pwd`",
                                                 "${PWD}",
                                                 "$PWD",
                                                 "${CI_PROJECT_DIR}",
                                                 "$CI_PROJECT_DIR",
                                                 "${GITHUB_WORKSPACE}",
                                                 "$GITHUB_WORKSPACE",
                                                 "${CURDIR}",
                                                 "$CURDIR"};

std::string with_here_as_dot(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const bool may_begin = text.front() == '$' || text.front() == '`';
    const auto* here = may_begin
                           ? std::ranges::find_if(kHere, [&](std::string_view name) { return text.starts_with(name); })
                           : kHere.end();
    if (here != kHere.end()) {
      out += '.';
      text.remove_prefix(here->size());
    } else {
      out += text.front();
      text.remove_prefix(1);
    }
  }
  return out;
}

bool one_of(std::string_view word, std::span<const std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

std::optional<std::string> known(const Word& word) { return word.literal ? std::optional(word.text) : std::nullopt; }

/// The words behind the `build` of a command that builds an image; nothing when it does something else.
std::optional<std::span<const Word>> build_arguments(const Command& command) {
  constexpr std::array<std::string_view, 3> kDocker{"docker", "podman", "nerdctl"};
  constexpr std::array<std::string_view, 3> kGroups{"buildx", "image", "builder"};
  constexpr std::array<std::string_view, 6> kTakeAValue{"-H", "--host", "-c", "--context", "--config", "-l"};
  std::span<const Word> words(command.words);
  const bool buildah = command.name() == "buildah";
  if (!buildah && !one_of(command.name(), kDocker)) return std::nullopt;
  words = words.subspan(1);
  const auto skip_options = [&] {
    while (!words.empty() && words.front().text.starts_with('-'))
      words = words.subspan(std::min<std::size_t>(words.size(), one_of(words.front().text, kTakeAValue) ? 2 : 1));
  };
  skip_options();
  if (!words.empty() && one_of(words.front().text, kGroups)) {
    words = words.subspan(1);
    skip_options();
  }
  if (words.empty()) return std::nullopt;
  const std::string& verb = words.front().text;
  if (verb != "build" && !(buildah && (verb == "bud" || verb == "build-using-dockerfile"))) return std::nullopt;
  return words.subspan(1);
}

bool is_switch(std::string_view option) {
  constexpr std::array<std::string_view, 18> kSwitches{
      "--no-cache", "--pull",  "--push", "--load",  "-q",     "--quiet", "--rm",     "--force-rm",   "--squash",
      "--compress", "--check", "-D",     "--debug", "--help", "--no-rm", "--layers", "--squash-all", "--tls-verify"};
  return one_of(option, kSwitches);
}

/// What `docker build` makes of its words.
BuildFacts build_of(std::span<const Word> words) {
  BuildFacts build;
  build.context_written = false;
  build.dockerfile = "Dockerfile";
  build.dockerfile_written = false;
  const auto set = [&](std::string_view option, std::optional<std::string> value) {
    if (option == "-f" || option == "--file") {
      build.dockerfile = std::move(value);
      build.dockerfile_written = build.dockerfile_from_folder = true;
    } else if (option == "--target") {
      build.target = std::move(value);
    }
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Word& word = words[i];
    const std::string_view text = word.text;
    if (!text.starts_with('-') || text == "-") {
      // The builder takes one context; what stands behind it is none of ours.
      if (!build.context_written) build.context = known(word);
      build.context_written = true;
      continue;
    }
    const std::size_t equals = text.find('=');
    if (equals != std::string_view::npos) {
      set(text.substr(0, equals), word.literal ? std::optional(std::string(text.substr(equals + 1))) : std::nullopt);
    } else if (!is_switch(text) && i + 1 < words.size()) {
      set(text, known(words[i + 1]));
      ++i;
    }
  }
  return build;
}

}  // namespace

BuildFacts below_folder(BuildFacts facts, std::string_view folder) {
  if (folder.empty() || folder == ".") return facts;
  const auto below = [&](std::optional<std::string>& path) {
    if (path && !path->starts_with('/') && path->find("://") == std::string::npos) path = join(folder, *path);
  };
  below(facts.context);
  if (facts.dockerfile_from_folder) below(facts.dockerfile);
  return facts;
}

void add_build_commands(std::string_view text, std::string_view folder, shell::ScriptParser& scripts,
                        std::vector<BuildFacts>& builds) {
  if (text.find("build") == std::string_view::npos && text.find("bud") == std::string_view::npos) return;
  constexpr std::size_t kLongestPath = 4096;
  const shell::Source source{MappedText(with_here_as_dot(text), 0), {}};
  std::optional<std::string> here{std::string(folder)};
  for (const Command& command : scripts.parse(source)->commands) {
    if (builds.size() >= kMostBuilds) return;
    const std::string_view name = command.name();
    if (name == "pushd" || name == "popd") here.reset();
    if (name == "cd" && here) {
      const auto arguments = command.arguments();
      if (arguments.empty() || !arguments.front()->literal || arguments.front()->text.starts_with('/'))
        here.reset();
      else
        here = here->empty() ? arguments.front()->text : join(*here, arguments.front()->text);
      if (here && here->size() > kLongestPath) here.reset();
    }
    const auto arguments = build_arguments(command);
    if (!arguments || !here) continue;
    BuildFacts build = build_of(*arguments);
    // Without a context, or with standard input in its place, there is nothing to say.
    if (!build.context || build.context->empty() || *build.context == "-" || !build.dockerfile ||
        *build.dockerfile == "-")
      continue;
    builds.push_back(below_folder(std::move(build), *here));
  }
}

}  // namespace quaymaster::workspace
