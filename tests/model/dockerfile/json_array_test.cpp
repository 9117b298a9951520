#include "model/dockerfile/json_array.h"

#include <string>

#include "support/catch.h"

namespace quaymaster::tests {
namespace {

/// The element that is no string, or "" when there is none.
std::string other_element(const std::string& text) {
  const auto range = dockerfile::element_that_is_no_string(text);
  return range ? text.substr(range->begin, range->size()) : std::string();
}

TEST_CASE("the first element that is no string is found in a good array only") {
  struct Row {
    const char* text;
    const char* element;
  };
  const Row rows[] = {
      {R"(["a", 1])", "1"},
      {R"([ -1.5e+3 , "a"])", "-1.5e+3"},
      {R"(["a", true, null])", "true"},
      {R"([null])", "null"},
      {R"([["b"], 1])", R"(["b"])"},
      {R"([{"a": [1, {}], "b": "c"}] )", R"({"a": [1, {}], "b": "c"})"},
      {R"(["\u00e9\"", 0])", "0"},
      // no JSON, or nothing but strings
      {R"(["a", "b"])", ""},
      {"[]", ""},
      {"", ""},
      {"x", ""},
      {R"(["a", 1)", ""},
      {R"(["a", 1] # x)", ""},
      {R"(["a", 1,])", ""},
      {R"(['a', 1])", ""},
      {"[1 2]", ""},
      {"[01]", ""},
      {"[1.]", ""},
      {"[-]", ""},
      {R"([{"a" 1}])", ""},
      {R"([{1: 1}])", ""},
      {"[[1]", ""},
      {"[1}]", ""},
      {R"(["\x", 1])", ""},
      {"[\"\t\", 1]", ""},
      {"[ -f x ]", ""},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(other_element(row.text) == row.element);
  }
}

TEST_CASE("depth costs no stack") {
  const std::string deep = "[" + std::string(300'000, '[') + std::string(300'000, ']') + "]";
  CHECK(other_element(deep).size() == 600'000);
  CHECK(other_element(std::string(300'000, '[')).empty());
}

}  // namespace
}  // namespace quaymaster::tests
