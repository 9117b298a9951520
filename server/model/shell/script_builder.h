#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <variant>
#include <vector>

#include "model/shell/nested_text.h"
#include "model/shell/script.h"
#include "model/shell/syntax_words.h"
#include "syntax/tree.h"

namespace quaymaster::shell {

/// Where in a script a statement stands, as far as its commands have to know.
struct Place {
  Connector connector = Connector::First;
  bool background = false;
  bool conditional = false;
  std::uint32_t pipeline = 0;  ///< 0: of its own
  std::uint16_t level = 0;     ///< of substitutions and functions around it
};

/// Makes the script of one text, and of the texts nested in it. Trees may be of any depth, so they are walked with a
/// stack of tasks; only nested texts are read by recursion, which goes no deeper than `kDeepestText`.
class ScriptBuilder {
 public:
  static constexpr int kDeepestText = 8;
  static constexpr std::uint16_t kDeepestLevel = 32;

  explicit ScriptBuilder(syntax::Parser& bash) : ScriptBuilder(bash, {}, 0, 1) {}

  /// Reads `text` as a script.
  [[nodiscard]] Script parse(std::string_view text);
  /// Reads words as one command that no shell splits. They stand in `text`.
  [[nodiscard]] Script exec(std::string_view text, std::vector<Word> words);

 private:
  struct Statement {
    syntax::Node node;
    Place place;
  };
  /// Gives redirections to the last command of the statement at `body`.
  struct Redirect {
    TextRange body;
    Place place;
    std::vector<syntax::Node> redirects;
  };
  /// Takes back the last command of the statement at `range`: what follows it could not be parsed, and may be part of
  /// it.
  struct TakeBack {
    TextRange range;
    std::uint16_t level;
  };
  using Task = std::variant<Statement, Redirect, TakeBack>;

  /// A command with the place of its list.
  struct Found {
    Command command;
    std::uint16_t level;
  };
  /// A command before its wrappers are taken off.
  struct Raw {
    std::vector<Wrapper> wrappers;  // those already known
    std::vector<Assignment> assignments;
    std::vector<SyntaxWord> words;
    std::vector<Redirection> redirections;
  };

  ScriptBuilder(syntax::Parser& bash, std::string_view text, int depth, std::uint32_t first_pipeline)
      : bash_(bash), text_(text), depth_(depth), next_pipeline_(first_pipeline) {}

  void read(Place place);
  [[nodiscard]] Script finish();

  void run(const Statement& statement);
  void run(const Redirect& redirect);
  void redirect_last(const Redirect& redirect, Command& command);
  void run(const TakeBack& take_back);
  void schedule(std::vector<Task>&& tasks);

  void sequence(const syntax::Node& node, Place place);
  void redirected(const syntax::Node& node, Place place);
  void heredoc_rest(const syntax::Node& redirect, Place place, std::vector<Task>& tasks) const;
  void command(const syntax::Node& node, Place place);
  void bare_assignments(const syntax::Node& node, Place place);
  void substitutions(const std::vector<syntax::Node>& nodes, Place place, std::vector<Task>& tasks) const;

  void emit(Raw raw, Place place);
  void emit_executed_by_find(const std::vector<SyntaxWord>& words, std::size_t program, const Command& find,
                             Place place);
  [[nodiscard]] bool read_nested(const Nested& nested, TextRange range, const Command& shell, Place place);
  [[nodiscard]] bool read_fed_script(const syntax::Node& heredoc, const Command& shell, Place place);
  void mark_function_calls();
  [[nodiscard]] Command* last_command(TextRange range, std::uint16_t level);

  syntax::Parser& bash_;
  std::string_view text_;
  int depth_;
  std::uint32_t next_pipeline_;
  std::vector<Task> tasks_;  // the next one at the end
  std::vector<Found> found_;
  std::unordered_set<std::string> functions_;  // those that the text defines
  Script script_;
};

}  // namespace quaymaster::shell
