#include "model/compose/project/project.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "model/compose/project/merge.h"
#include "model/compose/project/normalize.h"

namespace quaymaster::compose::project {
namespace {

constexpr std::size_t kMostFiles = 200;
constexpr std::size_t kLongestChain = 20;
/// How many values services may take over from others in all.
constexpr int kMostInherited = 200'000;

/// Counts the values in `value` until `left` is used up.
void count(const Value& value, int& left) {
  if (--left < 0) return;
  for (const auto& [key, each] : value.pairs) count(each, left);
  for (const Value& item : value.items) count(item, left);
}

std::string folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return std::string(path.substr(0, slash == std::string_view::npos ? 0 : slash));
}

std::vector<std::string> texts_of(const Value* value) {
  std::vector<std::string> texts;
  if (value == nullptr) return texts;
  if (value->is_scalar()) texts.push_back(value->text);
  for (const Value& item : value->items)
    if (item.is_scalar()) texts.push_back(item.text);
  return texts;
}

class Reader {
 public:
  explicit Reader(const Source& source) : source_(source) {}

  Project read() && {
    project_.value = files(source_.files, std::nullopt, source_.environment);
    add_defaults(project_.value);
    fill_environment();
    return std::move(project_);
  }

 private:
  struct Context {
    const Environment& environment;
    int scope;           // a number of the environment
    std::string folder;  // that paths of the file are relative to
  };
  /// A service that is looked up by its name among those of its file as written.
  struct Siblings {
    std::shared_ptr<const Value> root;
    std::unordered_map<std::string_view, const Value*> services;
  };

  void problem(Problem::Kind kind, std::string name, Origin origin) {
    project_.problems.push_back({kind, std::move(name), origin});
  }

  /// Files that are read on top of each other. Paths in them are relative to `folder`, or to the first file's.
  Value files(const std::vector<std::string>& paths, const std::optional<std::string>& folder,
              const Environment& environment) {
    Value merged = mapping(Origin{});
    const int scope = scopes_++;
    for (const std::string& path : paths) {
      if (std::ranges::find(including_, path) != including_.end() || including_.size() > kLongestChain) {
        problem(Problem::Kind::Cycle, path, {});
        continue;
      }
      including_.push_back(path);
      const Context context{environment, scope, folder.value_or(folder_of(paths.front()))};
      if (std::optional<Value> root = parse(path, environment, {})) {
        extend_all(*root, path, context);
        normalize_resources(*root, context.folder);
        const Value includes = take_includes(*root);
        merged = merge_files(std::move(merged), std::move(*root));
        apply_tags(merged);
        for (const Value& each : includes.items) include(merged, each, context);
      }
      including_.pop_back();
    }
    return merged;
  }

  static Value take_includes(Value& root) {
    Value includes;
    if (const Value* found = root.find("include")) includes = *found;
    root.erase("include");
    return includes;
  }

  /// The values of a file, with variables filled in.
  std::optional<Value> parse(const std::string& path, const Environment& environment, Origin asked) {
    if (project_.files.size() >= kMostFiles) {
      problem(Problem::Kind::TooBig, path, asked);
      return std::nullopt;
    }
    const std::shared_ptr<const yaml::Document> document = source_.document(path);
    if (document == nullptr) {
      problem(Problem::Kind::MissingFile, path, asked);
      return std::nullopt;
    }
    const auto file = static_cast<std::uint32_t>(project_.files.size());
    project_.files.push_back(path);
    Value root = value_of(document->root(), file);
    if (!root.is_mapping()) root = mapping(root.origin);
    fill_in(root, environment);
    return root;
  }

  void fill_in(Value& value, const Environment& environment) {
    if (value.is_scalar()) {
      Substituted filled = substitute(value.text, environment);
      if (filled.malformed) problem(Problem::Kind::MalformedVariable, value.text, value.origin);
      for (std::string& name : filled.unset) problem(Problem::Kind::UnsetVariable, std::move(name), value.origin);
      for (std::string& name : filled.refused) problem(Problem::Kind::RequiredVariable, std::move(name), value.origin);
      value.text = std::move(filled.text);
    }
    for (auto& [key, each] : value.pairs) fill_in(each, environment);
    for (Value& item : value.items) fill_in(item, environment);
  }

  static std::shared_ptr<const Siblings> siblings_in(Value root) {
    auto siblings = std::make_shared<Siblings>();
    siblings->root = std::make_shared<const Value>(std::move(root));
    if (const Value* services = siblings->root->find("services"))
      for (const auto& [name, service] : services->pairs) siblings->services.emplace(name, &service);
    return siblings;
  }

  /// The services of another file; read once for each environment.
  std::shared_ptr<const Siblings> siblings_of(const std::string& path, const Context& context, Origin asked) {
    std::shared_ptr<const Siblings>& siblings = extended_files_[{path, context.scope}];
    if (siblings == nullptr) {
      std::optional<Value> root = parse(path, context.environment, asked);
      siblings = siblings_in(root ? *std::move(root) : Value());
    }
    return siblings;
  }

  void extend_all(Value& root, const std::string& path, const Context& context) {
    Value* services = root.find("services");
    if (services == nullptr) return;
    const std::shared_ptr<const Siblings> siblings = siblings_in(root);
    for (auto& [name, service] : services->pairs) {
      normalize_service(service, context.folder);
      if (service.find("extends") == nullptr) continue;
      Chain chain{path + '\n' + name};
      service = extended(std::move(service), *siblings, path, context, chain);
    }
  }

  using Chain = std::vector<std::string>;

  /// The normalised `service` of the file `path` on top of what it extends.
  Value extended(Value service, const Siblings& siblings, const std::string& path, const Context& context,
                 Chain& chain) {
    const Value extends = *service.find("extends");
    service.erase("extends");
    const std::string name = extends.is_scalar() ? extends.text : extends.text_of("service");
    const std::string file = extends.text_of("file");
    if (file.empty()) return on_top(std::move(service), name, siblings, path, context, chain, extends.origin);
    const std::string other = rebased(file, context.folder);
    const std::shared_ptr<const Siblings> there = siblings_of(other, context, extends.origin);
    if (there->services.empty()) return service;
    const Context other_context{context.environment, context.scope, folder_of(other)};
    return on_top(std::move(service), name, *there, other, other_context, chain, extends.origin);
  }

  Value on_top(Value service, const std::string& name, const Siblings& siblings, const std::string& path,
               const Context& context, Chain& chain, Origin asked) {
    std::string link = path + '\n' + name;
    if (std::ranges::find(chain, link) != chain.end() || chain.size() > kLongestChain) {
      problem(Problem::Kind::Cycle, name, asked);
      return service;
    }
    const auto found = siblings.services.find(name);
    if (found == siblings.services.end() || !found->second->is_mapping()) {
      problem(Problem::Kind::MissingService, name, asked);
      return service;
    }
    count(*found->second, inherited_left_);
    if (inherited_left_ < 0) {
      problem(Problem::Kind::TooBig, name, asked);
      return service;
    }
    chain.push_back(std::move(link));
    Value base = *found->second;
    normalize_service(base, context.folder);
    if (base.find("extends") != nullptr) base = extended(std::move(base), siblings, path, context, chain);
    Value merged = merge_services(std::move(base), std::move(service));
    apply_tags(merged);
    return merged;
  }

  void include(Value& merged, const Value& said, const Context& context) {
    std::vector<std::string> paths = texts_of(said.is_mapping() ? said.find("path") : &said);
    if (paths.empty()) return;
    for (std::string& path : paths) path = rebased(path, context.folder);
    const std::string directory = said.text_of("project_directory");
    const std::string folder = directory.empty() ? folder_of(paths.front()) : rebased(directory, context.folder);
    Environment environment = context.environment;
    std::vector<std::string> env_files = texts_of(said.find("env_file"));
    for (std::string& file : env_files) file = rebased(file, context.folder);
    if (env_files.empty()) env_files.push_back(rebased(".env", folder));
    if (source_.text)
      for (const std::string& file : env_files)
        if (const std::optional<std::string> text = source_.text(file))
          for (auto& [name, value] : read_dotenv(*text, environment)) environment.try_emplace(name, value);
    const Value included = files(paths, folder == "." ? std::string() : folder, environment);
    for (const std::string_view section : {"services", "volumes", "networks", "secrets", "configs", "models"})
      if (const Value* all = included.find(section)) import(merged, section, *all);
  }

  /// Adds what an included file declares. What is there already stays.
  void import(Value& merged, std::string_view section, const Value& all) {
    if (merged.find(section) == nullptr) merged.set(section, mapping(all.origin));
    Value& into = *merged.find(section);
    if (!into.is_mapping()) into = mapping(all.origin);
    std::unordered_map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < into.pairs.size(); ++i) places.emplace(into.pairs[i].key, i);
    for (const auto& [name, value] : all.pairs) {
      const auto [found, added] = places.try_emplace(name, into.pairs.size());
      if (added)
        into.pairs.push_back({std::string(name), value});
      else if (lines(into.pairs[found->second].value) != lines(value))
        problem(Problem::Kind::Conflict, std::string(section) + "." + name, value.origin);
    }
  }

  /// A variable that a service only names has the value that it has for Compose.
  void fill_environment() {
    Value* services = project_.value.find("services");
    if (services == nullptr) return;
    for (auto& [name, service] : services->pairs) {
      Value* environment = service.find("environment");
      if (environment == nullptr) continue;
      for (auto& [variable, value] : environment->pairs) {
        const auto found = source_.environment.find(variable);
        if (value.kind == Value::Kind::Null && found != source_.environment.end())
          value = scalar(found->second, value.origin);
      }
    }
  }

  const Source& source_;
  Project project_;
  std::map<std::pair<std::string, int>, std::shared_ptr<const Siblings>> extended_files_;
  int scopes_ = 0;
  int inherited_left_ = kMostInherited;
  std::vector<std::string> including_;  // files that are being read, outermost first
};

}  // namespace

Project read_project(const Source& source) { return Reader(source).read(); }

}  // namespace quaymaster::compose::project
