#include "workspace/open_documents.h"

#include <algorithm>
#include <utility>

#include "workspace/path.h"

namespace quaymaster::workspace {

void OpenDocuments::open(std::string_view path, std::string text) {
  texts_.insert_or_assign(normalized(path), std::move(text));
}

void OpenDocuments::close(std::string_view path) { texts_.erase(normalized(path)); }

const std::string* OpenDocuments::find(const std::string& path) const {
  if (texts_.empty()) return nullptr;
  auto found = texts_.find(normalized(path));
  if (found == texts_.end()) found = texts_.find(files_.real_path(path));
  return found == texts_.end() ? nullptr : &found->second;
}

FileKind OpenDocuments::kind(const std::string& path) const {
  return find(path) ? FileKind::Regular : files_.kind(path);
}

OrFileError<std::string> OpenDocuments::read(const std::string& path, std::uint64_t limit) const {
  const std::string* text = find(path);
  if (!text) return files_.read(path, limit);
  if (text->size() > limit) return too_large(limit);
  return *text;
}

OrFileError<std::vector<FolderEntry>> OpenDocuments::list(const std::string& path) const {
  auto listing = files_.list(path);
  const std::string folder = normalized(path);
  auto* entries = std::get_if<std::vector<FolderEntry>>(&listing);
  for (auto at = texts_.lower_bound(folder); at != texts_.end() && at->first.starts_with(folder); ++at) {
    if (parent(at->first) != folder) continue;
    if (!entries) entries = &listing.emplace<std::vector<FolderEntry>>();
    const std::string_view name = file_name(at->first);
    if (std::ranges::find(*entries, name, &FolderEntry::name) == entries->end())
      entries->push_back({std::string(name), FileKind::Regular});
  }
  return listing;
}

std::string OpenDocuments::real_path(const std::string& path) const {
  std::string real = files_.real_path(path);
  if (!real.empty() || texts_.empty()) return real;
  const std::string unsaved = normalized(path);
  if (!texts_.contains(unsaved)) return {};
  // The folder may be reached through a link; a folder that does not exist yet leads where its name says.
  const std::string folder = files_.real_path(std::string(parent(unsaved)));
  return folder.empty() ? unsaved : join(folder, file_name(unsaved));
}

}  // namespace quaymaster::workspace
