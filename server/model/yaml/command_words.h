#pragma once
#include <utility>
#include <vector>

#include "model/shell/script.h"
#include "model/yaml/document.h"
#include "text/mapped_text.h"

namespace quaymaster::yaml {

/// The words of a command that stand in several scalars, gathered into one text for shell::ScriptParser::exec.
/// Scalars of a command may be written in different styles, but a shell::Source knows one: what is in the style
/// of the longest one stays verbatim, and in the rest no edit is possible.
class CommandWords {
 public:
  /// `inner` layers lie between the shell and YAML: Compose's `$$`.
  explicit CommandWords(std::vector<shell::Layer> inner = {}) : inner_(std::move(inner)) {}

  /// One scalar that is one word. `from` is the text that stands for it where the order of the file is not the order of
  /// the words (an alias).
  void add_word(MappedText text, ScalarStyle style, TextRange from, bool literal);
  /// One scalar with several words, at their ranges in `text`.
  void add_text(MappedText text, ScalarStyle style, TextRange from, std::vector<shell::Word> words);

  [[nodiscard]] bool empty() const { return parts_.empty(); }

  struct Result {
    shell::Source source;
    std::vector<shell::Word> words;
  };
  [[nodiscard]] Result join() const;

 private:
  struct Part {
    MappedText text;
    ScalarStyle style;
    TextRange from;
    std::vector<shell::Word> words;
    [[nodiscard]] TextRange place() const;
  };
  /// Where each part stands; one that would break the order of the file moves before the next one, where it is empty.
  [[nodiscard]] std::vector<TextRange> ascending_places() const;

  std::vector<shell::Layer> inner_;
  std::vector<Part> parts_;
};

}  // namespace quaymaster::yaml
