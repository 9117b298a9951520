#include "model/shell/script_text.h"

#include <utility>

namespace quaymaster::tests {
namespace {

std::string_view to_string(shell::Connector connector) {
  switch (connector) {
    case shell::Connector::First: return "";
    case shell::Connector::And: return "&& ";
    case shell::Connector::Or: return "|| ";
    case shell::Connector::Sequence: return "; ";
    case shell::Connector::Pipe: return "| ";
  }
  return "";
}

std::string to_string(const shell::Word& word) { return (word.literal ? "" : "~") + word.text; }

std::string to_string(const shell::Command& command) {
  std::string line(to_string(command.connector));
  for (const shell::Wrapper& wrapper : command.wrappers) {
    line += '{';
    for (const shell::Word& word : wrapper.words) line += (line.ends_with('{') ? "" : " ") + to_string(word);
    line += "} ";
  }
  for (const shell::Assignment& assignment : command.assignments)
    line += assignment.name + '=' + to_string(assignment.value) + ' ';
  for (const shell::Word& word : command.words) line += to_string(word) + ' ';
  for (const shell::Redirection& redirection : command.redirections)
    line += redirection.op + to_string(redirection.target) + ' ';
  if (command.background) line += "& ";
  if (command.conditional) line += "? ";
  line.back() = '\n';
  return line;
}

}  // namespace

shell::Text shell_text(std::string_view text, shell::Dialect dialect) {
  shell::ScriptParser parser;
  shell::Source source{MappedText(text, 0), {shell::Layer::DockerfileLine}};
  auto script = parser.parse(source, dialect);
  return {std::move(source), std::move(script)};
}

std::string to_string(const shell::Script& script) {
  std::string result;
  for (const shell::Command& command : script.commands) result += to_string(command);
  if (!script.complete) result += "(incomplete)\n";
  return result;
}

std::string commands_of(std::string_view text) { return to_string(*shell_text(text).script); }

}  // namespace quaymaster::tests
