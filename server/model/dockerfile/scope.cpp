#include "model/dockerfile/scope.h"

#include <functional>

namespace quaymaster::dockerfile {

const Variable* find_variable(const Scope* scope, std::string_view name) {
  for (; scope != nullptr; scope = scope->outer.get())
    if (scope->variable.name == name) return &scope->variable;
  return nullptr;
}

ScopePtr ScopeInterner::with(const ScopePtr& outer, Variable variable) {
  const Key key{outer.get(), std::move(variable)};
  return scopes_.find_or_make(key, [&] { return std::make_shared<const Scope>(Scope{key.variable, outer}); });
}

std::size_t ScopeInterner::KeyHash::operator()(const Key& key) const {
  const std::size_t parts[] = {std::hash<const Scope*>()(key.outer), std::hash<std::string>()(key.variable.name),
                               std::hash<std::optional<std::string>>()(key.variable.value),
                               static_cast<std::size_t>(key.variable.kind)};
  std::size_t hash = 0;
  for (const std::size_t part : parts) hash = hash * 0x9E3779B97F4A7C15U + part;
  return hash;
}

}  // namespace quaymaster::dockerfile
