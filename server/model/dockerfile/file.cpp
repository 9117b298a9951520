#include "model/dockerfile/file.h"

#include <algorithm>
#include <charconv>

#include "text/ascii.h"

namespace quaymaster::dockerfile {
namespace {

std::optional<std::size_t> as_number(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// The value of `from=` among the comma-separated fields of a --mount.
std::optional<Word> mount_source(const Word& mount) {
  const std::string& bytes = mount.string();
  for (std::size_t at = 0; at <= bytes.size();) {
    const std::size_t comma = std::min(bytes.find(',', at), bytes.size());
    const std::string_view field = std::string_view(bytes).substr(at, comma - at);
    if (ascii_lower(field.substr(0, 5)) == "from=") {
      const TextRange value{static_cast<std::uint32_t>(at + 5), static_cast<std::uint32_t>(comma)};
      Word word{mount.text.to_file(value), {}};
      word.text.append(mount.text, value);
      return word;
    }
    at = comma + 1;
  }
  return std::nullopt;
}

}  // namespace

const Stage* File::stage_of(std::size_t index) const {
  for (const Stage& stage : stages)
    if (stage.first <= index && index < stage.end) return &stage;
  return nullptr;
}

std::optional<std::size_t> File::find_stage(std::string_view name, std::size_t before) const {
  before = std::min(before, stages.size());
  const std::string wanted = ascii_lower(name);
  for (std::size_t i = before; i > 0; --i)
    if (!wanted.empty() && stages[i - 1].name == wanted) return i - 1;
  if (const auto number = as_number(name); number && *number < before) return *number;
  return std::nullopt;
}

std::vector<Word> stage_references(const Instruction& instruction) {
  std::vector<Word> result;
  if (const auto* copy = instruction.as<Copy>()) {
    const Flag* from = copy->flag("from");
    if (from != nullptr && from->value) result.push_back(*from->value);
  } else if (const auto* run = instruction.as<Run>()) {
    for (const Flag& flag : run->flags)
      if (flag.name == "mount" && flag.value)
        if (auto source = mount_source(*flag.value)) result.push_back(std::move(*source));
  }
  return result;
}

}  // namespace quaymaster::dockerfile
