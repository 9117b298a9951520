#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "lsp/document.h"
#include "text/line_index.h"

namespace quaymaster::lsp {

/// One entry of `didChange`: a new text for a range, or for everything.
struct ContentChange {
  struct Range {
    Position start;
    Position end;
  };
  std::optional<Range> range;
  std::string text;
};

/// The open documents. A document is known by document_key, so that two spellings of a URI are one document.
///
/// A change that does not fit (it begins behind the text, or ends before it begins) means that client and server no
/// longer have the same text. The document is then out of step: there is no snapshot of it, hence nothing is said about
/// it, until a change replaces the whole text or the client opens it again.
class DocumentStore {
 public:
  /// A document that is open already is replaced.
  DocumentSnapshot open(std::string uri, std::string language_id, std::optional<std::int64_t> version, std::string text,
                        DocumentContext context = {});

  enum class Outcome : std::uint8_t { Changed, NotOpen, OutOfStep };
  struct Change {
    Outcome outcome;
    DocumentSnapshot document;  ///< set when it was changed
  };
  /// Applies `changes` in order, each to the text that the one before it made. The context stays.
  Change change(std::string_view uri, std::optional<std::int64_t> version, std::span<const ContentChange> changes,
                PositionEncoding encoding);

  /// The same text in another context, as a snapshot of its own; null when there is none, as for find.
  DocumentSnapshot put_into(const std::string& key, DocumentContext context);

  /// Puts the document out of step: a change of it could not be read.
  void lose(std::string_view uri);

  /// False when it was not open.
  bool close(std::string_view uri);

  /// The latest snapshot; null when the document is not open or out of step.
  [[nodiscard]] DocumentSnapshot find(std::string_view uri) const;
  /// The same for a document_key.
  [[nodiscard]] DocumentSnapshot find_key(const std::string& key) const;
  /// The latest snapshot of every open document that is in step.
  [[nodiscard]] std::vector<DocumentSnapshot> all() const;

 private:
  struct Entry {
    DocumentSnapshot latest;  // its text is of no use while out of step
    bool out_of_step = false;
  };

  std::unordered_map<std::string, Entry> entries_;  // by document key
  std::uint64_t revisions_ = 0;
};

/// The text after all `changes`; empty when one does not fit. A line behind the last means the end of the text, as
/// editors use it, but only where a range ends or where it is the very next line.
[[nodiscard]] std::optional<std::string> apply_changes(std::string text, std::span<const ContentChange> changes,
                                                       PositionEncoding encoding);

}  // namespace quaymaster::lsp
