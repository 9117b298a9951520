#include "model/container/token_shapes.h"

#include <string>
#include <string_view>
#include <utility>

#include "support/catch.h"
#include "support/fixture.h"

namespace quaymaster::tests {
namespace {

constexpr std::string_view kKey =
    "MIICXAIBAAKBgQCxiQEUg+S3LmCUDVUaa6q1GM5+phvoL4UXkzr8aa1VZGJCWEEQualGonn5DmCN99NPIuQRZwMa8x";

std::vector<TextRange> ranges_in(std::string_view text) {
  std::vector<TextRange> ranges;
  for (const container::Token& token : container::find_tokens(text))
    if (!token.stand_in) ranges.push_back(token.range);
  return ranges;
}

TEST_CASE("tokens are found wherever they stand in a text") {
  for (const std::string_view marked :
       {"key=<|AKIAQ7PLMZ3XWRTY5KNB|>;", "\"<|ghp_q8Zr3TnWx5Lb7Kd9Yc1Vf2Gh4Jm6Ps0AeBtQ|>\"",
        "a\\n<|glpat-x7Kq2Wm9Zr4Tn8Yb1Lc5|>\\n", "<|xoxb-4821903375-Zq8mTr2LxKw|>",
        "-H 'X: <|AIzaSyC7q2Wm9Zr4Tn8Yb1Lc5Kd3Pf6Gh0JxVnE|>'",
        "<|npm_q8Zr3TnWx5Lb7Kd9Yc1Vf2Gh4Jm6Ps0AeBtQ|> and <|sk_live_q8Zr3TnWx5Lb7Kd9Yc1V|>",
        "postgres://shop:<|tr0ub4dor|>@db:5432/shop and redis://:<|tr0ub4dor|>@cache",
        "https://ci:<|tr%40ub4dor|>@git.shop.eu",
        "<|eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJzaG9wLXNlcnZlciJ9.q8Zr3TnWx5Lb7Kd9Yc1Vf2Gh4Jm6Ps0|>"}) {
    INFO(marked);
    const Fixture fixture(marked);
    CHECK(ranges_in(fixture.text) == fixture.ranges);
  }
}

TEST_CASE("a private key is pointed at by its first line, and known as a whole") {
  const std::string text =
      "x: |\n  -----BEGIN RSA PRIVATE KEY-----\n  " + std::string(kKey) + "\n  -----END RSA PRIVATE KEY-----\n";
  const std::vector<container::Token> tokens = container::find_tokens(text);
  REQUIRE(tokens.size() == 1);
  CHECK(slice(text, tokens.front().mark) == "-----BEGIN RSA PRIVATE KEY-----");
  CHECK(slice(text, tokens.front().range).find(kKey) != std::string_view::npos);
}

TEST_CASE("variables, patterns, samples and mentions are no tokens") {
  for (const std::string_view text : {"AKIAIOSFODNN7EXAMPLE",
                                      "AKIAXXXXXXXXXXXXXXXX",
                                      "XAKIAQ7PLMZ3XWRTY5KNB",
                                      "AKIAQ7PLMZ3XWRTY5KNB7",
                                      "ghp_short",
                                      "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                                      "npm_config_registry_that_is_long_enough_to_be_one",
                                      "postgres://shop:${DB_PASSWORD}@db",
                                      "postgres://shop:$DB_PASSWORD@db",
                                      "postgres://shop:%DB_PASSWORD%@db",
                                      "postgres://shop:<password>@db",
                                      "postgres://shop:****@db",
                                      "s#://[^:]*:[^@]*@#://#",
                                      "://.*:.*@",
                                      "https://shop.eu:8080/a@b",
                                      "git@git.shop.eu:api",
                                      "docker://alpine:3.20@sha256:0a1b",
                                      "grep -----BEGIN RSA PRIVATE KEY----- file",
                                      "-----BEGIN PUBLIC KEY-----\nMIIC",
                                      "eyJhbGciOiJIUzI1NiJ9.x.y",
                                      "-----BEGIN RSA PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----"}) {
    INFO(text);
    CHECK(ranges_in(text).empty());
  }
}

TEST_CASE("a word that stands for a password is known as such") {
  for (const std::string_view text :
       {"postgres://user:password@db", "https://ci:changeme@git.shop.eu", "https://ci:tr0ub4dor@www.example.com/",
        "postgres://shop:shop@localhost:5432/shop", "amqp://guest:guest@127.0.0.1"}) {
    INFO(text);
    const std::vector<container::Token> tokens = container::find_tokens(text);
    REQUIRE(tokens.size() == 1);
    CHECK(tokens.front().stand_in);
  }
}

TEST_CASE("large texts of nothing but beginnings take no time") {
  for (const std::string_view part : {"-----BEGIN PRIVATE KEY-----", "eyJ.", "://a:b", "AKIA ", "://@", "-"}) {
    std::string text;
    constexpr std::size_t kSize = 1U << 20U;
    while (text.size() < kSize) text += part;
    CHECK(container::find_tokens(text).size() < kSize);
  }
}

}  // namespace
}  // namespace quaymaster::tests
