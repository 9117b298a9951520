#include "model/kubernetes/names.h"

#include <string>

#include "support/catch.h"

namespace quaymaster::tests {
namespace {

TEST_CASE("names of objects are DNS names") {
  CHECK(kubernetes::is_dns_label("web-1"));
  CHECK(kubernetes::is_dns_label(std::string(63, 'a')));
  for (const std::string name : {"", "-web", "web-", "Web", "web_1", "web.1", "w b"}) {
    CAPTURE(name);
    CHECK_FALSE(kubernetes::is_dns_label(name));
  }
  CHECK_FALSE(kubernetes::is_dns_label(std::string(64, 'a')));
  CHECK(kubernetes::is_dns_subdomain("web.example.com"));
  CHECK_FALSE(kubernetes::is_dns_subdomain("web..com"));
  CHECK_FALSE(kubernetes::is_dns_subdomain(".web"));
  CHECK_FALSE(kubernetes::is_dns_subdomain("web."));
  CHECK(kubernetes::is_path_segment("system:Web_1"));
  CHECK_FALSE(kubernetes::is_path_segment("a/b"));
  CHECK_FALSE(kubernetes::is_path_segment(".."));
}

TEST_CASE("labels have keys with a prefix, and values that may be empty") {
  CHECK(kubernetes::is_label_key("app"));
  CHECK(kubernetes::is_label_key("app.kubernetes.io/Name_1"));
  for (const std::string key : {"", "/app", "a/", "a/b/c", "Example.com/app", "the app", "app-"}) {
    CAPTURE(key);
    CHECK_FALSE(kubernetes::is_label_key(key));
  }
  CHECK(kubernetes::is_label_value(""));
  CHECK(kubernetes::is_label_value("A.b-c_1"));
  CHECK_FALSE(kubernetes::is_label_value("a/b"));
  CHECK_FALSE(kubernetes::is_label_value("_a"));
  CHECK_FALSE(kubernetes::is_label_value(std::string(64, 'a')));
}

}  // namespace
}  // namespace quaymaster::tests
