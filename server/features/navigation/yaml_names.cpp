#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "features/navigation/name_finders.h"
#include "model/compose/reader.h"
#include "model/yaml/value.h"

namespace quaymaster {
namespace {

using Kind = Name::Kind;
using Spelling = Mention::Spelling;

class ComposeNames {
 public:
  ComposeNames(const compose::File& file, std::uint32_t begin) : file_(file), begin_(begin) {}

  std::vector<Name> find() && {
    for (const compose::Service& service : file_.services) declare(Kind::Service, service.name, service.name_range);
    declare(Kind::Volume, file_.volumes);
    declare(Kind::Network, file_.networks);
    declare(Kind::Secret, file_.secrets);
    declare(Kind::Config, file_.configs);
    declare(Kind::Model, file_.models);
    for (const compose::Service& service : file_.services) read(service);
    return std::move(names_);
  }

 private:
  void declare(Kind kind, const std::vector<compose::Declaration>& declarations) {
    for (const compose::Declaration& each : declarations) declare(kind, each.name, each.name_range);
  }

  void declare(Kind kind, const std::string& text, TextRange key) {
    const TextRange range = content(key).shifted(begin_);
    Mention mention{range, true, spelling(range, text), range};
    name(kind, text).mentions.push_back(mention);
  }

  void read(const compose::Service& service) {
    for (const compose::Dependency& each : service.depends_on) mention(Kind::Service, each.service);
    mention(Kind::Volume, service.volumes);
    for (const compose::NetworkUse& each : service.networks) mention(Kind::Network, each.network);
    mention(Kind::Secret, service.secrets);
    mention(Kind::Config, service.configs);
    mention(Kind::Model, service.models);
    mention_value(Kind::Config, service.value.get({"credential_spec", "config"}));
    for (const yaml::Element& secret : service.value.get({"build", "secrets"}).items())
      mention_value(Kind::Secret, secret.value.is_mapping() ? secret.value.get("source") : secret.value);
    mention_contexts(service.value.get({"build", "additional_contexts"}));
    // `service:alias`, `service:ro`.
    for (const compose::Name& link : service.links) mention(Kind::Service, front_of(link));
    for (const compose::Name& source : service.volumes_from)
      if (!source.text.starts_with("container:")) mention(Kind::Service, front_of(source));
    if (service.extends && !service.extends->file) mention(Kind::Service, service.extends->service);
    for (const auto* mode : {&service.network_mode, &service.pid, &service.ipc})
      if (*mode) mention_mode(**mode);
  }

  void mention_value(Kind kind, const yaml::Value& value) {
    if (const std::optional<compose::Name> said = compose::name_of(value)) mention(kind, *said);
  }

  /// `base: service:db`, or `base=service:db` in a list.
  void mention_contexts(const yaml::Value& contexts) {
    for (const yaml::Entry& context : contexts.entries())
      if (const auto said = compose::text_of(context.value)) mention_mode(*said);
    for (const yaml::Element& item : contexts.items()) {
      std::optional<compose::Text> said = compose::text_of(item.value);
      const std::size_t equals = said ? said->text.find('=') : std::string::npos;
      if (equals == std::string::npos || said->range.size() != said->text.size()) continue;
      said->text.erase(0, equals + 1);
      said->range.begin += static_cast<std::uint32_t>(equals) + 1;
      mention_mode(*said);
    }
  }

  static compose::Name front_of(const compose::Name& pair) {
    const auto length = static_cast<std::uint32_t>(std::min(pair.text.find(':'), pair.text.size()));
    return {pair.text.substr(0, length),
            {pair.range.begin, std::min(pair.range.begin + length, pair.range.end)},
            pair.literal,
            pair.shared};
  }

  /// `network_mode: service:db`.
  void mention_mode(const compose::Text& mode) {
    constexpr std::string_view kPrefix = "service:";
    if (!mode.text.starts_with(kPrefix) || mode.range.size() < kPrefix.size()) return;
    const auto length = static_cast<std::uint32_t>(kPrefix.size());
    mention(Kind::Service,
            {mode.text.substr(length), {mode.range.begin + length, mode.range.end}, mode.literal, mode.shared});
  }

  void mention(Kind kind, const std::vector<compose::Name>& all) {
    for (const compose::Name& each : all) mention(kind, each);
  }

  void mention(Kind kind, const compose::Name& said) {
    if (said.text.empty()) return;
    // A variable can have the name as its default: then it is said here as well.
    if (!said.literal && !index_.contains({kind, said.text})) return;
    Name& of = name(kind, said.text);
    const auto& first = of.mentions;
    const std::optional<TextRange> definition =
        first.empty() || !first.front().declares ? std::nullopt : std::optional(first.front().range);
    const TextRange range = content(said.range).shifted(begin_);
    of.mentions.push_back({range, false, said.literal ? spelling(range, said.text) : Spelling::Other, definition});
  }

  /// Without the quotes of a key.
  [[nodiscard]] TextRange content(TextRange range) const {
    const std::string_view text = slice(file_.document->text(), range);
    const bool quoted = text.size() > 1 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front();
    return quoted ? TextRange{range.begin + 1, range.end - 1} : range;
  }

  [[nodiscard]] Spelling spelling(TextRange absolute, std::string_view text) const {
    const TextRange range{absolute.begin - begin_, absolute.end - begin_};
    return slice(file_.document->text(), range) == text ? Spelling::Name : Spelling::Other;
  }

  Name& name(Kind kind, const std::string& text) {
    const auto [found, added] = index_.try_emplace({kind, text}, names_.size());
    if (added) names_.push_back({kind, text, false, {}});
    return names_[found->second];
  }

  const compose::File& file_;
  std::uint32_t begin_;
  std::vector<Name> names_;
  std::map<std::pair<Kind, std::string>, std::size_t> index_;
};

/// Where `node` says its anchor, without the '&'; empty when that cannot be found.
std::optional<TextRange> anchor_range(const yaml::Document& document, const yaml::Node& node) {
  const std::string_view properties = slice(document.text(), node.properties);
  const std::size_t at = properties.find("&" + node.anchor);
  if (at == std::string_view::npos) return std::nullopt;
  const std::uint32_t begin = node.properties.begin + static_cast<std::uint32_t>(at) + 1;
  return TextRange{begin, begin + static_cast<std::uint32_t>(node.anchor.size())};
}

template <class Visit>
void for_each_node(const yaml::Document& document, Visit visit) {
  std::vector<const yaml::Node*> open;
  if (const yaml::Node* root = document.root().node()) open.push_back(root);
  while (!open.empty()) {
    const yaml::Node& node = *open.back();
    open.pop_back();
    visit(node);
    for (const yaml::Pair& pair : node.pairs) open.insert(open.end(), {pair.key, pair.value});
    for (const yaml::Item& item : node.items) open.push_back(item.value);
  }
}

}  // namespace

Names compose_names(const ComposeModel& model) {
  Names names;
  for (const ComposeModel::Part& part : model.parts)
    for (Name& name : ComposeNames(*part.file, part.begin).find()) names.all.push_back(std::move(name));
  return names;
}

void add_anchors(const PlacedDocument& placed, Names& names) {
  std::unordered_map<const yaml::Node*, std::size_t> anchors;
  for_each_node(*placed.document, [&](const yaml::Node& node) {
    if (node.anchor.empty()) return;
    const std::optional<TextRange> found = anchor_range(*placed.document, node);
    if (!found) return;
    const TextRange range = found->shifted(placed.begin);
    anchors.emplace(&node, names.all.size());
    names.all.push_back({Kind::Anchor, node.anchor, false, {{range, true, Spelling::Name, range}}});
  });
  for_each_node(*placed.document, [&](const yaml::Node& node) {
    if (node.kind != yaml::Node::Kind::Alias) return;
    const auto anchor = anchors.find(node.target);
    if (anchor == anchors.end()) return;
    Name& name = names.all[anchor->second];
    // Without the star.
    const TextRange range = TextRange{node.range.begin + 1, node.range.end}.shifted(placed.begin);
    name.mentions.push_back(
        {range, false, node.text == name.text ? Spelling::Name : Spelling::Other, name.mentions.front().definition});
  });
}

}  // namespace quaymaster
