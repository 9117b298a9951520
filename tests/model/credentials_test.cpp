#include "model/container/credentials.h"

#include <optional>
#include <string>
#include <string_view>

#include "support/catch.h"

namespace quaymaster::tests {
namespace {

using container::EnvironmentEntry;

EnvironmentEntry entry(std::string name, std::optional<std::string> value) {
  EnvironmentEntry result;
  result.name = std::move(name);
  result.value = std::move(value);
  return result;
}

TEST_CASE("names of variables that hold a secret") {
  for (const std::string_view name : {"PASSWORD",
                                      "DB_PASSWORD",
                                      "dbPassword",
                                      "db.password",
                                      "PGPASSWORD",
                                      "DBPASS",
                                      "MYSQL_ROOT_PASSWORD",
                                      "SMTP_PASS",
                                      "LDAP_PASSWORDS",
                                      "API_TOKEN",
                                      "openai_api_key",
                                      "APIKEY",
                                      "AWS_SECRET_ACCESS_KEY",
                                      "SECRET_KEY_BASE",
                                      "JWT_SECRET",
                                      "SSH_PRIVATE_KEY",
                                      "MEILI_MASTER_KEY",
                                      "APP_KEY",
                                      "DB_PASSWORD_2",
                                      "SIGNING_KEYS"}) {
    INFO(name);
    CHECK(container::names_credential(name));
  }
}

TEST_CASE("names that only speak of secrets, or of none") {
  for (const std::string_view name : {"",
                                      "_",
                                      "1",
                                      "POSTGRES_PASSWORD_FILE",
                                      "SECRET_PATH",
                                      "PASSWORD_MIN_LENGTH",
                                      "TOKEN_TTL",
                                      "API_KEY_RATE_LIMIT",
                                      "AWS_ACCESS_KEY_ID",
                                      "CABUNDLE_SECRET_NAME",
                                      "PUBLIC_KEY",
                                      "NEXT_PUBLIC_API_KEY",
                                      "GPG_KEY",
                                      "KEYWORD",
                                      "SITE_KEY",
                                      "TOKENIZER",
                                      "BYPASS",
                                      "COMPASS_HOST",
                                      "AUTHOR",
                                      "MONKEY",
                                      "PASSWORDLESS",
                                      "ENABLE_SECRET_ENCRYPTION",
                                      "ALLOW_EMPTY_PASSWORD"}) {
    INFO(name);
    CHECK_FALSE(container::names_credential(name));
  }
}

TEST_CASE("values that are secrets by their looks") {
  for (const std::string_view value :
       {"postgres://shop:hunter2@db:5432/shop", "amqp://guest:guest@rabbit", "AKIAABCDEFGHIJKLMNOP",
        "ghp_0123456789abcdefghijABCDEFGHIJ012345", "-----BEGIN RSA PRIVATE KEY-----\nMIIE",
        "-----BEGIN OPENSSH PRIVATE KEY-----"}) {
    INFO(value);
    CHECK(container::looks_like_credential(value));
  }
}

TEST_CASE("values that are not") {
  for (const std::string_view value :
       {"", "postgres://db:5432/shop", "postgres://shop@db/shop", "postgres://shop:${DB_PASSWORD}@db/shop",
        "postgres://shop:<password>@db/shop", "https://example.com/@user:name", "AKIA", "ghp_short",
        "-----BEGIN PUBLIC KEY-----", "-----BEGIN CERTIFICATE-----"}) {
    INFO(value);
    CHECK_FALSE(container::looks_like_credential(value));
  }
}

TEST_CASE("an entry writes a secret down when its value will be used as one") {
  CHECK(container::is_credential(entry("DB_PASSWORD", "hunter2")));
  CHECK(container::is_credential(entry("DB_PASSWORD", "changeme")));
  CHECK(container::is_credential(entry("DB_PASSWORD", "123")));
  CHECK(container::is_credential(entry("DATABASE_URL", "postgres://shop:hunter2@db/shop")));

  CHECK_FALSE(container::is_credential(entry("DB_PASSWORD", std::nullopt)));
  for (const std::string_view value :
       {"", "<password>", "[your password]", "{{ db_password }}", "true", "yes", "xxxx", "FAKE_FOR_TESTS",
        "placeholder", "****", "•••", "INSERT_PASSWORD", "/run/secrets/db", "$OTHER", "${OTHER}", "vault:db#password",
        "arn:aws:secretsmanager:eu-1", "https://login.example/token"}) {
    INFO(value);
    CHECK_FALSE(container::is_credential(entry("DB_PASSWORD", std::string(value))));
  }
  CHECK_FALSE(container::is_credential(entry("GREETING", "hunter2")));

  EnvironmentEntry from_default = entry("DB_PASSWORD", "hunter2");
  from_default.literal = false;
  CHECK_FALSE(container::is_credential(from_default));
  CHECK(container::holds_credential(from_default));
}

}  // namespace
}  // namespace quaymaster::tests
