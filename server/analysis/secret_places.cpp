#include "analysis/secret_places.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "model/container/command_credentials.h"
#include "model/container/credential_files.h"
#include "model/container/credentials.h"
#include "model/container/token_shapes.h"
#include "model/dockerfile/container_view.h"
#include "model/kubernetes/config_map.h"
#include "model/yaml/aliases.h"
#include "model/yaml/scalar.h"

namespace quaymaster {
namespace {

using Secrets = std::vector<TextRange>;

/// `whole` is where all of the text stands: a Compose file can have the parts of a command in an order of its own, and
/// then the place of some is not known.
void add_script(const shell::Text& text, TextRange whole, Secrets& secrets) {
  const auto add = [&](TextRange range) {
    const TextRange place = text.in_file(range);
    secrets.push_back(place.empty() ? whole : place);
  };
  const std::string& bytes = text.source.text.bytes();
  for (const auto& found : container::command_credentials(*text.script, bytes)) add(found.range);
  for (const auto& found : container::written_credentials(*text.script, bytes))
    if (!found.variable) add(found.range);
}

/// Heredocs that become files with credentials.
void add_files(const dockerfile::Transfer& transfer, Secrets& secrets) {
  if (!transfer.destination || !container::is_credential_file(transfer.destination->string())) return;
  for (const dockerfile::Heredoc& heredoc : transfer.heredocs)
    for (const auto& found : container::credentials_of_file(heredoc.body.bytes()))
      if (!found.variable) secrets.push_back(heredoc.body.to_file(found.range));
}

void add_entries(const std::vector<container::EnvironmentEntry>& entries, Secrets& secrets) {
  for (const auto& entry : entries)
    if (container::holds_credential(entry)) secrets.push_back(entry.value_range);
}

/// Secrets by their names alone: of a label that holds a URL, the password in it is the secret and not the rest.
void add_named(const std::vector<container::EnvironmentEntry>& entries, Secrets& secrets) {
  for (const auto& entry : entries)
    if (container::holds_credential(entry) && !container::looks_like_credential(*entry.value))
      secrets.push_back(entry.value_range);
}

/// Configs whose content stands in the file. Secrets have no such key: who writes it has put the secret there.
void add_contents(const compose::File& file, Secrets& secrets) {
  for (const compose::Declaration& secret : file.secrets)
    if (const yaml::Value content = secret.value.get("content"); content.is_scalar())
      secrets.push_back(content.content_range());
  for (const compose::Declaration& config : file.configs) {
    const yaml::Value content = config.value.get("content");
    if (!content.is_scalar()) continue;
    const MappedText text = yaml::mapped_scalar(*file.document, *content.node());
    for (const auto& found : container::credentials_of_file(text.bytes()))
      if (!found.variable) secrets.push_back(text.to_file(found.range));
  }
}

void add_container(const container::Container& container, Secrets& secrets) {
  add_entries(container.environment, secrets);
  for (const auto& start : container.start) add_script(start.text, start.range, secrets);
  for (const auto& health : container.health)
    if (health.command) add_script(*health.command, health.range, secrets);
}

bool is_filled_in(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kMarks = {
      {{"${", "}"}, {"{{", "}}"}, {"<", ">"}, {"ENC[", "]"}}};
  return std::ranges::any_of(
      kMarks, [&](const auto& marks) { return text.starts_with(marks.first) && text.ends_with(marks.second); });
}

/// All that is written below a key of a Secret, also where it may not stand: in a list, or behind a key that is there
/// twice.
void add_scalars(const yaml::Node& written, Secrets& secrets) {
  const yaml::Node& node = yaml::followed(written);
  if (node.kind == yaml::Node::Kind::Scalar && !node.text.empty() && !is_filled_in(node.text))
    secrets.push_back(node.range);
  for (const yaml::Pair& pair : node.pairs) add_scalars(*pair.value, secrets);
  for (const yaml::Item& item : node.items) add_scalars(*item.value, secrets);
}

void add_data(const kubernetes::Object& object, Secrets& secrets) {
  if (object.kind != "Secret" || !object.value.is_mapping()) return;
  for (const yaml::Pair& pair : object.value.node()->pairs)
    if (pair.name() == "data" || pair.name() == "stringData") add_scalars(*pair.value, secrets);
}

/// Variables whose value stands behind a key that is misspelt.
void add_misspelt(const yaml::Value& container, Secrets& secrets) {
  for (const yaml::Element& item : container.get("env").items()) {
    if (!container::names_credential(item.value.get("name").string().value_or(""))) continue;
    for (const yaml::Entry& entry : item.value.entries()) {
      if (entry.key == "name" || entry.key == "value") continue;
      const std::optional<std::string_view> text = entry.value.string();
      if (text && container::may_be_credential(*text)) secrets.push_back(entry.value.range());
    }
  }
}

}  // namespace

std::vector<TextRange> secrets_in_text(std::string_view text) {
  Secrets secrets;
  for (const container::Token& token : container::find_tokens(text))
    if (!token.stand_in) secrets.push_back(token.range);
  return secrets;
}

std::vector<TextRange> secrets_in(const dockerfile::Instruction& instruction, const dockerfile::Context& context,
                                  shell::ScriptParser& scripts) {
  const auto* onbuild = instruction.as<dockerfile::Onbuild>();
  if (onbuild != nullptr) return onbuild->inner ? secrets_in(*onbuild->inner, context, scripts) : Secrets();
  Secrets secrets;
  for (const auto& entry : environment(instruction, context))
    if (container::is_credential(entry)) secrets.push_back(entry.value_range);
  if (const auto* run = instruction.as<dockerfile::Run>())
    add_script(run_text(*run, context, scripts), run->range, secrets);
  if (const auto* copy = instruction.as<dockerfile::Copy>()) add_files(*copy, secrets);
  if (const auto* add = instruction.as<dockerfile::Add>()) add_files(*add, secrets);
  if (const auto start = start_command(instruction, context, scripts)) add_script(start->text, start->range, secrets);
  if (const auto health = health_check(instruction, context, scripts); health && health->command)
    add_script(*health->command, health->range, secrets);
  return secrets;
}

std::vector<TextRange> secrets_in(const compose::File& file) {
  Secrets secrets = secrets_in_text(file.document->text());
  for (const compose::Service& service : file.services) {
    add_container(service.container, secrets);
    add_named(service.labels, secrets);
    if (service.logging) add_named(service.logging->options, secrets);
    if (service.build) add_entries(service.build->arguments, secrets);
  }
  add_contents(file, secrets);
  return secrets;
}

std::vector<TextRange> secrets_in(const kubernetes::Manifest& manifest) {
  Secrets secrets = secrets_in_text(manifest.document->text());
  for (const kubernetes::Workload& workload : manifest.workloads)
    for (const kubernetes::PodContainer& container : workload.containers) {
      add_container(container.container, secrets);
      add_misspelt(container.value, secrets);
    }
  for (const kubernetes::Object& object : manifest.objects) {
    add_data(object, secrets);
    for (const kubernetes::ConfigCredential& found : kubernetes::config_credentials(object))
      if (found.secret) secrets.push_back(found.range);
  }
  return secrets;
}

void add_secrets(std::vector<TextRange>& all, const std::vector<TextRange>& secrets, std::uint32_t begin) {
  for (const TextRange secret : secrets) all.push_back(secret.shifted(begin));
}

}  // namespace quaymaster
