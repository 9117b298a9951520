#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "quaymaster/text.h"

namespace quaymaster::image {

/// An image reference taken apart by the grammar of the distribution project:
/// `[registry/]repository[:tag][@digest]`. The registry is the part before the first '/', if it holds a '.', a ':' or
/// an upper-case letter, or is `localhost`.
struct Reference {
  std::string registry;                   ///< with its port; empty when not written
  std::string repository;                 ///< as written, without `library/` being added: "node", "bitnami/redis"
  std::string tag;                        ///< empty when not written
  std::string digest;                     ///< "sha256:…"; empty when not written
  TextRange name_range;                   ///< registry and repository, in the parsed text
  std::optional<TextRange> tag_range;     ///< without the colon
  std::optional<TextRange> digest_range;  ///< without the @

  /// The last part of the repository: "redis" for bitnami/redis.
  [[nodiscard]] std::string_view base_name() const;
  /// Registry and repository without what means "the default": docker.io, index.docker.io or registry-1.docker.io, and
  /// library/ there.
  [[nodiscard]] std::string canonical_name() const;

  friend bool operator==(const Reference&, const Reference&) = default;
};

/// Takes any text apart; one that is no valid reference gives parts that are no valid names. An empty tag or digest
/// ("redis:") has a range, an empty one.
[[nodiscard]] Reference parse_reference(std::string_view text);

/// What keeps a text from being an image reference.
struct ReferenceError {
  enum class Kind : std::uint8_t {
    Empty,
    UpperCase,   ///< in the repository: it has to be lower case
    Registry,    ///< not a host with or without a port
    Repository,  ///< a character that does not belong there, an empty part, too long
    Identifier,  ///< 64 hexadecimal digits: an image's ID cannot be pulled
    Tag,
    Digest,
  };
  Kind kind = Kind::Empty;
  TextRange range;  ///< in the text: the part that is wrong, or the sign before one that is missing
};

/// Whether builders and runtimes refuse `text` as the name of an image to pull, by the grammar above.
[[nodiscard]] std::optional<ReferenceError> reference_error(std::string_view text);

}  // namespace quaymaster::image
