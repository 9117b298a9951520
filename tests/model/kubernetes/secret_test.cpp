#include "model/kubernetes/secret.h"

#include "support/catch.h"

namespace quaymaster::tests {
namespace {

using kubernetes::decode_base64;

TEST_CASE("base64 is decoded as the API server does") {
  CHECK(decode_base64("") == "");
  CHECK(decode_base64("YQ==") == "a");
  CHECK(decode_base64("YWI=") == "ab");
  CHECK(decode_base64("YWJj") == "abc");
  CHECK(decode_base64("YW\nJjZGVm\n") == "abcdef");
}

TEST_CASE("what is no base64 has no text") {
  for (const char* text : {"YQ", "YQ=", "YQ===", "Y", "YW=J", "tr0ub4dor!", "YW Jj", "_-_-"}) {
    INFO(text);
    CHECK(!decode_base64(text));
  }
}

}  // namespace
}  // namespace quaymaster::tests
