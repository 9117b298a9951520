#include <algorithm>
#include <set>
#include <span>
#include <string>
#include <utility>

#include "features/completion/compose_words.h"
#include "features/completion/schema_keys.h"
#include "features/completion/sources.h"
#include "features/completion/yaml_sketch.h"
#include "features/navigation/variable_uses.h"
#include "model/surroundings.h"

namespace quaymaster {
namespace {

using Kind = CompletionItem::Kind;
using Path = std::vector<std::string_view>;
using Role = SketchPlace::Role;
using Taken = std::set<std::string_view>;

const ComposeSurroundings* surroundings_of(const Analysis& analysis) {
  return analysis.source.surroundings ? analysis.source.surroundings->as<ComposeSurroundings>() : nullptr;
}

/// The names of `$NAME` and `${NAME…}` in the text, the one at the cursor left out, and those in environment files,
/// each once.
std::vector<std::string> variables_for(const Analysis& analysis, TextRange typed) {
  const std::string_view text = analysis.source.text;
  std::set<std::string, std::less<>> names;
  if (const auto* around = surroundings_of(analysis); around && around->environment_names)
    names.insert(around->environment_names->begin(), around->environment_names->end());
  for (std::size_t at = text.find('$'); at != std::string_view::npos && at + 1 < text.size();
       at = text.find('$', at + 1)) {
    if (text[at + 1] == '$') {
      ++at;
      continue;
    }
    const std::size_t begin = at + (text[at + 1] == '{' ? 2 : 1);
    const std::uint32_t length = begin < text.size() ? variable_name_length(text.substr(begin)) : 0;
    if (length > 0 && begin != typed.begin) names.emplace(text.substr(begin, length));
  }
  return {names.begin(), names.end()};
}

/// Whether some reader takes the word for a Boolean, though it is none here.
bool is_boolean_word(std::string_view word) { return word == "no" || word == "yes" || word == "on" || word == "off"; }

class ComposeCompletion {
 public:
  ComposeCompletion(const Analysis& analysis, TextRange document, std::uint32_t offset)
      : analysis_(analysis),
        text_(analysis.source.text),
        offset_(offset),
        sketch_(text_, document, offset),
        place_(sketch_.place()) {}

  Completions find() {
    path_ = sketch_.path(place_.parent);
    result_.range = place_.word;
    switch (place_.role) {
      case Role::Nothing: return {};
      case Role::Alias: add_anchors(); break;
      case Role::Value: add_scalars(place_.parent, false); break;
      case Role::Key: add_keys(); break;
      case Role::Start: add_start(); break;
    }
    separate(result_.items, place_);
    return std::move(result_);
  }

 private:
  /// Where a value begins: an item, or what a key has below it.
  void add_start() {
    const SketchNode& parent = sketch_.nodes()[place_.parent];
    if (parent.kind == SketchNode::Kind::Item) {
      add_scalars(place_.parent, false);
      add_keys();
      return;
    }
    const std::vector<std::size_t> below = sketch_.children(place_.parent);
    const bool has_items = !below.empty() && sketch_.nodes()[below.front()].kind == SketchNode::Kind::Item;
    const bool has_keys = !below.empty() && !has_items;
    if (!has_items) add_keys();
    if (has_keys || !place_.own_row) return;
    path_.emplace_back("-");
    add_scalars(place_.parent, true);
  }

  /// The keys of the mapping at the cursor that are not there yet.
  void add_keys() {
    Taken taken;
    for (const std::size_t node : sketch_.children(place_.parent)) taken.insert(sketch_.nodes()[node].key);
    for (const SchemaKey& key : compose_keys(path_))
      if (!taken.contains(key.name)) add_key(key);
    const std::string_view section = compose_declared_in(path_);
    if (section.empty() || sketch_.nodes()[place_.parent].kind == SketchNode::Kind::Item) return;
    // `depends_on: {db: …}`
    for (const std::string& name : declared(section, taken)) {
      CompletionItem item{.label = name, .kind = Kind::Name, .detail = std::string(section)};
      item.text = place_.colon_follows ? name : name + ":";
      result_.items.push_back(std::move(item));
    }
  }

  void add_key(const SchemaKey& key) {
    CompletionItem item = key_item(key, place_);
    Path whole = path_;
    whole.push_back(key.name);
    item.about = "compose:";
    for (const std::string_view part : whole) item.about += (part == whole.front() ? "" : "/") + std::string(part);
    result_.items.push_back(std::move(item));
  }

  /// The scalars that may stand at the path. `dash`: as an item that has no dash yet.
  void add_scalars(std::size_t node, bool dash) {
    const auto add = [&](std::string label, Kind kind, std::string detail) {
      CompletionItem item{.label = std::move(label), .kind = kind, .detail = std::move(detail)};
      const bool quote = kind == Kind::Value && !place_.quoted && is_boolean_word(item.label);
      item.text = (dash ? "- " : "") + (quote ? '"' + item.label + '"' : item.label);
      result_.items.push_back(std::move(item));
    };
    if (slice(text_, {place_.word.begin, offset_}).find('$') != std::string_view::npos) return;
    add_prefixed_services();
    Taken taken;
    const bool item = dash || sketch_.nodes()[node].kind == SketchNode::Kind::Item;
    if (item)
      for (const std::size_t sibling : sketch_.children(dash ? node : sketch_.nodes()[node].parent))
        if (dash || sibling != node) taken.insert(said_in(sibling));
    if (const std::string_view section = compose_declared_in(path_); !section.empty()) {
      if (compose_name_ends_at_colon(path_) && !limit_to_name()) return;
      for (const std::string& name : declared(section, taken)) add(name, Kind::Name, std::string(section));
    }
    for (const std::string_view value : compose_values(path_))
      if (!taken.contains(value)) add(std::string(value), Kind::Value, {});
    if (path_.size() == 4 && path_[0] == "services" && path_[2] == "profiles")
      for (const std::string& profile : profiles(taken)) add(profile, Kind::Name, "profiles");
    if (path_.size() == 4 && path_[0] == "services" && path_[2] == "build" && path_[3] == "target")
      for (const std::string& stage : stages()) add(stage, Kind::Name, "stages");
  }

  /// `network_mode: service:db`.
  void add_prefixed_services() {
    constexpr std::string_view kPrefix = "service:";
    if (path_.size() != 3 || path_[0] != "services") return;
    if (path_[2] != "network_mode" && path_[2] != "pid" && path_[2] != "ipc") return;
    for (const std::string& name : declared("services", {})) {
      CompletionItem item{.label = std::string(kPrefix) + name, .kind = Kind::Name, .detail = "services"};
      item.text = item.label;
      result_.items.push_back(std::move(item));
    }
  }

  /// Leaves what stands behind the name as it is; false when the cursor is there.
  bool limit_to_name() {
    const std::size_t colon = slice(text_, place_.word).find(':');
    if (colon == std::string_view::npos) return true;
    const std::uint32_t end = place_.word.begin + static_cast<std::uint32_t>(colon);
    if (offset_ > end) return false;
    result_.range.end = end;
    return true;
  }

  /// What an item says by name: all of it, or what stands before its first colon.
  [[nodiscard]] std::string_view said_in(std::size_t node) const {
    const std::string_view value = slice(text_, sketch_.nodes()[node].value);
    return compose_name_ends_at_colon(path_) ? value.substr(0, value.find(':')) : value;
  }

  /// The names that the file and those that it is read with declare, without those in `taken` and without the service
  /// itself.
  [[nodiscard]] std::vector<std::string> declared(std::string_view section, const Taken& taken) const {
    if (path_.size() == 4 && path_[2] == "extends" && sketch_.find({"services", path_[1], "extends", "file"}))
      return extended_services();
    std::vector<std::string> names;
    const auto add = [&](std::string_view name) {
      const bool itself = section == "services" && path_.size() > 1 && path_[1] == name;
      if (!name.empty() && name != "<<" && !itself && !taken.contains(name)) names.emplace_back(name);
    };
    if (const auto at = sketch_.find({section}))
      for (const std::size_t node : sketch_.children(*at)) add(sketch_.nodes()[node].key);
    // Without a file, what is extended stands in the same one.
    if (path_.size() > 2 && path_[2] == "extends") return names;
    for (const std::string& name : declared_elsewhere(section))
      if (std::ranges::find(names, name) == names.end()) add(name);
    return names;
  }

  /// What the files around declare in a section.
  [[nodiscard]] std::span<const std::string> declared_elsewhere(std::string_view section) const {
    const ComposeSurroundings* around = surroundings_of(analysis_);
    if (around == nullptr || !around->others) return {};
    if (section == "services") return around->others->services;
    if (section == "volumes") return around->others->volumes;
    if (section == "networks") return around->others->networks;
    if (section == "secrets") return around->others->secrets;
    if (section == "configs") return around->others->configs;
    if (section == "models") return around->others->models;
    return {};
  }

  /// The services of the file that the service extends.
  [[nodiscard]] std::vector<std::string> extended_services() const {
    const ComposeSurroundings* around = surroundings_of(analysis_);
    const auto file = sketch_.find({"services", path_[1], "extends", "file"});
    if (around == nullptr || !file) return {};
    const auto found = std::ranges::find(around->files, slice(text_, sketch_.nodes()[*file].value), &NamedFile::name);
    if (found == around->files.end() || !found->services) return {};
    return *found->services;
  }

  /// The profiles that services are in.
  [[nodiscard]] std::set<std::string, std::less<>> profiles(const Taken& taken) const {
    std::set<std::string, std::less<>> names;
    for (std::size_t i = 1; i < sketch_.nodes().size(); ++i) {
      const SketchNode& node = sketch_.nodes()[i];
      if (node.kind != SketchNode::Kind::Item || node.value.empty() || node.value == place_.word) continue;
      if (sketch_.nodes()[node.parent].key != "profiles") continue;
      const std::string_view name = slice(text_, node.value);
      if (!taken.contains(name)) names.emplace(name);
    }
    return names;
  }

  /// The stages of the Dockerfile that the service is built from, as far as the files around it are known.
  [[nodiscard]] std::vector<std::string> stages() const {
    std::vector<std::string> names;
    const ComposeSurroundings* around = surroundings_of(analysis_);
    if (around == nullptr) return names;
    for (const ServiceBuild& build : around->builds)
      if (build.service == path_[1] && build.stages)
        std::ranges::copy_if(*build.stages, std::back_inserter(names), [](const auto& name) { return !name.empty(); });
    return names;
  }

  void add_anchors() {
    std::set<std::string, std::less<>> names;
    for (std::size_t at = text_.find('&'); at != std::string_view::npos; at = text_.find('&', at + 1)) {
      const bool begins = at > 0 && (text_[at - 1] == ' ' || text_[at - 1] == '[' || text_[at - 1] == ',');
      const std::string_view rest = text_.substr(at + 1);
      const std::string_view name = rest.substr(0, rest.find_first_of(" \t\r\n,[]{}"));
      if (begins && !name.empty() && !name.starts_with('&')) names.emplace(name);
    }
    for (const std::string& name : names) {
      CompletionItem item{.label = name, .kind = Kind::Name, .detail = "anchor"};
      item.text = name;
      result_.items.push_back(std::move(item));
    }
  }

  const Analysis& analysis_;
  std::string_view text_;
  std::uint32_t offset_;
  YamlSketch sketch_;
  const SketchPlace& place_;
  Path path_;
  Completions result_;
};

}  // namespace

Completions compose_completions(const Analysis& analysis, std::uint32_t offset) {
  const std::string_view text = analysis.source.text;
  if (const auto typed = typed_variable(text, offset))
    return variable_completions(*typed, variables_for(analysis, typed->name));
  return ComposeCompletion(analysis, document_at(text, offset), offset).find();
}

}  // namespace quaymaster
