#include "model/dockerfile/expansion.h"

#include <string>

#include "model/dockerfile/scope.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

using dockerfile::Expansion;
using dockerfile::Variable;

/// A=1, E= (empty), U declared without a value.
dockerfile::ScopePtr scope_of(dockerfile::ScopeInterner& scopes) {
  dockerfile::ScopePtr scope = scopes.with(nullptr, {"A", "1", Variable::Kind::Arg});
  scope = scopes.with(scope, {"E", "", Variable::Kind::Env});
  return scopes.with(scope, {"U", std::nullopt, Variable::Kind::Arg});
}

TEST_CASE("words expand as the builder expands them") {
  struct Row {
    const char* word;
    const char* value;
    bool known = true;
    bool literal = false;
  };
  const Row rows[] = {
      {"plain", "plain", true, true},
      {"\"a b\"c'd e'", "a bcd e", true, true},
      {"a\\ b", "a b"},
      {"'$A'", "$A", true, true},
      {"\"$A\"", "1"},
      {"x$A.y", "x1.y"},
      {"${A}b", "1b"},
      {"$Ab", ""},
      {"$N", ""},
      {"${N:-d}", "d"},
      {"${E:-d}", "d"},
      {"${E-d}", ""},
      {"${A:-d}", "1"},
      {"${A:+x}", "x"},
      {"${N:+x}", ""},
      {"${N:-${A}2}", "12"},
      {"${A:?must}", "1"},
      {"\\$A", "$A"},
      {"a$", "a$", true, true},
      {"$(x)", "$(x)", true, true},
      {"$U", "${U}", false},
      {"${U:-d}", "d"},
      {"${A%x}", "1"},
      {"${", "", false, true},
      {"'a", "", false, true},
  };
  dockerfile::ScopeInterner scopes;
  const dockerfile::ScopePtr scope = scope_of(scopes);
  for (const Row& row : rows) {
    INFO(row.word);
    const Expansion expansion = dockerfile::expand(MappedText(row.word, 0), scope.get(), '\\');
    CHECK(expansion.value() == row.value);
    CHECK(expansion.known == row.known);
    CHECK(expansion.literal == row.literal);
  }
}

TEST_CASE("a variable's value stands where the variable is written") {
  dockerfile::ScopeInterner scopes;
  const dockerfile::ScopePtr scope = scope_of(scopes);
  const Expansion expansion = dockerfile::expand(MappedText("img:${A}x", 100), scope.get(), '\\');
  CHECK(expansion.value() == "img:1x");
  CHECK(expansion.text.to_file({4, 5}) == TextRange{104, 108});
  CHECK(expansion.text.to_file({5, 6}) == TextRange{108, 109});
  REQUIRE(expansion.uses.size() == 1);
  CHECK(expansion.uses[0].range == TextRange{104, 108});
}

}  // namespace
}  // namespace quaymaster::tests
