#include "features/document.h"

#include <algorithm>
#include <utility>

#include "rules/support.h"

namespace quaymaster::tests {

Document::Document(std::string_view path, std::string_view marked)
    : fixture(marked), analysis(analyze(path, fixture.text, {"floating-image-tag"})) {}

std::string marked(std::string_view text, std::vector<TextRange> ranges) {
  std::ranges::sort(ranges);
  std::string out;
  std::uint32_t at = 0;
  for (const TextRange range : ranges) {
    out += std::string(slice(text, {at, range.begin})) + "<|" + std::string(slice(text, range)) + "|>";
    at = range.end;
  }
  return out + std::string(text.substr(at));
}

std::string without_cursor(std::string_view text) {
  std::string out(text);
  if (const std::size_t at = out.find("<|>"); at != std::string::npos) out.erase(at, 3);
  return out;
}

std::vector<std::string> hostile_texts() {
  std::string deep = "a: ";
  for (int i = 0; i < 2000; ++i) deep += "[";
  std::string nested = "FROM a\nRUN echo ";
  for (int i = 0; i < 3000; ++i) nested += "$(\"${x:-`";
  return {"",
          std::string("\0\0", 2),
          "\xEF\xBB\xBF"
          "FROM a AS b\r\nFROM b\r\nCOPY --from=b / /",
          "FROM",
          "FROM \\",
          "FROM a AS",
          "FROM a AS b\nCOPY --from= . .\nCOPY --from",
          "FROM $",
          "ARG\nENV\nARG =\nENV =1 a=$\nFROM ${",
          "FROM a\nENV \xFF=\xFE A=\xF0\x9F\x9A\xA2 B=${A\nRUN echo ${A} \xF0\x9F\x9A\xA2 $A",
          "FROM a\nRUN <<EOF\necho $A\n",
          "FROM a\nARG A\nRUN <<A <<B\n$A\nA\n$A\nB\n",
          "FROM a\nRUN [\"sh\", \"-c\", \"echo $A",
          "FROM a\nONBUILD\nONBUILD ONBUILD RUN\nONBUILD ARG X",
          "# region\n# endregion\n# endregion\n#region\n",
          nested,
          deep,
          "services:\n  web:\n    image: &a b\n    depends_on: [*a, *b, \n",
          "services:\n  ? [a, b]\n  : x\n  \"\": {image: x}\n  <<: *x\nservices: 1\n",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: }\nspec: {containers: [{name: a}, 1, ~]}\n---\n---\nkind",
          "a: &a [*a]\n? &k k\n: *k\n"};
}

}  // namespace quaymaster::tests
