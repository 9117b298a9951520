#include "analysis/shellcheck/shell_texts.h"

#include <string>
#include <vector>

#include "rules/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

using shellcheck::Position;
using shellcheck::shell_texts;
using shellcheck::ShellText;

std::vector<ShellText> texts_of(std::string_view dockerfile) {
  return shell_texts(analyze("Dockerfile", dockerfile, {"floating-image-tag"}));
}

/// "bash: make all|sh: ls": the shells, and what stands behind the preamble.
std::string listed(const std::vector<ShellText>& texts) {
  std::string out;
  for (const ShellText& text : texts) {
    const std::string script = text.script();
    std::string body = script.substr(text.preamble.size() + 1);
    body.pop_back();
    out += (out.empty() ? "" : "|") + text.shell + ": " + body;
  }
  return out;
}

TEST_CASE("shell texts: what each shell receives") {
  struct Row {
    std::string dockerfile;
    std::string expected;
  };
  const std::vector<Row> rows = {
      {"FROM a\nRUN make \\\n    all\n", "sh: make     all"},
      {"FROM a\nRUN make \\\n  # why\n  all\nONBUILD RUN ls\n", "sh: make   all|sh: ls"},
      {"FROM a\nRUN [\"make\", \"all\"]\nCMD make\nRUN\n", ""},
      {"FROM a\nSHELL [\"/bin/bash\", \"-c\"]\nRUN a\nSHELL [\"/bin/ash\", \"-c\"]\nRUN b\n", "bash: a|dash: b"},
      {"FROM a AS x\nSHELL [\"/bin/bash\", \"-c\"]\nFROM x\nRUN a\nFROM b\nRUN c\n", "bash: a|sh: c"},
      {"FROM a\nSHELL [\"/bin/zsh\", \"-c\"]\nRUN a\nSHELL [\"powershell\"]\nRUN b\n", ""},
      {"FROM a\nRUN <<EOF\nmake\nls\nEOF\n", "sh: make\nls\n"},
      {"FROM a\nRUN <<EOF\n#!/usr/bin/env -S bash -e\nmake\nEOF\n", "bash: make\n"},
      {"FROM a\nRUN <<EOF\n#!/usr/bin/python3\nprint(1)\nEOF\n", ""},
  };
  for (const Row& row : rows) {
    INFO(row.dockerfile);
    CHECK(listed(texts_of(row.dockerfile)) == row.expected);
  }
  CHECK(shell_texts(analyze("compose.yaml", "services:\n  a:\n    image: b\n", {"floating-image-tag"})).empty());
}

TEST_CASE("shell texts: the variables of the Dockerfile are declared") {
  const auto texts =
      texts_of("FROM a\nARG VERSION\nENV HOME_OF=/a odd-name=b unused=c\nRUN ls $VERSION ${HOME_OF} odd-name\n");
  REQUIRE(texts.size() == 1);
  const std::string& preamble = texts.front().preamble;
  CHECK(preamble.starts_with("export "));
  for (const std::string name : {"VERSION", "HOME_OF", "http_proxy"}) {
    INFO(name);
    CHECK(preamble.find(" " + name + "=\"${" + name + "-}\"") != std::string::npos);
  }
  CHECK(preamble.find("odd") == std::string::npos);
  CHECK(preamble.find("unused") == std::string::npos);
  CHECK(preamble.find('\n') == std::string::npos);
}

TEST_CASE("shell texts: places that ShellCheck names") {
  const auto texts = texts_of("FROM a\nRUN <<EOF\n#!/bin/sh\n\té $a\nb\nEOF\n");
  REQUIRE(texts.size() == 1);
  const ShellText& text = texts.front();
  const std::string& bytes = text.source.text.bytes();
  const auto at = [&](std::uint32_t line, std::uint32_t column) { return text.offset({line, column}); };
  CHECK(!at(1, 3));
  CHECK(at(2, 1) == bytes.find('\t'));
  CHECK(at(2, 4) == bytes.find('$'));  // a tab is one column, and so is a character of two bytes
  CHECK(at(3, 1) == bytes.find("b\n", bytes.find('$')));
  CHECK(at(2, 99) == bytes.find('\n', bytes.find('$')));
  CHECK(at(99, 1) == bytes.size());
}

}  // namespace
}  // namespace quaymaster::tests
