#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/shell/source.h"
#include "quaymaster/text.h"
#include "text/mapped_text.h"

/// The instructions of a Dockerfile as typed values (Dockerfile reference). All ranges are relative to the
/// instruction's segment. What is missing in a half-typed instruction is an empty optional or vector.
namespace quaymaster::dockerfile {

/// A word as the builder's own splitter sees it: without continuations, with quotes, escapes and variables as written.
struct Word {
  TextRange range;
  MappedText text;

  [[nodiscard]] const std::string& string() const { return text.bytes(); }
};

/// `--name` or `--name=value` behind the keyword. Quotes and escapes are removed from the name and the value.
struct Flag {
  TextRange range;
  std::string name;  ///< without the dashes, as written
  TextRange name_range;
  std::optional<Word> value;
};

/// `KEY=value`, `KEY value` or `NAME`.
struct Pair {
  TextRange range;
  Word key;
  std::optional<Word> value;
};

struct Heredoc {
  TextRange marker;  ///< `<<EOF`, in the instruction's first line
  std::string delimiter;
  bool strip_tabs = false;
  bool expand = true;  ///< variables in the body are expanded
  TextRange content;   ///< whole lines
  MappedText body;     ///< of COPY and ADD, when it is expanded: the content, without the tabs that are stripped
};

/// A command in exec form (JSON strings) or shell form (text), with its heredocs.
struct CommandLine {
  bool json = false;
  std::vector<Word> strings;            ///< exec form: `range` with quotes, `text` decoded
  std::optional<shell::Source> source;  ///< shell form: the text that the shell receives, without heredoc bodies
  TextRange range;                      ///< all of it, heredocs aside; empty behind the keyword when there is none
};

/// What all instructions have.
struct Statement {
  TextRange range;  ///< from the keyword to the last word or heredoc terminator
  TextRange keyword;
  std::string keyword_text;  ///< as written, without continuations
  std::vector<Flag> flags;
  Word arguments;          ///< all that stands behind the flags, heredoc bodies aside; empty there when nothing does
  bool triggered = false;  ///< under ONBUILD: runs in the builds of derived images

  [[nodiscard]] const Flag* flag(std::string_view name) const;
};

struct From : Statement {
  std::optional<Word> image;
  std::optional<Word> as_keyword;
  std::optional<Word> stage_name;
  std::vector<Word> surplus;  ///< words that do not belong here
};
struct Run : Statement {
  CommandLine command;
  std::vector<Heredoc> heredocs;
};
struct Cmd : Statement {
  CommandLine command;
};
struct Entrypoint : Statement {
  CommandLine command;
};
struct Shell : Statement {
  CommandLine command;
};
struct Healthcheck : Statement {
  std::optional<Word> type;  ///< CMD or NONE
  CommandLine command;
  [[nodiscard]] bool none() const;
};
struct Env : Statement {
  std::vector<Pair> pairs;
  bool legacy = false;  ///< `ENV KEY value`
};
struct Label : Statement {
  std::vector<Pair> pairs;
  bool legacy = false;
};
struct Arg : Statement {
  std::vector<Pair> pairs;
};
/// COPY and ADD.
struct Transfer : Statement {
  std::vector<Word> sources;
  std::optional<Word> destination;
  bool json = false;
  std::vector<Heredoc> heredocs;
};
struct Copy : Transfer {};
struct Add : Transfer {};
struct Expose : Statement {
  std::vector<Word> ports;
};
struct Volume : Statement {
  std::vector<Word> paths;
  bool json = false;
};
struct User : Statement {
  std::optional<Word> user;
};
struct Workdir : Statement {
  std::optional<Word> path;
};
struct Stopsignal : Statement {
  std::optional<Word> signal;
};
struct Maintainer : Statement {
  std::optional<Word> name;
};
struct Unknown : Statement {
  std::string name;  ///< the keyword as written
};
struct Instruction;
struct Onbuild : Statement {
  std::shared_ptr<const Instruction> inner;  ///< null when nothing follows
};

/// One instruction: exactly one of the above.
struct Instruction {
  using Body = std::variant<Unknown, From, Run, Cmd, Label, Maintainer, Expose, Env, Add, Copy, Entrypoint, Volume,
                            User, Workdir, Arg, Onbuild, Stopsignal, Healthcheck, Shell>;
  Body body;
  std::vector<TextRange> comments;     ///< comment lines inside its continuations, without line ends
  std::vector<TextRange> empty_lines;  ///< empty lines inside its continuations, with line ends
  TextRange line_end;                  ///< what ends its last line: "\n", "\r\n", or nothing at the end of the file
  std::optional<TextRange>
      open_heredoc;  ///< the markers, `<<EOF`, when the end of one is missing; none has a body then
  std::optional<TextRange> overlong_line;  ///< the first line that is too long for the builder
  bool broken = false;                     ///< the parser met text that fits nowhere

  [[nodiscard]] const Statement& statement() const {
    return std::visit([](const auto& node) -> const Statement& { return node; }, body);
  }
  template <class Node>
  [[nodiscard]] const Node* as() const {
    return std::get_if<Node>(&body);
  }
};

}  // namespace quaymaster::dockerfile
