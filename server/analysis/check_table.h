#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "quaymaster/config.h"
#include "quaymaster/rule.h"
#include "rules/rule_context.h"

namespace quaymaster {

/// The checks that are on for one language, by the kind of value that they take, so that a value is offered only to
/// those. Immutable; made once a configuration.
class CheckTable {
 public:
  CheckTable(const RuleSet& rules, const Settings& settings, Language language);

  template <class Node>
  struct Entry {
    const Rule* rule;
    CheckFunction<Node> check;
  };

  template <class Node>
  [[nodiscard]] const std::vector<Entry<Node>>& checks_of() const {
    return std::get<std::vector<Entry<Node>>>(by_kind_);
  }

 private:
  template <class Checks>
  struct ListsOf;
  template <class... Nodes>
  struct ListsOf<std::variant<CheckFunction<Nodes>...>> {
    using Type = std::tuple<std::vector<Entry<Nodes>>...>;
  };
  ListsOf<Check>::Type by_kind_;
};

/// Offers values to the checks of a table, and gathers what they report.
class CheckRun {
 public:
  /// `path` is the name of the file; it must outlive this.
  CheckRun(const CheckTable& table, const Settings& settings, Language language, std::string_view path)
      : table_(table), settings_(settings), language_(language), path_(path) {}

  void set_instruction_context(const dockerfile::Context* context) { instruction_context_ = context; }
  void set_subject(std::string name, TextRange range) {
    subject_ = std::move(name);
    subject_range_ = range;
  }

  template <class Node>
  void offer(const Node& node) {
    for (const CheckTable::Entry<Node>& entry : table_.checks_of<Node>()) {
      RuleContext context(*entry.rule, settings_, language_, path_, findings_);
      context.set_instruction_context(instruction_context_);
      context.set_subject(subject_, subject_range_);
      entry.check(node, context);
    }
  }

  [[nodiscard]] std::vector<Finding> take() { return std::move(findings_); }

 private:
  const CheckTable& table_;
  const Settings& settings_;
  Language language_;
  std::string_view path_;
  const dockerfile::Context* instruction_context_ = nullptr;
  std::string subject_;
  TextRange subject_range_;
  std::vector<Finding> findings_;
};

}  // namespace quaymaster
