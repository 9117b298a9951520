#include "lsp/json_rpc.h"

#include "support/catch.h"

namespace quaymaster::lsp {
namespace {

/// The value as text again, or "!" and the message.
std::string parsed(std::string_view body) {
  const Outcome outcome = parse_message(body);
  return outcome.error ? "!" + outcome.error->message : to_body(outcome.value);
}

std::string nested(std::size_t depth, char open, char close, std::string_view key = {}) {
  std::string body;
  for (std::size_t i = 0; i < depth; ++i) {
    body += open;
    body += key;
  }
  return body + (key.empty() ? "" : "1") + std::string(depth, close);
}

}  // namespace

TEST_CASE("messages: JSON or an error") {
  struct Case {
    std::string body, expected;
  };
  const std::string not_json = "!the message is not JSON";
  const Case cases[] = {
      {R"({"a":1})", R"({"a":1})"},
      {"", not_json},
      {"{", not_json},
      {"{} {}", not_json},
      {R"({"a":1e999})", not_json},
      {std::string("{\0}", 3), not_json},
      {R"("\ud83d\ude00")", "\"\xF0\x9F\x98\x80\""},
      // Half a pair, as escape or as bytes, is one replacement character.
      {R"("a\ud83db")",
       "\"a\xEF\xBF\xBD"
       "b\""},
      {R"("a\ude00b")",
       "\"a\xEF\xBF\xBD"
       "b\""},
      {R"("\ud83d\ud83d\ude00")", "\"\xEF\xBF\xBD\xF0\x9F\x98\x80\""},
      {R"("\\ud83d")", R"("\\ud83d")"},
      {R"("\\\ud83d")", "\"\\\\\xEF\xBF\xBD\""},
      {R"("\ud83d)", not_json},
      {"\"a\xFF"
       "b\"",
       "\"a\xEF\xBF\xBD"
       "b\""},
      {"\"\xC3\"", "\"\xEF\xBF\xBD\""},
      {"\"\xED\xA0\xBD\"", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
      {R"("\u12")", not_json},
      {R"("\)", not_json},
  };
  for (const Case& item : cases) {
    INFO(item.body);
    CHECK(parsed(item.body) == item.expected);
  }
}

TEST_CASE("messages: nesting is bounded before anything recursive sees it") {
  const std::string too_deep = "!the message nests too deep";
  CHECK(parsed(nested(kMaxNesting, '[', ']')) == nested(kMaxNesting, '[', ']'));
  CHECK(parsed(nested(kMaxNesting + 1, '[', ']')) == too_deep);
  CHECK(parsed(nested(100'000, '[', ']')) == too_deep);
  CHECK(parsed(nested(100'000, '{', '}', "\"a\":")) == too_deep);
  CHECK(parsed(std::string(1'000'000, '[')) == too_deep);
  // Brackets inside of a string are text.
  const std::string text = '"' + std::string(1000, '[') + "\\\"" + std::string(1000, '{') + '"';
  CHECK(parsed(text) == text);
}

TEST_CASE("messages: written bytes are always UTF-8") { CHECK(to_body(Json("\xFF")) == "\"\xEF\xBF\xBD\""); }

}  // namespace quaymaster::lsp
