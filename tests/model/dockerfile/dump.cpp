#include "model/dockerfile/dump.h"

#include <memory>
#include <variant>
#include <vector>

#include "model/dockerfile/instruction_parser.h"
#include "syntax/dockerfile_segments.h"

namespace quaymaster::tests {
namespace {

std::string words(const std::vector<dockerfile::Word>& list) {
  std::string out;
  for (const dockerfile::Word& word : list) out += " <" + word.string() + ">";
  return out;
}

std::string optional_word(const std::optional<dockerfile::Word>& word) {
  return word ? " <" + word->string() + ">" : std::string();
}

std::string pairs(const std::vector<dockerfile::Pair>& list) {
  std::string out;
  for (const dockerfile::Pair& pair : list) {
    out += " " + pair.key.string();
    if (pair.value) out += "=<" + pair.value->string() + ">";
  }
  return out;
}

std::string heredocs(const std::vector<dockerfile::Heredoc>& list) {
  std::string out;
  for (const dockerfile::Heredoc& heredoc : list) {
    out += " heredoc(" + heredoc.delimiter;
    if (!heredoc.expand) out += " noexpand";
    if (heredoc.strip_tabs) out += " chomp";
    out += ")";
  }
  return out;
}

std::string command(const dockerfile::CommandLine& line) {
  if (line.json) return " JSON" + words(line.strings);
  return line.source ? " <" + line.source->text.bytes() + ">" : std::string();
}

struct Dump {
  std::string operator()(const dockerfile::Unknown& node) const { return "?" + node.name; }
  std::string operator()(const dockerfile::From& node) const {
    return "FROM" + optional_word(node.image) + optional_word(node.as_keyword) + optional_word(node.stage_name) +
           words(node.surplus);
  }
  std::string operator()(const dockerfile::Run& node) const {
    return "RUN" + command(node.command) + heredocs(node.heredocs);
  }
  std::string operator()(const dockerfile::Cmd& node) const { return "CMD" + command(node.command); }
  std::string operator()(const dockerfile::Entrypoint& node) const { return "ENTRYPOINT" + command(node.command); }
  std::string operator()(const dockerfile::Shell& node) const { return "SHELL" + command(node.command); }
  std::string operator()(const dockerfile::Healthcheck& node) const {
    return "HEALTHCHECK" + optional_word(node.type) + command(node.command);
  }
  std::string operator()(const dockerfile::Env& node) const {
    return (node.legacy ? "ENV legacy" : "ENV") + pairs(node.pairs);
  }
  std::string operator()(const dockerfile::Label& node) const {
    return (node.legacy ? "LABEL legacy" : "LABEL") + pairs(node.pairs);
  }
  std::string operator()(const dockerfile::Arg& node) const { return "ARG" + pairs(node.pairs); }
  std::string operator()(const dockerfile::Copy& node) const { return "COPY" + transfer(node); }
  std::string operator()(const dockerfile::Add& node) const { return "ADD" + transfer(node); }
  std::string operator()(const dockerfile::Expose& node) const { return "EXPOSE" + words(node.ports); }
  std::string operator()(const dockerfile::Volume& node) const {
    return std::string("VOLUME") + (node.json ? " JSON" : "") + words(node.paths);
  }
  std::string operator()(const dockerfile::User& node) const { return "USER" + optional_word(node.user); }
  std::string operator()(const dockerfile::Workdir& node) const { return "WORKDIR" + optional_word(node.path); }
  std::string operator()(const dockerfile::Stopsignal& node) const { return "STOPSIGNAL" + optional_word(node.signal); }
  std::string operator()(const dockerfile::Maintainer& node) const { return "MAINTAINER" + optional_word(node.name); }
  std::string operator()(const dockerfile::Onbuild& node) const {
    return "ONBUILD {" + (node.inner ? dump(*node.inner) : std::string()) + "}";
  }

  static std::string transfer(const dockerfile::Transfer& node) {
    std::string out = node.json ? " JSON" : "";
    out += words(node.sources);
    if (node.destination) out += " ->" + optional_word(node.destination);
    return out + heredocs(node.heredocs);
  }
};

}  // namespace

std::string dump(const dockerfile::Instruction& instruction) {
  std::string out = std::visit(Dump{}, instruction.body);
  for (const dockerfile::Flag& flag : instruction.statement().flags) {
    out += " --" + flag.name;
    if (flag.value) out += "=" + flag.value->string();
  }
  return out;
}

std::string dump_instructions(std::string_view text) {
  std::string out;
  for (const dockerfile::Placed& placed : model_of(text).instructions) out += dump(*placed.instruction) + "\n";
  return out;
}

dockerfile::File model_of(std::string_view text) {
  syntax::Parser parser(syntax::Grammar::Dockerfile);
  const syntax::DockerfileSegments cut = syntax::dockerfile_segments(text);
  std::vector<dockerfile::FileModeler::Part> parts;
  for (const syntax::DockerfileSegment& segment : cut.segments)
    if (segment.kind == syntax::DockerfileSegment::Kind::Instruction)
      parts.push_back(
          {segment.range.begin, std::make_shared<const dockerfile::Instruction>(
                                    dockerfile::parse_instruction(slice(text, segment.range), cut.escape, parser))});
  dockerfile::FileModeler modeler;
  return modeler.model(std::move(parts), {}, cut.escape);
}

}  // namespace quaymaster::tests
