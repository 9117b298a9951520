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
