#include "model/dockerfile/scope.h"

#include <functional>
#include <utility>
#include <vector>

#include "model/dockerfile/scope_index.h"

namespace quaymaster::dockerfile {

namespace {

/// One scope in so many has an index of all that are behind it.
constexpr std::size_t kStride = 16;

}  // namespace

Scope::Scope(Variable newest, std::shared_ptr<const Scope> rest)
    : variable(std::move(newest)), outer(std::move(rest)), size(outer == nullptr ? 1 : outer->size + 1) {
  if (size % kStride != 0) return;
  std::vector<const Scope*> newer{this};
  const Scope* scope = outer.get();
  for (; scope != nullptr && scope->index == nullptr; scope = scope->outer.get()) newer.push_back(scope);
  if (scope != nullptr) index = scope->index;
  for (auto next = newer.rbegin(); next != newer.rend(); ++next) index = ScopeIndex::with(index, **next);
}

Scope::~Scope() {
  // Along the chain, which may be longer than the stack is deep, as far as nobody else has it.
  while (outer != nullptr && outer.use_count() == 1) {
    ScopePtr rest = std::move(outer->outer);
    outer = std::move(rest);
  }
}

const Variable* find_variable(const Scope* scope, std::string_view name) {
  for (; scope != nullptr; scope = scope->outer.get()) {
    if (scope->variable.name == name) return &scope->variable;
    if (scope->index == nullptr) continue;
    const Scope* found = ScopeIndex::find(scope->index.get(), name);
    return found == nullptr ? nullptr : &found->variable;
  }
  return nullptr;
}

ScopePtr ScopeInterner::with(const ScopePtr& outer, Variable variable) {
  const Key key{outer.get(), std::move(variable)};
  return scopes_.find_or_make(key, [&] { return std::make_shared<const Scope>(key.variable, outer); });
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
