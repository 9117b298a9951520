#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/yaml/value.h"
#include "quaymaster/text.h"

namespace quaymaster::kubernetes {

/// A text of a manifest with its place; empty when it is not written.
struct Word {
  std::string text;
  TextRange range;       ///< without quotes
  bool literal = false;  ///< it stands there byte for byte, in a text that is nobody else's
  yaml::Value value;
};

/// The scalar `value`.
[[nodiscard]] Word word_of(const yaml::Value& value);

/// A place where an object says the name of another one.
struct Reference {
  enum class Way : std::uint8_t {
    Variable,     ///< `env` with a key of a ConfigMap or Secret
    Variables,    ///< `envFrom`
    Volume,       ///< a volume or a source of a projected one
    Account,      ///< `serviceAccountName`
    PullSecret,   ///< `imagePullSecrets`
    Claim,        ///< a volume that claims storage
    Backend,      ///< of an Ingress
    Route,        ///< of a route of the Gateway API
    Certificate,  ///< `tls` of an Ingress
    ScaleTarget,  ///< of an autoscaler
    Governing,    ///< `serviceName` of a StatefulSet
  };
  Way way = Way::Variable;
  std::string kind;         ///< of what is named
  std::string api_version;  ///< empty when the reference does not say it
  Word name;
  std::optional<std::string> namespace_name;  ///< empty: that of the object
  std::vector<Word> keys;                     ///< of its data
  Word port;                                  ///< of a Service: a number or a name
  bool optional = false;                      ///< the pod starts without it
};

/// All of `object`, in order of the text as far as they are of one kind. Names that a placeholder decides are left out.
[[nodiscard]] std::vector<Reference> references_of(const Object& object);

}  // namespace quaymaster::kubernetes
