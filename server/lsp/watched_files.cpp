#include "lsp/watched_files.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "lsp/uri.h"
#include "workspace/path.h"

namespace quaymaster::lsp {
namespace {

/// Container files, what configures us, and what decides which files are in a build context. Of other files that images
/// are built from, only comings and goings count, and nobody asks an editor to watch everything.
constexpr std::array<std::string_view, 17> kWatched{"**/*[dD]ockerfile*",
                                                    "**/*[cC]ontainerfile*",
                                                    "**/*.{yaml,yml}",
                                                    "**/.quaymaster.{yaml,yml}",
                                                    "**/.hadolint.{yaml,yml}",
                                                    "**/.kube-linter.{yaml,yml}",
                                                    "**/.dclintrc*",
                                                    "**/*.dockerignore",
                                                    "**/.dockerignore",
                                                    "**/.gitignore",
                                                    "**/.env*",
                                                    "**/*.env",
                                                    "**/{.npmrc,.netrc,.pypirc}",
                                                    "**/*[mM]akefile*",
                                                    "**/*.mk",
                                                    "**/*docker-bake*.{hcl,json}",
                                                    "**/.gitlab-ci.yml"};

const Json::array_t& elements(const Json& list) { return list.get_ref<const Json::array_t&>(); }

void add_file(std::vector<std::string>& files, const Json& uri) {
  if (std::string file = file_of(uri.get_ref<const std::string&>()); !file.empty()) files.push_back(std::move(file));
}

}  // namespace

Json registrations_for(const Client& client) {
  Json registrations = Json::array();
  if (client.watches_files) {
    Json watchers = Json::array();
    for (const std::string_view glob : kWatched) watchers.push_back({{"globPattern", glob}});
    registrations.push_back({{"id", "quaymaster-files"},
                             {"method", "workspace/didChangeWatchedFiles"},
                             {"registerOptions", {{"watchers", std::move(watchers)}}}});
  }
  if (client.registers_configuration)
    registrations.push_back({{"id", "quaymaster-settings"},
                             {"method", "workspace/didChangeConfiguration"},
                             {"registerOptions", {{"section", "quaymaster"}}}});
  if (registrations.empty()) return nullptr;
  return {{"registrations", std::move(registrations)}};
}

Json file_operations() {
  const Json filters = Json::parse(R"({"filters": [{"scheme": "file", "pattern": {"glob": "**"}}]})");
  Json operations;
  for (const char* operation : {"didCreate", "didRename", "didDelete"}) operations[operation] = filters;
  return operations;
}

std::vector<std::string> read_first_folders(const Json& initialize_params) {
  std::vector<std::string> folders;
  const auto member = [](const Json& of, const char* key) { return of.is_object() ? of.value(key, Json()) : Json(); };
  const Json listed = member(initialize_params, "workspaceFolders");
  if (listed.is_array()) {
    for (const Json& folder : listed)
      if (const Json uri = member(folder, "uri"); uri.is_string()) add_file(folders, uri);
    return folders;
  }
  const Json uri = member(initialize_params, "rootUri");
  const Json path = member(initialize_params, "rootPath");
  if (uri.is_string())
    add_file(folders, uri);
  else if (path.is_string() && path.get_ref<const std::string&>().starts_with('/'))
    folders.push_back(workspace::normalized(path.get_ref<const std::string&>()));
  return folders;
}

std::vector<std::string> read_folders(const Json& params, std::vector<std::string> before) {
  std::vector<std::string> added;
  std::vector<std::string> removed;
  for (const Json& folder : elements(params.at("event").at("added"))) add_file(added, folder.at("uri"));
  for (const Json& folder : elements(params.at("event").at("removed"))) add_file(removed, folder.at("uri"));
  std::erase_if(before, [&](const std::string& folder) { return std::ranges::find(removed, folder) != removed.end(); });
  for (std::string& folder : added)
    if (std::ranges::find(before, folder) == before.end()) before.push_back(std::move(folder));
  return before;
}

std::vector<std::string> read_changed_files(const Json& params) {
  std::vector<std::string> files;
  for (const Json& change : elements(params.at("changes"))) add_file(files, change.at("uri"));
  return files;
}

std::vector<std::string> read_file_operation(const Json& params) {
  std::vector<std::string> files;
  for (const Json& file : elements(params.at("files")))
    for (const char* key : {"uri", "oldUri", "newUri"})
      if (file.contains(key)) add_file(files, file.at(key));
  return files;
}

}  // namespace quaymaster::lsp
