#include "workspace/index/index.h"

#include <array>
#include <exception>
#include <utility>

#include "model/file_names.h"
#include "quaymaster/language.h"
#include "workspace/discovery.h"
#include "workspace/path.h"

namespace quaymaster::workspace {
namespace {

/// Takes out of `map` what is at `path` and below.
template <class Container>
void erase_below(Container& container, std::string_view path) {
  container.erase(std::string(path));
  if (container.empty()) return;
  const std::string folder = path == "/" ? "/" : std::string(path) + "/";
  // The first key that no longer begins with the folder's: '0' comes behind '/'.
  const auto end = path == "/" ? container.end() : container.lower_bound(std::string(path) + "0");
  container.erase(container.lower_bound(folder), end);
}

/// Whether the name alone speaks for a file that says which images are built, or how. Other YAML of more than a
/// mebibyte is definitions of resources and the like.
bool may_build_images(std::string_view path) {
  return is_dockerfile_name(path) || is_compose_name(path) || role_by_path(path);
}

/// "buildah bud" has the word as well.
bool mentions_a_build(std::string_view text) { return text.find("build") != std::string_view::npos; }

}  // namespace

void Index::add_folder(const std::string& folder) {
  const Discovery found = discover(files_, std::array{normalized(folder)},
                                   [](const std::string& path) { return role_by_path(path).has_value(); });
  for (const FoundFile& file : found.files) look_at(file.path);
  for (const PathMessage& error : found.errors) unread_.insert_or_assign(error.path, error.message);
}

void Index::refresh(const std::string& path) {
  std::string at = normalized(path);
  // It decides what of its folder counts.
  if (file_name(at) == ".gitignore") at = parent(at);
  remove(at);
  if (is_left_out(files_, at)) return;
  switch (files_.kind(at)) {
    case FileKind::Folder: add_folder(at); break;
    case FileKind::Regular:
      if (may_be_container_file(file_name(at)) || role_by_path(at)) look_at(at);
      break;
    case FileKind::Missing:
    case FileKind::Link:
    case FileKind::Other: break;
  }
}

std::optional<FileRole> Index::role(std::string_view path) const {
  const auto found = roles_.find(path);
  return found == roles_.end() ? std::nullopt : std::optional(found->second);
}

const Facts* Index::find(std::string_view path) const {
  const auto role = roles_.find(path);
  if (role == roles_.end()) return nullptr;
  auto known = facts_.find(path);
  if (known == facts_.end()) known = facts_.emplace(role->first, facts_of_file(role->first, role->second)).first;
  return &known->second;
}

Facts Index::facts_of_file(const std::string& path, FileRole role) const {
  try {
    const auto text = files_.read(path, kFoundFileLimit);
    const auto* bytes = std::get_if<std::string>(&text);
    // It was there a moment ago: whoever watches the files will say what became of it.
    return reader_->read(role, bytes ? *bytes : std::string_view());
  } catch (const std::exception& thrown) {
    // One file must not cost all the others what is known of them.
    unread_.insert_or_assign(path, thrown.what());
    reader_ = std::make_unique<FactsReader>();
    return reader_->read(role, {});
  }
}

void Index::look_at(const std::string& path) {
  const auto text = files_.read(path, kFoundFileLimit);
  const auto* bytes = std::get_if<std::string>(&text);
  if (!bytes) {
    const auto& error = std::get<FileError>(text);
    if (error.kind != FileError::Kind::TooLarge || may_build_images(path))
      unread_.insert_or_assign(path, error.message);
    return;
  }
  const auto role = role_of_file(path, *bytes);
  if (!role) return;
  roles_.insert_or_assign(path, *role);
  const bool bakes = *role == FileRole::HclBake || *role == FileRole::JsonBake;
  if (bakes || (builds_images(*role) && mentions_a_build(*bytes))) building_.insert(path);
  if (*role == FileRole::Compose && bytes->find("include") != std::string::npos) including_.insert(path);
}

void Index::remove(std::string_view path) {
  erase_below(roles_, path);
  erase_below(building_, path);
  erase_below(including_, path);
  erase_below(facts_, path);
  erase_below(unread_, path);
}

}  // namespace quaymaster::workspace
