#include "workspace/open_documents.h"

#include <algorithm>
#include <string>

#include "support/catch.h"
#include "workspace/bounded_files.h"
#include "workspace/memory_file_system.h"

namespace quaymaster::workspace {
namespace {

std::string text_of(const FileSystem& files, const std::string& path) {
  const auto text = files.read(path, kFoundFileLimit);
  const auto* bytes = std::get_if<std::string>(&text);
  return bytes ? *bytes : "error: " + std::get<FileError>(text).message;
}

std::string names_in(const FileSystem& files, const std::string& folder) {
  auto listing = files.list(folder);
  auto* entries = std::get_if<std::vector<FolderEntry>>(&listing);
  if (!entries) return "error";
  std::ranges::sort(*entries, {}, &FolderEntry::name);
  std::string out;
  for (const FolderEntry& entry : *entries) out += entry.name + " ";
  return out;
}

TEST_CASE("an open document goes before the disk until it is closed") {
  MemoryFileSystem disk;
  disk.add_file("/w/Dockerfile", "FROM disk");
  OpenDocuments files(disk);
  CHECK(text_of(files, "/w/Dockerfile") == "FROM disk");
  files.open("/w/Dockerfile", "FROM editor");
  CHECK(text_of(files, "/w/Dockerfile") == "FROM editor");
  files.open("/w/./Dockerfile", "FROM editor AS b");
  CHECK(text_of(files, "/w/Dockerfile") == "FROM editor AS b");
  disk.remove("/w/Dockerfile");
  CHECK(text_of(files, "/w/Dockerfile") == "FROM editor AS b");
  files.close("/w/Dockerfile");
  CHECK(text_of(files, "/w/Dockerfile") == "error: no such file or folder");
}

TEST_CASE("a document that was never saved is there, also in the listing of its folder") {
  MemoryFileSystem disk;
  disk.add_file("/w/compose.yaml", "");
  OpenDocuments files(disk);
  files.open("/w/Dockerfile", "FROM a");
  files.open("/w/compose.yaml", "x: 1");
  files.open("/w/new/Dockerfile", "FROM b");
  CHECK(names_in(files, "/w") == "Dockerfile compose.yaml ");
  CHECK(names_in(files, "/w/new") == "Dockerfile ");
  CHECK(files.kind("/w/Dockerfile") == FileKind::Regular);
  CHECK(files.real_path("/w/Dockerfile") == "/w/Dockerfile");
  const BoundedFiles bounded(files, {"/w"});
  CHECK(text_of(bounded, "/w/new/../Dockerfile") == "FROM a");
}

TEST_CASE("a document is found through the links that lead to it") {
  MemoryFileSystem disk;
  disk.add_file("/w/real/Dockerfile", "FROM disk");
  disk.add_link("/w/link", "/w/real");
  OpenDocuments files(disk);
  files.open("/w/real/Dockerfile", "FROM editor");
  CHECK(text_of(files, "/w/link/Dockerfile") == "FROM editor");
}

}  // namespace
}  // namespace quaymaster::workspace
