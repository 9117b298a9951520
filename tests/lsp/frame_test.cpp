#include <random>

#include "lsp/frame_reader.h"
#include "lsp/frame_writer.h"
#include "support/catch.h"

namespace quaymaster::lsp {
namespace {

/// What the reader makes of `input`, given in pieces of `piece` bytes: bodies as they are, errors as "!what".
std::vector<std::string> frames(std::string_view input, std::size_t piece) {
  FrameReader reader;
  std::vector<std::string> found;
  for (std::size_t at = 0; at < input.size(); at += piece) {
    reader.append(input.substr(at, piece));
    while (auto frame = reader.next()) {
      const auto* error = std::get_if<FrameError>(&*frame);
      found.push_back(error ? "!" + error->what : std::get<std::string>(*frame));
    }
  }
  return found;
}

struct Case {
  const char* title;
  std::string input;
  std::vector<std::string> expected;
};

const std::string kOverLimit = std::to_string(FrameReader::kMaxBody + 1);

const Case kCases[] = {
    {"one message", "Content-Length: 2\r\n\r\n{}", {"{}"}},
    {"two messages", "Content-Length: 2\r\n\r\n{}Content-Length: 3\r\n\r\n[1]", {"{}", "[1]"}},
    {"an empty body", "Content-Length: 0\r\n\r\nContent-Length: 2\r\n\r\n{}", {"", "{}"}},
    {"another case", "CONTENT-LENGTH:2\r\n\r\n{}content-length: 2 \r\n\r\n[]", {"{}", "[]"}},
    {"other headers",
     "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: 2\r\nX: y\r\n\r\n{}",
     {"{}"}},
    {"a header whose name ends alike", "X-Content-Length: 9\r\nContent-Length: 2\r\n\r\n{}", {"{}"}},
    {"line feeds alone", "Content-Length: 2\n\n{}", {"{}"}},
    {"blank lines between", "\r\n\r\nContent-Length: 2\r\n\r\n{}\r\nContent-Length: 2\r\n\r\n[]", {"{}", "[]"}},
    {"a body with line breaks", "Content-Length: 6\r\n\r\n{\r\n\r\n}", {"{\r\n\r\n}"}},
    {"the length counts bytes", "Content-Length: 4\r\n\r\n\"\xC3\xA9\"", {"\"\xC3\xA9\""}},
    {"no length",
     "Content-Type: x\r\n\r\n{}Content-Length: 2\r\n\r\n[]",
     {"!a header block without a usable Content-Length", "[]"}},
    {"a length that is none",
     "Content-Length: two\r\n\r\n{}Content-Length: 2\r\n\r\n[]",
     {"!a Content-Length that is no number", "[]"}},
    {"a negative length",
     "Content-Length: -2\r\n\r\n{}Content-Length: 2\r\n\r\n[]",
     {"!a Content-Length that is no number", "[]"}},
    {"a length beyond 64 bits",
     "Content-Length: 99999999999999999999999\r\n\r\n{}Content-Length: 2\r\n\r\n[]",
     {"!a Content-Length that is no number", "[]"}},
    {"too long a message",
     "Content-Length: " + kOverLimit + "\r\n\r\n{}Content-Length: 2\r\n\r\n[]",
     {"!a message of more than 64 MiB", "[]"}},
    {"garbage lines are reported once",
     "hello\nworld\nagain\nContent-Length: 2\r\n\r\n{}",
     {"!bytes that are no header", "{}"}},
    {"a length that is too short",
     "Content-Length: 2\r\n\r\n{\"a\": 1}Content-Length: 2\r\n\r\n[]",
     {"{\"", "!bytes before a header", "[]"}},
    {"NUL bytes", std::string(3, '\0') + "\nContent-Length: 2\r\n\r\n[]", {"!bytes that are no header", "[]"}},
    {"a message cut short", "Content-Length: 20\r\n\r\n{}", {}},
};

}  // namespace

TEST_CASE("frames") {
  for (const Case& item : kCases) {
    for (const std::size_t piece : {1U, 2U, 7U, 64U, 1U << 20U}) {
      INFO(item.title << ", in pieces of " << piece);
      CHECK(frames(item.input, piece) == item.expected);
    }
  }
}

TEST_CASE("frames: what is written is read") {
  for (const std::string& body : {std::string("{}"), std::string(100000, '[')})
    CHECK(frames(framed(body), 4096) == std::vector{body});
}

TEST_CASE("frames: garbage without a line end") {
  const std::string input = std::string(20000, 'x') + "}Content-Length: 2\r\n\r\n[]";
  for (const std::size_t piece : {1U, 1000U, 1U << 20U}) {
    const auto found = frames(input, piece);
    REQUIRE(found.size() == 2);
    CHECK(found[0].starts_with('!'));
    CHECK(found[1] == "[]");
  }
}

TEST_CASE("frames: a message cut short is noticed") {
  FrameReader reader;
  CHECK_FALSE(reader.partial());
  reader.append("Content-Length: 2\r\n\r\n{");
  CHECK_FALSE(reader.next());
  CHECK(reader.partial());
  reader.append("}");
  CHECK(reader.next());
  CHECK_FALSE(reader.partial());
}

TEST_CASE("frames: after any garbage, the second of two good messages is read") {
  std::mt19937 random(1);
  const std::string_view pieces[] = {
      "Content-Length: ", "Content-Length: 5\r\n", "\r\n", "\n", "{}", "\r", ":", "content-length:", "x"};
  const std::string good = framed("{\"good\": true}") + framed("{\"good\": true}");
  for (int round = 0; round < 5000; ++round) {
    std::string input;
    for (std::size_t count = random() % 12; count > 0; --count) input += pieces[random() % std::size(pieces)];
    const auto found = frames(input + "\r\n\r\n....." + good, 1 + random() % 40);
    INFO(input);
    REQUIRE_FALSE(found.empty());
    CHECK(found.back() == "{\"good\": true}");
  }
}

}  // namespace quaymaster::lsp
