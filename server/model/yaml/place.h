#pragma once
#include <cstdint>
#include <memory>

namespace quaymaster::yaml {

class Document;
struct Node;

/// A mapping of a document that edits can go to. Keeps the document alive.
struct Place {
  std::shared_ptr<const Document> document;
  const Node* mapping = nullptr;  ///< a mapping or a null value of `document`
  bool shared = false;            ///< reached through an alias or a merge key: no edit may go here
};

}  // namespace quaymaster::yaml
