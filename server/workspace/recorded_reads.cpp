#include "workspace/recorded_reads.h"

#include <utility>

#include "workspace/path.h"

namespace quaymaster::workspace {

void Reads::add(const Reads& other) {
  files.insert(other.files.begin(), other.files.end());
  folders.insert(other.folders.begin(), other.folders.end());
}

void RecordingFileSystem::note_file(const std::string& path) const {
  std::string way = normalized(path);
  if (std::string real = files_.real_path(path); !real.empty() && real != way) reads_.files.insert(std::move(real));
  reads_.files.insert(std::move(way));
}

FileKind RecordingFileSystem::kind(const std::string& path) const {
  note_file(path);
  return files_.kind(path);
}

OrFileError<std::string> RecordingFileSystem::read(const std::string& path, std::uint64_t limit) const {
  note_file(path);
  return files_.read(path, limit);
}

OrFileError<std::vector<FolderEntry>> RecordingFileSystem::list(const std::string& path) const {
  reads_.folders.insert(normalized(path));
  if (std::string real = files_.real_path(path); !real.empty()) reads_.folders.insert(std::move(real));
  return files_.list(path);
}

std::string RecordingFileSystem::real_path(const std::string& path) const {
  note_file(path);
  return files_.real_path(path);
}

void Dependencies::set(const std::string& dependent, Reads reads) {
  remove(dependent);
  for (const std::string& path : reads.files) by_file_[path].insert(dependent);
  for (const std::string& path : reads.folders) by_folder_[path].insert(dependent);
  reads_.insert_or_assign(dependent, std::move(reads));
}

void Dependencies::erase(Readers& readers, const std::set<std::string, std::less<>>& paths,
                         const std::string& dependent) {
  for (const std::string& path : paths) {
    const auto found = readers.find(path);
    if (found == readers.end()) continue;
    found->second.erase(dependent);
    if (found->second.empty()) readers.erase(found);
  }
}

void Dependencies::remove(const std::string& dependent) {
  const auto found = reads_.find(dependent);
  if (found == reads_.end()) return;
  erase(by_file_, found->second.files, dependent);
  erase(by_folder_, found->second.folders, dependent);
  reads_.erase(found);
}

std::vector<std::string> Dependencies::affected_by(std::string_view path) const {
  std::set<std::string> affected;
  const std::string at = normalized(path);
  const auto add_readers = [&](const Readers& readers, std::string_view of) {
    if (const auto found = readers.find(of); found != readers.end())
      affected.insert(found->second.begin(), found->second.end());
  };
  // A folder that comes or goes takes along what is below it.
  const auto add_below = [&](const Readers& readers) {
    const std::string folder = at == "/" ? at : at + "/";
    for (auto found = readers.lower_bound(folder); found != readers.end() && found->first.starts_with(folder); ++found)
      affected.insert(found->second.begin(), found->second.end());
  };
  add_readers(by_file_, at);
  add_below(by_file_);
  add_readers(by_folder_, at);
  add_readers(by_folder_, parent(at));
  add_below(by_folder_);
  return {affected.begin(), affected.end()};
}

}  // namespace quaymaster::workspace
