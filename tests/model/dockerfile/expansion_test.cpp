#include "model/dockerfile/expansion.h"

#include <optional>
#include <string>

#include "model/dockerfile/scope.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

using dockerfile::Expansion;
using dockerfile::Variable;

/// A=1, V=1.2.3, E= (empty), U declared without a value.
dockerfile::ScopePtr scope_of(dockerfile::ScopeInterner& scopes) {
  dockerfile::ScopePtr scope = scopes.with(nullptr, {"A", "1", Variable::Kind::Arg});
  scope = scopes.with(scope, {"V", "1.2.3", Variable::Kind::Env});
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
      {"${V%.*}", "1.2"},
      {"${V%%.*}", "1"},
      {"${V#*.}", "2.3"},
      {"${V##*.}", "3"},
      {"${V/./-}", "1-2.3"},
      {"${V//./-}", "1-2-3"},
      {"${V//.}", "", false, true},
      {"${V//./}", "123"},
      {"${V/#1/}", "1.2.3"},
      {"${V%\".\"*}", "1.2"},
      {"${V#'?'}", ".2.3"},
      {"${N#x}", ""},
      {"${U#x}", "${U}", false},
      {"${V%${A}}", "1.2.3"},
      {"${N:-${V%.*}}", "1.2"},
      {"$\u00e9x", ""},
      {"\u201c$A\u201d", "\u201c1\u201d"},
      {"a\\", "a"},
      {"\"a\\b\\\"\"", "a\\b\""},
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

TEST_CASE("what the builder refuses is told, with its place") {
  using Kind = dockerfile::ExpansionError::Kind;
  struct Row {
    const char* word;
    Kind kind;
    TextRange range;
    const char* name = "";
    bool malformed = true;
  };
  const Row rows[] = {
      {"it's", Kind::OpenQuote, {2, 3}},
      {"a\"b$A", Kind::OpenQuote, {1, 2}},
      {"x${", Kind::OpenBrace, {1, 3}},
      {"x${A", Kind::OpenBrace, {1, 4}, "A"},
      {"${A:-x", Kind::OpenBrace, {0, 3}, "A"},
      {"${A:-${E:-y}", Kind::OpenBrace, {0, 3}, "A"},
      {"${A:-'x}", Kind::OpenQuote, {5, 6}},
      {"${}", Kind::EmptyName, {0, 3}},
      {"${:-x}", Kind::EmptyName, {0, 3}},
      {"${A^^}", Kind::Modifier, {0, 4}, "A"},
      {"${A:=x}", Kind::Modifier, {0, 5}, "A"},
      {"${A:0:3}", Kind::Modifier, {0, 5}, "A"},
      {"${A:#x}", Kind::Modifier, {0, 5}, "A"},
      {"${A/x}", Kind::OpenSlash, {0, 3}, "A"},
      {"${A#\\x}", Kind::Pattern, {0, 4}, "A"},
      {"${N:?}", Kind::Required, {0, 6}, "N", false},
      {"${E:?say so}", Kind::Required, {0, 12}, "E", false},
      {"${A:-${N?}}", Kind::Required, {5, 10}, "N", false},
  };
  dockerfile::ScopeInterner scopes;
  const dockerfile::ScopePtr scope = scope_of(scopes);
  for (const Row& row : rows) {
    INFO(row.word);
    const Expansion expansion = dockerfile::expand(MappedText(row.word, 0), scope.get(), '\\');
    CHECK(expansion.malformed == row.malformed);
    REQUIRE(expansion.error);
    CHECK(expansion.error->kind == row.kind);
    CHECK(expansion.error->range == row.range);
    CHECK(expansion.error->name == row.name);
  }
  for (const char* good : {"${U:?}", "${E?}", "${A:?x}", "a$", "$(x)", "'${'", "\\${", "${A:-a b}"}) {
    INFO(good);
    CHECK_FALSE(dockerfile::expand(MappedText(good, 0), scope.get(), '\\').error);
  }
}

TEST_CASE("quotes are text in the body of a heredoc") {
  dockerfile::ScopeInterner scopes;
  const dockerfile::ScopePtr scope = scope_of(scopes);
  const Expansion body = dockerfile::expand_body(MappedText("it's \"$A\" \\$A ${N:-'x'}\n", 0), scope.get());
  CHECK_FALSE(body.malformed);
  CHECK(body.value() == "it's \"1\" $A 'x'\n");
}

TEST_CASE("values that double in every line stay small") {
  dockerfile::ScopeInterner scopes;
  dockerfile::ScopePtr scope = scopes.with(nullptr, {"A", "12345678", Variable::Kind::Env});
  for (int i = 0; i < 64; ++i) {
    const Expansion twice = dockerfile::expand(MappedText("$A$A", 0), scope.get(), '\\');
    REQUIRE(twice.value().size() < 8'192);
    scope = scopes.with(scope, {"A", twice.known ? std::optional(twice.value()) : std::nullopt, Variable::Kind::Env});
  }
  CHECK_FALSE(scope->variable.value);
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
