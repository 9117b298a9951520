#include "model/dockerfile/instruction_parser.h"

#include <algorithm>
#include <string>
#include <utility>

#include "model/dockerfile/instruction_lines.h"
#include "model/dockerfile/json_string.h"
#include "syntax/dockerfile_heredoc.h"
#include "syntax/dockerfile_line.h"

namespace quaymaster::dockerfile {
namespace {

using syntax::Node;

/// The grammar learns the escape character from a directive, which a segment does not have.
constexpr std::string_view kBacktickDirective = "# escape=`\n";

bool is_instruction(const Node& node) { return node.kind().ends_with("_instruction"); }

/// Layout between the words of an instruction.
bool is_layout(std::string_view kind) {
  return kind == "line_continuation" || kind == "comment" || kind == "empty_continuation_line";
}

/// A flag word as the builder reads it: quotes go, the escape character takes the next byte as it is, also in quotes.
MappedText unquoted_flag(const MappedText& word, char escape) {
  const std::string& bytes = word.bytes();
  MappedText result;
  char quote = '\0';
  for (std::uint32_t at = 0; at < word.size(); ++at) {
    const char c = bytes[at];
    if (c == quote) {
      quote = '\0';
    } else if (quote == '\0' && (c == '"' || c == '\'')) {
      quote = c;
    } else {
      if (c == escape) ++at;
      if (at < word.size()) result.append(word, {at, at + 1});
    }
  }
  return result;
}

class InstructionReader {
 public:
  /// `text` is the segment; nodes are `prefix` bytes further on.
  InstructionReader(std::string_view text, char escape, std::uint32_t prefix)
      : text_(text), escape_(escape), prefix_(prefix), logical_end_(syntax::logical_line_end(text, 0, escape)) {}

  void add_comments(const std::vector<Node>& nodes, std::vector<TextRange>& comments) const {
    for (const Node& node : nodes)
      if (node.kind() == "comment") comments.push_back(range(node));
  }

  Instruction read(const Node& node, bool triggered) const {
    Instruction instruction;
    const std::vector<Node> children = node.named_children();
    add_comments(children, instruction.comments);
    for (const Node& child : children)
      if (child.kind() == "json_array") add_comments(child.named_children(), instruction.comments);
    instruction.broken = node.has_error();
    instruction.body = body(node, children);
    std::visit(
        [&](Statement& statement) {
          statement.range = syntax::trimmed(text_, range(node));
          statement.triggered = triggered;
          statement.keyword = keyword(node);
          statement.keyword_text = word(statement.keyword).string();
          std::uint32_t flags_end = statement.keyword.end;
          for (const Node& child : children) {
            if (child.kind() == "flag") statement.flags.push_back(flag(child));
            if (child.kind() == "flag" || child.kind() == "flags_end") flags_end = range(child).end;
          }
          statement.arguments = arguments(flags_end);
        },
        instruction.body);
    return instruction;
  }

 private:
  [[nodiscard]] TextRange range(const Node& node) const {
    const TextRange in_buffer = node.range();
    return {in_buffer.begin - prefix_, in_buffer.end - prefix_};
  }

  /// Empty, at the beginning, in text that is no instruction.
  [[nodiscard]] TextRange keyword(const Node& node) const {
    const Node found = node.field("keyword");
    return found.null() ? TextRange{range(node).begin, range(node).begin} : range(found);
  }

  [[nodiscard]] Word word(TextRange at) const { return {at, syntax::joined(text_, at, escape_)}; }
  [[nodiscard]] Word word(const Node& node) const { return word(range(node)); }

  /// The rest of the logical line that begins at `begin`.
  [[nodiscard]] Word arguments(std::uint32_t begin) const {
    const MappedText line = syntax::joined(text_, {begin, logical_end_}, escape_);
    const TextRange all = syntax::trimmed(line.bytes(), {0, line.size()});
    if (all.empty()) return {{begin, begin}, {}};
    Word result{line.to_file(all), {}};
    result.text.append(line, all);
    return result;
  }

  [[nodiscard]] Flag flag(const Node& node) const {
    Word whole = word(node);
    whole.text = unquoted_flag(whole.text, escape_);
    Flag result{.range = whole.range};
    const std::string& bytes = whole.string();
    const std::size_t equals = bytes.find('=');
    const auto name_end = static_cast<std::uint32_t>(equals == std::string::npos ? bytes.size() : equals);
    const TextRange name{std::min(2U, name_end), name_end};
    result.name = slice(bytes, name);
    result.name_range = whole.text.to_file(name);
    if (equals != std::string::npos) {
      const TextRange value{name_end + 1, whole.text.size()};
      Word value_word{value.empty() ? TextRange{whole.range.end, whole.range.end} : whole.text.to_file(value), {}};
      value_word.text.append(whole.text, value);
      result.value = std::move(value_word);
    }
    return result;
  }

  [[nodiscard]] Pair pair(const Node& node) const {
    const Node key = node.field("key");
    const TextRange all = range(node);
    Pair result{.range = all, .key = key.null() ? Word{{all.begin, all.begin}, {}} : word(key)};
    const Node value = node.field("value");
    if (!value.null()) {
      result.value = word(value);
    } else if (slice(text_, result.range).ends_with('=')) {
      result.value = word(TextRange{result.range.end, result.range.end});
    }
    return result;
  }

  static bool is_argument(const Node& node) {
    const std::string_view kind = node.kind();
    return !is_layout(kind) && kind != "keyword" && kind != "flag" && kind != "flags_end" && kind != "heredoc_body" &&
           kind != "heredoc_content" && kind != "heredoc_end" && kind != "ERROR";
  }

  [[nodiscard]] std::vector<Word> words(const std::vector<Node>& children, bool& json) const {
    std::vector<Word> result;
    for (const Node& child : children) {
      if (!is_argument(child)) continue;
      if (child.kind() == "json_array") {
        json = true;
        return json_strings(child);
      }
      result.push_back(word(child));
    }
    return result;
  }

  [[nodiscard]] std::vector<Word> json_strings(const Node& array) const {
    std::vector<Word> result;
    for (const Node& child : array.named_children())
      if (child.kind() == "json_string") {
        const Word literal = word(child);
        result.push_back({literal.range, decode_json_string(literal.text)});
      }
    return result;
  }

  [[nodiscard]] std::optional<Word> rest(const std::vector<Node>& children) const {
    std::optional<TextRange> all;
    for (const Node& child : children)
      if (is_argument(child)) all = all ? cover(*all, range(child)) : range(child);
    if (!all) return std::nullopt;
    return word(*all);
  }

  [[nodiscard]] std::vector<Pair> pairs(const std::vector<Node>& children, bool& legacy) const {
    std::vector<Pair> result;
    for (const Node& child : children) {
      legacy = legacy || child.kind() == "legacy_pair";
      if (child.kind() == "pair" || child.kind() == "legacy_pair") result.push_back(pair(child));
    }
    return result;
  }

  [[nodiscard]] CommandLine command(const Node& node, const std::vector<Node>& children) const {
    CommandLine result;
    const std::uint32_t end = keyword(node).end;
    result.range = {end, end};
    for (const Node& child : children) {
      if (child.kind() == "json_array") {
        result.json = true;
        result.range = range(child);
        result.strings = json_strings(child);
      } else if (child.kind() == "shell_command") {
        result.range = range(child);
        result.source = shell::Source{syntax::joined(text_, result.range, escape_), {shell::Layer::DockerfileLine}};
      }
    }
    return result;
  }

  [[nodiscard]] std::vector<Heredoc> heredocs(const Node& node, const std::vector<Node>& children) const {
    std::vector<Heredoc> result;
    TextRange line = range(node);
    std::vector<Node> bodies;
    for (const Node& child : children)
      if (child.kind() == "heredoc_body") bodies.push_back(child);
    if (bodies.empty()) return result;
    line.end = range(bodies.front()).begin;
    const MappedText logical_line = syntax::joined(text_, line, escape_);
    const std::vector<syntax::HeredocMarker> markers = syntax::heredoc_markers(logical_line.bytes());
    for (std::size_t i = 0; i < bodies.size() && i < markers.size(); ++i) {
      Heredoc heredoc{.marker = logical_line.to_file(markers[i].range),
                      .delimiter = markers[i].delimiter,
                      .strip_tabs = markers[i].strip_tabs,
                      .expand = markers[i].expand,
                      .content = {range(bodies[i]).begin, range(bodies[i]).begin}};
      for (const Node& part : bodies[i].named_children())
        if (part.kind() == "heredoc_content") heredoc.content = range(part);
      result.push_back(std::move(heredoc));
    }
    return result;
  }

  /// The text of one heredoc's body as the shell receives it.
  [[nodiscard]] MappedText heredoc_text(const Heredoc& heredoc) const {
    MappedText body;
    for (std::uint32_t at = heredoc.content.begin; at < heredoc.content.end;) {
      const std::uint32_t end = std::min(syntax::line_end(text_, at), heredoc.content.end);
      std::uint32_t begin = at;
      if (heredoc.strip_tabs)
        while (begin < end && text_[begin] == '\t') ++begin;
      body.append(slice(text_, {begin, end}), begin);
      at = end;
    }
    return body;
  }

  void append_bodies(MappedText& text, const std::vector<Heredoc>& heredocs) const {
    for (const Heredoc& heredoc : heredocs) {
      text.append_decoded("\n", {heredoc.content.begin, heredoc.content.begin});
      const MappedText body = heredoc_text(heredoc);
      text.append(body, {0, body.size()});
      text.append_decoded(heredoc.delimiter, {heredoc.content.end, heredoc.content.end});
    }
  }

  [[nodiscard]] Run run(const Node& node, const std::vector<Node>& children) const {
    Run result;
    result.command = command(node, children);
    result.heredocs = heredocs(node, children);
    if (result.heredocs.empty() || !result.command.source) return result;

    shell::Source& source = *result.command.source;
    const TextRange marker = result.heredocs.front().marker;
    const bool lone = result.heredocs.size() == 1 && result.command.range == marker;
    if (lone) {
      // The shell runs the body; nothing but the heredoc's own end can close it.
      source = {heredoc_text(result.heredocs.front()), {}};
    } else if (result.command.range.begin != marker.begin) {
      append_bodies(source.text, result.heredocs);
    } else {
      // `RUN <<EOF cat > file`: the shell grammar does not know a redirection that comes first. Behind the only command
      // it means the same; of several it is left out.
      MappedText moved;
      const auto marker_size = std::min(static_cast<std::uint32_t>(marker.size()), source.text.size());
      moved.append(source.text, {marker_size, source.text.size()});
      if (moved.bytes().find_first_of("&|;") == std::string::npos) {
        const std::uint32_t end = result.command.range.end;
        moved.append_decoded(' ' + source.text.bytes().substr(0, marker_size), {end, end});
        append_bodies(moved, result.heredocs);
      }
      source.text = std::move(moved);
    }
    return result;
  }

  template <class Body>
  [[nodiscard]] Body transfer(const Node& node, const std::vector<Node>& children) const {
    Body result;
    result.sources = words(children, result.json);
    if (result.sources.size() > 1) {
      result.destination = std::move(result.sources.back());
      result.sources.pop_back();
    }
    result.heredocs = heredocs(node, children);
    for (Heredoc& heredoc : result.heredocs)
      if (heredoc.expand) heredoc.body = heredoc_text(heredoc);
    return result;
  }

  [[nodiscard]] From from(const std::vector<Node>& children) const {
    From result;
    bool json = false;
    std::vector<Word> all = words(children, json);
    const auto take = [&](std::size_t index) -> std::optional<Word> {
      if (index >= all.size()) return std::nullopt;
      return std::move(all[index]);
    };
    result.image = take(0);
    result.as_keyword = take(1);
    result.stage_name = take(2);
    for (std::size_t i = 3; i < all.size(); ++i) result.surplus.push_back(std::move(all[i]));
    return result;
  }

  [[nodiscard]] Healthcheck healthcheck(const Node& node, const std::vector<Node>& children) const {
    Healthcheck result;
    result.command = command(node, children);
    if (const Node type = node.field("type"); !type.null()) result.type = word(type);
    return result;
  }

  [[nodiscard]] Onbuild onbuild(const std::vector<Node>& children) const {
    Onbuild result;
    for (const Node& child : children)
      if (is_instruction(child)) result.inner = std::make_shared<const Instruction>(read(child, true));
    return result;
  }

  template <class Body>
  static Body with_command(CommandLine&& command) {
    Body result;
    result.command = std::move(command);
    return result;
  }

  [[nodiscard]] Instruction::Body body(const Node& node, const std::vector<Node>& children) const {
    const std::string_view kind = node.kind();
    bool flag = false;
    if (kind == "from_instruction") return from(children);
    if (kind == "run_instruction") return run(node, children);
    if (kind == "cmd_instruction") return with_command<Cmd>(command(node, children));
    if (kind == "entrypoint_instruction") return with_command<Entrypoint>(command(node, children));
    if (kind == "shell_instruction") return with_command<Shell>(command(node, children));
    if (kind == "healthcheck_instruction") return healthcheck(node, children);
    if (kind == "copy_instruction") return transfer<Copy>(node, children);
    if (kind == "add_instruction") return transfer<Add>(node, children);
    if (kind == "onbuild_instruction") return onbuild(children);
    if (kind == "arg_instruction") {
      Arg result;
      result.pairs = pairs(children, flag);
      return result;
    }
    if (kind == "env_instruction") {
      Env result;
      result.pairs = pairs(children, result.legacy);
      return result;
    }
    if (kind == "label_instruction") {
      Label result;
      result.pairs = pairs(children, result.legacy);
      return result;
    }
    if (kind == "expose_instruction") {
      Expose result;
      result.ports = words(children, flag);
      return result;
    }
    if (kind == "volume_instruction") {
      Volume result;
      result.paths = words(children, result.json);
      return result;
    }
    if (kind == "user_instruction") {
      User result;
      result.user = rest(children);
      return result;
    }
    if (kind == "workdir_instruction") {
      Workdir result;
      result.path = rest(children);
      return result;
    }
    if (kind == "stopsignal_instruction") {
      Stopsignal result;
      result.signal = rest(children);
      return result;
    }
    if (kind == "maintainer_instruction") {
      Maintainer result;
      result.name = rest(children);
      return result;
    }
    Unknown result;
    result.name = word(keyword(node)).string();
    return result;
  }

  std::string_view text_;
  char escape_;
  std::uint32_t prefix_;
  std::uint32_t logical_end_;
};

Instruction unreadable(std::string_view text) {
  const TextRange all = syntax::trimmed(text, {0, static_cast<std::uint32_t>(text.size())});
  Unknown body;
  body.range = all;
  body.keyword = all;
  body.keyword_text = slice(text, all);
  body.name = body.keyword_text;
  Instruction instruction;
  instruction.body = std::move(body);
  instruction.broken = true;
  return instruction;
}

}  // namespace

Instruction parse_instruction(std::string_view text, char escape, syntax::Parser& parser) {
  const std::string_view directive = escape == '`' ? kBacktickDirective : "";
  std::string buffer(directive);
  buffer += text;
  const std::optional<syntax::Tree> tree = parser.parse(buffer);
  if (!tree) return unreadable(text);
  const std::vector<Node> children = tree->root().named_children();
  const auto node = std::ranges::find_if(children, is_instruction);
  if (node == children.end()) return unreadable(text);
  Instruction instruction =
      InstructionReader(text, escape, static_cast<std::uint32_t>(directive.size())).read(*node, false);
  instruction.broken = instruction.broken || tree->root().has_error();
  add_lines(instruction, text, escape);
  return instruction;
}

}  // namespace quaymaster::dockerfile
