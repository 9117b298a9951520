#pragma once
#include <cstdint>

#include "model/schema/schema.h"

/// The form in which schemas/generate.py writes the schemas. Equal nodes and equal texts are there once. No table holds
/// an address, so that nothing has to be done for them when the program starts.
namespace quaymaster::schema::tables {

/// A list of consecutive entries of another table.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t count = 0;
};

/// A text in kPool.
struct Text {
  std::uint32_t begin = 0;
  std::uint32_t size = 0;
};

struct NodeRow {
  std::uint8_t kinds;  ///< a bit for each Kind
  Format format;
  Names names;
  bool takes_extensions;
  bool has_minimum;
  bool has_maximum;
  std::int32_t minimum;
  std::int32_t maximum;
  Span properties;  ///< in kProperties, sorted by name
  Span choices;     ///< in kTexts
  Span required;    ///< in kTexts: the names of the keys that have to be there
  std::uint32_t other;
  std::uint32_t item;
};

struct PropertyRow {
  Text name;
  Text description;
  Text default_value;
  std::uint32_t node;
  bool required;
  bool deprecated;
};

/// A kind of Kubernetes' API.
struct ObjectRow {
  Text api_version;
  Text kind;
  Text description;
  std::uint32_t node;
};

extern const NodeRow kNodes[];  ///< the first stands for what nothing is said of
extern const PropertyRow kProperties[];
extern const Text kTexts[];
extern const ObjectRow kObjects[];  ///< sorted by version, then kind
extern const std::uint32_t kObjectCount;
extern const std::uint32_t kComposeRoot;
extern const char kPool[];

}  // namespace quaymaster::schema::tables
