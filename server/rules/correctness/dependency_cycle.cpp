#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/compose/compose.h"
#include "rules/rule_context.h"
#include "rules/support/compose_services.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule dependency_cycle;
namespace {

/// As many services of a cycle are shown.
constexpr std::size_t kShown = 8;

struct Edge {
  std::size_t from;
  std::size_t to;
  TextRange range;
};

using Graph = std::vector<std::vector<Edge>>;

Graph graph_of(const compose::File& file, bool extends) {
  std::unordered_map<std::string_view, std::size_t> index;
  for (std::size_t i = 0; i < file.services.size(); ++i) index.emplace(file.services[i].name, i);
  Graph graph(file.services.size());
  for (std::size_t i = 0; i < file.services.size(); ++i) {
    for (const ServiceReference& reference : references_of(file.services[i])) {
      if ((reference.kind == ServiceReference::Kind::Extends) != extends) continue;
      const auto target = index.find(reference.service);
      if (target != index.end()) graph[i].push_back({i, target->second, reference.range});
    }
  }
  return graph;
}

/// "web → api → web"; with "…" for the middle of a long circle.
std::string circle(const compose::File& file, const std::vector<Edge>& path) {
  constexpr std::size_t kNamed = 3;
  const std::size_t longest = path.size() > 2 ? 10 : 17;
  const auto name = [&](std::size_t service) { return quoted(file.services[service].name, longest); };
  std::string text;
  for (std::size_t i = 0; i < path.size() && i < kNamed; ++i) text += name(path[i].from) + " → ";
  if (path.size() > kNamed) text += "… → ";
  return text + name(path.front().from);
}

/// Says that `path`, whose last edge leads back to its first service, is a cycle.
void report(std::string_view variant, const compose::File& file, const std::vector<Edge>& path, RuleContext& ctx) {
  const std::string& last = file.services[path.back().from].name;
  const bool extends = variant == "extends";
  Report report{.variant = variant, .range = path.back().range, .message = {}};
  if (path.size() == 1)
    report.message = quoted(last) + (extends ? " extends itself" : " waits for itself");
  else
    report.message = std::string(extends ? "extended" : "waiting") + " in a circle: " + circle(file, path);
  for (std::size_t i = 0; i + 1 < path.size() && i < kShown; ++i)
    report.related.push_back({path[i].range, quoted(file.services[path[i].from].name) +
                                                 (extends ? " extends " : " waits for ") +
                                                 quoted(file.services[path[i].to].name)});
  ctx.report(std::move(report));
}

/// Reports each edge that leads back to a service on the way to it.
void find_cycles(std::string_view variant, const compose::File& file, bool extends, RuleContext& ctx) {
  const Graph graph = graph_of(file, extends);
  enum class State : std::uint8_t { New, OnPath, Done };
  std::vector<State> states(graph.size(), State::New);
  std::vector<std::size_t> next(graph.size(), 0);
  for (std::size_t start = 0; start < graph.size(); ++start) {
    if (states[start] != State::New) continue;
    std::vector<std::size_t> open{start};
    std::vector<Edge> path;  // the edges between the services of `open`
    states[start] = State::OnPath;
    while (!open.empty()) {
      const std::size_t at = open.back();
      if (next[at] == graph[at].size()) {
        states[at] = State::Done;
        open.pop_back();
        if (!path.empty()) path.pop_back();
        continue;
      }
      const Edge& edge = graph[at][next[at]++];
      if (states[edge.to] == State::New) {
        states[edge.to] = State::OnPath;
        open.push_back(edge.to);
        path.push_back(edge);
      } else if (states[edge.to] == State::OnPath) {
        std::size_t first = path.size();
        while (first > 0 && open[first] != edge.to) --first;
        std::vector<Edge> cycle(path.begin() + static_cast<std::ptrdiff_t>(first), path.end());
        cycle.push_back(edge);
        report(variant, file, cycle, ctx);
      }
    }
  }
}

void check(const compose::File& file, RuleContext& ctx) {
  if (file.is_v1) return;
  find_cycles("start", file, false, ctx);
  find_cycles("extends", file, true, ctx);
}

}  // namespace

constinit const Rule dependency_cycle = checked({
    .name = "dependency-cycle",
    .family = Family::Correctness,
    .title = "Services wait for each other in a circle.",
    .consequence =
        "`docker compose up` stops with `dependency cycle detected: web -> api -> web` and starts nothing, although "
        "each of the services would run by itself.",
    .fine_when = "Never: Compose refuses the file.",
    .fix = FixAvailability::None,
    .variants = {{.name = "start",
                  .summary = "A service needs one that needs it: by `depends_on`, `links`, `volumes_from` or a shared "
                             "namespace.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = Language::Compose},
                 {.name = "extends",
                  .summary = "A service extends one that extends it.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/reference/compose-file/services/#depends_on",
                   "https://docs.docker.com/reference/compose-file/services/#extends"},
    .examples =
        {{"two that wait for each other", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    depends_on: [api]\n  api:\n    image: shop/api:1.4.2\n   "
          " depends_on:\n      <|web|>:\n        condition: service_started\n"},
         {"three, by a link and a network", "compose.yaml",
          "services:\n  a:\n    image: shop/a:1.0.0\n    links: [\"b:db\"]\n  b:\n    image: shop/b:1.0.0\n    "
          "network_mode: service:c\n  c:\n    image: shop/c:1.0.0\n    volumes_from: [\"<|a|>:ro\"]\n"},
         {"one that waits for itself", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    depends_on: [<|web|>]\n"},
         {"one that extends itself over another", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    extends: {service: api}\n  api:\n    image: "
          "shop/api:1.4.2\n    extends: <|web|>\n"},
         {"a diamond is no circle", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    depends_on: [api, jobs]\n  api:\n    image: "
          "shop/api:1.4.2\n    depends_on: [db]\n  jobs:\n    image: shop/jobs:1.4.2\n    depends_on: [db]\n  db:\n    "
          "image: postgres:17.2\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
