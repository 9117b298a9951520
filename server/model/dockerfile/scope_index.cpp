#include "model/dockerfile/scope_index.h"

#include <functional>

#include "model/dockerfile/scope.h"

namespace quaymaster::dockerfile {
namespace {

std::size_t hash_of(std::string_view name) { return std::hash<std::string_view>()(name); }

}  // namespace

std::shared_ptr<const ScopeIndex> ScopeIndex::with(const std::shared_ptr<const ScopeIndex>& index, const Scope& scope) {
  return insert(index.get(), scope, hash_of(scope.variable.name), 0);
}

std::shared_ptr<const ScopeIndex> ScopeIndex::insert(const ScopeIndex* index, const Scope& scope, std::size_t hash,
                                                     std::size_t level) {
  auto result = index == nullptr ? std::make_shared<ScopeIndex>() : std::make_shared<ScopeIndex>(*index);
  const Scope* other = result->entry_;
  if (index == nullptr || level == kLevels || (other != nullptr && other->variable.name == scope.variable.name)) {
    result->entry_ = &scope;
    return result;
  }
  const auto child = [level](std::size_t of) { return of >> (level * kBits) & ((std::size_t{1} << kBits) - 1); };
  if (other != nullptr) {
    // A leaf becomes a fork.
    const std::size_t other_hash = hash_of(other->variable.name);
    result->entry_ = nullptr;
    result->children_[child(other_hash)] = insert(nullptr, *other, other_hash, level + 1);
  }
  auto& place = result->children_[child(hash)];
  place = insert(place.get(), scope, hash, level + 1);
  return result;
}

const Scope* ScopeIndex::find(const ScopeIndex* index, std::string_view name) {
  const std::size_t hash = hash_of(name);
  for (std::size_t level = 0; index != nullptr; ++level) {
    if (index->entry_ != nullptr) {
      const Scope* scope = index->entry_;
      // Two names of one hash share a leaf.
      while (level == kLevels && scope != nullptr && scope->variable.name != name) scope = scope->outer.get();
      return scope != nullptr && scope->variable.name == name ? scope : nullptr;
    }
    index = index->children_[hash >> (level * kBits) & ((std::size_t{1} << kBits) - 1)].get();
  }
  return nullptr;
}

}  // namespace quaymaster::dockerfile
