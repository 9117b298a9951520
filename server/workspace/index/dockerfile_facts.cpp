#include <algorithm>
#include <array>
#include <utility>

#include "model/dockerfile/container_view.h"
#include "model/dockerfile/expansion.h"
#include "workspace/index/facts.h"
#include "workspace/path.h"

namespace quaymaster::workspace {
namespace {

using dockerfile::Context;

/// So many COPYs, sources of one of them, and scripts are kept of a file.
constexpr std::size_t kMostKept = 500;

std::optional<std::string> expanded(const dockerfile::Word& word, const Context& context) {
  dockerfile::Expansion expansion = dockerfile::expand(word.text, context.scope.get(), context.escape);
  if (!expansion.known || expansion.malformed) return std::nullopt;
  return expansion.value();
}

/// Where a path of the image leads; nothing when the working folder is needed and not known.
std::optional<std::string> in_image(std::string_view path, const Context& context) {
  if (path.starts_with('/')) return normalized(path);
  if (!context.workdir.starts_with('/')) return std::nullopt;
  return resolved(context.workdir, path);
}

bool is_remote(std::string_view source) {
  return source.starts_with("http://") || source.starts_with("https://") || source.starts_with("git@");
}

std::optional<CopyFacts> copy_of(const dockerfile::Transfer& transfer, const Context& context) {
  if (!transfer.destination || transfer.flag("from")) return std::nullopt;
  CopyFacts copy;
  for (const dockerfile::Word& source : transfer.sources) {
    auto path = expanded(source, context);
    if (!path || copy.sources.size() == kMostKept)
      copy.sources_complete = false;
    else if (!path->starts_with("<<") && !is_remote(*path))
      copy.sources.push_back(std::move(*path));
  }
  const auto destination = expanded(*transfer.destination, context);
  if (!destination || copy.sources.empty()) return std::nullopt;
  auto absolute = in_image(*destination, context);
  if (!absolute) return std::nullopt;
  copy.destination = std::move(*absolute);
  copy.into_a_folder =
      transfer.sources.size() > 1 || destination->ends_with('/') || destination->ends_with("/.") || *destination == ".";
  return copy;
}

bool runs_a_file(std::string_view program) {
  constexpr std::array<std::string_view, 9> kInterpreters{"sh",   "bash",   "ash",     "dash", "zsh",
                                                          "node", "python", "python3", "ruby"};
  return std::ranges::find(kInterpreters, program) != kInterpreters.end();
}

/// The files that the commands of `text` run.
void add_scripts(const shell::Text& text, const Context& context, bool at_start, DockerfileFacts& facts) {
  const auto stage = static_cast<std::uint32_t>(facts.stages.size() - 1);
  for (const shell::Command& command : text.script->commands) {
    const shell::Word* program = &command.words.front();
    const bool interpreted = runs_a_file(command.name());
    if (interpreted) {
      const auto arguments = command.arguments();
      program = arguments.empty() ? nullptr : arguments.front();
    }
    // A bare name is looked for in PATH, unless an interpreter reads it.
    if (!program || !program->literal) continue;
    if (!interpreted && program->text.find('/') == std::string::npos) continue;
    if (facts.scripts.size() >= kMostKept) return;
    if (auto path = in_image(program->text, context)) facts.scripts.push_back({stage, std::move(*path), at_start});
  }
}

}  // namespace

DockerfileFacts facts_of(const dockerfile::File& file, shell::ScriptParser& scripts) {
  DockerfileFacts facts;
  for (std::size_t index = 0; index < file.stages.size(); ++index) {
    const dockerfile::Stage& stage = file.stages[index];
    StageFacts& fact = facts.stages.emplace_back();
    fact.name = stage.name;
    if (stage.parent) {
      fact.base = static_cast<std::uint32_t>(*stage.parent);
    } else if (stage.base_known) {
      fact.image = stage.base.canonical_name();
      fact.tag = stage.base.tag;
    }
    const bool last = index + 1 == file.stages.size();
    for (std::size_t at = stage.first; at < stage.end; ++at) {
      const dockerfile::Instruction& instruction = *file.instructions[at].instruction;
      const Context& context = *file.instructions[at].context;
      const dockerfile::Transfer* transfer = instruction.as<dockerfile::Copy>();
      if (!transfer) transfer = instruction.as<dockerfile::Add>();
      if (transfer && facts.copies.size() < kMostKept)
        if (auto copy = copy_of(*transfer, context)) {
          copy->stage = static_cast<std::uint32_t>(index);
          facts.copies.push_back(std::move(*copy));
        }
      if (const auto* run = instruction.as<dockerfile::Run>())
        add_scripts(run_text(*run, context, scripts), context, false, facts);
      if (const auto start = start_command(instruction, context, scripts))
        add_scripts(start->text, context, true, facts);
      if (!last) continue;
      facts.user = context.user.substr(0, context.user.find(':'));
      if (const auto user = user_setting(instruction, context)) facts.user = user->known ? user->user : std::string();
      for (const container::PortBinding& port : ports(instruction, context))
        if (port.container_port != 0) facts.ports.push_back(port.container_port);
    }
  }
  return facts;
}

}  // namespace quaymaster::workspace
