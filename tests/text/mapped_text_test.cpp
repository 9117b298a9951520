#include "text/mapped_text.h"

#include "support/catch.h"

namespace quaymaster {
namespace {

// The file `RUN a \⏎  b\n"`: "a " at 4, "  b" at 8, and "\n" for the two characters at 11.
MappedText sample() {
  MappedText text("a ", 4);
  text.append("  b", 8);
  text.append_decoded("\n", {11, 13});
  return text;
}

TEST_CASE("mapped text is its pieces in a row", "[mapped_text]") {
  CHECK(sample().bytes() == "a   b\n");
  CHECK(sample().size() == 6);
  CHECK(MappedText().empty());
}

TEST_CASE("every part of mapped text knows its place in the file", "[mapped_text]") {
  struct Case {
    TextRange part;
    TextRange file;
    bool verbatim;
  };
  const Case c = GENERATE(Case{{0, 1}, {4, 5}, true},      // in the first piece
                          Case{{2, 5}, {8, 11}, true},     // all of the second
                          Case{{4, 5}, {10, 11}, true},    // its end
                          Case{{0, 5}, {4, 11}, false},    // over both
                          Case{{5, 6}, {11, 13}, false},   // decoded
                          Case{{4, 6}, {10, 13}, false},   // into the decoded one
                          Case{{2, 2}, {8, 8}, true},      // an empty part belongs to the piece behind it
                          Case{{5, 5}, {11, 11}, false},   // which is decoded here
                          Case{{6, 6}, {13, 13}, false});  // the end
  CAPTURE(c.part.begin, c.part.end);
  CHECK(sample().to_file(c.part) == c.file);
  CHECK(sample().verbatim(c.part) == c.verbatim);
}

TEST_CASE("parts outside of the text are cut off", "[mapped_text]") {
  CHECK(sample().to_file({4, 99}) == TextRange{10, 13});
  CHECK(sample().to_file({50, 99}) == TextRange{13, 13});
  CHECK_FALSE(sample().verbatim({4, 99}));
  CHECK(MappedText().to_file({0, 0}) == TextRange{0, 0});
  CHECK_FALSE(MappedText().verbatim({0, 0}));
}

TEST_CASE("verbatim pieces that touch in the file are one", "[mapped_text]") {
  MappedText text("ab", 3);
  text.append("cd", 5);
  CHECK(text == MappedText("abcd", 3));
  CHECK(text.verbatim({1, 3}));
}

TEST_CASE("a part of mapped text can be taken over", "[mapped_text]") {
  MappedText copy;
  copy.append(sample(), {1, 6});
  CHECK(copy.bytes() == "   b\n");
  CHECK(copy.to_file({0, 1}) == TextRange{5, 6});
  CHECK(copy.to_file({3, 4}) == TextRange{10, 11});
  CHECK(copy.to_file({4, 5}) == TextRange{11, 13});
}

TEST_CASE("empty pieces leave no trace", "[mapped_text]") {
  MappedText text = sample();
  text.append("", 40);
  text.append_decoded("", {40, 42});
  CHECK(text == sample());
}

TEST_CASE("shifting moves the places and not the bytes", "[mapped_text]") {
  const MappedText moved = sample().shifted(100);
  CHECK(moved.bytes() == sample().bytes());
  CHECK(moved.to_file({0, 6}) == TextRange{104, 113});
}

}  // namespace
}  // namespace quaymaster
