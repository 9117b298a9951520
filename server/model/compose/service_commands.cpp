#include <algorithm>
#include <utility>

#include "model/compose/reader.h"
#include "model/compose/service_parts.h"
#include "model/compose/words.h"
#include "model/yaml/command_words.h"
#include "model/yaml/scalar.h"

namespace quaymaster::compose {
namespace {

using container::HealthCheck;
using container::StartCommand;

/// Words whose text a variable decides are not literal.
std::vector<shell::Word> words_of(const Interpolated& text) {
  std::vector<shell::Word> words = split_words(text.text);
  for (shell::Word& word : words) {
    const TextRange place = text.text.to_file(word.range);
    word.literal = std::ranges::none_of(text.variables, [&](const Variable& variable) {
      return variable.range.begin < place.end && place.begin < variable.range.end;
    });
  }
  return words;
}

/// Adds the words of a command, a string or a list. The first `skipped` items are left out.
void add_words(yaml::CommandWords& words, const yaml::Value& command, std::size_t skipped = 0) {
  if (const std::optional<Interpolated> text = interpolated(command))
    words.add_text(text->text, command.node()->style, command.range(), words_of(*text));
  const std::vector<yaml::Element> items = command.items();
  for (std::size_t i = skipped; i < items.size(); ++i) {
    const yaml::Value& item = items[i].value;
    if (const std::optional<Interpolated> text = interpolated(item))
      words.add_word(text->text, item.node()->style, items[i].range, text->literal());
  }
}

shell::Text exec_text(const yaml::CommandWords& words, shell::ScriptParser& scripts) {
  yaml::CommandWords::Result joined = words.join();
  std::shared_ptr<const shell::Script> script = scripts.exec(joined.source, std::move(joined.words));
  return {std::move(joined.source), std::move(script)};
}

shell::Text shell_text(const Interpolated& text, yaml::ScalarStyle style, shell::ScriptParser& scripts) {
  shell::Source source{text.text, {shell::Layer::ComposeDollar, yaml::layer_of(style)}};
  const shell::Dialect dialect = shell::dialect_of_text(source.text.bytes(), shell::Dialect::Posix);
  std::shared_ptr<const shell::Script> script = scripts.parse(source, dialect);
  return {std::move(source), std::move(script)};
}

bool has_words(const std::optional<yaml::Entry>& entry) {
  if (!entry) return false;
  const std::optional<std::string_view> text = entry->value.string();
  return text ? !text->empty() : entry->value.is_sequence() && !entry->value.items().empty();
}

void add_hooks(std::vector<StartCommand>& commands, const yaml::Value& service, std::string_view key,
               StartCommand::Role role, shell::ScriptParser& scripts) {
  for (const yaml::Element& hook : service.get(key).items()) {
    const std::optional<yaml::Entry> command = hook.value.entry("command");
    if (!has_words(command)) continue;
    yaml::CommandWords words({shell::Layer::ComposeDollar});
    add_words(words, command->value);
    commands.push_back({role, command->key_range, command->value.range(), true, true,
                        hook.shared || command->shared || command->value.shared(), exec_text(words, scripts)});
  }
}

}  // namespace

std::vector<StartCommand> start_commands_of(const yaml::Value& service, shell::ScriptParser& scripts) {
  std::vector<StartCommand> commands;
  const std::optional<yaml::Entry> entrypoint = service.entry("entrypoint");
  const std::optional<yaml::Entry> command = service.entry("command");
  yaml::CommandWords words({shell::Layer::ComposeDollar});
  if (has_words(entrypoint)) add_words(words, entrypoint->value);
  if (has_words(command)) add_words(words, command->value);
  if (!words.empty()) {
    const bool by_entrypoint = has_words(entrypoint);
    const yaml::Entry& main = by_entrypoint ? *entrypoint : *command;
    const bool shared = main.shared || main.value.shared() ||
                        (by_entrypoint && has_words(command) && (command->shared || command->value.shared()));
    commands.push_back({by_entrypoint ? StartCommand::Role::Entrypoint : StartCommand::Role::Command, main.key_range,
                        main.value.range(), true, true, shared, exec_text(words, scripts)});
  }
  add_hooks(commands, service, "post_start", StartCommand::Role::PostStart, scripts);
  add_hooks(commands, service, "pre_stop", StartCommand::Role::PreStop, scripts);
  return commands;
}

std::vector<HealthCheck> health_checks_of(const yaml::Value& service, shell::ScriptParser& scripts) {
  const std::optional<yaml::Entry> entry = service.entry("healthcheck");
  if (!entry || !entry->value.is_mapping()) return {};
  HealthCheck check;
  check.range = entry->key_range;
  check.shared = entry->shared || entry->value.shared();
  const yaml::Value test = entry->value.get("test");
  if (boolean(entry->value.get("disable")).value_or(false)) check.kind = HealthCheck::Kind::Disabled;
  if (const std::optional<Interpolated> text = interpolated(test)) {
    check.command = shell_text(*text, test.node()->style, scripts);
  } else if (const std::vector<yaml::Element> items = test.items(); !items.empty()) {
    const std::string_view form = items.front().value.string().value_or("");
    if (form == "NONE") check.kind = HealthCheck::Kind::Disabled;
    if (form == "CMD-SHELL" && items.size() > 1) {
      if (const std::optional<Interpolated> script = interpolated(items[1].value))
        check.command = shell_text(*script, items[1].value.node()->style, scripts);
    }
    if (form == "CMD" && items.size() > 1) {
      yaml::CommandWords words({shell::Layer::ComposeDollar});
      add_words(words, test, 1);
      if (!words.empty()) check.command = exec_text(words, scripts);
    }
  }
  return {std::move(check)};
}

}  // namespace quaymaster::compose
