#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/brief.h"
#include "model/kubernetes/kubernetes.h"
#include "model/surroundings.h"

namespace quaymaster::rules {

/// An object of a set: what it shows of itself, and where it stands if that is in the file that is checked.
struct Member {
  const kubernetes::Brief* brief = nullptr;        ///< never null
  const kubernetes::Object* object = nullptr;      ///< null: it stands in another file
  const kubernetes::Manifest* manifest = nullptr;  ///< of `object`
  const kubernetes::Workload* workload = nullptr;  ///< null also for what runs no pods
  std::uint32_t begin = 0;                         ///< where the document of `object` begins in the file
};

/// The objects of a file together with those that are applied with it. Without a namespace is the namespace `default`;
/// where a kustomization decides about namespaces, all are taken to be the same one. Refers to what it was made of.
class ObjectSet {
 public:
  /// `around` may be null.
  ObjectSet(const kubernetes::File& file, const KubernetesSurroundings* around, bool complete);
  ObjectSet(const ObjectSet&) = delete;
  ObjectSet& operator=(const ObjectSet&) = delete;

  /// Those of the file come first, in its order.
  [[nodiscard]] const std::vector<Member>& all() const { return members_; }
  /// Those of the file.
  [[nodiscard]] std::vector<const Member*> here() const;
  /// Those that run pods.
  [[nodiscard]] const std::vector<const Member*>& pods() const { return pods_; }
  [[nodiscard]] const std::vector<const Member*>& of_kind(std::string_view kind) const;
  /// Whether it is known that there are no others.
  [[nodiscard]] bool whole() const { return whole_; }

  /// Whether names of the two mean objects of one namespace.
  [[nodiscard]] bool same_namespace(const kubernetes::Brief& a, const kubernetes::Brief& b) const;
  /// The objects of that kind and name in the namespace of `from`: several where a folder holds alternatives.
  [[nodiscard]] std::vector<const Member*> find(std::string_view kind, std::string_view name,
                                                const kubernetes::Brief& from) const;
  /// The names of all objects of that kind in the namespace of `from`, but for those that the API refuses.
  [[nodiscard]] std::vector<std::string_view> names(std::string_view kind, const kubernetes::Brief& from) const;
  /// What runs pods that `selector` selects in the namespace of `from`.
  [[nodiscard]] std::vector<const Member*> selected(const kubernetes::LabelSelector& selector,
                                                    const kubernetes::Brief& from) const;

 private:
  std::vector<Member> members_;
  std::vector<const Member*> pods_;
  std::map<std::string_view, std::vector<const Member*>> by_kind_;
  std::map<std::pair<std::string_view, std::string_view>, std::vector<const Member*>> by_name_;
  std::vector<const Member*> none_;
  bool one_namespace_ = false;
  bool whole_ = false;
};

/// `Kind name` for a message, the name in backquotes.
[[nodiscard]] std::string named(const kubernetes::Brief& brief);

}  // namespace quaymaster::rules
