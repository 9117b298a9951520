#pragma once
#include <memory>
#include <string>
#include <vector>

#include "model/generational_map.h"
#include "model/shell/script.h"
#include "syntax/tree.h"

namespace quaymaster::shell {

/// Parses shell texts, and remembers what it parsed. Thread-compatible: one user at a time.
///
/// Remembered are the scripts of whole texts, under their bytes, and those of exec forms, under the bytes of the source
/// and the ranges, texts and literalness of the words. A text of a dialect that is not modelled has nothing to
/// remember. Nested texts are remembered as part of the script that they stand in.
class ScriptParser {
 public:
  ScriptParser();

  /// The script of `source` under `dialect`. Texts with equal bytes and dialect share one script.
  [[nodiscard]] std::shared_ptr<const Script> parse(const Source& source, Dialect dialect = Dialect::Posix);

  /// A command that is not run through a shell (exec form): each word stands in `source` at its range. `sh -c TEXT`
  /// among the words is looked into.
  [[nodiscard]] std::shared_ptr<const Script> exec(const Source& source, std::vector<Word> words);

  /// Forgets the scripts that were not asked for since the previous call.
  void next_generation();

 private:
  syntax::Parser bash_;
  std::shared_ptr<const Script> nothing_;
  GenerationalMap<std::string, std::shared_ptr<const Script>> texts_;
  GenerationalMap<std::string, std::shared_ptr<const Script>> exec_forms_;
};

}  // namespace quaymaster::shell
