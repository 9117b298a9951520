#include "rules/support/label_formats.h"

#include <string>
#include <string_view>
#include <vector>

#include "support/catch.h"

namespace quaymaster::tests {
namespace {

using rules::has_format;

void check(LabelFormat format, const std::vector<std::string_view>& right, const std::vector<std::string_view>& wrong) {
  INFO(to_string(format));
  for (const std::string_view value : right) {
    INFO(value);
    CHECK(has_format(value, format));
  }
  for (const std::string_view value : wrong) {
    INFO(value);
    CHECK_FALSE(has_format(value, format));
  }
}

TEST_CASE("formats of labels: versions") {
  check(LabelFormat::SemVer, {"0.0.0", "1.2.3", "1.2.3-rc.1", "1.2.3-0a", "1.2.3+001", "1.0.0-alpha+a-b.c"},
        {"", "1", "1.0", "v1.0.0", "01.0.0", "1.0.0-01", "1.0.0-", "1.0.0+", "1.0.0-a..b", "1.0.0.0", "1.0.x", "1..0"});
}

TEST_CASE("formats of labels: times") {
  check(
      LabelFormat::Rfc3339,
      {"2025-01-31T12:00:00Z", "2024-02-29t23:59:60.123+05:30", "2025-01-31 12:00:00-00:00", "0000-01-01T00:00:00z"},
      {"", "2025-01-31", "2025-01-31T12:00:00", "2025-02-29T12:00:00Z", "2025-13-01T12:00:00Z", "2025-01-31T24:00:00Z",
       "2025-01-31T12:00:00.Z", "2025-01-31T12:00:00+5:30", "2025-01-31T12:00:00Zx", "1900-02-29T00:00:00Z"});
}

TEST_CASE("formats of labels: licences") {
  check(LabelFormat::Spdx,
        {"MIT", "mit", "Apache-2.0", "GPL-2.0+", "LicenseRef-shop", "DocumentRef-a:LicenseRef-b",
         "(MIT OR Apache-2.0) AND BSD-3-Clause", "GPL-2.0-or-later WITH Classpath-exception-2.0",
         "((MIT)) or (ISC AND (0BSD))"},
        {"", "Apache 2", "MIT OR", "MIT AND AND ISC", "(MIT", "MIT)", "MIT Apache-2.0", "Proprietary", "MIT WITH MIT",
         "LicenseRef-", "OR", "Apache-2", "()", "MIT()"});
}

TEST_CASE("formats of labels: addresses and commits") {
  check(LabelFormat::Url,
        {"https://example.org", "http://a:80/b?c=d#e", "urn:isbn:1", "mailto:a@example.org", "file:///a"},
        {"", "example.org", "https:", "https://", "https:///a", "/a/b", "1a:b", "https://a b", "://a"});
  check(LabelFormat::Email, {"shop@example.org", "a.b+c@x-y.example.org"},
        {"", "shop", "shop@example", "@example.org", "a b@example.org", "a..b@example.org", ".a@example.org",
         "a.@example.org", "a@-x.org", "a@example.org."});
  check(LabelFormat::Hash,
        {"0a1b2c3", "0123456789abcdef0123456789abcdef01234567",
         "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"},
        {"", "0a1b2c", "HEAD", "0A1B2C3", "0123456789abcdef0123456789abcdef012345678", "g123456"});
  check(LabelFormat::Text, {"", "anything"}, {});
}

TEST_CASE("formats of labels: long values take no time") {
  const std::string many(100'000, '(');
  CHECK_FALSE(has_format(many + "MIT", LabelFormat::Spdx));
  CHECK_FALSE(has_format(std::string(100'000, 'a'), LabelFormat::Spdx));
  CHECK_FALSE(has_format(std::string(100'000, '.'), LabelFormat::SemVer));
}

}  // namespace
}  // namespace quaymaster::tests
