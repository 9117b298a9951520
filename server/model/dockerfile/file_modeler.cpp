#include <algorithm>
#include <functional>
#include <utility>

#include "model/dockerfile/file.h"
#include "model/dockerfile/stage_graph.h"
#include "model/dockerfile/stage_names.h"
#include "text/ascii.h"

namespace quaymaster::dockerfile {
namespace {

bool runs_windows(const image::Reference& base) {
  const std::string name = ascii_lower(base.registry + "/" + base.repository + ":" + base.tag);
  return name.find("windows") != std::string::npos || name.find("nanoserver") != std::string::npos;
}

/// `path` as the working folder after `base`, as WORKDIR joins them.
std::string resolved_folder(const std::string& base, const std::string& path) {
  if (path.starts_with('/') || base.empty()) return path;
  return base.ends_with('/') ? base + path : base + "/" + path;
}

/// Whether the image of the stage's FROM is nearly the name of a stage above.
bool is_misspelt(const File& file, std::size_t stage_index) {
  const Stage& stage = file.stages[stage_index];
  const auto* from = file.instructions[stage.first].instruction->as<From>();
  return from->image && from->image->string() != "scratch" &&
         (file.find_stage(from->image->string(), stage_index) ||
          misspelt_stage(file, from->image->string(), stage_index));
}

/// Whether the `--from` of a COPY in stage `stage_index`, or of a mount, is a stage, or was meant to be one.
bool names_stage(const File& file, std::string_view name, std::size_t stage_index) {
  return name.find_first_not_of("0123456789") == std::string_view::npos || file.last_stage_called(name) ||
         misspelt_stage(file, name, stage_index);
}

std::string_view line_ending(const std::vector<FileModeler::Part>& parts) {
  const auto ended = std::ranges::find_if(parts, [](const auto& part) { return !part.instruction->line_end.empty(); });
  return ended != parts.end() && ended->instruction->line_end.size() == 2 ? "\r\n" : "\n";
}

/// The context of a FROM itself.
Context context_of_from(const File& file, std::size_t stage_index, const ScopePtr& global) {
  const Stage& stage = file.stages[stage_index];
  Context context;
  context.escape = file.escape;
  context.line_ending = file.line_ending;
  context.scope = global;
  context.in_stage = true;
  context.names_stage = stage.parent.has_value() || is_misspelt(file, stage_index);
  context.ships = stage.ships;
  context.final_stage = stage_index + 1 == file.stages.size();
  context.stage_name = stage.name;
  context.base_known = stage.base_known;
  if (stage.base_known) {
    context.base_name = stage.base.canonical_name();
    context.base_tag = stage.base.tag;
  }
  return context;
}

/// The context of the first instruction behind a FROM. A stage inherits variables, user, folder and shell from its
/// parent in the file.
Context first_in_stage(const Context& of_from, const Stage& stage, const Context* parent) {
  Context context = of_from;
  context.names_stage = false;
  context.scope = nullptr;
  if (runs_windows(stage.base)) context.dialect = shell::Dialect::Other;
  if (parent == nullptr) return context;
  context.user = parent->user;
  context.workdir = parent->workdir;
  context.dialect = parent->dialect;
  context.shell_pipefail = parent->shell_pipefail;
  context.scope = parent->scope;
  return context;
}

/// What the instructions of a file change for those that follow, one overload a kind.
struct Effect {
  Context& context;
  ScopeInterner& scopes;
  const Scope* global;

  template <class Node>
  void operator()(const Node&) const {}

  void operator()(const Arg& arg) const {
    for (const Pair& pair : arg.pairs)
      context.scope = scopes.with(
          context.scope, argument(pair, context.scope.get(), context.in_stage ? global : nullptr, context.escape));
  }

  /// All pairs of one ENV see the environment before the instruction.
  void operator()(const Env& env) const {
    const ScopePtr before = context.scope;
    for (const Pair& pair : env.pairs) {
      Variable variable{expand(pair.key.text, before.get(), context.escape).value(), std::nullopt, Variable::Kind::Env};
      if (pair.value) {
        const Expansion value = expand(pair.value->text, before.get(), context.escape);
        // What no instruction defines may be in the environment of the base image: `PATH=$PATH:/opt/bin`.
        const bool from_base = std::ranges::any_of(
            value.uses, [&](const VariableUse& use) { return find_variable(before.get(), use.name) == nullptr; });
        if (value.known && !from_base) variable.value = value.value();
      }
      context.scope = scopes.with(context.scope, std::move(variable));
    }
  }

  void operator()(const User& user) const {
    if (!user.user) return;
    const Expansion value = expand(user.user->text, context.scope.get(), context.escape);
    context.user = value.known ? value.value() : std::string();
  }

  void operator()(const Workdir& workdir) const {
    if (!workdir.path) return;
    const Expansion value = expand(workdir.path->text, context.scope.get(), context.escape);
    context.workdir = value.known ? resolved_folder(context.workdir, value.value()) : std::string();
  }

  void operator()(const Shell& shell) const {
    const std::vector<Word>& words = shell.command.strings;
    if (!shell.command.json) return;
    context.dialect = words.empty() ? shell::Dialect::Other : shell::dialect_of(words.front().string());
    context.shell_pipefail = std::ranges::any_of(words, [](const Word& word) { return word.string() == "pipefail"; });
  }
};

}  // namespace

File FileModeler::model(std::vector<Part> parts, std::vector<ParserDirective> directives, char escape) {
  scopes_.next_generation();
  contexts_.next_generation();
  File file;
  file.directives = std::move(directives);
  file.escape = escape;
  file.line_ending = line_ending(parts);
  for (Part& part : parts) file.instructions.push_back({part.begin, std::move(part.instruction), nullptr});
  const ScopePtr global = build_stage_graph(file, scopes_);

  std::vector<Context> at_end_of_stage;
  Context context;
  context.escape = escape;
  context.line_ending = file.line_ending;
  std::size_t stages_begun = 0;
  for (Placed& placed : file.instructions) {
    const Instruction& instruction = *placed.instruction;
    if (instruction.as<From>() != nullptr) {
      if (stages_begun > 0) at_end_of_stage.push_back(context);
      const Stage& stage = file.stages[stages_begun];
      const Context of_from = context_of_from(file, stages_begun, global);
      const Context* parent = stage.parent ? &at_end_of_stage[*stage.parent] : nullptr;
      context = first_in_stage(of_from, stage, parent);
      placed.context = intern(of_from);
      ++stages_begun;
      continue;
    }
    Context own = context;
    const std::vector<Word> references = stage_references(instruction);
    own.names_stage =
        stages_begun > 0 && !references.empty() && names_stage(file, references.front().string(), stages_begun - 1);
    placed.context = intern(std::move(own));
    std::visit(Effect{context, scopes_, global.get()}, instruction.body);
  }
  return file;
}

ContextPtr FileModeler::intern(Context context) {
  return contexts_.find_or_make(context, [&] { return std::make_shared<const Context>(context); });
}

std::size_t FileModeler::ContextHash::operator()(const Context& context) const {
  const std::hash<std::string> text;
  const std::size_t parts[] = {std::size_t{context.in_stage} | std::size_t{context.ships} << 1 |
                                   std::size_t{context.final_stage} << 2 | std::size_t{context.names_stage} << 3 |
                                   std::size_t{context.base_known} << 4 | std::size_t{context.shell_pipefail} << 5 |
                                   static_cast<std::size_t>(context.dialect) << 6,
                               text(context.stage_name),
                               text(context.base_name),
                               text(context.base_tag),
                               text(context.user),
                               text(context.workdir),
                               std::hash<const Scope*>()(context.scope.get())};
  std::size_t hash = 0;
  for (const std::size_t part : parts) hash = hash * 0x9E3779B97F4A7C15U + part;
  return hash;
}

}  // namespace quaymaster::dockerfile
