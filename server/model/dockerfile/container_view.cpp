#include "model/dockerfile/container_view.h"

#include <charconv>
#include <string>
#include <string_view>
#include <utility>

#include "model/container/shift.h"
#include "model/dockerfile/expansion.h"
#include "model/image/reference.h"
#include "text/ascii.h"

namespace quaymaster::dockerfile {
namespace {

/// Empty for a text that no image can be called.
std::optional<container::ImageUse> image_of(const Word& word, container::ImageUse::Role role, const Context& context) {
  const Expansion expansion = expand(word.text, context.scope.get(), context.escape);
  const bool variable = !expansion.known || !expansion.uses.empty();
  if (!variable && !context.names_stage && image::reference_error(expansion.value())) return std::nullopt;
  container::ImageUse image;
  image.role = role;
  image.range = word.range;
  image.reference = image::parse_reference(expansion.value());
  image.literal = expansion.literal;
  image.known = expansion.known && !expansion.malformed;
  image.built = context.names_stage;
  image.name_range = expansion.text.to_file(image.reference.name_range);
  if (image.reference.tag_range) image.tag_range = expansion.text.to_file(*image.reference.tag_range);
  if (image.reference.digest_range) image.digest_range = expansion.text.to_file(*image.reference.digest_range);
  return image;
}

container::EnvironmentEntry entry_of(const Pair& pair, container::EnvironmentEntry::Origin origin,
                                     const Context& context, bool legacy) {
  container::EnvironmentEntry entry;
  entry.origin = origin;
  entry.name = pair.key.string();
  entry.name_range = pair.key.range;
  entry.item_range = pair.range;
  if (!pair.value) {
    entry.value_range = {pair.key.range.end, pair.key.range.end};
    return entry;
  }
  entry.value_range = pair.value->range;
  const Expansion value = expand(pair.value->text, context.scope.get(), context.escape);
  entry.literal = value.uses.empty() && !value.malformed;
  // A legacy value that the expansion cannot read is taken as it stands.
  entry.value = value.malformed && legacy ? pair.value->string() : value.value();
  return entry;
}

/// The words of an exec form as one text: separated by blanks, each mapped to its string.
shell::Text exec_text(const std::vector<Word>& strings, shell::ScriptParser& scripts) {
  shell::Text text;
  text.source.layers = {shell::Layer::JsonString};
  std::vector<shell::Word> words;
  for (const Word& string : strings) {
    if (!text.source.text.empty()) text.source.text.append_decoded(" ", {string.range.begin, string.range.begin});
    const std::uint32_t begin = text.source.text.size();
    text.source.text.append(string.text, {0, string.text.size()});
    words.push_back({.range = {begin, text.source.text.size()}, .text = string.string(), .literal = true});
  }
  text.script = scripts.exec(text.source, std::move(words));
  return text;
}

shell::Text command_text(const CommandLine& command, const Context& context, shell::ScriptParser& scripts) {
  if (command.json) return exec_text(command.strings, scripts);
  shell::Text text;
  if (command.source) text.source = *command.source;
  text.script = scripts.parse(text.source, shell::dialect_of_text(text.source.text.bytes(), context.dialect));
  return text;
}

std::uint16_t port_number(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() ? port : std::uint16_t{0};
}

}  // namespace

std::optional<container::ImageUse> image_use(const Instruction& instruction, const Context& context) {
  using Role = container::ImageUse::Role;
  if (const auto* from = instruction.as<From>()) {
    if (!from->image || from->triggered) return std::nullopt;  // ONBUILD FROM is not allowed
    return image_of(*from->image, Role::Base, context);
  }
  if (instruction.as<Copy>() != nullptr) {
    const std::vector<Word> references = stage_references(instruction);
    if (references.empty()) return std::nullopt;
    // A number names a stage, also one that does not exist.
    if (references.front().string().find_first_not_of("0123456789") == std::string::npos) return std::nullopt;
    return image_of(references.front(), Role::CopyFrom, context);
  }
  return std::nullopt;
}

std::vector<container::EnvironmentEntry> environment(const Instruction& instruction, const Context& context) {
  using Origin = container::EnvironmentEntry::Origin;
  std::vector<container::EnvironmentEntry> entries;
  if (const auto* env = instruction.as<Env>()) {
    for (const Pair& pair : env->pairs) entries.push_back(entry_of(pair, Origin::Environment, context, env->legacy));
  } else if (const auto* arg = instruction.as<Arg>()) {
    for (const Pair& pair : arg->pairs) entries.push_back(entry_of(pair, Origin::BuildArgument, context, false));
  }
  return entries;
}

std::optional<container::StartCommand> start_command(const Instruction& instruction, const Context& context,
                                                     shell::ScriptParser& scripts) {
  using Role = container::StartCommand::Role;
  const auto make = [&](Role role, const Statement& statement, const CommandLine& command) {
    container::StartCommand start;
    start.role = role;
    start.anchor = statement.keyword;
    start.range = command.range;
    start.exec_form = command.json;
    start.ships = context.ships && !statement.triggered;
    start.text = command_text(command, context, scripts);
    return start;
  };
  if (const auto* cmd = instruction.as<Cmd>()) return make(Role::Command, *cmd, cmd->command);
  if (const auto* entrypoint = instruction.as<Entrypoint>())
    return make(Role::Entrypoint, *entrypoint, entrypoint->command);
  return std::nullopt;
}

std::optional<container::UserSetting> user_setting(const Instruction& instruction, const Context& context) {
  const auto* user = instruction.as<User>();
  if (user == nullptr || !user->user) return std::nullopt;
  const Expansion value = expand(user->user->text, context.scope.get(), context.escape);
  container::UserSetting setting;
  setting.range = user->user->range;
  setting.known = value.known && !value.value().empty();
  setting.user = setting.known ? value.value().substr(0, value.value().find(':')) : std::string();
  return setting;
}

std::vector<container::Mount> mounts(const Instruction& instruction, const Context& context) {
  std::vector<container::Mount> result;
  const auto* volume = instruction.as<Volume>();
  if (volume == nullptr) return result;
  for (const Word& path : volume->paths) {
    const Expansion target = expand(path.text, context.scope.get(), context.escape);
    container::Mount mount;
    mount.kind = container::Mount::Kind::AnonymousVolume;
    mount.range = path.range;
    mount.source_range = {path.range.begin, path.range.begin};
    mount.target = target.value();
    mount.target_range = path.range;
    mount.known = target.known;
    result.push_back(std::move(mount));
  }
  return result;
}

std::vector<container::PortBinding> ports(const Instruction& instruction, const Context& context) {
  std::vector<container::PortBinding> result;
  const auto* expose = instruction.as<Expose>();
  if (expose == nullptr) return result;
  for (const Word& word : expose->ports) {
    const Expansion port = expand(word.text, context.scope.get(), context.escape);
    const std::string& text = port.value();
    const std::size_t slash = std::min(text.find('/'), text.size());
    container::PortBinding binding;
    binding.range = word.range;
    binding.container_port = port_number(std::string_view(text).substr(0, slash));
    if (slash < text.size()) binding.protocol = ascii_lower(std::string_view(text).substr(slash + 1));
    result.push_back(std::move(binding));
  }
  return result;
}

std::optional<container::HealthCheck> health_check(const Instruction& instruction, const Context& context,
                                                   shell::ScriptParser& scripts) {
  const auto* check = instruction.as<Healthcheck>();
  if (check == nullptr || !check->type) return std::nullopt;
  container::HealthCheck result;
  result.kind = check->none() ? container::HealthCheck::Kind::Disabled : container::HealthCheck::Kind::Health;
  result.range = check->range;
  if (!check->none()) result.command = command_text(check->command, context, scripts);
  return result;
}

shell::Text run_text(const Run& run, const Context& context, shell::ScriptParser& scripts) {
  return command_text(run.command, context, scripts);
}

BuildFile build_file(const File& file, shell::ScriptParser& scripts) {
  BuildFile result{file, {}};
  for (std::size_t i = 0; i < file.instructions.size(); ++i) {
    const Placed& placed = file.instructions[i];
    const auto* onbuild = placed.instruction->as<Onbuild>();
    const Instruction* instruction = onbuild == nullptr ? placed.instruction.get() : onbuild->inner.get();
    const Run* run = instruction == nullptr ? nullptr : instruction->as<Run>();
    if (run == nullptr) continue;
    const Context& context = *placed.context;
    result.steps.push_back({i, {*run, run_text(*run, context, scripts), context}});
  }
  return result;
}

container::Container stage_container(const File& file, std::size_t index, shell::ScriptParser& scripts) {
  std::vector<std::size_t> chain;
  for (std::optional<std::size_t> at = index; at; at = file.stages[*at].parent) chain.push_back(*at);

  container::Container result;
  result.kind = container::Container::Kind::Stage;
  result.name = file.stages[index].name;
  const Placed& own_from = file.instructions[file.stages[index].first];
  const auto& from = *own_from.instruction->as<From>();
  result.name_range = (from.image ? from.image->range : from.keyword).shifted(own_from.begin);

  std::optional<container::StartCommand> entrypoint;
  std::optional<container::StartCommand> command;
  for (auto stage = chain.rbegin(); stage != chain.rend(); ++stage) {
    bool command_set_here = false;
    for (std::size_t i = file.stages[*stage].first; i < file.stages[*stage].end; ++i) {
      const auto& [begin, instruction, context] = file.instructions[i];
      if (auto image = image_use(*instruction, *context); image && instruction->as<From>() && stage == chain.rbegin())
        result.image = container::shifted(std::move(*image), begin);
      for (auto& entry : environment(*instruction, *context))
        if (entry.origin == container::EnvironmentEntry::Origin::Environment)
          result.environment.push_back(container::shifted(std::move(entry), begin));
      for (auto& mount : mounts(*instruction, *context))
        result.mounts.push_back(container::shifted(std::move(mount), begin));
      for (auto& port : ports(*instruction, *context))
        result.ports.push_back(container::shifted(std::move(port), begin));
      if (auto user = user_setting(*instruction, *context)) result.user = container::shifted(std::move(*user), begin);
      if (auto check = health_check(*instruction, *context, scripts))
        result.health = {container::shifted(std::move(*check), begin)};
      if (auto start = start_command(*instruction, *context, scripts)) {
        start = container::shifted(std::move(*start), begin);
        if (start->role == container::StartCommand::Role::Command) {
          command = std::move(start);
          command_set_here = true;
        } else {
          entrypoint = std::move(start);
          // An ENTRYPOINT takes the inherited CMD out of force.
          if (!command_set_here) command.reset();
        }
      }
    }
  }
  if (entrypoint) result.start.push_back(std::move(*entrypoint));
  if (command) result.start.push_back(std::move(*command));
  return result;
}

}  // namespace quaymaster::dockerfile
