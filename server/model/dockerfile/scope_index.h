#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace quaymaster::dockerfile {

struct Scope;

/// Finds the newest definition of a name in a long chain of scopes: a persistent trie over the hashes of the names, so
/// that each scope has an index of its own that shares all but a few nodes with that of its outer one. Holds no scope:
/// whoever owns the index owns the chain.
class ScopeIndex {
 public:
  /// `index`, which may be null, with `scope` as the newest definition of its name.
  [[nodiscard]] static std::shared_ptr<const ScopeIndex> with(const std::shared_ptr<const ScopeIndex>& index,
                                                              const Scope& scope);
  /// Null when there is none. `index` may be null.
  [[nodiscard]] static const Scope* find(const ScopeIndex* index, std::string_view name);

 private:
  static constexpr unsigned kBits = 4;
  static constexpr std::size_t kLevels = sizeof(std::size_t) * 8 / kBits;

  [[nodiscard]] static std::shared_ptr<const ScopeIndex> insert(const ScopeIndex* index, const Scope& scope,
                                                                std::size_t hash, std::size_t level);

  // A leaf has an entry, a fork has children. Below the last level a leaf's names may differ: then the chain is asked.
  const Scope* entry_ = nullptr;
  std::array<std::shared_ptr<const ScopeIndex>, std::size_t{1} << kBits> children_;
};

}  // namespace quaymaster::dockerfile
