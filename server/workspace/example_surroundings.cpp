#include "workspace/example_surroundings.h"

#include <string>
#include <string_view>

#include "workspace/memory_file_system.h"
#include "workspace/path.h"
#include "workspace/workspace.h"

namespace quaymaster::workspace {
namespace {

constexpr std::string_view kFolder = "/example";

/// `marked` without `<|`, `|>` and `<|>`.
std::string without_marks(std::string_view marked) {
  std::string text;
  while (!marked.empty()) {
    for (const std::string_view mark : {"<|>", "<|", "|>"})
      while (marked.starts_with(mark)) marked.remove_prefix(mark.size());
    if (marked.empty()) break;
    text += marked.front();
    marked.remove_prefix(1);
  }
  return text;
}

}  // namespace

std::shared_ptr<const Surroundings> surroundings_of_example(const Example& example) {
  if (example.beside.empty()) return nullptr;
  MemoryFileSystem files;
  const std::string path = join(kFolder, example.path);
  files.add_file(path, without_marks(example.before));
  for (const ExampleFile& file : example.beside) files.add_file(join(kFolder, file.path), std::string(file.text));
  Workspace workspace(files, {std::string(kFolder)});
  return std::make_shared<const Surroundings>(workspace.surroundings_of(path));
}

}  // namespace quaymaster::workspace
