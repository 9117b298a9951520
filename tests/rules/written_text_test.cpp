#include "rules/support/written_text.h"

#include <string>
#include <string_view>

#include "support/catch.h"

namespace quaymaster::tests {

TEST_CASE("what sed writes is told from what it looks for") {
  struct Row {
    std::string_view script;
    std::string_view written;
  };
  const Row rows[] = {
      {"s/old/new/", "      new "},
      {"s|a\\|b|c|g", "       c  "},
      {"/NOPASSWD/d", "           "},
      {"/x/s/a/b/; s/c/d/", "       b       d "},
      {"$a some text", "   some text"},
      {"s/never ends", "            "},
      {"s/", "  "},
      {"", ""},
  };
  for (const Row& row : rows) {
    INFO(row.script);
    CHECK(rules::written_by_sed(row.script) == row.written);
  }
}

}  // namespace quaymaster::tests
