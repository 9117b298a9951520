#include <string>

#include "model/compose/interpolation.h"
#include "model/compose/ports.h"
#include "model/compose/volumes.h"
#include "model/compose/words.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

TEST_CASE("variables are interpolated as far as they are known") {
  const auto [text, result, variables] = GENERATE(table<std::string, std::string, std::string>({
      {"plain", "plain", ""},
      {"$$HOME $$", "$HOME $", ""},
      {"redis:${TAG}", "redis:${TAG}", "TAG? "},
      {"redis:$TAG-x", "redis:$TAG-x", "TAG? "},
      {"redis:${TAG:-7}", "redis:7", "TAG=7 "},
      {"redis:${TAG-7}", "redis:7", "TAG=7 "},
      {"${A:-}", "", "A= "},
      {"${A:-${B:-c}}", "c", "A=${B:-c} B=c "},
      {"${A:-x${B}}", "x${B}", "A=x${B} B? "},
      {"${A:?must be set}", "${A:?must be set}", "A! "},
      {"${A:+b}", "${A:+b}", "A? "},
      {"${A}${B:-}", "${A}", "A? B= "},
      // what Compose refuses
      {"cost $5", "cost $5", "malformed"},
      {"${", "${", "malformed"},
      {"${}", "${}", "malformed"},
      {"${A", "${A", "malformed"},
      {"${A!b}", "${A!b}", "malformed"},
      {"$", "$", "malformed"},
  }));
  CAPTURE(text);
  const compose::Interpolated read = compose::interpolate(MappedText(text, 0));
  CHECK(read.text.bytes() == result);
  CHECK(read.malformed == (variables == "malformed"));
  std::string list;
  bool known = !read.malformed;
  for (const compose::Variable& variable : read.variables) {
    known = known && variable.default_range;
    list += variable.name;
    list += variable.default_range ? "=" + std::string(slice(text, *variable.default_range))
            : variable.required    ? "!"
                                   : "?";
    list += " ";
  }
  CHECK(read.known == known);
  if (!read.malformed) CHECK(list == variables);
}

TEST_CASE("the text of a default knows its place") {
  const std::string text = "redis:${TAG:-7.2}-x";
  const compose::Interpolated read = compose::interpolate(MappedText(text, 100));
  REQUIRE(read.text.bytes() == "redis:7.2-x");
  CHECK(read.text.to_file({6, 9}) == TextRange{113, 116});
  CHECK(read.text.to_file({9, 11}) == TextRange{117, 119});
  CHECK(read.variables.front().range == TextRange{106, 117});
}

TEST_CASE("defaults nested beyond reason are refused") {
  std::string text;
  for (int i = 0; i < 1'000; ++i) text += "${A:-";
  CHECK(compose::interpolate(MappedText(text + std::string(1'000, '}'), 0)).malformed);
}

TEST_CASE("ports in short syntax") {
  const auto [text, result] = GENERATE(table<std::string, std::string>({
      {"80", "||80|tcp"},
      {"8080:80", "|8080|80|tcp"},
      {"127.0.0.1:8080:80/udp", "127.0.0.1|8080|80|udp"},
      {"127.0.0.1::80", "127.0.0.1||80|tcp"},
      {"3000-3005", "||3000-3005|tcp"},
      {"9090-9091:8080-8081", "|9090-9091|8080-8081|tcp"},
      {"[::1]:8080:80", "::1|8080|80|tcp"},
      {"[::]:80", "::||80|tcp"},
      {"::1:8080:80", "::1|8080|80|tcp"},
      {"6060:6060/udp", "|6060|6060|udp"},
      {"", "none"},
      {"http", "none"},
      {"a:80", "none"},
      {"80:", "none"},
      {"99999", "none"},
      {"${P}:80", "none"},
      {"[::1:80", "none"},
  }));
  CAPTURE(text);
  const std::optional<compose::ShortPort> port = compose::parse_port(text);
  CHECK((port ? port->host_ip + "|" + port->host + "|" + port->container + "|" + port->protocol : "none") == result);
}

TEST_CASE("mounts in short syntax") {
  const auto [text, result] = GENERATE(table<std::string, std::string>({
      {"/data", "|/data|"},
      {"db:/data", "db|/data|"},
      {"./x:/data:ro,z", "./x|/data|ro,z"},
      {"/data:ro", "|/data|ro"},
      {"C:\\x:/data", "C:\\x|/data|"},
      {"C:/x:/data:ro", "C:/x|/data|ro"},
      {"a:/x", "a|/x|"},
      {"${DIR:-./x}:/data", "${DIR:-./x}|/data|"},
      {"${DIR}:${TO}", "${DIR}|${TO}|"},
      {"/x:$TO", "/x|$TO|"},
      {"", "none"},
      {"a:b:c:d", "none"},
      {"a:", "none"},
  }));
  CAPTURE(text);
  const std::optional<compose::ShortVolume> volume = compose::parse_volume(text);
  const auto part = [&text = text](TextRange range) { return std::string(slice(text, range)); };
  CHECK((volume ? part(volume->source) + "|" + part(volume->target) + "|" + part(volume->mode) : "none") == result);
}

TEST_CASE("paths of the host and modes") {
  for (const char* path : {"./x", "../x", "/x", "~/x", "~", ".", "C:\\x", "\\\\server\\share"})
    CHECK(compose::is_host_path(path));
  for (const char* name : {"db", "db-data", "x/y", "", "C"}) CHECK_FALSE(compose::is_host_path(name));
  for (const char* mode : {"ro", "z,ro", "ro,z"}) CHECK(compose::is_read_only(mode));
  for (const char* mode : {"", "rw", "z", "roz"}) CHECK_FALSE(compose::is_read_only(mode));
}

TEST_CASE("a command in one string is split, and no shell reads it") {
  const auto [text, result] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"  a  b\nc ", "a|b|c|"},
      {"sh -c 'a && b'", "sh|-c|a && b|"},
      {"a \"b c\" d\\ e", "a|b c|d e|"},
      {"a \"b \\\" c\"", "a|b \" c|"},
      {"a '\\'", "a|\\|"},
      {"a'b'\"c\"", "abc|"},
      {"a && b", "a|&&|b|"},
      {"a ''", "a||"},
      {"a 'b", "a|b|"},
      {"a\\", "a\\|"},
  }));
  CAPTURE(text);
  std::string out;
  for (const shell::Word& word : compose::split_words(MappedText(text, 0))) out += word.text + "|";
  CHECK(out == result);
}

}  // namespace
}  // namespace quaymaster::tests
