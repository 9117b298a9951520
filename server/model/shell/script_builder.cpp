#include "model/shell/script_builder.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "model/shell/bash_tree.h"
#include "model/shell/nested_text.h"
#include "model/shell/wrappers.h"

namespace quaymaster::shell {
namespace {

using syntax::Node;

constexpr std::array<std::string_view, 17> kStatements{"command",
                                                       "list",
                                                       "pipeline",
                                                       "redirected_statement",
                                                       "variable_assignment",
                                                       "test_command",
                                                       "if_statement",
                                                       "subshell",
                                                       "compound_statement",
                                                       "declaration_command",
                                                       "for_statement",
                                                       "unset_command",
                                                       "case_statement",
                                                       "while_statement",
                                                       "negated_command",
                                                       "variable_assignments",
                                                       "function_definition"};
constexpr std::array<std::string_view, 6> kClauses{"do_group",    "case_item", "else_clause",
                                                   "elif_clause", "ERROR",     "c_style_for_statement"};

bool is_statement(const Node& node) {
  return node.named() && !node.missing() && std::ranges::find(kStatements, node.kind()) != kStatements.end();
}
bool is_clause(const Node& node) { return std::ranges::find(kClauses, node.kind()) != kClauses.end(); }

bool is_redirect(std::string_view kind) {
  return kind == "file_redirect" || kind == "heredoc_redirect" || kind == "herestring_redirect";
}

Connector connector_of(std::string_view token) {
  if (token == "&&") return Connector::And;
  if (token == "||") return Connector::Or;
  if (token == "|" || token == "|&") return Connector::Pipe;
  if (token == "then" || token == "do") return Connector::First;
  return Connector::Sequence;
}

/// Whether `node`, which follows a statement on the same line, may be the rest of that statement that did not parse.
/// Inside of an ERROR that is so for everything but keywords and separators.
bool is_stray(const Node& node, bool in_error) {
  if (node.error()) return true;
  if (!in_error || is_statement(node) || is_clause(node)) return false;
  return node.named() || node.kind().find_first_of("\"'`$<>") != std::string_view::npos;
}

}  // namespace

Script ScriptBuilder::parse(std::string_view text) {
  text_ = text;
  read({});
  return finish();
}

Script ScriptBuilder::exec(std::string_view text, std::vector<Word> words) {
  text_ = text;
  Raw raw;
  for (Word& word : words) raw.words.push_back({std::move(word), {}});
  if (!raw.words.empty()) emit(std::move(raw), {});
  return finish();
}

void ScriptBuilder::read(Place place) {
  const std::optional<BashTree> tree = parse_bash(text_, bash_);
  if (!tree) {
    script_.complete = false;
    return;
  }
  if (tree->repaired) text_ = *tree->repaired;
  if (tree->tree.root().has_error()) script_.complete = false;
  schedule({Statement{tree->tree.root(), place}});
  while (!tasks_.empty()) {
    const Task task = std::move(tasks_.back());
    tasks_.pop_back();
    std::visit([this](const auto& what) { run(what); }, task);
  }
  mark_function_calls();
}

void ScriptBuilder::mark_function_calls() {
  if (functions_.empty()) return;
  for (Found& found : found_) {
    const Word& program = found.command.words.front();
    if (found.command.wrappers.empty() && program.literal && functions_.contains(program.text))
      found.command.function = true;
  }
}

Script ScriptBuilder::finish() {
  const auto begin_of = [](const Found& found) { return found.command.range.begin; };
  std::ranges::stable_sort(found_, {}, begin_of);
  for (Found& found : found_) script_.commands.push_back(std::move(found.command));
  return std::move(script_);
}

void ScriptBuilder::schedule(std::vector<Task>&& tasks) {
  std::move(tasks.rbegin(), tasks.rend(), std::back_inserter(tasks_));
}

void ScriptBuilder::run(const Statement& statement) {
  const std::string_view kind = statement.node.kind();
  if (kind == "command" || kind == "declaration_command" || kind == "unset_command" || kind == "test_command")
    command(statement.node, statement.place);
  else if (kind == "variable_assignment" || kind == "variable_assignments")
    bare_assignments(statement.node, statement.place);
  else if (kind == "redirected_statement")
    redirected(statement.node, statement.place);
  else
    sequence(statement.node, statement.place);
}

void ScriptBuilder::run(const TakeBack& take_back) {
  const Command* last = last_command(take_back.range, take_back.level);
  if (last != nullptr) std::erase_if(found_, [last](const Found& found) { return &found.command == last; });
}

void ScriptBuilder::run(const Redirect& redirect) {
  std::vector<Node> bodies;
  const Node* heredoc = nullptr;
  for (const Node& node : redirect.redirects) {
    if (node.kind() != "heredoc_redirect") continue;
    heredoc = &node;
    for (const Node& part : node.children())
      if (part.kind() == "heredoc_body") bodies.push_back(part);
  }
  Command* last = last_command(redirect.body, redirect.place.level);
  if (last != nullptr) redirect_last(redirect, *last);

  if (last != nullptr && bodies.size() == 1 && reads_script(last->words)) {
    const auto at = std::ranges::find_if(found_, [last](const Found& found) { return &found.command == last; });
    const Found shell = std::move(*at);
    found_.erase(at);
    Place place = redirect.place;
    place.connector = shell.command.connector;
    place.pipeline = shell.command.pipeline;
    if (read_fed_script(*heredoc, shell.command, place)) return;
    found_.push_back(shell);
  }
  std::vector<Task> tasks;
  substitutions(bodies, redirect.place, tasks);
  schedule(std::move(tasks));
}

void ScriptBuilder::redirect_last(const Redirect& redirect, Command& command) {
  std::vector<Node> surplus;
  for (const Node& node : redirect.redirects) {
    if (is_redirect(node.kind()))
      command.redirections.push_back(redirection(text_, node, surplus));
    else
      surplus.push_back(node);
  }
  if (redirect.place.pipeline != 0) command.pipeline = redirect.place.pipeline;
  if (surplus.empty() || command.range.end != redirect.body.end) return;
  WordReader words(text_);
  for (const Node& node : surplus) words.add(node);
  for (SyntaxWord& word : words.finish()) command.words.push_back(std::move(word.word));
  command.range.end = command.words.back().range.end;
}

Command* ScriptBuilder::last_command(TextRange range, std::uint16_t level) {
  for (auto found = found_.rbegin(); found != found_.rend(); ++found) {
    if (found->command.range.end <= range.begin) return nullptr;
    if (found->level == level && range.contains(found->command.range)) return &found->command;
  }
  return nullptr;
}

/// All that holds statements, one after the other.
void ScriptBuilder::sequence(const Node& node, Place place) {
  const std::string_view kind = node.kind();
  const bool in_error = node.error();
  if (kind == "pipeline") place.pipeline = next_pipeline_++;
  if (kind == "while_statement") place.conditional = true;
  if (kind == "function_definition") {
    place = {.conditional = true, .level = static_cast<std::uint16_t>(place.level + 1)};
    for (const Node& child : node.children())
      if (child.kind() == "word") functions_.emplace(slice(text_, child.range()));
  }
  if (place.level > kDeepestLevel) {
    script_.complete = false;
    return;
  }

  std::vector<Node> children = node.children();
  std::erase_if(children, [](const Node& child) { return child.kind() == "comment"; });
  std::vector<Task> tasks;
  Connector connector = place.connector;
  for (std::size_t i = 0; i < children.size(); ++i) {
    const Node& child = children[i];
    const Node next = i + 1 < children.size() ? children[i + 1] : Node();
    Place here = place;
    if (!child.named()) {
      const bool opens = tasks.empty() && child.kind() != "then" && child.kind() != "do";
      if (!opens) connector = connector_of(child.kind());
      if (child.kind() == "then") place.conditional = true;
    } else if (is_statement(child)) {
      here.connector = std::exchange(connector, Connector::Sequence);
      if (!next.null() && next.kind() == "&") here.background = true;
      tasks.emplace_back(Statement{child, here});
      const TextRange range = child.range();
      if (!next.null() && is_stray(next, in_error) &&
          slice(text_, {range.end, next.range().begin}).find('\n') == std::string_view::npos)
        tasks.emplace_back(TakeBack{range, place.level});
    } else if (is_clause(child)) {
      here.connector = Connector::First;
      here.conditional = here.conditional || child.kind() != "c_style_for_statement";
      tasks.emplace_back(Statement{child, here});
      connector = Connector::Sequence;
    } else {
      substitutions({child}, place, tasks);
    }
  }
  schedule(std::move(tasks));
}

void ScriptBuilder::redirected(const Node& node, Place place) {
  std::optional<Node> body;
  std::vector<Node> redirects;
  std::vector<Node> texts;  // whose substitutions run
  Redirect redirect{{}, place, {}};
  redirect.place.pipeline = 0;
  std::vector<Task> rest;
  for (const Node& child : node.children()) {
    if (is_statement(child) && !body) body = child;
    if (!is_redirect(child.kind())) continue;
    redirect.redirects.push_back(child);
    if (child.kind() != "heredoc_redirect") {
      texts.push_back(child);
      continue;
    }
    for (const Node& part : child.children()) {
      const std::string_view kind = part.kind();
      if (kind == "pipeline" && redirect.place.pipeline == 0)
        redirect.place.pipeline = place.pipeline == 0 ? next_pipeline_++ : place.pipeline;
      const bool own = kind == "file_descriptor" || kind == "heredoc_start" || kind == "heredoc_body" ||
                       kind == "heredoc_end" || kind == "pipeline" || !part.named() || part.error() ||
                       is_statement(part);
      if (!own) redirect.redirects.push_back(part);
      if (!own || (kind == "heredoc_body" && !body)) texts.push_back(part);
    }
    Place after = place;
    if (redirect.place.pipeline != 0) after.pipeline = redirect.place.pipeline;
    heredoc_rest(child, after, rest);
  }
  std::vector<Task> tasks;
  if (body) {
    redirect.body = body->range();
    tasks.emplace_back(Statement{*body, place});
    tasks.emplace_back(std::move(redirect));
  }
  substitutions(texts, place, tasks);
  std::ranges::move(rest, std::back_inserter(tasks));
  schedule(std::move(tasks));
}

/// What stands in the line of a here-document behind its mark: `| b` or `&& b`.
void ScriptBuilder::heredoc_rest(const Node& redirect, Place place, std::vector<Task>& tasks) const {
  place.connector = Connector::Sequence;
  for (const Node& child : redirect.children()) {
    if (child.kind() == "pipeline") {
      place.connector = Connector::Pipe;
      for (const Node& part : child.children())
        if (is_statement(part)) tasks.emplace_back(Statement{part, place});
    } else if (is_statement(child)) {
      tasks.emplace_back(Statement{child, place});
    } else if (!child.named()) {
      place.connector = connector_of(child.kind());
      if (place.connector != Connector::Pipe) place.pipeline = 0;
    }
  }
}

void ScriptBuilder::command(const Node& node, Place place) {
  Raw raw;
  WordReader words(text_);
  std::vector<Node> texts;
  const bool test = node.kind() == "test_command";
  const bool declaration = node.kind() == "declaration_command";
  for (const Node& child : test ? words_of_test(node) : node.children()) {
    texts.push_back(child);
    if (is_redirect(child.kind())) {
      std::vector<Node> surplus;
      raw.redirections.push_back(redirection(text_, child, surplus));
      for (const Node& word : surplus) words.add(word);
    } else if (child.kind() == "variable_assignment") {
      raw.assignments.push_back(assignment(text_, child));
      if (declaration) words.add(child);
    } else if (child.kind() == "command_name") {
      for (const Node& part : child.children()) words.add(part);
    } else {
      words.add(child);
    }
  }
  std::vector<Task> tasks;
  if (node.has_error()) {
    substitutions(texts, place, tasks);
    return schedule(std::move(tasks));
  }
  raw.words = words.finish();
  const std::size_t nested_before = script_.nested.size();
  if (!raw.words.empty()) emit(std::move(raw), place);
  std::erase_if(texts, [&](const Node& text) {
    const auto inside = [&](const NestedText& nested) { return text.range().contains(nested.range); };
    return std::any_of(script_.nested.begin() + static_cast<std::ptrdiff_t>(nested_before), script_.nested.end(),
                       inside);
  });
  substitutions(texts, place, tasks);
  schedule(std::move(tasks));
}

void ScriptBuilder::bare_assignments(const Node& node, Place place) {
  std::vector<Node> assignments{node};
  if (node.kind() == "variable_assignments") assignments = node.named_children();
  for (const Node& each : assignments)
    if (each.kind() == "variable_assignment" && !each.has_error())
      script_.assignments.push_back(assignment(text_, each));
  std::vector<Task> tasks;
  substitutions({node}, place, tasks);
  schedule(std::move(tasks));
}

void ScriptBuilder::substitutions(const std::vector<Node>& nodes, Place place, std::vector<Task>& tasks) const {
  std::vector<Node> found;
  for (const Node& node : nodes) find_substitutions(node, found);
  const Place inside{.conditional = place.conditional, .level = static_cast<std::uint16_t>(place.level + 1)};
  for (const Node& substitution : found) tasks.emplace_back(Statement{substitution, inside});
}

}  // namespace quaymaster::shell
