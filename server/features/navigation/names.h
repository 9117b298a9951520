#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "quaymaster/analyzer.h"
#include "quaymaster/text.h"

/// The names of a document, with every place where each is said: what definition, references, highlights and rename
/// stand on. Ranges are absolute.
namespace quaymaster {

/// One place that says a name.
struct Mention {
  /// How the place says it.
  enum class Spelling : std::uint8_t {
    Name,    ///< the range is the name, byte for byte
    Number,  ///< `--from=0`: the number of a stage, or the stage as a whole
    Other,   ///< in another way: through a variable, or in pieces
  };
  TextRange range;
  bool declares = false;
  Spelling spelling = Spelling::Name;
  std::optional<TextRange> definition;  ///< the declaration that counts here; empty when the document has none
};

/// A name with all its mentions, in order of the text.
struct Name {
  enum class Kind : std::uint8_t {
    Stage,
    Variable,
    Anchor,
    Service,
    Volume,  ///< of Compose; a claim of Kubernetes
    Network,
    Secret,
    Config,  ///< of Compose; a ConfigMap
    Model,
    Account,
    Workload,
    Key,     ///< of the data of a ConfigMap or Secret
    Labels,  ///< of pods; said by what selects them
  };
  Kind kind = Kind::Variable;
  std::string text;         ///< as it is declared, or first mentioned; empty for a stage without a name
  bool predefined = false;  ///< the builder gives the variable its name and value
  std::vector<Mention> mentions;

  [[nodiscard]] bool declared() const;
};

struct Names {
  std::vector<Name> all;
  /// The images of a Dockerfile that are no stages, lower case: what a new name of a stage must not be.
  std::set<std::string, std::less<>> images;
  /// The variables that shell texts give values themselves.
  std::set<std::string, std::less<>> shell_variables;
};

/// Stages and variables of a Dockerfile; services and what they use by name of a Compose file; objects of manifests;
/// anchors of YAML.
[[nodiscard]] Names names_of(const Analysis& analysis);

/// The name that is said at `offset`, and there the innermost mention.
struct NameAt {
  const Name* name = nullptr;
  const Mention* mention = nullptr;
};
[[nodiscard]] std::optional<NameAt> name_at(const Names& names, std::uint32_t offset);

/// "stage", "variable", "anchor", "service" …
[[nodiscard]] std::string_view to_string(Name::Kind kind);

}  // namespace quaymaster
