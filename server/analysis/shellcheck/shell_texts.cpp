#include "analysis/shellcheck/shell_texts.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

#include "analysis/document_model.h"
#include "text/ascii.h"

namespace quaymaster::shellcheck {
namespace {

/// The name that ShellCheck has for a shell; empty when it does not know it.
std::string shell_called(std::string_view program) {
  std::string name = ascii_lower(program.substr(program.find_last_of("/\\") + 1));
  if (name == "ash" || name == "busybox") return "dash";
  constexpr std::string_view kKnown[] = {"sh", "bash", "dash", "ksh"};
  return std::find(std::begin(kKnown), std::end(kKnown), name) == std::end(kKnown) ? std::string() : name;
}

/// The shell that a first line `#!/bin/bash -e` or `#!/usr/bin/env bash` names.
std::string shell_in(std::string_view first_line) {
  constexpr std::string_view kBlanks = " \t\r";
  std::string program;
  for (std::string_view rest = first_line.substr(2); !rest.empty();) {
    rest.remove_prefix(std::min(rest.find_first_not_of(kBlanks), rest.size()));
    const std::string_view word = rest.substr(0, rest.find_first_of(kBlanks));
    rest.remove_prefix(word.size());
    if (word.starts_with('-') && !program.empty()) continue;
    program = word;
    if (!program.ends_with("/env")) break;
  }
  return shell_called(program);
}

/// The shell of each instruction: what SHELL says, in the stage or in those that it is built on.
class Shells {
 public:
  explicit Shells(const dockerfile::File& file) : file_(file), at_end_(file.stages.size()) {}

  /// To be asked of every instruction in order.
  const std::string& at(std::size_t index) {
    if (next_ < file_.stages.size() && file_.stages[next_].first == index) {
      if (next_ > 0) at_end_[next_ - 1] = shell_;
      const auto parent = file_.stages[next_].parent;
      shell_ = parent ? at_end_[*parent] : "sh";
      ++next_;
    }
    const dockerfile::Placed& placed = file_.instructions[index];
    if (const auto* shell = placed.instruction->as<dockerfile::Shell>())
      shell_ = shell->command.strings.empty() ? std::string() : shell_called(shell->command.strings.front().string());
    return shell_;
  }

 private:
  const dockerfile::File& file_;
  std::vector<std::string> at_end_;
  std::size_t next_ = 0;
  std::string shell_ = "sh";
};

constexpr std::string_view kNameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

/// The words of a text that can be names of variables.
std::set<std::string_view> names_in(std::string_view text) {
  std::set<std::string_view> names;
  for (std::size_t at = text.find_first_of(kNameCharacters); at != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_not_of(kNameCharacters, at), text.size());
    const std::string_view name = text.substr(at, end - at);
    if (name.front() < '0' || name.front() > '9') names.insert(name);
    at = text.find_first_of(kNameCharacters, end);
  }
  return names;
}

/// Declares what the builder puts into the environment and `text` may use, with values that nothing is known of.
std::string preamble_of(const dockerfile::Context& context, std::string_view text) {
  std::set<std::string_view> names{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy",
                                   "FTP_PROXY",  "ftp_proxy",  "NO_PROXY",    "no_proxy"};
  for (const std::string_view name : names_in(text))
    if (dockerfile::find_variable(context.scope.get(), name) != nullptr) names.insert(name);
  std::string line = "export";
  for (const std::string_view name : names) line.append(" ").append(name).append("=\"${").append(name).append("-}\"");
  return line;
}

std::optional<ShellText> text_of(const dockerfile::Placed& placed, std::string shell) {
  const auto* onbuild = placed.instruction->as<dockerfile::Onbuild>();
  const dockerfile::Instruction* instruction = onbuild == nullptr ? placed.instruction.get() : onbuild->inner.get();
  const auto* run = instruction == nullptr ? nullptr : instruction->as<dockerfile::Run>();
  if (run == nullptr || run->command.json || !run->command.source) return std::nullopt;
  const std::string& bytes = run->command.source->text.bytes();
  if (shell::dialect_of_text(bytes, placed.context->dialect) != shell::Dialect::Posix) return std::nullopt;
  ShellText text;
  text.source = {run->command.source->text.shifted(placed.begin), run->command.source->layers};
  if (bytes.starts_with("#!")) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    shell = shell_in(std::string_view(bytes).substr(0, end));
    text.skipped = static_cast<std::uint32_t>(std::min(end + 1, bytes.size()));
  }
  if (shell.empty() || bytes.find_first_not_of(" \t\r\n", text.skipped) == std::string::npos) return std::nullopt;
  text.shell = std::move(shell);
  text.preamble = preamble_of(*placed.context, bytes);
  return text;
}

/// The length of the character that begins with `lead`.
std::size_t character_size(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  if (byte < 0xC0) return 1;
  if (byte < 0xE0) return 2;
  return byte < 0xF0 ? 3 : 4;
}

}  // namespace

std::string ShellText::script() const { return preamble + "\n" + source.text.bytes().substr(skipped) + "\n"; }

std::optional<std::uint32_t> ShellText::offset(Position position) const {
  constexpr std::uint32_t kFirstLine = 2;
  if (position.line < kFirstLine) return std::nullopt;
  const std::string& bytes = source.text.bytes();
  std::size_t at = skipped;
  for (std::uint32_t line = kFirstLine; line < position.line && at < bytes.size(); ++line)
    at = std::min(bytes.find('\n', at), bytes.size() - 1) + 1;
  for (std::uint32_t column = 1; column < position.column && at < bytes.size() && bytes[at] != '\n'; ++column)
    at = std::min(at + character_size(bytes[at]), bytes.size());
  return static_cast<std::uint32_t>(at);
}

std::vector<ShellText> shell_texts(const Analysis& analysis) {
  std::vector<ShellText> result;
  const auto* model = analysis.model ? analysis.model->as<DockerfileModel>() : nullptr;
  if (model == nullptr) return result;
  Shells shells(model->file);
  constexpr std::size_t kMostTexts = 2000;
  for (std::size_t i = 0; i < model->file.instructions.size() && result.size() < kMostTexts; ++i)
    if (auto text = text_of(model->file.instructions[i], shells.at(i))) result.push_back(std::move(*text));
  return result;
}

}  // namespace quaymaster::shellcheck
