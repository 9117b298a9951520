#include <filesystem>
#include <fstream>
#include <memory>
#include <ostream>
#include <set>
#include <string>

#include "cli/command.h"
#include "cli/config_schema.h"
#include "cli/exit_code.h"
#include "features/rule_page/peer_checks.h"
#include "features/rule_page/rule_page.h"
#include "workspace/example_surroundings.h"

namespace quaymaster::cli {
namespace {

bool write_file(const std::filesystem::path& path, const std::string& text, Streams& streams) {
  if (std::ofstream(path, std::ios::binary) << text << std::flush) return true;
  streams.err << "quaymaster: cannot write " << path.string() << "\n";
  return false;
}

/// Writes the pages into `folder`, removes those of rules that are gone, and writes the schema of configuration files
/// and the pages about other tools' checks beside the folder.
int write_docs(const std::string& folder, Streams& streams) {
  namespace fs = std::filesystem;
  fs::create_directories(folder);
  std::set<fs::path> written;
  for (const RulePage& page : rule_pages(built_in_rules(), workspace::surroundings_of_example)) {
    const fs::path path = fs::path(folder) / page.file_name;
    if (!write_file(path, page.markdown, streams)) return kCouldNotRun;
    written.insert(path);
  }
  for (const fs::directory_entry& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".md" && !written.contains(entry.path())) fs::remove(entry.path());
  const fs::path docs = fs::path(folder).parent_path();
  const fs::path schema = docs / "config.schema.json";
  if (!write_file(schema, configuration_schema(built_in_rules()), streams)) return kCouldNotRun;
  if (!write_file(docs / "hadolint-and-buildkit.md", peer_page(built_in_rules()), streams)) return kCouldNotRun;
  if (!write_file(docs / "compose.md", compose_page(built_in_rules()), streams)) return kCouldNotRun;
  if (!write_file(docs / "kubernetes.md", kubernetes_page(built_in_rules()), streams)) return kCouldNotRun;
  streams.out << written.size() << " pages written to " << folder << "\n";
  return kClean;
}

}  // namespace

void add_docs_command(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("docs", "Write the pages of all rules into a folder");
  command->group("");
  const auto folder = std::make_shared<std::string>();
  command->add_option("FOLDER", *folder)->required();
  command->callback(
      [folder, &action] { action = [folder](Streams& streams) { return write_docs(*folder, streams); }; });
}

}  // namespace quaymaster::cli
