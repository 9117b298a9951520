// Which images without a USER the preset `recommended` speaks of.
#include <algorithm>
#include <string>
#include <string_view>

#include "rules/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

bool is_recommended(std::string_view dockerfile) {
  const Analysis analysis = analyze("Dockerfile", dockerfile, {"recommended"});
  return std::ranges::any_of(analysis.diagnostics,
                             [](const Diagnostic& finding) { return finding.rule->name == "root-user"; });
}

TEST_CASE("an image that is a service has to have a user") {
  CHECK(is_recommended("FROM alpine:3.20\nCOPY server /\nEXPOSE 8080\nCMD [\"/server\"]\n"));
  CHECK(is_recommended("FROM alpine:3.20\nCOPY server /\nHEALTHCHECK CMD wget localhost\nENTRYPOINT [\"/server\"]\n"));
  CHECK(is_recommended("FROM node:22.11.0\nCOPY . .\nCMD node server.js\n"));
  CHECK(is_recommended(
      "FROM eclipse-temurin:21.0.5_11-jre\nCOPY app.jar /\nENTRYPOINT [\"java\", \"-jar\", \"/app.jar\"]\n"));
  CHECK(is_recommended("FROM nginx:1.27.2\nCOPY site /usr/share/nginx/html\n"));
}

TEST_CASE("an image that may be a tool need not") {
  CHECK(!is_recommended("FROM alpine:3.20\nCOPY lint /\nENTRYPOINT [\"/lint\"]\n"));
  CHECK(!is_recommended("FROM debian:12.8\nRUN apt-get install -y build-essential\nENTRYPOINT [\"/run-tests.sh\"]\n"));
  CHECK(!is_recommended("FROM php:8.4.1-cli\nCMD [\"php\", \"-a\"]\n"));
}

TEST_CASE("a server that gives root away has a reason for it") {
  CHECK(!is_recommended("FROM debian:12.8\nENV APACHE_RUN_USER=www-data\nEXPOSE 80\nCMD [\"apache2-foreground\"]\n"));
}

}  // namespace
}  // namespace quaymaster::tests
