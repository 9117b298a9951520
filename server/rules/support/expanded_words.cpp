#include "rules/support/expanded_words.h"

#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include "model/dockerfile/run_mount.h"
#include "text/ascii.h"

namespace quaymaster::rules {
namespace {

using dockerfile::Word;

struct Collector {
  std::vector<ExpandedWord>& words;

  template <class Body>
  void operator()(const Body&) const {}

  void operator()(const dockerfile::From& from) const {
    flag(from, "platform");
    add(from.image);
  }
  void operator()(const dockerfile::Copy& copy) const { transfer(copy); }
  void operator()(const dockerfile::Add& add_instruction) const {
    flag(add_instruction, "checksum");
    transfer(add_instruction);
  }
  void operator()(const dockerfile::Env& env) const { pairs(env.pairs); }
  void operator()(const dockerfile::Label& label) const { pairs(label.pairs); }
  void operator()(const dockerfile::Arg& arg) const {
    for (const dockerfile::Pair& pair : arg.pairs) add(pair.value);
  }
  void operator()(const dockerfile::User& user) const { add(user.user); }
  void operator()(const dockerfile::Workdir& workdir) const { add(workdir.path); }
  void operator()(const dockerfile::Stopsignal& stopsignal) const { add(stopsignal.signal); }
  void operator()(const dockerfile::Volume& volume) const {
    for (const Word& path : volume.paths) add(path);
  }
  void operator()(const dockerfile::Expose& expose) const {
    for (const Word& port : expose.ports) add(port);
  }
  void operator()(const dockerfile::Run& run) const {
    for (const dockerfile::RunMount& mount : run_mounts(run))
      for (const dockerfile::MountField& field : mount.fields)
        if (ascii_lower(field.key.string()) != "from") add(field.value);
  }

 private:
  void add(const std::optional<Word>& word) const {
    if (word) add(*word);
  }
  void add(const Word& word) const { words.push_back({word}); }

  void flag(const dockerfile::Statement& statement, std::string_view name) const {
    const dockerfile::Flag* found = statement.flag(name);
    if (found != nullptr) add(found->value);
  }

  void pairs(const std::vector<dockerfile::Pair>& all) const {
    for (const dockerfile::Pair& pair : all) {
      add(pair.key);
      add(pair.value);
    }
  }

  void transfer(const dockerfile::Transfer& transfer) const {
    flag(transfer, "chown");
    flag(transfer, "chmod");
    for (const Word& source : transfer.sources)
      if (!is_marker(source, transfer)) add(source);
    add(transfer.destination);
    for (const dockerfile::Heredoc& heredoc : transfer.heredocs)
      if (!heredoc.body.empty()) words.push_back({{heredoc.content, heredoc.body}, true});
  }

  static bool is_marker(const Word& word, const dockerfile::Transfer& transfer) {
    for (const dockerfile::Heredoc& heredoc : transfer.heredocs)
      if (heredoc.marker.begin <= word.range.begin && word.range.end <= heredoc.marker.end) return true;
    return false;
  }
};

}  // namespace

dockerfile::Expansion ExpandedWord::expansion(const dockerfile::Context& context) const {
  return body ? expand_body(word.text, context.scope.get()) : expand(word.text, context.scope.get(), context.escape);
}

std::vector<ExpandedWord> expanded_words(const dockerfile::Instruction& instruction) {
  std::vector<ExpandedWord> result;
  std::visit(Collector{result}, instruction.body);
  return result;
}

}  // namespace quaymaster::rules
