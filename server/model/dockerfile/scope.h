#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "model/generational_map.h"

/// Which variables an instruction can see (Dockerfile reference, "Environment replacement", "ARG").
namespace quaymaster::dockerfile {

struct Variable {
  enum class Kind : std::uint8_t { Env, Arg };
  std::string name;
  std::optional<std::string> value;  ///< empty: declared, but only the build knows its value
  Kind kind = Kind::Arg;

  friend bool operator==(const Variable&, const Variable&) = default;
};

class ScopeIndex;

/// A chain of definitions, the newest first. Immutable and interned: within one `ScopeInterner` equal chains are one
/// object, so that contexts can be compared by address. Null is the empty scope.
struct Scope {
  Variable variable;
  mutable std::shared_ptr<const Scope> outer;  ///< taken by the destructor of a scope that alone has this one
  std::size_t size;                            ///< of the chain
  std::shared_ptr<const ScopeIndex> index;     ///< of some scopes of a long chain: of all that are in it

  Scope(Variable newest, std::shared_ptr<const Scope> rest);
  ~Scope();
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;
};
using ScopePtr = std::shared_ptr<const Scope>;

/// The newest definition of `name`; null when there is none.
[[nodiscard]] const Variable* find_variable(const Scope* scope, std::string_view name);

/// Makes scopes. Thread-compatible.
class ScopeInterner {
 public:
  /// `outer` with one more definition. `outer` must be null or come from this interner's last two generations.
  [[nodiscard]] ScopePtr with(const ScopePtr& outer, Variable variable);
  void next_generation() { scopes_.next_generation(); }

 private:
  struct Key {
    const Scope* outer;
    Variable variable;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const;
  };
  GenerationalMap<Key, ScopePtr, KeyHash> scopes_;
};

}  // namespace quaymaster::dockerfile
