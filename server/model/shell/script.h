#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/shell/source.h"
#include "quaymaster/text.h"

/// What a shell would run, as far as it can be read from its text. All ranges are in the bytes of the `Source`.
namespace quaymaster::shell {

enum class Dialect : std::uint8_t {
  Posix,  ///< sh, dash, ash, bash, zsh
  Other,  ///< PowerShell, cmd or something unknown: recognised, and left alone
};

/// The dialect of a shell named as in `SHELL ["/bin/bash", "-c"]`: a path or a name, any case.
[[nodiscard]] Dialect dialect_of(std::string_view program);
/// The dialect of a text that a shell of `dialect` receives: a first line `#!…` names another interpreter, and a text
/// that PowerShell or cmd is started with is written for those.
[[nodiscard]] Dialect dialect_of_text(std::string_view text, Dialect dialect);

/// One word of a command.
struct Word {
  TextRange range;      ///< as written, with its quotes
  std::string text;     ///< without quotes and escapes; expansions stand in it as written
  bool literal = true;  ///< no expansion, substitution or glob in it: `text` is what the command receives

  friend bool operator==(const Word&, const Word&) = default;
};

/// `NAME=value` on its own or before a command, or an argument of export, declare, readonly, local, env or sudo.
struct Assignment {
  TextRange range;
  std::string name;  ///< with the index of an array's element: "a[0]"
  Word value;        ///< empty at the end of `range` when nothing stands behind the '='
};

struct Redirection {
  TextRange range;
  std::string op;  ///< ">", ">>", "2>", "&>", "<", "<<<" …, with its descriptor
  Word target;     ///< of a here-document the delimiter; empty for ">&-"
};

/// How a command is joined to the one before it in its list.
enum class Connector : std::uint8_t { First, And, Or, Sequence, Pipe };

/// What merely starts a command (sudo, env, exec, nice, xargs, sh -c …), with its own options and operands.
struct Wrapper {
  std::vector<Word> words;  ///< never empty: {"sudo", "-u", "app"}, {"sh", "-c"}

  /// The program without its folder.
  [[nodiscard]] std::string_view name() const;
};

/// One simple command, with what merely starts it taken off.
///
/// A test is a command too: `[`, `[[`. Of `find … -exec CMD ;` there are two commands: find, and CMD with the wrapper
/// find. What `sh -c TEXT`, `su -c TEXT` and `eval TEXT` run, or `sh` from a here-document, stands in place of the sh,
/// with the wrapper sh and with ranges in TEXT; only when nothing can be read from TEXT is the sh itself a command.
struct Command {
  /// From its first assignment or word to its last word, wrappers of the same text included.
  TextRange range;
  std::vector<Assignment> assignments;  ///< those of export, env … stand among the words, too
  std::vector<Word> words;              ///< never empty; `words[0]` is the program
  /// Those of a group (a loop, `{ …; }`, `( … )`, `sh -c`) are given to the last command of the group.
  std::vector<Redirection> redirections;
  std::vector<Wrapper> wrappers;  ///< outermost first
  /// The first command of a group has the connector of the group; the bodies of if, case, loops and functions, and
  /// substitutions, begin a list of their own.
  Connector connector = Connector::First;
  bool background = false;  ///< in a list that a single `&` ends
  /// In a function, a loop, a case, or a branch of an if: it may not run, or run often. What the first `if` tests is
  /// not conditional.
  bool conditional = false;
  bool function = false;  ///< calls a function that the text defines
  /// Commands of one pipeline have one number, those of a group in it included; every other command has its own.
  std::uint32_t pipeline = 0;

  /// The program without its folder: "apt-get" for /usr/bin/apt-get.
  [[nodiscard]] std::string_view name() const;
  /// The words behind the program that are not options, in order. Options that take a value in a word of their own are
  /// not known here; the value counts as an argument.
  [[nodiscard]] std::vector<const Word*> arguments() const;
  /// The option word that is `long_name` or `long_name=…` ("--yes"), or a cluster of single letters that has
  /// `short_name` ('y' in "-qqy"). Null when there is none, or '--' stands before it.
  [[nodiscard]] const Word* option(std::string_view long_name, char short_name = '\0') const;
  /// The innermost wrapper of that name, or null.
  [[nodiscard]] const Wrapper* wrapped_by(std::string_view wrapper) const;
};

/// The text that a nested shell receives, where it stands in the bytes of the outer text.
struct NestedText {
  TextRange range;             ///< without its quotes
  std::optional<Layer> layer;  ///< how it is quoted; empty: in a way that edits cannot follow
};

/// A parsed shell text: its simple commands in document order, those of subshells, functions, substitutions and nested
/// `sh -c '…'` included. Immutable, shared, independent of where the text stands.
struct Script {
  std::vector<Command> commands;
  std::vector<Assignment> assignments;  ///< those that stand alone, in no command
  std::vector<NestedText> nested;       ///< outer before inner
  bool complete = true;                 ///< false: some part could not be parsed, and has no commands here
};

/// A shell text in its file: what was written, and what it means. `script` is never null; it has no commands when the
/// dialect is not modelled.
struct Text {
  Source source;
  std::shared_ptr<const Script> script;

  /// Where a range of the script stands in the file (or in the segment, as `source` has it).
  [[nodiscard]] TextRange in_file(TextRange range) const { return source.text.to_file(range); }
  /// As `Source::edit`, and right inside of a nested `sh -c '…'`, too.
  [[nodiscard]] std::optional<Edit> edit(TextRange range, std::string_view replacement) const;
};

}  // namespace quaymaster::shell
