#include "truth/builder_view.h"

#include <algorithm>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "model/dockerfile/instruction.h"
#include "model/dockerfile/instruction_parser.h"
#include "syntax/dockerfile_line.h"
#include "syntax/dockerfile_segments.h"
#include "syntax/tree.h"

namespace quaymaster::tests {
namespace {

using Json = nlohmann::json;

/// The words behind the keyword and the flags, as BuildKit's parser splits them.
class Words {
 public:
  Words(std::string_view segment, char escape) : segment_(segment), escape_(escape) {}

  std::vector<std::string> list;
  bool json = false;

  void operator()(const dockerfile::Unknown&) { list.emplace_back(); }
  void operator()(const dockerfile::From& node) {
    add(node.image);
    add(node.as_keyword);
    add(node.stage_name);
    add(node.surplus);
  }
  void operator()(const dockerfile::Run& node) { add(node.command); }
  void operator()(const dockerfile::Cmd& node) { add(node.command); }
  void operator()(const dockerfile::Entrypoint& node) { add(node.command); }
  void operator()(const dockerfile::Shell& node) { add(node.command); }
  void operator()(const dockerfile::Healthcheck& node) {
    add(node.type);
    add(node.command);
  }
  void operator()(const dockerfile::Env& node) { add(node.pairs, node.legacy); }
  void operator()(const dockerfile::Label& node) { add(node.pairs, node.legacy); }
  void operator()(const dockerfile::Arg& node) {
    for (const dockerfile::Pair& pair : node.pairs)
      list.push_back(pair.value ? pair.key.string() + "=" + pair.value->string() : pair.key.string());
  }
  void operator()(const dockerfile::Transfer& node) {
    json = node.json;
    add(node.sources);
    add(node.destination);
  }
  void operator()(const dockerfile::Expose& node) { add(node.ports); }
  void operator()(const dockerfile::Volume& node) {
    json = node.json;
    add(node.paths);
  }
  void operator()(const dockerfile::User& node) { add(node.user); }
  void operator()(const dockerfile::Workdir& node) { add(node.path); }
  void operator()(const dockerfile::Stopsignal& node) { add(node.signal); }
  void operator()(const dockerfile::Maintainer& node) { add(node.name); }
  void operator()(const dockerfile::Onbuild&) {}

 private:
  void add(const dockerfile::Word& word) { list.push_back(word.string()); }
  void add(const std::optional<dockerfile::Word>& word) {
    if (word) add(*word);
  }
  void add(const std::vector<dockerfile::Word>& words) {
    for (const dockerfile::Word& word : words) add(word);
  }
  void add(const dockerfile::CommandLine& command) {
    json = command.json;
    add(command.strings);
    // The line itself: the source of a command with heredocs is what the shell makes of it.
    if (!json && !command.range.empty()) list.push_back(syntax::joined(segment_, command.range, escape_).bytes());
  }
  void add(const std::vector<dockerfile::Pair>& pairs, bool legacy) {
    for (const dockerfile::Pair& pair : pairs) {
      add(pair.key);
      list.push_back(pair.value ? pair.value->string() : "");
      list.emplace_back(legacy ? "" : "=");
    }
  }

  std::string_view segment_;
  char escape_;
};

const std::vector<dockerfile::Heredoc>* heredocs_of(const dockerfile::Instruction& instruction) {
  if (const auto* run = instruction.as<dockerfile::Run>()) return &run->heredocs;
  if (const auto* copy = instruction.as<dockerfile::Copy>()) return &copy->heredocs;
  if (const auto* add = instruction.as<dockerfile::Add>()) return &add->heredocs;
  const auto* onbuild = instruction.as<dockerfile::Onbuild>();
  return onbuild != nullptr && onbuild->inner ? heredocs_of(*onbuild->inner) : nullptr;
}

Json view_of(const dockerfile::Instruction& instruction, std::string_view segment, char escape) {
  Words words(segment, escape);
  std::visit(words, instruction.body);
  const dockerfile::Statement& statement = instruction.statement();
  Json node{{"Cmd", syntax::joined(segment, statement.keyword, escape).bytes()}, {"Args", words.list}};
  if (words.json) node["JSON"] = true;
  for (const dockerfile::Flag& flag : statement.flags)
    node["Flags"].push_back("--" + flag.name + (flag.value ? "=" + flag.value->string() : ""));
  if (const auto* onbuild = instruction.as<dockerfile::Onbuild>(); onbuild != nullptr && onbuild->inner)
    node["Sub"] = view_of(*onbuild->inner, segment, escape);
  return node;
}

void add_heredocs(Json& node, const dockerfile::Instruction& instruction, std::string_view segment) {
  const auto* heredocs = heredocs_of(instruction);
  if (heredocs == nullptr) return;
  for (const dockerfile::Heredoc& heredoc : *heredocs)
    node["Heredocs"].push_back({{"Name", heredoc.delimiter},
                                {"Content", std::string(slice(segment, heredoc.content))},
                                {"Expand", heredoc.expand},
                                {"Chomp", heredoc.strip_tabs}});
}

std::string printed(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

/// BuildKit gives the instruction under ONBUILD no lines.
void compare(const Json& ours, const Json& builders, const std::string& where, std::string& out) {
  const auto check = [&](std::string_view key, const Json& a, const Json& b) {
    if (a != b) out += where + std::string(key) + ": " + printed(a) + ", BuildKit: " + printed(b) + "\n";
  };
  const auto get = [](const Json& node, const char* key) { return node.contains(key) ? node[key] : Json::array(); };
  for (const char* key : {"Cmd", "Flags", "JSON", "Args"}) check(key, get(ours, key), get(builders, key));
  if (ours.contains("Start"))
    for (const char* key : {"Start", "End"}) check(key, get(ours, key), get(builders, key));
  Json heredocs = get(builders, "Heredocs");
  for (Json& heredoc : heredocs) heredoc.erase("FD");
  check("Heredocs", get(ours, "Heredocs"), heredocs);
  check("has Sub", ours.contains("Sub"), builders.contains("Sub"));
  if (ours.contains("Sub") && builders.contains("Sub"))
    compare(ours["Sub"], builders["Sub"], where + "under ONBUILD: ", out);
}

}  // namespace

Json builder_view(std::string_view text) {
  syntax::Parser parser(syntax::Grammar::Dockerfile);
  const syntax::DockerfileSegments cut = syntax::dockerfile_segments(text);
  Json view{{"Escape", std::string(1, cut.escape)}, {"Nodes", Json::array()}};
  std::ptrdiff_t line = 1;
  for (const syntax::DockerfileSegment& part : cut.segments) {
    const std::string_view segment = slice(text, part.range);
    const std::ptrdiff_t line_ends = std::ranges::count(segment, '\n');
    if (part.kind == syntax::DockerfileSegment::Kind::Instruction) {
      const dockerfile::Instruction instruction = dockerfile::parse_instruction(segment, cut.escape, parser);
      Json node = view_of(instruction, segment, cut.escape);
      add_heredocs(node, instruction, segment);
      node["Start"] = line;
      node["End"] = line + line_ends - (segment.ends_with('\n') ? 1 : 0);
      view["Nodes"].push_back(std::move(node));
    }
    line += line_ends;
  }
  return view;
}

std::string differences(const Json& ours, const Json& builders) {
  std::string out;
  const Json& our_nodes = ours["Nodes"];
  const Json& their_nodes = builders["Nodes"];
  if (our_nodes.size() != their_nodes.size())
    out += std::to_string(our_nodes.size()) + " instructions, BuildKit: " + std::to_string(their_nodes.size()) + "\n";
  for (std::size_t i = 0; i < our_nodes.size() && i < their_nodes.size(); ++i)
    compare(our_nodes[i], their_nodes[i], "instruction " + std::to_string(i + 1) + " ", out);
  return out;
}

}  // namespace quaymaster::tests
