#include "cli/markdown_text.h"

#include "support/catch.h"

namespace quaymaster::cli {
namespace {

constexpr std::string_view kPage =
    "<!-- Generated -->\n\n# Title\n\nOne two three four.\n\n- one two three\n\n"
    "| a table stays as it is |\n\n```sh\nthe code stays too <!-- a -->\n```\n";

TEST_CASE("text is broken at blanks, code and tables are not") {
  CHECK(markdown_for_terminal(kPage, Style(false), 10) ==
        "# Title\n\nOne two\nthree\nfour.\n\n- one two\n  three\n\n| a table stays as it is |\n\n"
        "```sh\nthe code stays too <!-- a -->\n```\n");
  CHECK(markdown_for_terminal("averylongword b\n", Style(false), 5) == "averylongword\nb\n");
  CHECK(markdown_for_terminal("漢字 漢字\n", Style(false), 8) == "漢字\n漢字\n");
}

TEST_CASE("without a width it stays as it is written") {
  CHECK(markdown_for_terminal(kPage, Style(false), 0) == kPage.substr(kPage.find('#')));
}

TEST_CASE("headings and code are set off by colours") {
  CHECK(markdown_for_terminal("# A\n```\n# b\n```\n", Style(true), 0) ==
        "\x1b[1m# A\x1b[0m\n\x1b[2m```\x1b[0m\n\x1b[1;36m# b\x1b[0m\n\x1b[2m```\x1b[0m\n");
}

}  // namespace
}  // namespace quaymaster::cli
