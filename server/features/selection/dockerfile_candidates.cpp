#include <algorithm>
#include <optional>

#include "features/selection/candidates.h"
#include "model/image/reference.h"

namespace quaymaster {
namespace {

using dockerfile::Instruction;
using dockerfile::Placed;
using dockerfile::Word;

/// Collects the ranges of one instruction, relative to its segment.
class InstructionRanges {
 public:
  InstructionRanges(std::uint32_t at, std::vector<TextRange>& ranges) : at_(at), ranges_(ranges) {}

  void add(const Instruction& instruction) {
    const dockerfile::Statement& statement = instruction.statement();
    ranges_.push_back(statement.range);
    ranges_.push_back(statement.keyword);
    for (const dockerfile::Flag& flag : statement.flags) {
      ranges_.push_back(flag.range);
      ranges_.push_back(flag.name_range);
      add(flag.value);
    }
    for (const TextRange comment : instruction.comments) ranges_.push_back(comment);
    std::visit([this](const auto& body) { (*this)(body); }, instruction.body);
  }

  void operator()(const dockerfile::Statement&) {}
  void operator()(const dockerfile::From& from) {
    add(from.image);
    add(from.as_keyword);
    add(from.stage_name);
    if (!from.image || from.image->string().find_first_of("$\"'\\") != std::string::npos) return;
    const image::Reference image = image::parse_reference(from.image->string());
    const auto add_part = [&](std::optional<TextRange> part) {
      if (part) ranges_.push_back(from.image->text.to_file(*part));
    };
    add_part(image.name_range);
    add_part(image.tag_range);
    add_part(image.digest_range);
    // Name and tag without the digest.
    if (image.tag_range && image.digest_range) add_part(cover(image.name_range, *image.tag_range));
  }
  void operator()(const dockerfile::Run& run) {
    add(run.command);
    add(run.heredocs);
  }
  void operator()(const dockerfile::Cmd& cmd) { add(cmd.command); }
  void operator()(const dockerfile::Entrypoint& entrypoint) { add(entrypoint.command); }
  void operator()(const dockerfile::Shell& shell) { add(shell.command); }
  void operator()(const dockerfile::Healthcheck& check) {
    add(check.type);
    add(check.command);
  }
  void operator()(const dockerfile::Copy& copy) { transfer(copy); }
  void operator()(const dockerfile::Add& add) { transfer(add); }
  void operator()(const dockerfile::Env& env) { add(env.pairs); }
  void operator()(const dockerfile::Arg& arg) { add(arg.pairs); }
  void operator()(const dockerfile::Label& label) { add(label.pairs); }
  void operator()(const dockerfile::Expose& expose) { add(expose.ports); }
  void operator()(const dockerfile::Volume& volume) { add(volume.paths); }
  void operator()(const dockerfile::User& user) { add(user.user); }
  void operator()(const dockerfile::Workdir& workdir) { add(workdir.path); }
  void operator()(const dockerfile::Stopsignal& stopsignal) { add(stopsignal.signal); }
  void operator()(const dockerfile::Maintainer& maintainer) { add(maintainer.name); }
  void operator()(const dockerfile::Onbuild& onbuild) {
    if (onbuild.inner) add(*onbuild.inner);
  }

 private:
  void add(const Word& word) {
    if (!word.range.touches(at_)) return;
    ranges_.push_back(word.range);
    add_text(word.text);
  }
  void add(const std::optional<Word>& word) {
    if (word) add(*word);
  }
  void add(const std::vector<Word>& words) {
    for (const Word& word : words) add(word);
  }
  void add(const std::vector<dockerfile::Pair>& pairs) {
    for (const dockerfile::Pair& pair : pairs) {
      ranges_.push_back(pair.range);
      add(pair.key);
      add(pair.value);
    }
  }
  void add(const std::vector<dockerfile::Heredoc>& heredocs) {
    for (const dockerfile::Heredoc& heredoc : heredocs) {
      ranges_.push_back(heredoc.marker);
      ranges_.push_back(heredoc.content);
    }
  }
  void add(const dockerfile::CommandLine& command) {
    ranges_.push_back(command.range);
    for (const Word& string : command.strings) {
      if (!string.range.touches(at_)) continue;
      ranges_.push_back(string.range);
      if (string.range.size() > 2) ranges_.push_back({string.range.begin + 1, string.range.end - 1});
      add_text(string.text);
    }
    if (command.source) add_text(command.source->text);
  }
  void transfer(const dockerfile::Transfer& transfer) {
    add(transfer.sources);
    add(transfer.destination);
    add(transfer.heredocs);
  }

  /// What the quotes and blanks in `text` part, and the variables.
  void add_text(const MappedText& text) {
    const std::optional<std::uint32_t> at = offset_in(text);
    if (!at) return;
    std::vector<TextRange> parts;
    add_shell_candidates(text.bytes(), *at, parts);
    for (const TextRange part : parts) ranges_.push_back(text.to_file(part));
  }

  /// Where the byte at the place stands in `text`: the first offset whose place is not before it.
  [[nodiscard]] std::optional<std::uint32_t> offset_in(const MappedText& text) const {
    if (text.empty() || !text.to_file({0, text.size()}).touches(at_)) return std::nullopt;
    std::uint32_t low = 0;
    std::uint32_t high = text.size();
    while (low < high) {
      const std::uint32_t middle = low + (high - low) / 2;
      if (text.to_file({middle, middle}).begin < at_)
        low = middle + 1;
      else
        high = middle;
    }
    return low;
  }

  std::uint32_t at_;
  std::vector<TextRange>& ranges_;
};

}  // namespace

void add_dockerfile_candidates(const DockerfileModel& model, std::uint32_t offset, std::vector<TextRange>& ranges) {
  const dockerfile::File& file = model.file;
  const auto range_of = [&](std::size_t index) {
    return file.instructions[index].instruction->statement().range.shifted(file.instructions[index].begin);
  };
  for (const dockerfile::ParserDirective& directive : file.directives) {
    ranges.push_back(directive.name_range);
    ranges.push_back(directive.value_range);
    ranges.push_back(cover(directive.name_range, directive.value_range));
  }
  for (const dockerfile::Stage& stage : file.stages)
    ranges.push_back(cover(range_of(stage.first), range_of(stage.end - 1)));
  for (std::size_t i = 0; i < file.instructions.size(); ++i) {
    if (!range_of(i).touches(offset)) continue;
    const std::uint32_t begin = file.instructions[i].begin;
    std::vector<TextRange> own;
    InstructionRanges(offset - begin, own).add(*file.instructions[i].instruction);
    for (const TextRange range : own) ranges.push_back(range.shifted(begin));
  }
}

void add_shell_candidates(std::string_view bytes, std::uint32_t at, std::vector<TextRange>& ranges) {
  constexpr std::size_t kMaxBraces = 200;
  if (const std::size_t open = bytes.rfind("${", at); open != std::string_view::npos) {
    const std::size_t close = bytes.substr(open, kMaxBraces).find('}');
    if (close != std::string_view::npos)
      ranges.push_back({static_cast<std::uint32_t>(open), static_cast<std::uint32_t>(open + close) + 1});
  }
  std::uint32_t word = 0;
  std::uint32_t command = 0;
  const auto size = static_cast<std::uint32_t>(bytes.size());
  const auto end_word = [&](std::uint32_t end) {
    if (word < end) ranges.push_back({word, end});
    word = end + 1;
  };
  const auto end_command = [&](std::uint32_t end) {
    std::uint32_t begin = command;
    std::uint32_t last = end;
    while (begin < last && (bytes[begin] == ' ' || bytes[begin] == '\t')) ++begin;
    while (last > begin && (bytes[last - 1] == ' ' || bytes[last - 1] == '\t' || bytes[last - 1] == '\r')) --last;
    if (begin < last) ranges.push_back({begin, last});
    command = end + 1;
  };
  std::uint32_t i = 0;
  // Beyond the place nothing but the ends of what is open is of interest.
  while (i < size && command <= at) {
    const char c = bytes[i];
    if (c == '\\') {
      i = std::min(i + 2, size);
    } else if (c == '\'' || c == '"') {
      std::uint32_t close = i + 1;
      while (close < size && bytes[close] != c) close += c == '"' && bytes[close] == '\\' ? 2 : 1;
      if (close >= size) {
        ++i;
        continue;
      }
      ranges.push_back({i + 1, close});
      ranges.push_back({i, close + 1});
      i = close + 1;
    } else {
      if (c == ' ' || c == '\t' || c == '\n' || c == ';' || c == '&' || c == '|') end_word(i);
      if (c == '\n' || c == ';' || c == '&' || c == '|') end_command(i);
      ++i;
    }
  }
  if (command <= at) {
    end_word(size);
    end_command(size);
  }
}

}  // namespace quaymaster
