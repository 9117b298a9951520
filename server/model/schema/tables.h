#pragma once
#include <cstdint>
#include <string_view>

#include "model/schema/schema.h"

/// The form in which schemas/generate.py writes a schema. Equal nodes and equal strings are there once.
namespace quaymaster::schema::tables {

/// A list of consecutive entries of another table.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t count = 0;
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
  std::string_view name;
  std::string_view description;
  std::string_view default_value;
  std::uint32_t node;
  bool required;
  bool deprecated;
};

extern const NodeRow kNodes[];  ///< the first stands for what nothing is said of
extern const PropertyRow kProperties[];
extern const std::string_view kTexts[];
extern const std::uint32_t kComposeRoot;

}  // namespace quaymaster::schema::tables
