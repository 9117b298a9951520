#include "model/dockerfile/container_view.h"

#include <string>

#include "model/dockerfile/dump.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

/// What starts in the last stage: the texts of ENTRYPOINT and CMD that are in force.
std::string start_of(const std::string& text) {
  const dockerfile::File file = model_of(text);
  shell::ScriptParser scripts;
  std::string out;
  for (const auto& start : stage_container(file, file.stages.size() - 1, scripts).start)
    out += start.text.source.text.bytes() + ";";
  return out;
}

TEST_CASE("ENTRYPOINT takes an inherited CMD out of force, and no other") {
  CHECK(start_of("FROM a\nCMD b\nENTRYPOINT c\n") == "c;b;");
  CHECK(start_of("FROM a AS x\nCMD b\nFROM x\nENTRYPOINT c\n") == "c;");
  CHECK(start_of("FROM a AS x\nCMD b\nFROM x\nENTRYPOINT c\nCMD d\n") == "c;d;");
  CHECK(start_of("FROM a AS x\nCMD b\nFROM x\nCMD d\nENTRYPOINT c\n") == "c;d;");
  CHECK(start_of("FROM a AS x\nENTRYPOINT c\nFROM x\nCMD d\n") == "c;d;");
  CHECK(start_of("FROM a\nCMD b\nCMD c\n") == "c;");
}

TEST_CASE("what no image can be called is no image, and what was meant to be a stage is built here") {
  const auto image_of = [](const std::string& text) {
    const dockerfile::File file = model_of(text);
    return image_use(*file.instructions.back().instruction, *file.instructions.back().context);
  };
  CHECK(image_of("FROM node:22\n")->reference.tag == "22");
  CHECK_FALSE(image_of("FROM node:\n"));
  CHECK_FALSE(image_of("FROM Node:22\n"));
  CHECK(image_of("ARG TAG=\nFROM node:$TAG\n"));
  CHECK(image_of("FROM a AS builder\nFROM b\nCOPY --from=bilder x y\n")->built);
  CHECK_FALSE(image_of("FROM a AS builder\nFROM b\nCOPY --from=nginx x y\n")->built);
}

}  // namespace
}  // namespace quaymaster::tests
