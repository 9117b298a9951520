#include "model/dockerfile/run_mount.h"

#include <string>

#include "model/dockerfile/dump.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

/// "key=value key …", with "!" at the end where the quotes are bad.
std::string fields_of(const std::string& flags) {
  const dockerfile::File file = model_of("RUN " + flags + " make\n");
  std::string out;
  for (const dockerfile::RunMount& mount : run_mounts(*file.instructions.front().instruction->as<dockerfile::Run>())) {
    if (!out.empty()) out += "| ";
    for (const dockerfile::MountField& field : mount.fields)
      out += field.key.string() + (field.value ? "=" + field.value->string() : "") + " ";
    if (mount.bad_quote) out += "!";
  }
  return out;
}

TEST_CASE("the fields of a mount are those of a CSV record") {
  struct Row {
    const char* flags;
    const char* fields;
  };
  const Row rows[] = {
      {"--mount=type=cache,target=/a", "type=cache target=/a "},
      {"--mount=type=ssh,required --mount=target=.", "type=ssh required | target=. "},
      {"--mount=a=b=c,d=", "a=b=c d= "},
      {"--mount=a,,b,", "a  b  "},
      {"--mount=", " "},
      {"--mount", ""},
      {"--network=none", ""},
      {R"(--mount=type=bind,\"target=/a,b\")", "type=bind target=/a,b "},
      {R"(--mount=\"a=\"\"b\"\"\")", "a=\"b\" "},
      {R"(--mount=a=\"b)", "!"},
      {R"(--mount=a,\"b)", "a !"},
      {R"(--mount=\"a\"b)", "!"},
  };
  for (const Row& row : rows) {
    INFO(row.flags);
    CHECK(fields_of(row.flags) == row.fields);
  }
}

TEST_CASE("fields know their places, over lines too") {
  const std::string text = "RUN --mount=type=cache,\\\ntarget=/a,, make\n";
  const dockerfile::File file = model_of(text);
  const auto mounts = run_mounts(*file.instructions.front().instruction->as<dockerfile::Run>());
  REQUIRE(mounts.size() == 1);
  REQUIRE(mounts[0].fields.size() == 4);
  const auto at = [&](TextRange range) { return text.substr(range.begin, range.size()); };
  CHECK(at(mounts[0].fields[1].range) == "target=/a");
  CHECK(at(mounts[0].fields[1].key.range) == "target");
  CHECK(at(mounts[0].fields[1].value->range) == "/a");
  CHECK(at(mounts[0].fields[2].range) == ",");
  const dockerfile::MountField* target = mounts[0].field({"target", "dst"});
  REQUIRE(target != nullptr);
  CHECK(target == &mounts[0].fields[1]);
  CHECK(mounts[0].field({"from"}) == nullptr);
}

}  // namespace
}  // namespace quaymaster::tests
