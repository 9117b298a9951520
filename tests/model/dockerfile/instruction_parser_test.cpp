#include "model/dockerfile/instruction_parser.h"

#include <optional>
#include <string>

#include "model/dockerfile/dump.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

struct Row {
  const char* text;
  const char* model;
};

void check_rows(const auto& rows) {
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(dump_instructions(row.text) == std::string(row.model) + "\n");
  }
}

TEST_CASE("instructions are split as the builder splits them") {
  const Row rows[] = {
      {"FROM a AS b\n", "FROM <a> <AS> <b>"},
      {"from --platform=$BUILDPLATFORM a\n", "FROM <a> --platform=$BUILDPLATFORM"},
      {"FROM a # b\n", "FROM <a> <#> <b>"},
      {"RUN ec\\\nho hi\n", "RUN <echo hi>"},
      {"RUN x \\\n     y\n", "RUN <x      y>"},
      {"RUN x \\\n  # c1\n\n# c2 \\\n  && y\n", "RUN <x   && y>"},
      {"RUN --mount=type=cache,target=/x --network=none y\n", "RUN <y> --mount=type=cache,target=/x --network=none"},
      {"RUN --mount=type=cache,\\\ntarget=/x \\\n  y\n", "RUN <y> --mount=type=cache,target=/x"},
      {"RUN [\"a\", \"b\\u0041\\n\"]\n", "RUN JSON <a> <bA\n>"},
      {"RUN [ -f x ] && y\n", "RUN <[ -f x ] && y>"},
      {"CMD [\"a\", \\\n  # c\n  \"b\"]\n", "CMD JSON <a> <b>"},
      {"CMD ['a']\n", "CMD <['a']>"},
      {"CMD\n", "CMD"},
      {"ENTRYPOINT []\n", "ENTRYPOINT JSON"},
      {"ENV A=1 B=\"x y\" C= D=a\\ b\n", "ENV A=<1> B=<\"x y\"> C=<> D=<a\\ b>"},
      {"ENV A b c=\"d e\"\n", "ENV legacy A=<b c=\"d e\">"},
      {"ENV A \\\n  b \\\n  c\n", "ENV legacy A=<b   c>"},
      {"LABEL a.b-c/d=1 \"k k\"=\"v\"\n", "LABEL a.b-c/d=<1> \"k k\"=<\"v\">"},
      {"LABEL maintainer \"A B\"\n", "LABEL legacy maintainer=<\"A B\">"},
      {"ARG A B=1\n", "ARG A B=<1>"},
      {"COPY --from=x --chown=1:2 a b /c/\n", "COPY <a> <b> -> </c/> --from=x --chown=1:2"},
      {"COPY [\"a b\", \"c d/\"]\n", "COPY JSON <a b> -> <c d/>"},
      {"ADD x\n", "ADD <x>"},
      {"EXPOSE 80 443/tcp $P\n", "EXPOSE <80> <443/tcp> <$P>"},
      {"VOLUME /a /b\n", "VOLUME </a> </b>"},
      {"VOLUME [\"/a b\"]\n", "VOLUME JSON </a b>"},
      {"USER a:b c\n", "USER <a:b c>"},
      {"WORKDIR /a b\n", "WORKDIR </a b>"},
      {"MAINTAINER A <c>\n", "MAINTAINER <A <c>>"},
      {"HEALTHCHECK --interval=5s CMD [\"a\"]\n", "HEALTHCHECK <CMD> JSON <a> --interval=5s"},
      {"HEALTHCHECK CMD --interval=5s x\n", "HEALTHCHECK <CMD> <--interval=5s x>"},
      {"HEALTHCHECK none\n", "HEALTHCHECK <none>"},
      {"ONBUILD COPY --from=x a /b\n", "ONBUILD {COPY <a> -> </b> --from=x}"},
      {"SHELL [\"sh\", \"-c\"]\n", "SHELL JSON <sh> <-c>"},
      {"FOO bar\n", "?FOO"},
      {"RU\n", "?RU"},
      {"# escape=`\nRUN a `\n  b\n", "RUN <a   b>"},
      {"# escape=`\nCOPY x C:\\dir\\\n", "COPY <x> -> <C:\\dir\\>"},
      {"RUN a \\\r\n  b\r\n", "RUN <a   b>"},
      {"\xEF\xBB\xBF"
       "FROM a\n",
       "FROM <a>"},
      {"RUN x", "RUN <x>"},
      {"RUN x \\", "RUN <x>"},
  };
  check_rows(rows);
}

TEST_CASE("what a shell receives with heredocs") {
  const Row rows[] = {
      {"RUN <<EOF\necho a\nEOF\n", "RUN <echo a\n> heredoc(EOF)"},
      {"RUN <<-'EOF'\n\techo a\n\tEOF\n", "RUN <echo a\n> heredoc(EOF noexpand chomp)"},
      {"RUN cat <<EOF > f\nx\nEOF\n", "RUN <cat <<EOF > f\nx\nEOF> heredoc(EOF)"},
      {"RUN <<EOF cat > f\nx\nEOF\n", "RUN < cat > f <<EOF\nx\nEOF> heredoc(EOF)"},
      {"RUN <<EOF cat > f && y\nx\nEOF\n", "RUN < cat > f && y> heredoc(EOF)"},
      {"COPY <<A <<B /d/\n1\nA\n2\nB\n", "COPY <<<A> <<<B> -> </d/> heredoc(A) heredoc(B)"},
  };
  check_rows(rows);
}

TEST_CASE("half-typed instructions are smaller values") {
  const Row rows[] = {
      {"FROM \n", "FROM"},
      {"FROM a AS\n", "FROM <a> <AS>"},
      {"COPY --from=\n", "COPY --from="},
      {"COPY --\n", "COPY"},
      {"ENV A\n", "ENV legacy A"},
      {"ENV A=${\n", "ENV A=<${>"},
      {"CMD [\"a\n", "CMD <[\"a>"},
      {"LABEL a=\"b\n", "LABEL a=<\"b>"},
      {"ONBUILD\n", "ONBUILD {}"},
      {"HEALTHCHECK --interval=\n", "HEALTHCHECK --interval="},
  };
  check_rows(rows);
}

const dockerfile::Instruction& first_of(const dockerfile::File& file) { return *file.instructions.front().instruction; }

TEST_CASE("a keyword that a continuation splits is the keyword") {
  const dockerfile::File file = model_of("FR\\\nOM a\n");
  CHECK(first_of(file).as<dockerfile::From>() != nullptr);
  CHECK(first_of(file).statement().keyword_text == "FROM");
  CHECK(first_of(file).statement().keyword == TextRange{0, 6});
}

TEST_CASE("all that stands behind the flags is kept as one text") {
  struct ArgumentsRow {
    const char* text;
    const char* arguments;
    TextRange range;
  };
  const ArgumentsRow rows[] = {
      {"COPY --link  a  b \n", "a  b", {13, 17}},
      {"COPY -- --odd b\n", "--odd b", {8, 15}},
      {"CMD [\"a\", 1]\n", "[\"a\", 1]", {4, 12}},
      {"ENV A=1 \\\n  # c\n\n  b\n", "A=1   b", {4, 20}},
      {"RUN <<EOF\nx\nEOF\n", "<<EOF", {4, 9}},
      {"HEALTHCHECK --retries=1 CMD x\n", "CMD x", {24, 29}},
      {"WORKDIR --x\n", "", {11, 11}},
      {"RUN\n", "", {3, 3}},
      {"FOO bar\n", "bar", {4, 7}},
  };
  for (const ArgumentsRow& row : rows) {
    INFO(row.text);
    const dockerfile::File file = model_of(row.text);
    CHECK(first_of(file).statement().arguments.string() == row.arguments);
    CHECK(first_of(file).statement().arguments.range == row.range);
  }
  const dockerfile::File file = model_of("ONBUILD COPY --link a b\n");
  CHECK(first_of(file).as<dockerfile::Onbuild>()->inner->statement().arguments.string() == "a b");
}

TEST_CASE("a heredoc without an end is noted, and has no body") {
  struct OpenRow {
    const char* text;
    std::optional<TextRange> marker;
  };
  const OpenRow rows[] = {
      {"RUN <<EOF\nx\n", TextRange{4, 9}},         {"RUN cat <<A <<B\nx\nA\ny\n", TextRange{8, 15}},
      {"COPY <<EOF /x\nEOF \n", TextRange{5, 10}}, {"RUN <<EOF\nx\nEOF\n", std::nullopt},
      {"RUN <<EOF\nx\nEOF", std::nullopt},         {"CMD <<EOF\nx\n", std::nullopt},
      {"ONBUILD RUN <<EOF\n", TextRange{12, 17}},
  };
  for (const OpenRow& row : rows) {
    INFO(row.text);
    CHECK(first_of(model_of(row.text)).open_heredoc == row.marker);
  }
}

TEST_CASE("the body that the builder expands is kept") {
  const auto body = [](const char* text) {
    const dockerfile::File file = model_of(text);
    return first_of(file).as<dockerfile::Copy>()->heredocs.front().body.bytes();
  };
  CHECK(body("COPY <<EOF /x\n$A\nEOF\n") == "$A\n");
  CHECK(body("COPY <<-EOF /x\n\t$A\n\tEOF\n") == "$A\n");
  CHECK(body("COPY <<'EOF' /x\n$A\nEOF\n").empty());
}

TEST_CASE("a line that fills the builder's buffer is noted") {
  const std::string longest = "RUN " + std::string(65'530, 'x') + "\n";
  CHECK_FALSE(first_of(model_of(longest)).overlong_line);
  CHECK_FALSE(first_of(model_of("RUN y \\\n" + longest)).overlong_line);
  CHECK(first_of(model_of("RUN y \\\nx" + longest)).overlong_line == TextRange{8, 8 + 65'535});
}

}  // namespace
}  // namespace quaymaster::tests
