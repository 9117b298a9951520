#include <algorithm>
#include <string_view>
#include <utility>

#include "features/symbols/outlines.h"

namespace quaymaster {
namespace {

using dockerfile::Placed;
using Kind = DocumentSymbol::Kind;

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return result;
}

/// The kind of an instruction, and the part of it that its detail shows. One overload for each instruction that has
/// something to show.
struct Shown {
  Kind kind = Kind::Setting;
  TextRange detail;  // relative to the segment
  std::vector<const dockerfile::Pair*> pairs;

  void operator()(const dockerfile::Statement& statement) { detail = {statement.keyword.end, statement.range.end}; }
  void operator()(const dockerfile::Run& run) { command(run.command); }
  void operator()(const dockerfile::Cmd& cmd) { command(cmd.command); }
  void operator()(const dockerfile::Entrypoint& entrypoint) { command(entrypoint.command); }
  void operator()(const dockerfile::Healthcheck& check) { command(check.command); }
  void operator()(const dockerfile::Copy& copy) { transfer(copy); }
  void operator()(const dockerfile::Add& add) { transfer(add); }
  void operator()(const dockerfile::Env& env) { variables(env.pairs, Kind::Variable); }
  void operator()(const dockerfile::Arg& arg) { variables(arg.pairs, Kind::Variable); }
  void operator()(const dockerfile::Label& label) { variables(label.pairs, Kind::Setting); }

 private:
  void command(const dockerfile::CommandLine& line) {
    kind = Kind::Command;
    detail = line.range;
  }
  void transfer(const dockerfile::Transfer& transfer) {
    kind = Kind::Transfer;
    const TextRange all = transfer.range;
    const std::uint32_t begin = transfer.sources.empty() ? all.end : transfer.sources.front().range.begin;
    const std::uint32_t end = transfer.destination ? transfer.destination->range.end : all.end;
    detail = {std::min(begin, end), end};
  }
  void variables(const std::vector<dockerfile::Pair>& all, Kind of_kind) {
    kind = of_kind;
    for (const dockerfile::Pair& pair : all) pairs.push_back(&pair);
  }
};

class DockerfileOutline {
 public:
  DockerfileOutline(const Analysis& analysis, const DockerfileModel& model) : analysis_(analysis), file_(model.file) {}

  std::vector<DocumentSymbol> outline() const {
    std::vector<DocumentSymbol> symbols;
    for (const dockerfile::ParserDirective& directive : file_.directives)
      if (!directive.name.empty())
        symbols.push_back({.name = directive.name,
                           .detail = one_line(analysis_, directive.value_range),
                           .kind = Kind::Directive,
                           .range = cover(directive.name_range, directive.value_range),
                           .selection = directive.name_range,
                           .children = {}});
    const std::size_t first_stage = file_.stages.empty() ? file_.instructions.size() : file_.stages.front().first;
    for (std::size_t i = 0; i < first_stage; ++i) symbols.push_back(instruction(file_.instructions[i]));
    for (const dockerfile::Stage& each : file_.stages) symbols.push_back(stage(each));
    return symbols;
  }

 private:
  [[nodiscard]] DocumentSymbol stage(const dockerfile::Stage& stage) const {
    const Placed& placed = file_.instructions[stage.first];
    const auto& from = *placed.instruction->as<dockerfile::From>();
    const auto text = [&](TextRange range) { return one_line(analysis_, range.shifted(placed.begin)); };
    DocumentSymbol symbol{.name = {},
                          .detail = {},
                          .kind = Kind::Stage,
                          .range = from.range.shifted(placed.begin),
                          .selection = from.keyword.shifted(placed.begin),
                          .children = {}};
    if (from.stage_name) {
      symbol.name = text(from.stage_name->range);
      symbol.selection = from.stage_name->range.shifted(placed.begin);
      if (from.image) symbol.detail = text(from.image->range);
    } else if (from.image) {
      symbol.name = text(from.image->range);
      symbol.selection = from.image->range.shifted(placed.begin);
    }
    if (symbol.name.empty()) symbol.name = "FROM";
    for (std::size_t i = stage.first + 1; i < stage.end; ++i)
      symbol.children.push_back(instruction(file_.instructions[i]));
    if (!symbol.children.empty()) symbol.range = cover(symbol.range, symbol.children.back().range);
    return symbol;
  }

  [[nodiscard]] DocumentSymbol instruction(const Placed& placed) const {
    const dockerfile::Statement& statement = placed.instruction->statement();
    Shown shown;
    std::visit([&](const auto& body) { shown(body); }, placed.instruction->body);
    const auto text = [&](TextRange range) { return one_line(analysis_, range.shifted(placed.begin)); };
    DocumentSymbol symbol{.name = upper(text(statement.keyword)),
                          .detail = {},
                          .kind = shown.kind,
                          .range = statement.range.shifted(placed.begin),
                          .selection = statement.keyword.shifted(placed.begin),
                          .children = {}};
    if (symbol.name.empty()) symbol.name = "?";
    constexpr std::size_t kMaxNames = 8;
    const std::vector<const dockerfile::Pair*>& pairs = shown.pairs;
    for (std::size_t i = 0; i < std::min(pairs.size(), kMaxNames); ++i)
      symbol.name += (i == 0 ? " " : ", ") + text(pairs[i]->key.range);
    if (pairs.size() > kMaxNames) symbol.name += ", …";
    if (pairs.size() == 1) symbol.selection = pairs.front()->key.range.shifted(placed.begin);
    if (pairs.size() == 1 && pairs.front()->value)
      symbol.detail = text(pairs.front()->value->range);
    else if (pairs.empty())
      symbol.detail = text(shown.detail);
    return symbol;
  }

  const Analysis& analysis_;
  const dockerfile::File& file_;
};

}  // namespace

std::vector<DocumentSymbol> dockerfile_outline(const Analysis& analysis, const DockerfileModel& model) {
  return DockerfileOutline(analysis, model).outline();
}

}  // namespace quaymaster
