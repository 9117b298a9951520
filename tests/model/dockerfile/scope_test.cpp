#include "model/dockerfile/scope.h"

#include <string>

#include "support/catch.h"

namespace quaymaster::tests {
namespace {

using dockerfile::ScopeInterner;
using dockerfile::ScopePtr;
using dockerfile::Variable;

TEST_CASE("the newest definition is found, however long the chain is") {
  ScopeInterner scopes;
  ScopePtr scope;
  for (int i = 0; i < 3000; ++i) {
    CHECK(find_variable(scope.get(), "V" + std::to_string(i)) == nullptr);
    scope = scopes.with(scope, {"V" + std::to_string(i), std::to_string(i), Variable::Kind::Env});
    if (i % 7 == 0) scope = scopes.with(scope, {"SAME", std::to_string(i), Variable::Kind::Arg});
    CHECK(find_variable(scope.get(), "SAME")->value == std::to_string(i - i % 7));
    CHECK(find_variable(scope.get(), "V" + std::to_string(i / 2))->value == std::to_string(i / 2));
  }
}

TEST_CASE("a long chain goes without a deep stack") {
  ScopePtr scope;
  for (int i = 0; i < 300'000; ++i) scope = std::make_shared<const dockerfile::Scope>(Variable{"A", "1"}, scope);
  CHECK(scope->size == 300'000);
  scope.reset();
  CHECK(scope == nullptr);
}

TEST_CASE("equal chains are one object") {
  ScopeInterner scopes;
  const ScopePtr one = scopes.with(scopes.with(nullptr, {"A", "1"}), {"B", "2"});
  const ScopePtr two = scopes.with(scopes.with(nullptr, {"A", "1"}), {"B", "2"});
  CHECK(one == two);
  CHECK(one != scopes.with(nullptr, {"B", "2"}));
}

}  // namespace
}  // namespace quaymaster::tests
