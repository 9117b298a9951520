#include "model/dockerfile/file.h"

#include <string>

#include "model/dockerfile/dump.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

using dockerfile::Context;
using dockerfile::File;

const Context& context_of_last(const File& file) { return *file.instructions.back().context; }

TEST_CASE("stages know their parents, what they read, and whether they ship") {
  const File file = model_of(
      "ARG V=1\n"
      "FROM golang:$V AS Build\n"
      "FROM build AS test\n"
      "FROM scratch AS unused\n"
      "FROM alpine:3 AS base\n"
      "FROM base\n"
      "COPY --from=build /a /a\n"
      "RUN --mount=type=bind,from=Unused,target=/x ls\n"
      "RUN --mount=type=bind,from=1,target=/x ls\n");
  REQUIRE(file.stages.size() == 5);
  CHECK(file.stages[0].name == "build");
  CHECK(file.stages[0].base.repository == "golang");
  CHECK(file.stages[0].base.tag == "1");
  CHECK(file.stages[1].parent == 0U);
  CHECK(file.stages[1].base.repository == "golang");
  CHECK(file.stages[4].parent == 3U);
  CHECK(file.stages[4].copies_from == std::vector<std::size_t>{0, 2});
  const bool ships[] = {false, false, false, true, true};
  const bool reachable[] = {true, false, true, true, true};
  for (std::size_t i = 0; i < file.stages.size(); ++i) {
    CHECK(file.stages[i].ships == ships[i]);
    CHECK(file.stages[i].reachable == reachable[i]);
  }
}

TEST_CASE("a build of a stage needs its parents, and what they copy from") {
  const File file = model_of(
      "FROM a AS one\nFROM b AS two\nCOPY --from=one x y\nFROM two AS three\nFROM c AS four\nCOPY --from=2 x y\n");
  CHECK(needed_stages(file.stages, 0) == std::vector<bool>{true, false, false, false});
  CHECK(needed_stages(file.stages, 2) == std::vector<bool>{true, true, true, false});
  CHECK(needed_stages(file.stages, 3) == std::vector<bool>{true, true, true, true});
  CHECK(needed_stages(file.stages, 4) == std::vector<bool>(4, false));
}

TEST_CASE("stages are found as FROM and COPY find them") {
  const File file = model_of("FROM a AS Base\nFROM base\nFROM Base\nFROM b AS base\nFROM 0\n");
  CHECK(file.stages[1].parent == 0U);
  CHECK_FALSE(file.stages[2].parent);  // FROM minds the case
  CHECK_FALSE(file.stages[4].parent);  // and knows no numbers
  CHECK(file.find_stage("BASE", 3) == 0U);
  CHECK(file.find_stage("BASE", 4) == 3U);
  CHECK(file.find_stage("base", 0) == std::nullopt);
  CHECK(file.find_stage("2", 3) == 2U);
  CHECK(file.find_stage("3", 3) == std::nullopt);
  CHECK(file.find_stage("", 3) == std::nullopt);
  CHECK(file.last_stage_called("Base") == 3U);
  CHECK(file.last_stage_called("none") == std::nullopt);
  CHECK(file.stage_of(0)->first == 0);
  CHECK(file.stage_of(3)->first == 3);
  CHECK(model_of("ARG A\nFROM a\n").stage_of(0) == nullptr);
}

TEST_CASE("what was meant to be a stage is no image") {
  struct Row {
    const char* instruction;
    bool stage;
  };
  const Row rows[] = {
      {"COPY --from=builder a b", true},
      {"COPY --from=BUILDER a b", true},
      {"COPY --from=bilder a b", true},
      {"COPY --from=7 a b", true},
      {"COPY --from=later a b", true},
      {"COPY --from=nginx a b", false},
      {"COPY --from=shop/builder a b", false},
      {"RUN --mount=from=bulider x", true},
      {"COPY a b", false},
  };
  for (const Row& row : rows) {
    INFO(row.instruction);
    const File file = model_of("FROM a AS builder\nFROM b\n" + std::string(row.instruction) + "\nFROM c AS later\n");
    CHECK(file.instructions[2].context->names_stage == row.stage);
  }
  CHECK(context_of_last(model_of("FROM a AS builder\nFROM bilder\n")).names_stage);
  CHECK_FALSE(context_of_last(model_of("FROM a AS ngin\nFROM nginx\n")).names_stage);
}

TEST_CASE("a file knows how its lines end") {
  CHECK(model_of("FROM a\nRUN x\n").line_ending == "\n");
  CHECK(model_of("FROM a").line_ending == "\n");
  CHECK(model_of("").line_ending == "\n");
  const File file = model_of("# c\r\nFROM a\r\nRUN x");
  CHECK(file.line_ending == "\r\n");
  CHECK(context_of_last(file).line_ending == "\r\n");
}

TEST_CASE("a stage knows its platform, when the file says it") {
  const File file = model_of(
      "ARG P=linux/arm64\nFROM --platform=$P a\nFROM --platform=$BUILDPLATFORM b\nFROM --platform=linux/amd64 c\nFROM "
      "d\n");
  CHECK(file.stages[0].platform == "linux/arm64");
  CHECK(file.stages[1].platform.empty());
  CHECK(file.stages[2].platform == "linux/amd64");
  CHECK(file.stages[3].platform.empty());
}

TEST_CASE("a context tells what came before") {
  const Context context = context_of_last(
      model_of("FROM node:22 AS a\nUSER app\nWORKDIR /srv\nWORKDIR x\nENV P=1\nFROM a\nARG Q=2\nRUN x\n"));
  CHECK(context.user == "app");
  CHECK(context.workdir == "/srv/x");
  CHECK(context.base_name == "node");
  CHECK(context.base_tag == "22");
  CHECK(context.final_stage);
  CHECK(context.ships);
  CHECK(find_variable(context.scope.get(), "P")->value == "1");
  CHECK(find_variable(context.scope.get(), "Q")->value == "2");
}

TEST_CASE("arguments do not cross a FROM, unless declared again") {
  const File file = model_of("ARG G=1\nFROM a\nARG S=2\nFROM b\nARG G\nRUN x\n");
  const Context& context = context_of_last(file);
  CHECK(find_variable(context.scope.get(), "G")->value == "1");
  CHECK(find_variable(context.scope.get(), "S") == nullptr);
}

TEST_CASE("a stage inherits the arguments of its parent") {
  const Context context = context_of_last(model_of("FROM a AS base\nARG V=1\nFROM base\nRUN x\n"));
  REQUIRE(find_variable(context.scope.get(), "V") != nullptr);
  CHECK(find_variable(context.scope.get(), "V")->value == "1");
}

TEST_CASE("SHELL and the base decide the dialect") {
  CHECK(context_of_last(model_of("FROM a\nRUN x\n")).dialect == shell::Dialect::Posix);
  CHECK(context_of_last(model_of("FROM a\nSHELL [\"pwsh\", \"-c\"]\nRUN x\n")).dialect == shell::Dialect::Other);
  CHECK(context_of_last(model_of("FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN x\n")).dialect ==
        shell::Dialect::Other);
  const Context bash =
      context_of_last(model_of("FROM a\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN x\n"));
  CHECK(bash.dialect == shell::Dialect::Posix);
  CHECK(bash.shell_pipefail);
}

TEST_CASE("an edit that does not change a context leaves the object the same") {
  dockerfile::FileModeler modeler;
  const auto parts = [](const File& file) {
    std::vector<dockerfile::FileModeler::Part> result;
    for (const auto& placed : file.instructions) result.push_back({placed.begin, placed.instruction});
    return result;
  };
  const File before = modeler.model(parts(model_of("FROM a\nENV A=1\nRUN x\nRUN y\n")), {}, '\\');
  const File after = modeler.model(parts(model_of("FROM a\nENV A=1\nRUN z\nRUN y\n")), {}, '\\');
  const File other = modeler.model(parts(model_of("FROM a\nENV A=2\nRUN z\nRUN y\n")), {}, '\\');
  CHECK(before.instructions.back().context == after.instructions.back().context);
  CHECK(before.instructions.back().context != other.instructions.back().context);
}

}  // namespace
}  // namespace quaymaster::tests
