#include "model/compose/extension.h"

#include <string_view>
#include <unordered_map>
#include <utility>

#include "model/compose/node_merge.h"

namespace quaymaster::compose {
namespace {

/// Longer chains of `extends` are not followed.
constexpr int kLongestChain = 20;
/// How many values services may take over from others in all.
constexpr int kMostInherited = 100'000;

/// Counts the values in `value`, aliases followed, until `left` is used up.
void count(const yaml::Value& value, int& left) {
  if (--left < 0) return;
  for (const yaml::Entry& entry : value.entries()) {
    if (left < 0) return;
    count(entry.value, left);
  }
  for (const yaml::Element& item : value.items()) {
    if (left < 0) return;
    count(item.value, left);
  }
}

class Merger {
 public:
  explicit Merger(const std::vector<yaml::Entry>& services)
      : services_(services), states_(services.size()), nodes_(std::make_shared<std::deque<yaml::Node>>()) {
    for (std::size_t i = 0; i < services.size(); ++i) by_name_.try_emplace(services[i].key, i);
  }

  ExtendedServices merge() && {
    ExtendedServices result;
    for (std::size_t i = 0; i < services_.size(); ++i) resolve(i, 0);
    for (const State& state : states_) result.services.push_back(state.service);
    if (!nodes_->empty()) result.nodes = std::move(nodes_);
    return result;
  }

 private:
  struct State {
    ExtendedService service;
    int length = 0;  // of the chain of services merged into it
    bool begun = false, done = false;
  };

  /// Fills the state of a service; gives whether others can extend it.
  bool resolve(std::size_t index, int depth) {
    State& state = states_[index];
    if (state.begun) return state.done;
    state.begun = true;
    const yaml::Value& own = services_[index].value;
    state.service.value = own;
    if (const yaml::Value extends = own.get("extends"); extends.present() && !extends.is_null())
      extend(state, own, extends, depth);
    state.done = true;
    return true;
  }

  void extend(State& state, const yaml::Value& own, const yaml::Value& extends, int depth) {
    state.service.complete = false;
    if (!own.is_mapping() || extends.get("file").present() || depth >= kLongestChain) return;
    const std::string_view name = (extends.is_scalar() ? extends : extends.get("service")).string().value_or("");
    const auto found = by_name_.find(name);
    if (found == by_name_.end() || !resolve(found->second, depth + 1)) return;
    const State& base = states_[found->second];
    if (!base.service.value.is_mapping() || base.length >= kLongestChain) return;
    count(base.service.value, left_);
    if (left_ < 0) return;
    state.length = base.length + 1;
    state.service.complete = base.service.complete;
    const yaml::Document& document = *own.document();
    const yaml::Node* merged = NodeMerge(document, *nodes_).services(*own.node(), *base.service.value.node());
    state.service.value = yaml::Value(document, *merged, own.shared());
  }

  const std::vector<yaml::Entry>& services_;
  std::vector<State> states_;
  std::unordered_map<std::string_view, std::size_t> by_name_;
  std::shared_ptr<std::deque<yaml::Node>> nodes_;
  int left_ = kMostInherited;
};

}  // namespace

ExtendedServices merge_extended(const std::vector<yaml::Entry>& services) { return Merger(services).merge(); }

}  // namespace quaymaster::compose
