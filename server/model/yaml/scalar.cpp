#include "model/yaml/scalar.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "model/yaml/text_lines.h"

namespace quaymaster::yaml {
namespace {

bool is_white(char c) { return c == ' ' || c == '\t'; }
bool is_break(char c) { return c == '\n' || c == '\r'; }

/// Reads the text of a scalar from left to right.
struct Reader {
  std::string_view text;
  std::uint32_t begin;  // of `text` in the document
  std::uint32_t at = 0;

  [[nodiscard]] bool done() const { return at >= text.size(); }
  [[nodiscard]] char peek(std::uint32_t ahead = 0) const { return at + ahead < text.size() ? text[at + ahead] : '\0'; }
  void skip_white() {
    while (!done() && is_white(text[at])) ++at;
  }
  void skip_break() { at += text.substr(at).starts_with("\r\n") ? 2U : 1U; }
  [[nodiscard]] TextRange file(std::uint32_t from) const { return {begin + from, begin + at}; }
};

/// Line folding of flow scalars: the reader stands at white space. True when that reaches a line break, which is then
/// read with all the empty lines and the indentation behind it.
bool fold(Reader& reader, MappedText& out) {
  const std::uint32_t from = reader.at;
  reader.skip_white();
  if (reader.done() || !is_break(reader.peek())) {
    reader.at = from;
    return false;
  }
  std::size_t breaks = 0;
  while (!reader.done() && is_break(reader.peek())) {
    reader.skip_break();
    ++breaks;
    reader.skip_white();
  }
  out.append_decoded(breaks == 1 ? std::string(" ") : std::string(breaks - 1, '\n'), reader.file(from));
  return true;
}

/// Bytes that stand for themselves, up to the next one of `special`, white space or a line break.
void copy_run(Reader& reader, MappedText& out, std::string_view special) {
  const std::uint32_t from = reader.at;
  while (!reader.done() && is_white(reader.peek())) ++reader.at;
  while (!reader.done() && !is_white(reader.peek()) && !is_break(reader.peek()) &&
         special.find(reader.peek()) == std::string_view::npos)
    ++reader.at;
  if (reader.at == from) ++reader.at;
  out.append(reader.text.substr(from, reader.at - from), reader.begin + from);
}

MappedText decode_plain(Reader reader) {
  MappedText out;
  while (!reader.done())
    if (!fold(reader, out)) copy_run(reader, out, {});
  return out;
}

MappedText decode_single_quoted(Reader reader) {
  MappedText out;
  while (!reader.done()) {
    if (fold(reader, out)) continue;
    if (reader.peek() == '\'' && reader.peek(1) == '\'') {
      const std::uint32_t from = reader.at;
      reader.at += 2;
      out.append_decoded("'", reader.file(from));
    } else {
      copy_run(reader, out, "'");
    }
  }
  return out;
}

std::string encode_utf8(std::uint32_t code) {
  if (code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) code = 0xFFFD;
  const auto byte = [](std::uint32_t value) { return static_cast<char>(static_cast<unsigned char>(value)); };
  if (code < 0x80) return {byte(code)};
  if (code < 0x800) return {byte(0xC0 | (code >> 6)), byte(0x80 | (code & 0x3F))};
  if (code < 0x10000) return {byte(0xE0 | (code >> 12)), byte(0x80 | ((code >> 6) & 0x3F)), byte(0x80 | (code & 0x3F))};
  return {byte(0xF0 | (code >> 18)), byte(0x80 | ((code >> 12) & 0x3F)), byte(0x80 | ((code >> 6) & 0x3F)),
          byte(0x80 | (code & 0x3F))};
}

/// The number of the `digits` hexadecimal digits `ahead` of the reader.
std::optional<std::uint32_t> hexadecimal(const Reader& reader, std::uint32_t ahead, std::uint32_t digits) {
  std::uint32_t value = 0;
  for (std::uint32_t i = 0; i < digits; ++i) {
    const char c = reader.peek(ahead + i);
    const char lower = static_cast<char>(c | 0x20);
    if (c >= '0' && c <= '9')
      value = value * 16 + static_cast<std::uint32_t>(c - '0');
    else if (lower >= 'a' && lower <= 'f')
      value = value * 16 + static_cast<std::uint32_t>(lower - 'a') + 10;
    else
      return std::nullopt;
  }
  return value;
}

/// A numeric escape at the reader; two halves of a UTF-16 pair, as JSON writes them, are one character.
std::optional<std::string> numeric_escape(Reader& reader) {
  const char letter = reader.peek(1);
  const std::uint32_t digits = letter == 'x' ? 2 : letter == 'u' ? 4 : 8;
  std::optional<std::uint32_t> code = hexadecimal(reader, 2, digits);
  if (!code) return std::nullopt;
  reader.at += 2 + digits;
  if (letter == 'u' && *code >= 0xD800 && *code < 0xDC00 && reader.peek() == '\\' && reader.peek(1) == 'u') {
    const std::optional<std::uint32_t> low = hexadecimal(reader, 2, 4);
    if (low && *low >= 0xDC00 && *low < 0xE000) {
      code = 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00);
      reader.at += 6;
    }
  }
  return encode_utf8(*code);
}

/// What the escape of one character stands for; empty when it is none.
std::string_view short_escape(char letter) {
  switch (letter) {
    case '0': return {"\0", 1};
    case 'a': return "\a";
    case 'b': return "\b";
    case 't':
    case '\t': return "\t";
    case 'n': return "\n";
    case 'v': return "\v";
    case 'f': return "\f";
    case 'r': return "\r";
    case 'e': return "\x1B";
    case ' ': return " ";
    case '"': return "\"";
    case '/': return "/";
    case '\\': return "\\";
    case 'N': return "\xC2\x85";
    case '_': return "\xC2\xA0";
    case 'L': return "\xE2\x80\xA8";
    case 'P': return "\xE2\x80\xA9";
    default: return {};
  }
}

void decode_escape(Reader& reader, MappedText& out) {
  const std::uint32_t from = reader.at;
  const char letter = reader.peek(1);
  if (is_break(letter)) {  // the line goes on without a blank; empty lines behind it still count
    ++reader.at;
    reader.skip_break();
    reader.skip_white();
    std::size_t breaks = 0;
    while (!reader.done() && is_break(reader.peek())) {
      reader.skip_break();
      reader.skip_white();
      ++breaks;
    }
    out.append_decoded(std::string(breaks, '\n'), reader.file(from));
    return;
  }
  if (letter == 'x' || letter == 'u' || letter == 'U') {
    if (const std::optional<std::string> character = numeric_escape(reader)) {
      out.append_decoded(*character, reader.file(from));
      return;
    }
  }
  if (const std::string_view text = short_escape(letter); !text.empty() && reader.at + 1 < reader.text.size()) {
    reader.at += 2;
    out.append_decoded(text, reader.file(from));
    return;
  }
  ++reader.at;
  out.append("\\", reader.begin + from);
}

MappedText decode_double_quoted(Reader reader) {
  MappedText out;
  while (!reader.done()) {
    if (fold(reader, out)) continue;
    if (reader.peek() == '\\')
      decode_escape(reader, out);
    else
      copy_run(reader, out, "\\");
  }
  return out;
}

enum class Chomping { Clip, Strip, Keep };

struct BlockHeader {
  Chomping chomping = Chomping::Clip;
  std::uint32_t indent = 0;  // of the content; 0: still to be found
};

BlockHeader read_header(Reader& reader, int parent_indent) {
  BlockHeader header;
  for (++reader.at; !reader.done() && !is_break(reader.peek()); ++reader.at) {
    const char c = reader.peek();
    if (c == '+') header.chomping = Chomping::Keep;
    if (c == '-') header.chomping = Chomping::Strip;
    if (c >= '1' && c <= '9') header.indent = static_cast<std::uint32_t>(std::max(parent_indent, 0) + (c - '0'));
    if (is_white(c)) break;
  }
  while (!reader.done() && !is_break(reader.peek())) ++reader.at;
  if (!reader.done()) reader.skip_break();
  return header;
}

/// One line of a block scalar without its indentation. Offsets are in the reader's text.
struct BlockLine {
  TextRange content;
  std::uint32_t next = 0;  // behind the line's terminator
  [[nodiscard]] bool terminated() const { return next > content.end; }
};

std::uint32_t leading_blanks(std::string_view text, std::uint32_t at) {
  const std::size_t end = std::min(text.find_first_not_of(' ', at), text.size());
  return static_cast<std::uint32_t>(end) - at;
}

/// The indentation of the first line that is not blank, or the deepest blank one if all are.
std::uint32_t detect_indent(std::string_view text, std::uint32_t at) {
  std::uint32_t deepest = 0;
  while (at < text.size()) {
    const std::uint32_t blanks = leading_blanks(text, at);
    if (at + blanks < text.size() && !is_break(text[at + blanks])) return blanks;
    deepest = std::max(deepest, blanks);
    at = next_line(text, at);
  }
  return deepest;
}

std::vector<BlockLine> block_lines(const Reader& reader, std::uint32_t indent) {
  std::vector<BlockLine> lines;
  std::uint32_t at = reader.at;
  while (at < reader.text.size()) {
    const std::uint32_t blanks = leading_blanks(reader.text, at);
    const std::uint32_t end = line_end(reader.text, at);
    if (blanks < indent && at + blanks != end) break;
    const std::uint32_t content = at + std::min(blanks, indent);
    at = next_line(reader.text, at);
    lines.push_back({{content, end}, at});
  }
  return lines;
}

MappedText decode_block(Reader reader, bool folded, int parent_indent) {
  BlockHeader header = read_header(reader, parent_indent);
  if (header.indent == 0) header.indent = detect_indent(reader.text, reader.at);
  const std::vector<BlockLine> lines = block_lines(reader, header.indent);
  MappedText out;
  const auto text_of = [&](const BlockLine& line) { return slice(reader.text, line.content); };
  const auto append_break = [&](const BlockLine& line) {
    const std::string_view written = slice(reader.text, {line.content.end, line.next});
    if (written == "\n")
      out.append(written, reader.begin + line.content.end);
    else
      out.append_decoded("\n", {reader.begin + line.content.end, reader.begin + line.next});
  };

  std::size_t last = lines.size();  // behind the last line that is not empty
  while (last > 0 && lines[last - 1].content.empty()) --last;
  const BlockLine* previous = nullptr;  // that is not empty
  std::size_t empty_lines = 0;
  for (std::size_t i = 0; i < last; ++i) {
    const BlockLine& line = lines[i];
    if (line.content.empty() && folded) {
      ++empty_lines;
      continue;
    }
    if (folded) {
      const auto more_indented = [&](const BlockLine& of) { return is_white(text_of(of).front()); };
      const bool joined = previous != nullptr && !more_indented(*previous) && !more_indented(line);
      std::string between(empty_lines, '\n');
      if (previous != nullptr && !joined) between += '\n';
      if (joined && empty_lines == 0) between.assign(1, ' ');
      const std::uint32_t from = previous != nullptr ? previous->content.end : reader.at;
      out.append_decoded(between, {reader.begin + from, reader.begin + line.content.begin});
      empty_lines = 0;
      previous = &line;
    }
    out.append(text_of(line), reader.begin + line.content.begin);
    if (!folded && i + 1 < last) append_break(line);
  }
  if (last > 0 && header.chomping != Chomping::Strip && lines[last - 1].terminated()) append_break(lines[last - 1]);
  if (header.chomping == Chomping::Keep)
    for (std::size_t i = last; i < lines.size(); ++i)
      if (lines[i].terminated()) append_break(lines[i]);
  return out;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7F'; }

std::string double_quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (is_control(c)) {
      constexpr std::string_view kDigits = "0123456789ABCDEF";
      out += "\\x";
      out += kDigits[static_cast<unsigned char>(c) >> 4];
      out += kDigits[static_cast<unsigned char>(c) & 15];
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string single_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') out += '\'';
    out += c;
  }
  return out + '\'';
}

}  // namespace

MappedText decode_scalar(std::string_view written, std::uint32_t begin, ScalarStyle style, int parent_indent) {
  if (style == ScalarStyle::Literal || style == ScalarStyle::Folded)
    return decode_block({written, begin}, style == ScalarStyle::Folded, parent_indent);
  if (style == ScalarStyle::Plain) return decode_plain({written, begin});
  const char quote = style == ScalarStyle::SingleQuoted ? '\'' : '"';
  std::string_view inner = written.substr(std::min<std::size_t>(1, written.size()));
  if (inner.ends_with(quote)) inner.remove_suffix(1);
  const Reader reader{inner, begin + 1};
  return style == ScalarStyle::SingleQuoted ? decode_single_quoted(reader) : decode_double_quoted(reader);
}

MappedText mapped_scalar(const Document& document, const Node& node) {
  if (node.kind != Node::Kind::Scalar) return {};
  const std::string_view text = document.text();
  TextRange range = node.range;
  int parent_indent = -1;
  if (node.style == ScalarStyle::Literal || node.style == ScalarStyle::Folded) {
    range.end = block_scalar_end(text, range.end);
    if (node.parent != nullptr) parent_indent = static_cast<int>(column(text, node.parent->range.begin));
  }
  return decode_scalar(slice(text, range), range.begin, node.style, parent_indent);
}

std::uint32_t block_scalar_end(std::string_view text, std::uint32_t written_end) {
  std::uint32_t end = next_line(text, written_end);
  while (end < text.size() && trimmed(text, {end, line_end(text, end)}).empty()) end = next_line(text, end);
  return end;
}

shell::Layer layer_of(ScalarStyle style) {
  switch (style) {
    case ScalarStyle::Plain: return shell::Layer::YamlPlain;
    case ScalarStyle::SingleQuoted: return shell::Layer::YamlSingleQuoted;
    case ScalarStyle::DoubleQuoted: return shell::Layer::YamlDoubleQuoted;
    case ScalarStyle::Literal:
    case ScalarStyle::Folded: return shell::Layer::YamlBlock;
  }
  return shell::Layer::YamlPlain;
}

std::string encode_scalar(std::string_view text, ScalarStyle style, bool flow) {
  bool one_line = true;
  for (const char c : text) one_line = one_line && !is_control(c);
  if (!one_line || style == ScalarStyle::DoubleQuoted) return double_quoted(text);
  if (style == ScalarStyle::SingleQuoted || !plain_string(text, flow)) return single_quoted(text);
  return std::string(text);
}

}  // namespace quaymaster::yaml
