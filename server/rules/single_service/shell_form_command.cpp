#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/build_step.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule shell_form_command;
namespace {

using dockerfile::CommandLine;
using dockerfile::Placed;

/// What is known where an instruction stands.
struct Surroundings {
  bool shell = false;       ///< a SHELL came before
  bool entrypoint = false;  ///< an ENTRYPOINT stands in the stage or one below it
};

/// Words that only a shell knows as commands.
bool is_shell_word(std::string_view word) {
  constexpr std::string_view kWords[] = {"!",      ".",      ":",     "alias",  "bg",     "break", "case", "cd",
                                         "eval",   "exec",   "exit",  "export", "fg",     "for",   "if",   "jobs",
                                         "local",  "return", "set",   "shift",  "source", "time",  "trap", "type",
                                         "ulimit", "umask",  "unset", "until",  "wait",   "while", "{",    "}"};
  return std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
}

bool is_plain(char c) {
  constexpr std::string_view kPlain = "_-./:=,@%+";
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         kPlain.find(c) != std::string_view::npos;
}

/// The JSON form of a text that means the same without a shell: plain words with blanks between them.
std::optional<std::string> exec_form(std::string_view text) {
  std::string json = "[";
  std::string_view first;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && text[end] != ' ' && text[end] != '\t') {
      if (!is_plain(text[end])) return std::nullopt;
      ++end;
    }
    const std::string_view word = text.substr(at, end - at);
    if (!word.empty()) {
      if (first.empty()) first = word;
      json += (json.size() > 1 ? ", \"" : "\"") + std::string(word) + "\"";
    }
    at = end + 1;
  }
  if (first.empty() || is_shell_word(first) || first.find('=') != std::string_view::npos) return std::nullopt;
  return json + "]";
}

constexpr std::string_view kEntrypointCaveat =
    "The words of CMD, and those behind the image's name in `docker run`, are given to the program then.";
constexpr std::string_view kCommandCaveat =
    "The ENTRYPOINT then gets the words themselves, not a call of `/bin/sh -c` with one text.";

std::vector<Fix> fixes_for(const CommandLine& command, const Placed& placed, bool safe, std::string_view caveat) {
  if (!command.source || placed.context->dialect != shell::Dialect::Posix) return {};
  const MappedText& text = command.source->text;
  if (!text.verbatim({0, text.size()})) return {};
  std::optional<std::string> json = exec_form(text.bytes());
  if (!json) return {};
  return {{"Write it as a list of words",
           safe ? Applicability::Safe : Applicability::Unsafe,
           {Edit::replacement(text.to_file({0, text.size()}), *std::move(json))},
           std::string(safe ? std::string_view() : caveat)}};
}

/// The first word of the text.
TextRange first_word(const CommandLine& command) {
  const MappedText& text = command.source->text;
  const std::size_t end = std::min(text.bytes().find_first_of(" \t"), text.bytes().size());
  return text.to_file({0, static_cast<std::uint32_t>(end)});
}

bool in_shell_form(const CommandLine& command) {
  return !command.json && command.source && !command.source->text.empty();
}

/// A text that needs a shell, which then makes room for the program.
bool hands_over(const CommandLine& command) {
  constexpr std::string_view kExec = "exec ";
  const std::string_view text = command.source->text.bytes();
  return text.starts_with(kExec) && !exec_form(text.substr(kExec.size()));
}

void check_instruction(const Placed& placed, const Surroundings& around, RuleContext& ctx) {
  const dockerfile::Instruction& instruction = *placed.instruction;
  const auto* cmd = instruction.as<dockerfile::Cmd>();
  const auto* entrypoint = instruction.as<dockerfile::Entrypoint>();
  const auto* check = instruction.as<dockerfile::Healthcheck>();
  if (cmd != nullptr && in_shell_form(cmd->command)) {
    const bool exec = cmd->command.source->text.bytes().starts_with("exec ");
    report_in_segment(placed.begin,
                      {.variant = around.shell ? "custom-shell"
                                  : exec       ? "exec"
                                               : "command",
                       .range = first_word(cmd->command),
                       .message = exec ? "CMD is a text for a shell, though `exec` puts the program in its place"
                                       : "CMD is a text for a shell to read, not a program and its words",
                       .fixes = fixes_for(cmd->command, placed, !around.entrypoint, kCommandCaveat)},
                      ctx);
  } else if (entrypoint != nullptr && in_shell_form(entrypoint->command)) {
    report_in_segment(placed.begin,
                      {.variant = around.shell                      ? "custom-shell"
                                  : hands_over(entrypoint->command) ? "exec"
                                                                    : "entrypoint",
                       .range = first_word(entrypoint->command),
                       .message = "ENTRYPOINT is a text for a shell: CMD and arguments of `docker run` are lost",
                       .fixes = fixes_for(entrypoint->command, placed, false, kEntrypointCaveat)},
                      ctx);
  } else if (check != nullptr && in_shell_form(check->command)) {
    report_in_segment(placed.begin,
                      {.variant = "health-check",
                       .range = first_word(check->command),
                       .message = "the HEALTHCHECK starts a shell each time, which the image has to have",
                       .fixes = fixes_for(check->command, placed, true, {})},
                      ctx);
  }
}

void check_file(const dockerfile::File& file, RuleContext& ctx) {
  std::vector<Surroundings> at_end;
  for (const Section& section : sections(file)) {
    Surroundings around = section.parent ? at_end[*section.parent] : Surroundings{};
    for (std::size_t i = section.first; i < section.end; ++i) {
      const dockerfile::Instruction& instruction = *file.instructions[i].instruction;
      around.entrypoint = around.entrypoint || instruction.as<dockerfile::Entrypoint>() != nullptr;
    }
    for (std::size_t i = section.first; i < section.end; ++i) {
      around.shell = around.shell || file.instructions[i].instruction->as<dockerfile::Shell>() != nullptr;
      check_instruction(file.instructions[i], around, ctx);
    }
    at_end.push_back(around);
  }
}

}  // namespace

constinit const Rule shell_form_command = checked({
    .name = "shell-form-command",
    .family = Family::SingleService,
    .title = "The container starts a shell, which starts the program.",
    .consequence =
        "Somebody runs `docker run report --month 5`, and gets the report of this month: the ENTRYPOINT is a text for "
        "a shell, so the words behind the image's name go nowhere. And where the shell stays in front of the program, "
        "`docker stop` talks to the shell, which passes nothing on: ten seconds later everything is killed, requests "
        "in flight included.",
    .fine_when =
        "The text needs a shell, for a variable or a redirection, and its last command begins with `exec`, so that the "
        "program takes the shell's place.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "entrypoint",
                  .summary = "ENTRYPOINT is in shell form, which takes no arguments.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Information},
                              {Preset::Strict, Severity::Warning},
                              {Preset::BuildKit, Severity::Warning},
                              {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "buildkit:JSONArgsRecommended"},
                              {Language::Dockerfile, "hadolint:DL3025"}},
                  .languages = Language::Dockerfile},
                 {.name = "command",
                  .summary = "CMD is in shell form.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information},
                              {Preset::BuildKit, Severity::Warning},
                              {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "buildkit:JSONArgsRecommended"},
                              {Language::Dockerfile, "hadolint:DL3025"}},
                  .languages = Language::Dockerfile},
                 {.name = "exec",
                  .summary = "CMD or ENTRYPOINT is in shell form, and its shell makes room for the program.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::BuildKit, Severity::Warning}, {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "buildkit:JSONArgsRecommended"},
                              {Language::Dockerfile, "hadolint:DL3025"}},
                  .languages = Language::Dockerfile},
                 {.name = "custom-shell",
                  .summary = "CMD or ENTRYPOINT is in shell form, and SHELL says for which shell.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3025"}},
                  .languages = Language::Dockerfile},
                 {.name = "health-check",
                  .summary = "The command of HEALTHCHECK is in shell form.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3025"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/reference/build-checks/json-args-recommended/",
                   "https://docs.docker.com/reference/dockerfile/#shell-and-exec-form"},
    .examples =
        {{"a command", "Dockerfile", "FROM node:22.11.0\nCMD <|node|> server.js --port=8080\n",
          "FROM node:22.11.0\nCMD [\"node\", \"server.js\", \"--port=8080\"]\n"},
         {"a command behind an entrypoint", "Dockerfile",
          "FROM node:22.11.0\nENTRYPOINT [\"/entrypoint.sh\"]\nCMD <|node|> server.js\n",
          "FROM node:22.11.0\nENTRYPOINT [\"/entrypoint.sh\"]\nCMD [\"node\", \"server.js\"]\n"},
         {"an entrypoint", "Dockerfile",
          "FROM python:3.13.0\r\nENTRYPOINT <|python|> -m report\r\nCMD [\"--help\"]\r\n",
          "FROM python:3.13.0\r\nENTRYPOINT [\"python\", \"-m\", \"report\"]\r\nCMD [\"--help\"]\r\n"},
         {"a text that needs its shell", "Dockerfile", "FROM node:22.11.0\nCMD <|cd|> /app && node server.js $PORT\n"},
         {"a setting of the shell", "Dockerfile", "FROM node:22.11.0\nCMD <|NODE_ENV=production|> node server.js\n"},
         {"a shell that goes away", "Dockerfile", "FROM python:3.13.0\nCMD <|exec|> gunicorn --bind :$PORT app:app\n"},
         {"an entrypoint whose shell goes away", "Dockerfile",
          "FROM python:3.13.0\nENTRYPOINT <|exec|> gunicorn --bind :$PORT app:app\n"},
         {"over two lines", "Dockerfile", "FROM node:22.11.0\nCMD <|node|> \\\n  server.js\n"},
         {"a shell that was chosen", "Dockerfile",
          "FROM debian:12.8 AS base\nSHELL [\"/bin/bash\", \"-c\"]\nFROM base\nCMD <|app|>\n",
          "FROM debian:12.8 AS base\nSHELL [\"/bin/bash\", \"-c\"]\nFROM base\nCMD [\"app\"]\n"},
         {"a health check", "Dockerfile", "FROM nginx:1.27.2\nHEALTHCHECK --interval=30s CMD <|curl|> -f localhost\n",
          "FROM nginx:1.27.2\nHEALTHCHECK --interval=30s CMD [\"curl\", \"-f\", \"localhost\"]\n"},
         {"Windows", "Dockerfile", "FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nCMD <|app.exe|> serve\n"},
         {"lists of words", "Dockerfile",
          "FROM node:22.11.0\nENTRYPOINT [\"/entrypoint.sh\"]\nCMD [\"node\", \"server.js\"]\n"
          "HEALTHCHECK CMD [\"/healthy\"]\n"},
         {"none, and what other images run", "Dockerfile",
          "FROM node:22.11.0\nHEALTHCHECK NONE\nCMD []\nONBUILD CMD node server.js\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
