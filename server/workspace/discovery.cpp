#include "workspace/discovery.h"

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "quaymaster/language.h"
#include "workspace/ignore_file.h"
#include "workspace/path.h"

namespace quaymaster::workspace {
namespace {

/// A `.gitignore` and the ones above it. Paths that are asked about are relative to the folder that the walk started
/// in; `above` and `below` make them relative to the folder of the file.
struct IgnoreScope {
  IgnoreFile rules;
  std::string above;      // the way from here down to where the walk started; empty or with a slash at its end
  std::size_t below = 0;  // how many bytes of a path lead from where the walk started to here
  std::shared_ptr<const IgnoreScope> outer;
};
using Scope = std::shared_ptr<const IgnoreScope>;

std::optional<IgnoreFile> read_ignore_file(const FileSystem& files, std::string_view folder) {
  const auto text = files.read(join(folder, ".gitignore"), kFoundFileLimit);
  const auto* bytes = std::get_if<std::string>(&text);
  if (!bytes) return std::nullopt;
  IgnoreFile rules(*bytes);
  if (rules.empty()) return std::nullopt;
  return rules;
}

/// The `.gitignore` files above `folder`, from the root of its repository downwards; none outside of a repository.
Scope scope_above(const FileSystem& files, const std::string& folder) {
  const std::string start = files.real_path(folder);
  std::vector<std::string> above;
  bool in_repository = false;
  for (std::string_view at = start; !at.empty(); at = parent(at)) {
    if (at != start) above.emplace_back(at);
    in_repository = files.kind(join(at, ".git")) != FileKind::Missing;
    if (in_repository) break;
  }
  if (!in_repository) return nullptr;
  Scope scope;
  for (auto at = above.rbegin(); at != above.rend(); ++at)
    if (auto rules = read_ignore_file(files, *at)) {
      const std::size_t skipped = at->size() + (*at == "/" ? 0 : 1);
      scope = std::make_shared<IgnoreScope>(IgnoreScope{std::move(*rules), start.substr(skipped) + "/", 0, scope});
    }
  return scope;
}

/// `path` is relative to where the walk started.
bool ignored(const IgnoreScope* scope, std::string_view path, bool is_folder) {
  for (; scope; scope = scope->outer.get()) {
    const std::string relative = scope->above + std::string(path.substr(scope->below));
    if (const auto decided = scope->rules.ignored(relative, is_folder)) return *decided;
  }
  return false;
}

class Walk {
 public:
  using Also = std::function<bool(const std::string& path)>;
  /// `overlapping`: what is walked may have files in common.
  Walk(const FileSystem& files, const Also& also, bool overlapping, Discovery& result)
      : files_(files), also_(also), overlapping_(overlapping), result_(result) {}

  void named(const std::string& path) {
    switch (files_.kind(path)) {
      case FileKind::Missing: result_.errors.push_back({path, "no such file or folder"}); break;
      case FileKind::Folder: folder(path); break;
      case FileKind::Regular: add({path, true}); break;
      case FileKind::Link:
      case FileKind::Other: result_.errors.push_back({path, "is not a regular file"}); break;
    }
  }

 private:
  struct Pending {
    std::string path;  // relative to where the walk started; empty for that folder itself
    FileKind kind;
    Scope scope;
  };

  void folder(const std::string& given) {
    // What is found in "." is shown as people write it: without the dot.
    const std::string shown = given == "." || given == "./" ? "" : given;
    std::vector<Pending> pending{{"", FileKind::Folder, scope_above(files_, given)}};
    while (!pending.empty()) {
      const Pending at = std::move(pending.back());
      pending.pop_back();
      const std::string path = at.path.empty() ? given : join(shown, at.path);
      if (at.kind == FileKind::Folder) {
        open(path, at, pending);
      } else if (at.kind == FileKind::Regular) {
        add({path, false});
      } else {
        result_.notes.push_back({path, "is not a regular file; left alone"});
      }
    }
  }

  /// Puts what stands in a folder on the pile, so that the first name is taken first.
  void open(const std::string& path, const Pending& at, std::vector<Pending>& pending) {
    auto listing = files_.list(path);
    if (const auto* error = std::get_if<FileError>(&listing)) {
      result_.errors.push_back({path, error->message});
      return;
    }
    auto& entries = std::get<std::vector<FolderEntry>>(listing);
    std::ranges::sort(entries, std::greater<>(), &FolderEntry::name);
    Scope scope = at.scope;
    const bool has_rules = std::ranges::any_of(entries, [](const FolderEntry& e) { return e.name == ".gitignore"; });
    if (has_rules)
      if (auto rules = read_ignore_file(files_, path)) {
        const std::size_t below = at.path.empty() ? 0 : at.path.size() + 1;
        scope = std::make_shared<IgnoreScope>(IgnoreScope{std::move(*rules), "", below, scope});
      }
    for (const FolderEntry& entry : entries) {
      const bool is_folder = entry.kind == FileKind::Folder;
      if (entry.kind == FileKind::Link || entry.name == ".git") continue;
      if (!is_folder && !may_be_container_file(entry.name) && !(also_ && also_(join(path, entry.name)))) continue;
      std::string below = join(at.path, entry.name);
      if (!ignored(scope.get(), below, is_folder)) pending.push_back({std::move(below), entry.kind, scope});
    }
  }

  void add(FoundFile file) {
    // No link is followed, so that one walk meets no file twice.
    if (!overlapping_) {
      result_.files.push_back(std::move(file));
      return;
    }
    const auto [at, is_new] = seen_.try_emplace(files_.real_path(file.path), result_.files.size());
    if (is_new) {
      result_.files.push_back(std::move(file));
    } else {
      FoundFile& before = result_.files[at->second];
      before.named = before.named || file.named;
    }
  }

  const FileSystem& files_;
  const Also& also_;
  bool overlapping_;
  Discovery& result_;
  std::map<std::string, std::size_t> seen_;  // real path to index of the file
};

}  // namespace

Discovery discover(const FileSystem& files, std::span<const std::string> paths,
                   const std::function<bool(const std::string& path)>& also) {
  Discovery result;
  Walk walk(files, also, paths.size() > 1, result);
  for (const std::string& path : paths) walk.named(path);
  return result;
}

bool is_left_out(const FileSystem& files, const std::string& path) {
  std::vector<std::string> way{path};                            // from the file to what is in the outermost folder
  std::vector<std::pair<std::string, IgnoreFile>> ignore_files;  // innermost first
  for (std::string_view folder = parent(path); !folder.empty() && files.kind(std::string(folder)) == FileKind::Folder;
       folder = parent(folder)) {
    if (auto rules = read_ignore_file(files, folder)) ignore_files.emplace_back(folder, std::move(*rules));
    if (files.kind(join(folder, ".git")) != FileKind::Missing) break;
    way.emplace_back(folder);
  }
  return std::ranges::any_of(way, [&](const std::string& at) {
    if (file_name(at) == ".git") return true;
    const bool is_folder = &at != &way.front() || files.kind(at) == FileKind::Folder;
    for (const auto& [folder, rules] : ignore_files) {
      if (at == folder || !is_inside(at, folder)) continue;
      if (const auto decided = rules.ignored(relative_to(at, folder), is_folder)) return *decided;
    }
    return false;
  });
}

}  // namespace quaymaster::workspace
