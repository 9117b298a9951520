#include "model/kubernetes/node_labels.h"

#include <algorithm>

namespace quaymaster::kubernetes {
namespace {

class Reader {
 public:
  void add_keys(const yaml::Value& labels) {
    for (const yaml::Entry& entry : labels.entries()) {
      const TextRange range = inner(labels, entry.key_range);
      found_.push_back({entry.key, range, entry.shared});
    }
  }

  void add_value(const yaml::Value& value) {
    if (const auto text = value.string()) found_.push_back({*text, value.content_range(), value.shared()});
  }

  /// A term of a node affinity.
  void add_term(const yaml::Value& term) {
    for (const yaml::Element& expression : term.get("matchExpressions").items()) add_value(expression.value.get("key"));
  }

  void add_node_affinity(const yaml::Value& affinity) {
    const yaml::Value demanded = affinity.get({"requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms"});
    for (const yaml::Element& term : demanded.items()) add_term(term.value);
    for (const yaml::Element& wish : affinity.get("preferredDuringSchedulingIgnoredDuringExecution").items())
      add_term(wish.value.get("preference"));
  }

  void add_pod_affinity(const yaml::Value& affinity) {
    for (const yaml::Element& term : affinity.get("requiredDuringSchedulingIgnoredDuringExecution").items())
      add_value(term.value.get("topologyKey"));
    for (const yaml::Element& wish : affinity.get("preferredDuringSchedulingIgnoredDuringExecution").items())
      add_value(wish.value.get({"podAffinityTerm", "topologyKey"}));
  }

  std::vector<NodeLabelUse> take() {
    std::ranges::stable_sort(found_, {}, [](const NodeLabelUse& use) { return use.range.begin; });
    return std::move(found_);
  }

 private:
  static TextRange inner(const yaml::Value& mapping, TextRange key) {
    const std::string_view text = slice(mapping.document()->text(), key);
    if (text.size() > 1 && (text.front() == '"' || text.front() == '\'')) return {key.begin + 1, key.end - 1};
    return key;
  }

  std::vector<NodeLabelUse> found_;
};

}  // namespace

std::vector<NodeLabelUse> node_labels_of(const Workload& workload) {
  Reader reader;
  const yaml::Value& spec = workload.pod_spec;
  reader.add_keys(spec.get("nodeSelector"));
  reader.add_node_affinity(spec.get({"affinity", "nodeAffinity"}));
  reader.add_pod_affinity(spec.get({"affinity", "podAffinity"}));
  reader.add_pod_affinity(spec.get({"affinity", "podAntiAffinity"}));
  for (const yaml::Element& constraint : spec.get("topologySpreadConstraints").items())
    reader.add_value(constraint.value.get("topologyKey"));
  return reader.take();
}

}  // namespace quaymaster::kubernetes
