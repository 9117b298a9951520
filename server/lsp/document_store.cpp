#include "lsp/document_store.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "lsp/uri.h"

namespace quaymaster::lsp {

std::optional<std::string> apply_changes(std::string text, std::span<const ContentChange> changes,
                                         PositionEncoding encoding) {
  // An index made earlier still holds for the lines before the first one that was changed since. Editors send the edits
  // of several cursors from the last to the first, so that one index serves them all.
  std::optional<LineIndex> lines;
  std::uint32_t valid_lines = 0;
  for (const ContentChange& change : changes) {
    if (!change.range) {
      text = change.text;
      lines.reset();
      continue;
    }
    const auto [start, end] = *change.range;
    if (!lines || std::max(start.line, end.line) >= valid_lines) {
      lines.emplace(text);
      valid_lines = std::numeric_limits<std::uint32_t>::max();
    }
    if (start.line > lines->line_count()) return std::nullopt;
    const auto size = static_cast<std::uint32_t>(text.size());
    const std::uint32_t begin = lines->offset(text, start, encoding).value_or(size);
    const std::uint32_t finish = lines->offset(text, end, encoding).value_or(size);
    if (finish < begin) return std::nullopt;
    text.replace(begin, finish - begin, change.text);
    valid_lines = std::min(valid_lines, start.line);
  }
  return text;
}

DocumentSnapshot DocumentStore::open(std::string uri, std::string language_id, std::optional<std::int64_t> version,
                                     std::string text, DocumentContext context) {
  auto document = std::make_shared<Document>();
  document->key = document_key(uri);
  document->path = path_of(uri);
  document->file = file_of(uri);
  document->uri = std::move(uri);
  document->language_id = std::move(language_id);
  document->version = version;
  document->revision = ++revisions_;
  document->text = std::move(text);
  document->lines = LineIndex(document->text);
  document->context = std::move(context);
  entries_[document->key] = {document, false};
  return document;
}

DocumentStore::Change DocumentStore::change(std::string_view uri, std::optional<std::int64_t> version,
                                            std::span<const ContentChange> changes, PositionEncoding encoding) {
  const auto found = entries_.find(document_key(uri));
  if (found == entries_.end()) return {Outcome::NotOpen, nullptr};
  Entry& entry = found->second;

  const auto full =
      std::ranges::find_if(changes.rbegin(), changes.rend(), [](const ContentChange& change) { return !change.range; });
  const bool replaced = full != changes.rend();
  if (entry.out_of_step && !replaced) return {Outcome::OutOfStep, nullptr};
  if (replaced) changes = changes.subspan(static_cast<std::size_t>(full.base() - changes.begin()) - 1);

  auto text = apply_changes(replaced ? std::string() : entry.latest->text, changes, encoding);
  entry.out_of_step = !text.has_value();
  if (!text) return {Outcome::OutOfStep, nullptr};

  auto document = std::make_shared<Document>();
  document->uri = entry.latest->uri;
  document->key = entry.latest->key;
  document->path = entry.latest->path;
  document->file = entry.latest->file;
  document->language_id = entry.latest->language_id;
  document->version = version;
  document->revision = ++revisions_;
  document->text = std::move(*text);
  document->lines = LineIndex(document->text);
  document->context = entry.latest->context;
  entry.latest = document;
  return {Outcome::Changed, document};
}

DocumentSnapshot DocumentStore::put_into(const std::string& key, DocumentContext context) {
  const auto found = entries_.find(key);
  if (found == entries_.end()) return nullptr;
  Entry& entry = found->second;
  auto document = std::make_shared<Document>(*entry.latest);
  document->revision = ++revisions_;
  document->context = std::move(context);
  entry.latest = document;
  return entry.out_of_step ? nullptr : document;
}

void DocumentStore::lose(std::string_view uri) {
  const auto found = entries_.find(document_key(uri));
  if (found != entries_.end()) found->second.out_of_step = true;
}

bool DocumentStore::close(std::string_view uri) { return entries_.erase(document_key(uri)) > 0; }

DocumentSnapshot DocumentStore::find(std::string_view uri) const { return find_key(document_key(uri)); }

DocumentSnapshot DocumentStore::find_key(const std::string& key) const {
  const auto found = entries_.find(key);
  return found == entries_.end() || found->second.out_of_step ? nullptr : found->second.latest;
}

std::vector<DocumentSnapshot> DocumentStore::all() const {
  std::vector<DocumentSnapshot> documents;
  documents.reserve(entries_.size());
  for (const auto& [key, entry] : entries_)
    if (!entry.out_of_step) documents.push_back(entry.latest);
  return documents;
}

}  // namespace quaymaster::lsp
