#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/compose/compose.h"
#include "model/dockerfile/container_view.h"
#include "model/dockerfile/dump.h"
#include "model/kubernetes/kubernetes.h"
#include "model/yaml/support.h"
#include "support/catch.h"
#include "support/fixture.h"

/// Where words of commands stand in files of every format, and what the file is after one was replaced.
namespace quaymaster::tests {
namespace {

constexpr std::string_view kRefused = "(refused)";

/// A shell text with the place that its ranges are relative to.
struct Located {
  shell::Text text;
  std::uint32_t begin = 0;
};

void add(std::vector<Located>& texts, const container::Container& container) {
  for (const container::StartCommand& start : container.start) texts.push_back({start.text, 0});
  for (const container::HealthCheck& check : container.health)
    if (check.command) texts.push_back({*check.command, 0});
}

std::vector<Located> dockerfile_texts(std::string_view text) {
  shell::ScriptParser scripts;
  std::vector<Located> texts;
  for (const auto& [begin, instruction, context] : model_of(text).instructions) {
    if (const auto* run = instruction->as<dockerfile::Run>())
      texts.push_back({dockerfile::run_text(*run, *context, scripts), begin});
    if (const auto start = dockerfile::start_command(*instruction, *context, scripts))
      texts.push_back({start->text, begin});
    if (const auto check = dockerfile::health_check(*instruction, *context, scripts))
      if (check->command) texts.push_back({*check->command, begin});
  }
  return texts;
}

std::vector<Located> compose_texts(std::string_view text) {
  shell::ScriptParser scripts;
  std::vector<Located> texts;
  for (const compose::Service& service : compose::model(parse_yaml(text), scripts).services)
    add(texts, service.container);
  return texts;
}

std::vector<Located> pod_texts(std::string_view text) {
  shell::ScriptParser scripts;
  std::vector<Located> texts;
  for (const kubernetes::Workload& workload : kubernetes::model(parse_yaml(text), scripts).workloads)
    for (const kubernetes::PodContainer& container : workload.containers) add(texts, container.container);
  return texts;
}

std::vector<Located> texts_of(std::string_view text) {
  if (text.starts_with("services:")) return compose_texts(text);
  return text.starts_with("apiVersion:") ? pod_texts(text) : dockerfile_texts(text);
}

struct Found {
  std::vector<TextRange> ranges;
  std::string edited;  ///< after the first one was replaced
};

/// The places of the programs called "curl".
Found find_curl(const std::string& file, std::string_view replacement) {
  Found found;
  for (const Located& located : texts_of(file)) {
    for (const shell::Command& command : located.text.script->commands) {
      const shell::Word& word = command.words.front();
      if (word.text != "curl") continue;
      found.ranges.push_back(located.text.in_file(word.range).shifted(located.begin));
      if (found.ranges.size() > 1) continue;
      std::optional<Edit> edit = located.text.edit(word.range, replacement);
      if (edit) edit->range = edit->range.shifted(located.begin);
      found.edited = edit ? apply_edits(file, std::vector{*edit}) : std::string(kRefused);
    }
  }
  return found;
}

struct Row {
  std::string_view marked;
  std::string_view replacement;
  std::string_view edited;
};

void check(const Row& row) {
  CAPTURE(row.marked);
  const Fixture fixture(row.marked);
  const Found found = find_curl(fixture.text, row.replacement);
  CHECK(found.ranges == fixture.ranges);
  CHECK(found.edited == row.edited);
}

TEST_CASE("places in a Dockerfile", "[shell][places]") {
  check(GENERATE(
      Row{"FROM a\nRUN x && <|curl|> -f y\n", "w \"$z\"", "FROM a\nRUN x && w \"$z\" -f y\n"},
      Row{"FROM a\nRUN x \\\n # it's\n\n   && <|curl|> \\\n # b\n   -f\n", "wget",
          "FROM a\nRUN x \\\n # it's\n\n   && wget \\\n # b\n   -f\n"},
      Row{"FROM a\r\nRUN x \\\r\n# c\r\n && <|curl|> -f\r\n", "wget", "FROM a\r\nRUN x \\\r\n# c\r\n && wget -f\r\n"},
      Row{"# escape=`\nFROM a\nRUN x `\n && <|curl|>\n", "wget", "# escape=`\nFROM a\nRUN x `\n && wget\n"},
      Row{"FROM a\nRUN x && <|cu\\\nrl|> y\n", "wget", kRefused},
      Row{"FROM a\nRUN [\"<|curl|>\", \"-f\"]\n", "a\"b", "FROM a\nRUN [\"a\\\"b\", \"-f\"]\n"},
      Row{"FROM a\nCMD [\"sh\", \"-c\", \"x \\\"y\\\"; <|curl|> z\"]\n", "a \"b\"",
          "FROM a\nCMD [\"sh\", \"-c\", \"x \\\"y\\\"; a \\\"b\\\" z\"]\n"},
      Row{"FROM a\nCMD [\"sh\", \\\n  \"-c\", \\\n  \"<|curl|> z\"]\n", "wget",
          "FROM a\nCMD [\"sh\", \\\n  \"-c\", \\\n  \"wget z\"]\n"},
      Row{"FROM a\nRUN bash -c 'x; <|curl|> z'\n", "a \"b\"", "FROM a\nRUN bash -c 'x; a \"b\" z'\n"},
      Row{"FROM a\nRUN bash -c 'x; <|curl|> z'\n", "it's", kRefused},
      Row{"FROM a\nRUN bash -c \"x; <|curl|> z\"\n", "a \"$b\"", "FROM a\nRUN bash -c \"x; a \\\"\\$b\\\" z\"\n"},
      Row{"FROM a\nRUN eval \"<|curl|> z\"\n", "wget", "FROM a\nRUN eval \"wget z\"\n"},
      Row{"FROM a\nENTRYPOINT exec <|curl|> z\n", "wget", "FROM a\nENTRYPOINT exec wget z\n"},
      Row{"FROM a\nHEALTHCHECK CMD <|curl|> -f x || exit 1\n", "wget",
          "FROM a\nHEALTHCHECK CMD wget -f x || exit 1\n"}));
}

TEST_CASE("places in here-documents", "[shell][places]") {
  check(GENERATE(
      Row{"FROM a\nRUN <<EOF\nset -e\n  <|curl|> x\nEOF\n", "a 'b'", "FROM a\nRUN <<EOF\nset -e\n  a 'b' x\nEOF\n"},
      Row{"FROM a\nRUN <<-EOF\n\t\t<|curl|> x\n\tEOF\nRUN <|curl|>\n", "wget",
          "FROM a\nRUN <<-EOF\n\t\twget x\n\tEOF\nRUN curl\n"},
      Row{"FROM a\nRUN <<EOF\n#!/bin/bash -e\n<|curl|> x\nEOF\n", "wget",
          "FROM a\nRUN <<EOF\n#!/bin/bash -e\nwget x\nEOF\n"},
      Row{"FROM a\nRUN bash <<'EOF'\n<|curl|> x\nEOF\n", "wget", "FROM a\nRUN bash <<'EOF'\nwget x\nEOF\n"},
      Row{"FROM a\nRUN sh -s <<EOF\nx \\$y; <|curl|> x\nEOF\n", "a $b",
          "FROM a\nRUN sh -s <<EOF\nx \\$y; a \\$b x\nEOF\n"},
      Row{"FROM a\nRUN <<EOF bash\n<|curl|> x\nEOF\n", "wget", "FROM a\nRUN <<EOF bash\nwget x\nEOF\n"},
      Row{"FROM a\nRUN <<A cat > f\ncurl\nA\nRUN <|curl|>\n", "wget", "FROM a\nRUN <<A cat > f\ncurl\nA\nRUN wget\n"},
      Row{"FROM a\nRUN <<EOF\n#!/usr/bin/env python3\ncurl\nEOF\nRUN <|curl|>\n", "wget",
          "FROM a\nRUN <<EOF\n#!/usr/bin/env python3\ncurl\nEOF\nRUN wget\n"},
      Row{"FROM a\nRUN python3 <<EOF\ncurl\nEOF\nRUN <<EOF python3\ncurl\nEOF\nRUN <|curl|>\n", "wget",
          "FROM a\nRUN python3 <<EOF\ncurl\nEOF\nRUN <<EOF python3\ncurl\nEOF\nRUN wget\n"}));
}

TEST_CASE("places in a Compose file", "[shell][places]") {
  check(GENERATE(
      Row{"services:\n  a:\n    command: <|curl|> -f x\n", "wget", "services:\n  a:\n    command: wget -f x\n"},
      Row{"services:\n  a:\n    command: sh -c 'x && <|curl|> -f'\n", "a $b",
          "services:\n  a:\n    command: sh -c 'x && a $$b -f'\n"},
      Row{"services:\n  a:\n    command: [\"sh\", \"-c\", \"x \\\"y\\\"; <|curl|> -f\"]\n", "a \"b\"",
          "services:\n  a:\n    command: [\"sh\", \"-c\", \"x \\\"y\\\"; a \\\"b\\\" -f\"]\n"},
      Row{"services:\n  a:\n    command: ['sh', '-c', 'x ''y''; <|curl|> -f']\n", "a 'b'",
          "services:\n  a:\n    command: ['sh', '-c', 'x ''y''; a ''b'' -f']\n"},
      Row{"services:\n  a:\n    command: [sh, -c, <|curl|> -f]\n", "wget",
          "services:\n  a:\n    command: [sh, -c, wget -f]\n"},
      Row{"services:\n  a:\n    command: [sh, -c, <|curl|> -f]\n", "a,b", kRefused},
      Row{"services:\n  a:\n    command:\n      - sh\n      - -c\n      - |\n        x $$y\n        <|curl|> -f\n",
          "a \"$b\"",
          "services:\n  a:\n    command:\n      - sh\n      - -c\n      - |\n        x $$y\n        a \"$$b\" -f\n"},
      Row{"services:\r\n  a:\r\n    command:\r\n      - sh\r\n      - -c\r\n      - |\r\n        x\r\n        "
          "<|curl|> -f\r\n",
          "wget",
          "services:\r\n  a:\r\n    command:\r\n      - sh\r\n      - -c\r\n      - |\r\n        x\r\n        wget "
          "-f\r\n"},
      Row{"services:\n  a:\n    command:\n      - sh\n      - -c\n      - >\n        x &&\n        <|curl|> -f\n",
          "wget", "services:\n  a:\n    command:\n      - sh\n      - -c\n      - >\n        x &&\n        wget -f\n"},
      Row{"services:\n  a:\n    healthcheck:\n      test: [CMD-SHELL, \"<|curl|> -f x || exit 1\"]\n", "wget",
          "services:\n  a:\n    healthcheck:\n      test: [CMD-SHELL, \"wget -f x || exit 1\"]\n"},
      Row{"services:\n  a:\n    healthcheck:\n      test: [CMD, <|curl|>, -f]\n", "wget",
          "services:\n  a:\n    healthcheck:\n      test: [CMD, wget, -f]\n"}));
}

constexpr std::string_view kPod =
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers:\n    - name: web\n      image: a\n";

TEST_CASE("places in a manifest", "[shell][places]") {
  const Row row = GENERATE(
      Row{"      command: [\"sh\", \"-c\"]\n      args: [\"x; <|curl|> -f\"]\n", "a \"b\"",
          "      command: [\"sh\", \"-c\"]\n      args: [\"x; a \\\"b\\\" -f\"]\n"},
      Row{"      command:\n        - /bin/sh\n        - -c\n        - |\n          x\n          <|curl|> -f\n", "a $b",
          "      command:\n        - /bin/sh\n        - -c\n        - |\n          x\n          a $b -f\n"},
      Row{"      command:\n        - /bin/sh\n        - -c\n        - >-\n          x &&\n          <|curl|> -f\n",
          "wget", "      command:\n        - /bin/sh\n        - -c\n        - >-\n          x &&\n          wget -f\n"},
      Row{"      livenessProbe:\n        exec:\n          command: [<|curl|>, -f]\n", "wget",
          "      livenessProbe:\n        exec:\n          command: [wget, -f]\n"});
  const std::string marked = std::string(kPod) + std::string(row.marked);
  const std::string edited = std::string(kPod) + std::string(row.edited);
  check({marked, row.replacement, edited});
}

TEST_CASE("PowerShell and cmd are left alone", "[shell][places]") {
  check(GENERATE(
      Row{"FROM a\nRUN powershell -Command x; curl y\nRUN pwsh -c curl\nRUN cmd.exe /S /C curl\nRUN <|curl|>\n", "wget",
          "FROM a\nRUN powershell -Command x; curl y\nRUN pwsh -c curl\nRUN cmd.exe /S /C curl\nRUN wget\n"},
      Row{"FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN curl y\nFROM a\nRUN <|curl|>\n", "wget",
          "FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN curl y\nFROM a\nRUN wget\n"},
      Row{"FROM a\nSHELL [\"pwsh\", \"-c\"]\nRUN curl y\nSHELL [\"/bin/bash\", \"-eo\", \"pipefail\", \"-c\"]\nRUN "
          "<|curl|>\n",
          "wget",
          "FROM a\nSHELL [\"pwsh\", \"-c\"]\nRUN curl y\nSHELL [\"/bin/bash\", \"-eo\", \"pipefail\", \"-c\"]\nRUN "
          "wget\n"}));
}

}  // namespace
}  // namespace quaymaster::tests
