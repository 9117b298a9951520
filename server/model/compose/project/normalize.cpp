#include "model/compose/project/normalize.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "model/compose/project/short_syntax.h"

namespace quaymaster::compose::project {
namespace {

void rebase(Value* path, std::string_view folder) {
  if (path != nullptr && path->is_scalar()) path->text = rebased(path->text, folder);
}

/// A text, or each item of a list, as an item of a list.
void make_list(Value& service, std::string_view key) {
  Value* value = service.find(key);
  if (value == nullptr || !value->is_scalar()) return;
  const Value::Tag tag = std::exchange(value->tag, Value::Tag::None);
  Value list = sequence({*value}, value->origin);
  list.tag = tag;
  *value = std::move(list);
}

/// Scalars of the list `key` become mappings with it under `name`.
void make_long(Value& owner, std::string_view key, std::string_view name) {
  Value* list = owner.find(key);
  if (list == nullptr) return;
  for (Value& item : list->items) {
    if (!item.is_scalar()) continue;
    Value pair = mapping(item.origin);
    pair.set(name, std::move(item));
    item = std::move(pair);
  }
}

/// A list of `NAME=value` becomes a mapping.
void make_assignments(Value& owner, std::string_view key) {
  Value* list = owner.find(key);
  if (list == nullptr || !list->is_sequence()) return;
  std::vector<Pair> pairs;
  for (const Value& item : list->items) {
    const std::size_t equals = item.text.find('=');
    Value value;
    value.origin = item.origin;
    if (equals != std::string::npos) value = scalar(item.text.substr(equals + 1), item.origin);
    pairs.push_back({item.text.substr(0, equals), std::move(value)});
  }
  Value result = mapping(std::move(pairs), list->origin);
  result.tag = list->tag;
  *list = std::move(result);
}

/// A list of names becomes a mapping by those names.
void make_names(Value& owner, std::string_view key) {
  Value* list = owner.find(key);
  if (list == nullptr || !list->is_sequence()) return;
  std::vector<Pair> pairs;
  for (const Value& item : list->items) {
    Value nothing;
    nothing.origin = item.origin;
    pairs.push_back({item.text, std::move(nothing)});
  }
  Value result = mapping(std::move(pairs), list->origin);
  result.tag = list->tag;
  *list = std::move(result);
}

void normalize_dependencies(Value& service) {
  make_names(service, "depends_on");
  Value* dependencies = service.find("depends_on");
  if (dependencies == nullptr) return;
  for (auto& [name, each] : dependencies->pairs) {
    const Origin origin = each.origin;
    if (!each.is_mapping()) each = mapping(origin);
    if (each.find("condition") == nullptr) each.set("condition", scalar("service_started", origin));
    if (each.find("required") == nullptr) each.set("required", scalar("true", origin));
  }
}

void normalize_build(Value& service, std::string_view folder) {
  Value* build = service.find("build");
  if (build == nullptr) return;
  if (build->is_scalar()) {
    Value result = mapping(build->origin);
    result.tag = std::exchange(build->tag, Value::Tag::None);
    result.set("context", *build);
    *build = std::move(result);
  }
  if (!build->is_mapping()) return;
  rebase(build->find("context"), folder);
  for (const std::string_view key : {"args", "labels", "additional_contexts"}) make_assignments(*build, key);
  make_long(*build, "secrets", "source");
  make_list(*build, "tags");
}

void normalize_env_files(Value& service, std::string_view folder) {
  make_list(service, "env_file");
  make_long(service, "env_file", "path");
  Value* files = service.find("env_file");
  if (files == nullptr) return;
  for (Value& item : files->items) {
    rebase(item.find("path"), folder);
    if (item.is_mapping() && item.find("required") == nullptr) item.set("required", scalar("true", item.origin));
  }
}

void normalize_hosts(Value& service) {
  Value* hosts = service.find("extra_hosts");
  if (hosts == nullptr) return;
  std::vector<Value> items;
  for (Value& item : hosts->items) {
    if (const std::size_t colon = item.text.find_first_of(":="); colon != std::string::npos) item.text[colon] = '=';
    items.push_back(std::move(item));
  }
  for (auto& [name, address] : hosts->pairs) {
    const auto add = [&, host = name](const Value& each) {
      items.push_back(scalar(host + "=" + each.text, each.origin));
    };
    if (address.is_scalar()) add(address);
    std::ranges::for_each(address.items, add);
  }
  hosts->kind = Value::Kind::Sequence;
  hosts->pairs.clear();
  hosts->items = std::move(items);
}

}  // namespace

std::string rebased(std::string_view path, std::string_view folder) {
  const bool stays = path.empty() || path.starts_with('/') || path.starts_with('~') || path.starts_with('$') ||
                     path.find("://") != std::string_view::npos || path.starts_with("git@") ||
                     (path.size() > 2 && path[1] == ':');
  if (stays) return std::string(path);
  std::vector<std::string_view> parts;
  for (std::string_view rest : {folder, path}) {
    while (!rest.empty()) {
      const std::size_t slash = rest.find('/');
      const std::string_view part = rest.substr(0, slash);
      rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
      if (part.empty() || part == ".") continue;
      if (part == ".." && !parts.empty() && parts.back() != "..")
        parts.pop_back();
      else
        parts.push_back(part);
    }
  }
  std::string joined;
  for (const std::string_view part : parts) joined += (joined.empty() ? "" : "/") + std::string(part);
  return joined.empty() ? "." : joined;
}

void normalize_service(Value& service, std::string_view folder) {
  if (!service.is_mapping()) return;
  for (const std::string_view key : {"dns", "dns_opt", "dns_search", "tmpfs", "label_file"}) make_list(service, key);
  for (const std::string_view key : {"environment", "labels", "annotations", "sysctls"}) make_assignments(service, key);
  make_names(service, "networks");
  make_names(service, "models");
  for (const std::string_view key : {"secrets", "configs"}) make_long(service, key, "source");
  normalize_dependencies(service);
  normalize_build(service, folder);
  normalize_env_files(service, folder);
  normalize_hosts(service);
  expand_commands(service);
  expand_ports(service);
  expand_volumes(service);
  if (Value* volumes = service.find("volumes"))
    for (Value& item : volumes->items)
      if (item.text_of("type") == "bind") rebase(item.find("source"), folder);
  if (Value* deploy = service.find("deploy")) make_assignments(*deploy, "labels");
  if (Value* develop = service.find("develop"))
    if (Value* watch = develop->find("watch"))
      for (Value& item : watch->items) rebase(item.find("path"), folder);
}

void normalize_resources(Value& file, std::string_view folder) {
  file.erase("version");
  for (const std::string_view section : {"volumes", "networks", "secrets", "configs"}) {
    Value* declared = file.find(section);
    if (declared == nullptr) continue;
    for (auto& [name, each] : declared->pairs) {
      make_assignments(each, "labels");
      rebase(each.find("file"), folder);
    }
  }
}

void add_defaults(Value& project) {
  if (Value* services = project.find("services")) {
    for (auto& [name, service] : services->pairs) {
      if (!service.is_mapping()) continue;
      const Origin origin = service.origin;
      if (Value* build = service.find("build"); build != nullptr && build->is_mapping()) {
        if (build->find("context") == nullptr) build->set("context", scalar(".", origin));
        if (build->find("dockerfile") == nullptr && build->find("dockerfile_inline") == nullptr)
          build->set("dockerfile", scalar("Dockerfile", origin));
      }
      const Value* networks = service.find("networks");
      if (service.find("network_mode") != nullptr || service.find("provider") != nullptr) continue;
      if (networks == nullptr || networks->pairs.empty()) {
        Value uses = mapping(origin);
        uses.set("default", Value{});
        service.set("networks", std::move(uses));
      }
    }
  }
  for (const std::string_view section : {"volumes", "networks", "secrets", "configs"})
    if (Value* declared = project.find(section))
      for (auto& [name, each] : declared->pairs)
        if (each.kind == Value::Kind::Null) each = mapping(each.origin);
}

}  // namespace quaymaster::compose::project
