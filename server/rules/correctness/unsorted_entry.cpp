#include <algorithm>
#include <compare>
#include <cstddef>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/compose/compose.h"
#include "model/compose/ports.h"
#include "model/yaml/reorder.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "text/natural_order.h"

namespace quaymaster::rules {
extern const Rule unsorted_entry;
namespace {

constexpr Option<StringList> kServiceKeys{
    "service-keys",
    {},
    "The order of a service's keys; others follow by name. Empty: image, build, container_name and so on."};
constexpr Option<StringList> kTopLevelKeys{
    "top-level-keys",
    {},
    "The order of the keys of a file; `x-` stands for all extensions. Empty: x-, version, name and so on."};

/// What dclint's users have: what runs, what it needs, its data, its settings, its network, how it runs, the rest.
constexpr std::string_view kServiceOrder[] = {
    "image",        "build",       "container_name", "depends_on", "volumes",     "volumes_from",
    "configs",      "secrets",     "environment",    "env_file",   "ports",       "networks",
    "network_mode", "extra_hosts", "command",        "entrypoint", "working_dir", "restart",
    "healthcheck",  "logging",     "labels",         "user",       "isolation",
};
constexpr std::string_view kTopLevelOrder[] = {"x-",       "version", "name",    "include", "services",
                                               "networks", "volumes", "secrets", "configs", "models"};

std::vector<std::string_view> order_of(const StringList& chosen, std::span<const std::string_view> usual) {
  if (chosen.empty()) return {usual.begin(), usual.end()};
  return {chosen.begin(), chosen.end()};
}

/// Where an entry belongs: in which group, and there by which text.
struct Place {
  std::size_t group = 0;
  std::string sorted_by = {};
  std::string name = {};
  TextRange range = {};  ///< of the name
};

/// A merge key stays at the top.
constexpr std::size_t kMergeKeys = 0;

std::size_t group_of(std::string_view key, const std::vector<std::string_view>& order) {
  if (key == "<<") return kMergeKeys;
  const auto found = std::ranges::find(order, key.starts_with("x-") ? std::string_view("x-") : key);
  return 1 + static_cast<std::size_t>(found - order.begin());
}

/// Reports the first entry of `collection` that stands too far below, with a fix that sorts all.
void check_order(std::string_view variant, const yaml::Document& document, const yaml::Node& collection,
                 const std::vector<Place>& places, DigitOrder digits, RuleContext& ctx) {
  std::vector<std::size_t> order(places.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    if (places[a].group != places[b].group) return places[a].group < places[b].group;
    return std::is_lt(natural_order(places[a].sorted_by, places[b].sorted_by, digits));
  });
  std::size_t first = 0;
  while (first < order.size() && order[first] == first) ++first;
  if (first == order.size()) return;
  const Place& late = places[order[first]];
  Report report{.variant = variant,
                .range = late.range,
                .message = quoted(late.name) + " belongs before " + quoted(places[first].name)};
  if (std::optional<std::vector<Edit>> edits = yaml::reorder(document, collection, order))
    report.fixes.push_back({"Sort them", Applicability::Safe, *std::move(edits)});
  ctx.report(std::move(report));
}

/// The keys of a mapping that is written here, sorted into the groups of `order`, or by name alone.
void check_keys(std::string_view variant, const yaml::Value& mapping, const std::vector<std::string_view>& order,
                RuleContext& ctx) {
  if (!mapping.is_mapping() || mapping.shared()) return;
  const yaml::Node& node = *mapping.node();
  std::vector<Place> places;
  places.reserve(node.pairs.size());
  for (const yaml::Pair& pair : node.pairs) {
    if (pair.name().empty()) return;
    places.push_back({group_of(pair.name(), order), pair.name(), pair.name(), pair.key_range()});
  }
  check_order(variant, *mapping.document(), node, places, DigitOrder::Characters, ctx);
}

/// The items of a list that is written here; nothing when what one of them is called is not known.
void check_items(std::string_view variant, const yaml::Value& list, const std::vector<std::string>& names,
                 const std::vector<TextRange>& ranges, DigitOrder digits, RuleContext& ctx) {
  std::vector<Place> places;
  places.reserve(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].empty() || names[i].find('$') != std::string::npos) return;
    places.push_back({0, names[i], names[i], ranges[i]});
  }
  check_order(variant, *list.document(), *list.node(), places, digits, ctx);
}

void check_dependencies(const compose::Service& service, RuleContext& ctx) {
  const yaml::Value list = service.written.get("depends_on");
  if (list.is_mapping()) check_keys("dependencies", list, {}, ctx);
  if (!list.is_sequence() || list.shared()) return;
  std::vector<std::string> names;
  std::vector<TextRange> ranges;
  for (const yaml::Element& item : list.items()) {
    names.emplace_back(item.value.string().value_or(""));
    ranges.push_back(item.value.content_range());
  }
  check_items("dependencies", list, names, ranges, DigitOrder::Characters, ctx);
}

void check_ports(const compose::Service& service, RuleContext& ctx) {
  const yaml::Value list = service.written.get("ports");
  if (!list.is_sequence() || list.shared()) return;
  std::vector<std::string> names;
  std::vector<TextRange> ranges;
  for (const yaml::Element& item : list.items()) {
    const yaml::Value published = item.value.get("published");
    const std::string_view text =
        (item.value.is_mapping() ? (published ? published : item.value.get("target")) : item.value)
            .string()
            .value_or("");
    const std::optional<compose::ShortPort> port = compose::parse_port(text);
    names.push_back(!port ? std::string() : port->host.empty() ? port->container : port->host);
    ranges.push_back(item.value.content_range());
  }
  check_items("ports", list, names, ranges, DigitOrder::Numbers, ctx);
}

void check(const compose::File& file, RuleContext& ctx) {
  const yaml::Value root = file.document->root();
  // In a broken text, the lines of an entry may be more than could be read.
  if (file.is_v1 || !file.document->problems().empty()) return;
  if (ctx.enabled("top-level")) check_keys("top-level", root, order_of(ctx.get(kTopLevelKeys), kTopLevelOrder), ctx);
  if (ctx.enabled("services")) check_keys("services", root.get("services"), {}, ctx);
  const std::vector<std::string_view> keys = order_of(ctx.get(kServiceKeys), kServiceOrder);
  for (const compose::Service& service : file.services) {
    if (service.shared) continue;
    if (ctx.enabled("service-keys")) check_keys("service-keys", service.written, keys, ctx);
    if (ctx.enabled("dependencies")) check_dependencies(service, ctx);
    if (ctx.enabled("ports")) check_ports(service, ctx);
  }
}

/// A matter of taste, which is in no preset.
consteval Variant taste(std::string_view name, std::string_view summary, std::string_view alias) {
  return {.name = name,
          .summary = summary,
          .severity = Severity::Hint,
          .aliases = {{Language::Compose, alias}},
          .languages = Language::Compose};
}

}  // namespace

constinit const Rule unsorted_entry = checked({
    .name = "unsorted-entry",
    .family = Family::Correctness,
    .title = "Entries are not in the order that was agreed on.",
    .consequence =
        "Two people add the same service in different places of a file of 40 services; the merge has no conflict, and "
        "the one that stands below wins. In a sorted file they meet on one line.",
    .fine_when = "Nobody agreed on an order. The order means nothing to Compose.",
    .fix = FixAvailability::Sometimes,
    .options = {kServiceKeys, kTopLevelKeys},
    .variants = {taste("service-keys", "The keys of a service are not in their usual order.",
                       "dclint:service-keys-order"),
                 taste("services", "The services are not sorted by name.", "dclint:services-alphabetical-order"),
                 taste("dependencies", "What a service depends on is not sorted by name.",
                       "dclint:service-dependencies-alphabetical-order"),
                 taste("ports", "The ports of a service are not sorted by what is published.",
                       "dclint:service-ports-alphabetical-order"),
                 taste("top-level", "The sections of the file are not in their usual order.",
                       "dclint:top-level-properties-order")},
    .references = {"https://docs.docker.com/reference/compose-file/"},
    .examples =
        {{"services with what belongs to them", "compose.yaml",
          "services:\n  # serves\n  web:\n    image: shop/web:1.4.2\n    # tty: true\n\n  <|api|>:\n    image: "
          "shop/api:1.4.2\n",
          "services:\n  api:\n    image: shop/api:1.4.2\n\n  # serves\n  web:\n    image: shop/web:1.4.2\n    # tty: "
          "true\n"},
         {"the keys of a service", "compose.yaml",
          "services:\n  web:\n    restart: always # !\n    <|image|>: shop/web:1.4.2\n    labels: {a: b}\n",
          "services:\n  web:\n    image: shop/web:1.4.2\n    restart: always # !\n    labels: {a: b}\n"},
         {"what a service depends on", "compose.yaml",
          "services:\r\n  web:\r\n    image: shop/web:1.4.2\r\n    depends_on:\r\n      - redis\r\n      - "
          "<|db|>\r\n",
          "services:\r\n  web:\r\n    image: shop/web:1.4.2\r\n    depends_on:\r\n      - db\r\n      - redis\r\n"},
         {"ports as numbers", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    ports:\n      - \"10000:80\"\n      - "
          "\"<|9000:81|>\"\n      - target: 82\n        published: 20000\n",
          "services:\n  web:\n    image: shop/web:1.4.2\n    ports:\n      - \"9000:81\"\n      - \"10000:80\"\n      "
          "- target: 82\n        published: 20000\n"},
         {"the sections", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\nvolumes: {}\n\n<|name|>: shop\n",
          "name: shop\nservices:\n  web:\n    image: shop/web:1.4.2\n\nvolumes: {}\n"},
         {"an anchor stays above its alias", "compose.yaml",
          "services:\n  web: &web\n    image: shop/web:1.4.2\n  <|api|>: *web\n"},
         {"in brackets", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    depends_on: [redis, <|db|>]\n"},
         {.title = "an order of one's own",
          .path = "compose.yaml",
          .before = "services:\n  web:\n    restart: always\n    image: shop/web:1.4.2\n    build: .\n",
          .options = "service-keys: [restart, image]"},
         {"all in order", "compose.yaml",
          "x-a: 1\nname: shop\nservices:\n  a:\n    <<: {tty: true}\n    image: shop/a:1.0.0\n    ports: [\"80:80\", "
          "\"443:443\"]\n    command: [a]\n    annotations: {a: b}\n  a_b:\n    image: shop/b:1.0.0\n    depends_on: "
          "[a, a1, B]\n  a-b:\n    image: shop/c:1.0.0\nnetworks: {}\nvolumes: {}\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
