#include "workspace/index/index.h"

#include <array>
#include <utility>

#include "quaymaster/language.h"
#include "workspace/discovery.h"
#include "workspace/path.h"

namespace quaymaster::workspace {
namespace {

/// Takes out of `map` what is at `path` and below.
template <class Map>
void erase_below(Map& map, std::string_view path) {
  map.erase(std::string(path));
  const std::string folder = path == "/" ? "/" : std::string(path) + "/";
  auto end = map.lower_bound(folder);
  const auto begin = end;
  while (end != map.end() && end->first.starts_with(folder)) ++end;
  map.erase(begin, end);
}

}  // namespace

void Index::add_folder(const std::string& folder) {
  const Discovery found = discover(files_, std::array{normalized(folder)});
  for (const FoundFile& file : found.files) read(file.path);
  for (const PathMessage& error : found.errors) unread_.insert_or_assign(error.path, error.message);
}

void Index::refresh(const std::string& path) {
  const std::string at = normalized(path);
  remove(at);
  switch (files_.kind(at)) {
    case FileKind::Folder: add_folder(at); break;
    case FileKind::Regular:
      if (may_be_container_file(file_name(at))) read(at);
      break;
    case FileKind::Missing:
    case FileKind::Link:
    case FileKind::Other: break;
  }
}

const Facts* Index::find(std::string_view path) const {
  const auto found = facts_.find(path);
  return found == facts_.end() ? nullptr : &found->second;
}

void Index::read(const std::string& path) {
  const auto text = files_.read(path, kFoundFileLimit);
  const auto* bytes = std::get_if<std::string>(&text);
  if (!bytes) {
    unread_.insert_or_assign(path, std::get<FileError>(text).message);
    return;
  }
  if (const auto language = detect_language(path, *bytes))
    facts_.insert_or_assign(path, reader_.read(*language, *bytes));
}

void Index::remove(std::string_view path) {
  erase_below(facts_, path);
  erase_below(unread_, path);
}

}  // namespace quaymaster::workspace
