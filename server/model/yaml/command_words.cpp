#include "model/yaml/command_words.h"

#include <algorithm>
#include <utility>

#include "model/yaml/scalar.h"

namespace quaymaster::yaml {

void CommandWords::add_word(MappedText text, ScalarStyle style, TextRange from, bool literal) {
  shell::Word word{{0, text.size()}, text.bytes(), literal};
  add_text(std::move(text), style, from, {std::move(word)});
}

void CommandWords::add_text(MappedText text, ScalarStyle style, TextRange from, std::vector<shell::Word> words) {
  parts_.push_back({std::move(text), style, from, std::move(words)});
}

namespace {

TextRange text_place(const MappedText& text) { return text.to_file({0, text.size()}); }

}  // namespace

TextRange CommandWords::Part::place() const {
  const TextRange written = text.empty() ? from : text_place(text);
  // A block scalar ends with a line terminator that its item does not have: the beginning decides.
  return from.touches(written.begin) ? written : from;
}

std::vector<TextRange> CommandWords::ascending_places() const {
  // From the last part, which is the script of a `sh -c`, back to the first.
  std::vector<TextRange> places(parts_.size());
  for (std::size_t i = parts_.size(); i-- > 0;) {
    places[i] = parts_[i].place();
    if (i + 1 == parts_.size()) continue;
    const std::uint32_t limit = places[i + 1].begin;
    if (places[i].end > limit) places[i] = {limit, limit};
  }
  return places;
}

CommandWords::Result CommandWords::join() const {
  ScalarStyle main_style = ScalarStyle::Plain;
  std::uint32_t longest = 0;
  for (const Part& part : parts_) {
    if (part.text.size() < longest) continue;
    longest = part.text.size();
    main_style = part.style;
  }

  Result result;
  result.source.layers = inner_;
  result.source.layers.push_back(layer_of(main_style));
  MappedText& text = result.source.text;
  const std::vector<TextRange> places = ascending_places();
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    const Part& part = parts_[i];
    if (i > 0) text.append_decoded(" ", {places[i - 1].end, places[i].begin});
    const std::uint32_t offset = text.size();
    if (places[i] == text_place(part.text) && part.style == main_style)
      text.append(part.text, {0, part.text.size()});
    else
      text.append_decoded(part.text.bytes(), places[i]);
    for (shell::Word word : part.words) {
      word.range = word.range.shifted(offset);
      result.words.push_back(std::move(word));
    }
  }
  return result;
}

}  // namespace quaymaster::yaml
