#include <array>
#include <utility>

#include "model/kubernetes/expansion.h"
#include "model/kubernetes/pod_container.h"
#include "model/yaml/command_words.h"
#include "model/yaml/scalar.h"

namespace quaymaster::kubernetes {
namespace {

using container::HealthCheck;
using container::StartCommand;

KnownNames known_names(const yaml::Value& container) {
  KnownNames known;
  for (const yaml::Element& item : container.get("env").items())
    if (const std::optional<std::string_view> name = item.value.get("name").string()) known.names.insert(*name);
  known.more = container.get("envFrom").is_sequence();
  return known;
}

void add_words(yaml::CommandWords& words, const yaml::Value& list, const KnownNames& known) {
  for (const yaml::Element& item : list.items()) {
    if (!item.value.is_scalar()) continue;
    Expanded word = expand(yaml::mapped_scalar(*item.value.document(), *item.value.node()), known);
    words.add_word(std::move(word.text), item.value.node()->style, item.range, word.literal);
  }
}

shell::Text exec_text(const yaml::CommandWords& words, shell::ScriptParser& scripts) {
  yaml::CommandWords::Result joined = words.join();
  std::shared_ptr<const shell::Script> script = scripts.exec(joined.source, std::move(joined.words));
  return {std::move(joined.source), std::move(script)};
}

bool is_shared(const std::optional<yaml::Entry>& entry) { return entry && (entry->shared || entry->value.shared()); }

/// The command of an `exec` action. No variables are expanded there.
std::optional<StartCommand> hook(const yaml::Value& lifecycle, std::string_view key, StartCommand::Role role,
                                 shell::ScriptParser& scripts) {
  const std::optional<yaml::Entry> entry = lifecycle.entry(key);
  const std::optional<yaml::Entry> command = entry ? entry->value.get("exec").entry("command") : std::nullopt;
  if (!command) return std::nullopt;
  yaml::CommandWords words;
  add_words(words, command->value, {});
  if (words.empty()) return std::nullopt;
  return StartCommand{role,
                      entry->key_range,
                      command->value.range(),
                      true,
                      true,
                      is_shared(entry) || is_shared(command),
                      exec_text(words, scripts)};
}

}  // namespace

std::vector<StartCommand> start_commands_of(const yaml::Value& container, shell::ScriptParser& scripts) {
  std::vector<StartCommand> commands;
  const std::optional<yaml::Entry> command = container.entry("command");
  const std::optional<yaml::Entry> args = container.entry("args");
  const KnownNames known = known_names(container);
  yaml::CommandWords words;
  if (command) add_words(words, command->value, known);
  const bool by_command = !words.empty();
  if (args) add_words(words, args->value, known);
  if (!words.empty()) {
    const yaml::Entry& main = by_command ? *command : *args;
    commands.push_back({by_command ? StartCommand::Role::Entrypoint : StartCommand::Role::Command, main.key_range,
                        main.value.range(), true, true, is_shared(command) || is_shared(args),
                        exec_text(words, scripts)});
  }
  const yaml::Value lifecycle = container.get("lifecycle");
  for (auto [key, role] :
       {std::pair{"postStart", StartCommand::Role::PostStart}, std::pair{"preStop", StartCommand::Role::PreStop}})
    if (std::optional<StartCommand> start = hook(lifecycle, key, role, scripts)) commands.push_back(*std::move(start));
  return commands;
}

std::vector<HealthCheck> health_checks_of(const yaml::Value& container, shell::ScriptParser& scripts) {
  constexpr std::array kProbes{std::pair{"livenessProbe", HealthCheck::Kind::Liveness},
                               std::pair{"readinessProbe", HealthCheck::Kind::Readiness},
                               std::pair{"startupProbe", HealthCheck::Kind::Startup}};
  std::vector<HealthCheck> checks;
  for (const auto& [key, kind] : kProbes) {
    const std::optional<yaml::Entry> entry = container.entry(key);
    if (!entry || !entry->value.is_mapping()) continue;
    HealthCheck check;
    check.kind = kind;
    check.range = entry->key_range;
    check.shared = is_shared(entry);
    yaml::CommandWords words;
    add_words(words, entry->value.get({"exec", "command"}), {});
    if (!words.empty()) check.command = exec_text(words, scripts);
    checks.push_back(std::move(check));
  }
  return checks;
}

}  // namespace quaymaster::kubernetes
