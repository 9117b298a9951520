#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/dockerfile/expansion.h"
#include "model/dockerfile/instruction.h"
#include "model/dockerfile/scope.h"
#include "model/generational_map.h"
#include "model/image/reference.h"
#include "model/shell/script.h"
#include "quaymaster/text.h"

/// A Dockerfile as a whole: what its instructions mean at their place (Dockerfile reference, "FROM", "ARG", "SHELL").
namespace quaymaster::dockerfile {

/// What an instruction needs to know of what stands before it, and of the graph of stages. A small value; interned, so
/// that equal contexts of one `FileModeler` are one object.
struct Context {
  bool in_stage = false;     ///< a FROM came before
  bool ships = false;        ///< the final image inherits from this stage, or is it
  bool final_stage = false;  ///< the last stage
  /// FROM's image, or the `--from` of a COPY, is a stage of this file, or was meant to be one: nearly a stage's name,
  /// or a number.
  bool names_stage = false;
  bool base_known = true;  ///< the image below this stage could be told
  std::string stage_name;  ///< lower case; empty without AS
  /// The image that the stage's chain of stages starts from, as canonical name: "node", "scratch"; empty when unknown.
  std::string base_name;
  std::string base_tag;
  std::string user;     ///< of the last USER, expanded; empty when none came yet, or when it is unknown
  std::string workdir;  ///< of the last WORKDIRs, expanded; empty when none came yet
  shell::Dialect dialect = shell::Dialect::Posix;  ///< of SHELL, or of the base image's system
  bool shell_pipefail = false;                     ///< SHELL sets `-o pipefail`
  ScopePtr scope;                                  ///< the variables that the builder expands in the instruction
  char escape = '\\';
  std::string_view line_ending = "\n";  ///< see File

  friend bool operator==(const Context&, const Context&) = default;
};
using ContextPtr = std::shared_ptr<const Context>;

/// A RUN with its shell text (Dockerfile reference, "RUN").
struct BuildScript {
  const Run& run;
  shell::Text text;  ///< no commands when the shell is not modelled
  const Context& context;
};

/// An instruction at its place in the file.
struct Placed {
  std::uint32_t begin = 0;  ///< of its segment; what is relative becomes absolute by adding it
  std::shared_ptr<const Instruction> instruction;
  ContextPtr context;
};

/// A FROM with all that belongs to it.
struct Stage {
  std::size_t first = 0;                 ///< the index of its FROM in `File::instructions`
  std::size_t end = 0;                   ///< behind its last instruction
  std::string name;                      ///< lower case; empty without AS
  std::optional<std::size_t> parent;     ///< the stage that its FROM names
  std::vector<std::size_t> copies_from;  ///< the stages that COPY --from and RUN --mount=from read
  image::Reference base;                 ///< of the first stage in its chain: the image outside of the file
  bool base_known = true;
  std::string platform;  ///< of --platform, expanded; empty when there is none, or when only the build knows
  bool ships = false;
  bool reachable = false;  ///< needed for the last stage
};

/// Which of the stages a build of stage `target` needs: itself, its parents, and what they all copy from.
[[nodiscard]] std::vector<bool> needed_stages(const std::vector<Stage>& stages, std::size_t target);

struct ParserDirective {
  std::string name;  ///< lower case
  std::string value;
  TextRange name_range;
  TextRange value_range;
};

/// A comment line between instructions.
struct CommentLine {
  TextRange range;   ///< without its line end
  std::string text;  ///< behind the '#', without blanks around it
};

/// All of a Dockerfile. Ranges of instructions are relative to their segments; all others are absolute.
struct File {
  std::vector<ParserDirective> directives;
  std::vector<Placed> instructions;
  std::vector<Stage> stages;
  /// The places in `stages` that have the name, in order.
  std::unordered_map<std::string, std::vector<std::size_t>> stages_by_name;
  /// In order; parser directives are not among them. `FileModeler` knows none: whoever has the text adds them.
  std::vector<CommentLine> comments;
  char escape = '\\';
  std::string_view line_ending = "\n";  ///< "\n" or "\r\n": what the first instruction ends with

  /// The stage that instruction `index` belongs to; null before the first FROM.
  [[nodiscard]] const Stage* stage_of(std::size_t index) const;
  /// The stage called `name`, or numbered so, among the first `before` ones; the last of several. Ignores case, as COPY
  /// and RUN do; FROM minds it, and knows no numbers.
  [[nodiscard]] std::optional<std::size_t> find_stage(std::string_view name, std::size_t before) const;
  /// The last stage of the whole file called `name`: the one that COPY and RUN mean, wherever they stand. Ignores case.
  [[nodiscard]] std::optional<std::size_t> last_stage_called(std::string_view name) const;
};

/// A file with the shell texts of its RUNs, those under ONBUILD included, in their order.
struct BuildFile {
  struct Step {
    std::size_t index = 0;  ///< in `File::instructions`
    BuildScript script;     ///< relative to the segment, as always
  };
  const File& file;
  std::vector<Step> steps;
};

/// Where a stage gets files from: `--from=` of COPY, a name or a number, and `from=` of RUN --mount, a name. The value
/// and its range.
[[nodiscard]] std::vector<Word> stage_references(const Instruction& instruction);

/// Joins instructions to a file: finds the stages and gives each instruction its context. Keeps contexts from one call
/// to the next, so that an edit that does not change a context leaves the object the same. Thread-compatible.
class FileModeler {
 public:
  struct Part {
    std::uint32_t begin = 0;
    std::shared_ptr<const Instruction> instruction;
  };
  [[nodiscard]] File model(std::vector<Part> parts, std::vector<ParserDirective> directives, char escape);

 private:
  [[nodiscard]] ContextPtr intern(Context context);

  struct ContextHash {
    std::size_t operator()(const Context& context) const;
  };
  ScopeInterner scopes_;
  GenerationalMap<Context, ContextPtr, ContextHash> contexts_;
};

}  // namespace quaymaster::dockerfile
