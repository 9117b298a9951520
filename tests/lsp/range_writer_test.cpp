#include "lsp/range_writer.h"

#include <random>

#include "support/catch.h"

namespace quaymaster::lsp {

TEST_CASE("ranges: any order gives what the line index gives") {
  Document document;
  for (int i = 0; i < 8; ++i)
    document.text +=
        "ab\xC3\xA9\xF0\x9F\x98\x80"
        "cd\r\n\nx\ry\r\r\n";
  document.lines = LineIndex(document.text);
  const auto expected = [&](std::uint32_t offset, PositionEncoding encoding) {
    const Position at = document.lines.position(document.text, offset, encoding);
    return Json{{"line", at.line}, {"character", at.character}};
  };
  // Findings begin and end between characters.
  std::vector<std::uint32_t> offsets;
  for (std::uint32_t i = 0; i <= document.text.size(); ++i)
    if (i == document.text.size() || (static_cast<unsigned char>(document.text[i]) & 0xC0) != 0x80)
      offsets.push_back(i);

  std::mt19937 random(3);
  for (const auto encoding : {PositionEncoding::Utf8, PositionEncoding::Utf16, PositionEncoding::Utf32}) {
    RangeWriter ranges(document, encoding);
    for (int round = 0; round < 3000; ++round) {
      const std::size_t begin = random() % offsets.size();
      const std::size_t end = begin + random() % (offsets.size() - begin);
      const Json json = ranges({offsets[begin], offsets[end]});
      INFO(offsets[begin] << ".." << offsets[end]);
      CHECK(json["start"] == expected(offsets[begin], encoding));
      CHECK(json["end"] == expected(offsets[end], encoding));
    }
  }
}

TEST_CASE("ranges: a thousand findings in one line of a megabyte are no matter") {
  Document document;
  document.text.assign(1'000'000, 'x');
  document.lines = LineIndex(document.text);
  RangeWriter ranges(document, PositionEncoding::Utf16);
  for (std::uint32_t i = 0; i < 100'000; ++i) {
    const Json json = ranges({i * 10, i * 10 + 5});
    if (json["end"]["character"] != i * 10 + 5) FAIL(i);
  }
  SUCCEED();
}

}  // namespace quaymaster::lsp
