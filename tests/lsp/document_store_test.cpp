#include "lsp/document_store.h"

#include <array>
#include <memory>
#include <random>

#include "model/surroundings.h"
#include "support/catch.h"
#include "text/utf8.h"

namespace quaymaster::lsp {
namespace {

constexpr std::string_view kUri = "file:///x/Dockerfile";

ContentChange replace(Position start, Position end, std::string text) { return {{{start, end}}, std::move(text)}; }

}  // namespace

TEST_CASE("changes of a text") {
  struct Case {
    const char* title;
    std::string before;
    std::vector<ContentChange> changes;
    std::optional<std::string> after;
  };
  const Case cases[] = {
      {"an insertion", "ab\ncd", {replace({1, 1}, {1, 1}, "X")}, "ab\ncXd"},
      {"a replacement over lines", "ab\ncd\nef", {replace({0, 1}, {2, 1}, "-")}, "a-f"},
      {"in the order given", "ab", {replace({0, 0}, {0, 0}, "1"), replace({0, 1}, {0, 2}, "2")}, "12b"},
      {"from the last to the first",
       "a\nb\nc",
       {replace({2, 0}, {2, 1}, "C"), replace({0, 0}, {0, 1}, "A")},
       "A\nb\nC"},
      {"lines that the change before made",
       "a",
       {replace({0, 1}, {0, 1}, "\nb\nc"), replace({2, 0}, {2, 1}, "C")},
       "a\nb\nC"},
      {"everything", "ab", {{std::nullopt, "new"}}, "new"},
      {"everything, then a part", "ab", {{std::nullopt, "new"}, replace({0, 0}, {0, 1}, "N")}, "New"},
      {"nothing", "ab", {}, "ab"},
      {"a column past the end of its line", "ab\ncd", {replace({0, 9}, {0, 9}, "!")}, "ab!\ncd"},
      {"the line behind the last", "ab", {replace({0, 2}, {1, 0}, "!")}, "ab!"},
      {"at the line behind the last", "ab", {replace({1, 0}, {1, 0}, "!")}, "ab!"},
      {"an end far behind the text", "ab\ncd", {replace({0, 0}, {4294967295U, 0}, "x")}, "x"},
      {"a begin behind the text", "ab", {replace({2, 0}, {2, 0}, "!")}, std::nullopt},
      {"an end before the begin", "ab", {replace({0, 2}, {0, 1}, "!")}, std::nullopt},
      {"carriage returns", "a\r\nb\rc", {replace({1, 0}, {2, 0}, "")}, "a\r\nc"},
      {"a line feed behind a carriage return",
       "a\rb\nc",
       {replace({1, 0}, {1, 0}, "\n"), replace({1, 0}, {1, 1}, "B")},
       "a\r\nB\nc"},
      {"utf-16 columns", "\xF0\x9F\x98\x80x", {replace({0, 2}, {0, 3}, "y")}, "\xF0\x9F\x98\x80y"},
  };
  for (const Case& item : cases) {
    INFO(item.title);
    CHECK(apply_changes(item.before, item.changes, PositionEncoding::Utf16) == item.after);
  }
}

TEST_CASE("changes of a text: several at once give what one by one gives") {
  std::mt19937 random(7);
  const std::string_view inserted[] = {"", "a", "\n", "\r", "\r\n", "\xC3\xA9", "\xF0\x9F\x98\x80", "x\ny\n"};
  for (int round = 0; round < 3000; ++round) {
    std::string text = "ab\ncd\r\n\xC3\xA9\xF0\x9F\x98\x80\nlast";
    std::optional<std::string> one_by_one = text;
    std::vector<ContentChange> changes;
    for (int i = 0; i < 4; ++i) {
      Position start{static_cast<std::uint32_t>(random() % 6), static_cast<std::uint32_t>(random() % 4)};
      Position end{start.line + static_cast<std::uint32_t>(random() % 2), static_cast<std::uint32_t>(random() % 4)};
      changes.push_back(replace(start, end, std::string(inserted[random() % std::size(inserted)])));
      if (one_by_one) one_by_one = apply_changes(*one_by_one, std::span(&changes.back(), 1), PositionEncoding::Utf16);
    }
    CHECK(apply_changes(text, changes, PositionEncoding::Utf16) == one_by_one);
    if (one_by_one) CHECK(is_utf8(*one_by_one));
  }
}

TEST_CASE("documents: snapshots are immutable, and known by decoded path") {
  DocumentStore store;
  const auto first = store.open("file:///x%20y/Dockerfile", "dockerfile", 1, "FROM a");
  CHECK(store.find("file:///x y/Dockerfile") == first);
  CHECK(first->uri == "file:///x%20y/Dockerfile");
  CHECK(first->path == "/x y/Dockerfile");

  const auto changes = std::vector{replace({0, 5}, {0, 6}, "b")};
  const auto [outcome, second] = store.change("file:///x y/Dockerfile", 2, changes, PositionEncoding::Utf16);
  CHECK(outcome == DocumentStore::Outcome::Changed);
  CHECK(first->text == "FROM a");
  CHECK(second->text == "FROM b");
  CHECK(second->version == 2);
  CHECK(second->uri == first->uri);
  CHECK(second->revision != first->revision);

  CHECK(store.close("file:///x y/Dockerfile"));
  CHECK_FALSE(store.close("file:///x y/Dockerfile"));
  CHECK(store.find("file:///x%20y/Dockerfile") == nullptr);
  CHECK(store.change("file:///x y/Dockerfile", 3, changes, PositionEncoding::Utf16).outcome ==
        DocumentStore::Outcome::NotOpen);
}

TEST_CASE("documents: out of step until the whole text is given") {
  DocumentStore store;
  store.open(std::string(kUri), "dockerfile", 1, "FROM a");
  const auto misfit = std::vector{replace({9, 0}, {9, 0}, "x")};
  const auto fitting = std::vector{replace({0, 0}, {0, 0}, "x")};
  const auto full = std::vector<ContentChange>{misfit[0], {std::nullopt, "FROM b"}, replace({0, 5}, {0, 6}, "c")};
  CHECK(store.change(kUri, 2, misfit, PositionEncoding::Utf16).outcome == DocumentStore::Outcome::OutOfStep);
  CHECK(store.find(kUri) == nullptr);
  CHECK(store.change(kUri, 3, fitting, PositionEncoding::Utf16).outcome == DocumentStore::Outcome::OutOfStep);
  const auto healed = store.change(kUri, 4, full, PositionEncoding::Utf16);
  REQUIRE(healed.outcome == DocumentStore::Outcome::Changed);
  CHECK(healed.document->text == "FROM c");
  CHECK(store.find(kUri) == healed.document);

  store.lose(kUri);
  CHECK(store.find(kUri) == nullptr);
  const auto again = store.open(std::string(kUri), "dockerfile", 1, "FROM a");
  CHECK(store.find(kUri) == again);
}

TEST_CASE("store: a document can be put into another context, and keeps it") {
  DocumentStore store;
  const auto around = std::make_shared<const Surroundings>();
  const DocumentSnapshot opened = store.open("file:///w/./a%20b", "x", 3, "text");
  CHECK(opened->file == "/w/a b");
  const DocumentSnapshot put = store.put_into(opened->key, {nullptr, around});
  REQUIRE(put);
  CHECK(put != opened);
  CHECK(put->revision != opened->revision);
  CHECK(put->version == 3);
  CHECK(put->text == "text");
  CHECK(store.find("file:///w/./a%20b") == put);
  CHECK(store.all() == std::vector<DocumentSnapshot>{put});
  CHECK(store.change("file:///w/./a%20b", 4, std::array{ContentChange{{}, "more"}}, PositionEncoding::Utf16)
            .document->context.surroundings == around);
  CHECK_FALSE(store.put_into("file:///y", {}));
  // One that is out of step has no snapshot; when it is whole again, the context is the one it was put into.
  store.lose("file:///w/./a%20b");
  CHECK_FALSE(store.put_into(opened->key, {}));
  CHECK(store.all().empty());
  CHECK_FALSE(store.change("file:///w/./a%20b", 5, std::array{ContentChange{{}, "whole"}}, PositionEncoding::Utf16)
                  .document->context.surroundings);
}

}  // namespace quaymaster::lsp
