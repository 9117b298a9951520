#include "model/schema/violations.h"

#include <chrono>
#include <string>
#include <string_view>

#include "model/schema/kubernetes_objects.h"
#include "model/schema/written_keys.h"
#include "model/yaml/support.h"
#include "support/catch.h"
#include "support/fixture.h"

namespace quaymaster::tests {
namespace {

using schema::Violation;

std::string_view word(Violation::Problem problem) {
  switch (problem) {
    case Violation::Problem::UnknownKey: return "unknown";
    case Violation::Problem::KeySpelling: return "spelling";
    case Violation::Problem::KeyNotText: return "not-text";
    case Violation::Problem::WrongKind: return "kind";
    case Violation::Problem::Choice: return "choice";
    case Violation::Problem::Bounds: return "bounds";
    case Violation::Problem::Format: return "format";
    case Violation::Problem::MissingKey: return "missing";
  }
  return {};
}

/// The violations on one line: `unknown(imag) of web; kind(80) in ports shared`.
std::string in_words(std::string_view text, const std::vector<Violation>& violations) {
  std::string out;
  for (const Violation& violation : violations) {
    out += (out.empty() ? "" : "; ") + std::string(word(violation.problem)) + "(" +
           std::string(slice(text, violation.range)) + ")";
    if (!violation.name.empty()) out += (violation.in_list ? " in " : " of ") + std::string(violation.name);
    if (!violation.missing.empty()) out += ": " + std::string(violation.missing);
    if (violation.shared) out += " shared";
  }
  return out;
}

std::string judged(std::string_view text) {
  const auto document = parse_yaml(text);
  return in_words(text, schema::violations(*document, schema::compose()));
}

/// Those of a pod whose `spec` is given.
std::string judged_pod(std::string_view spec) {
  const std::string text = "{metadata: {name: a}, spec: " + std::string(spec) + "}";
  const auto document = parse_yaml(text);
  return in_words(text, schema::violations(document->root(), schema::kubernetes("v1", "Pod")));
}

TEST_CASE("what the schema does not know or take is found where it is written") {
  const auto [text, expected] = GENERATE(table<std::string, std::string>({
      {"services: {web: {imag: x}}", "unknown(imag) of web"},
      {"service: {}", "unknown(service)"},
      {"services: {web: {ports: [80, 80:80, {target: 80}]}}", ""},
      {"services: {web: {ports: 80}}", "kind(80) of ports"},
      {"services: {web: {ports: {a: b}}}", "kind(ports) of ports"},
      {"services: {web: {command: [1, {a: b}, [c], []]}}",
       "kind(1) in command; kind(a) in command; kind(c) in command; kind([]) in command"},
      {"services: {web: {user: 0777, hostname: 1.5}}", "kind(0777) of user; kind(1.5) of hostname"},
      {"services: {web: {depends_on: {db: {}}}}", "missing(db) of db: condition"},
      {"services: {web: {depends_on: {db: {condition: x}}}}", "choice(x) of condition"},
      {"services: {web: {oom_score_adj: 2000, stop_grace_period: 30sec}}",
       "bounds(2000) of oom_score_adj; format(30sec) of stop_grace_period"},
      {"services: {a b: {}}", "spelling(a b) of services"},
      {"services: {web: {environment: {1: a, true: b, ~: c}}}",
       "not-text(1) of environment; not-text(true) of environment"},
      {"services: {web: }", "kind(web) of web"},
      {"services: {web: {environment: [null]}}", "kind(null) in environment"},
      {"services: [web]", "kind(services) of services"},
  }));
  CAPTURE(text);
  CHECK(judged(text) == expected);
}

TEST_CASE("what a variable, a tag or nobody knows decides is not judged") {
  const std::string_view text = GENERATE(
      "", "just text", "[a, b]", "x-a: {services: 1}", "services: {web: {user: $U, tty: ${T}, mem_limit: ${M}g}}",
      "services: {web: {ports: !reset null, user: !reset, volumes: !other {a: b}}}",
      "services: {web: {ports: !override [80]}}", "services: {web: {user: 2001-01-01, hostname: 1_000}}",
      "services: {web: {ports: *missing}}", "services: {web: {x-a: 1, build: {x-b: 2}}}");
  CAPTURE(text);
  CHECK(judged(text).empty());
}

TEST_CASE("a variable is a string where only a list will do") {
  CHECK(judged("services: {web: {ports: $PORTS}}") == "kind($PORTS) of ports");
}

TEST_CASE("what is reached several times is judged once, where it is written") {
  CHECK(judged("x-a: &a\n  imag: x\nservices:\n  b: {<<: *a}\n  c:\n    <<: [*a]\n") == "unknown(imag) of b shared");
  CHECK(judged("services:\n  a: &a\n    imag: x\n  b: *a\n  c:\n    <<: *a\n") == "unknown(imag) of a");
  CHECK(judged("x-p: &p 80\nservices: {a: {user: *p}, b: {user: *p}}") == "kind(80) of user shared");
  CHECK(judged("x-e: &e {condition: service_started}\nservices: {a: {depends_on: {b: {<<: *e}}}}").empty());
}

TEST_CASE("time grows with the text, not with its square") {
  const auto seconds = [](std::string_view text) {
    const auto document = parse_yaml(text);
    const auto begin = std::chrono::steady_clock::now();
    const std::size_t found = schema::violations(*document, schema::compose()).size();
    CHECK(found < 200'000);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  std::string many_keys = "services:\n  web:\n";
  for (int i = 0; many_keys.size() < 1'000'000; ++i) many_keys += "    key" + std::to_string(i) + ": 1\n";
  std::string many_uses = "x-a: &a {imag: 1, ports: 1}\nservices:\n";
  for (int i = 0; many_uses.size() < 1'000'000; ++i) many_uses += "  s" + std::to_string(i) + ": {<<: *a}\n";
  CHECK(seconds(many_keys) < 5);
  CHECK(seconds(many_uses) < 5);
}

TEST_CASE("a key under the cursor is known by what the schema says of it") {
  const auto key = [](std::string_view marked) {
    const Fixture fixture(marked);
    const auto document = parse_yaml(fixture.text);
    const auto found = schema::key_at(*document, fixture.cursor.value(), schema::compose());
    if (!found) return std::string();
    CHECK(slice(fixture.text, found->range).find(found->property.name) != std::string_view::npos);
    return std::string(found->property.name);
  };
  CHECK(key("services:\n  web:\n    im<|>age: x\n") == "image");
  CHECK(key("serv<|>ices:\n  web: {}\n") == "services");
  CHECK(key("services: {web: {ports: [{\"tar<|>get\": 80}]}}") == "target");
  CHECK(key("services:\n  web:\n    image<|>: x\n") == "image");
  CHECK(key("services:\n  w<|>eb:\n    image: x\n").empty());
  CHECK(key("services:\n  web:\n    image: x<|>y\n").empty());
  CHECK(key("services:\n  web:\n    im<|>ag: x\n").empty());
  CHECK(key("x-a:\n  im<|>age: x\n").empty());
  CHECK(key("<|>").empty());
}

TEST_CASE("manifests are read as Kubernetes reads them") {
  const auto [spec, expected] = GENERATE(table<std::string, std::string>({
      {"{containers: [{name: a, imag: b}]}", "unknown(imag) in containers"},
      {"{containers: [{image: b}]}", "missing(image) in containers: name"},
      {"{containers: [], hostNetwork: yes, hostPID: \"true\", hostIPC: 1}",
       "kind(true) of hostPID; kind(1) of hostIPC"},
      {"{containers: [], nodeSelector: {a: 1, b: on, c: , d: \"1\", e: 1.5, f: y}}",
       "kind(1) of a; kind(on) of b; kind(1.5) of e"},
      {"{containers: null, hostNetwork: ~, priority: }", ""},
      {"{containers: [], priority: high, activeDeadlineSeconds: $SECONDS}", "kind(high) of priority"},
      {"{containers: [], priority: PRIORITY, terminationGracePeriodSeconds: <seconds>}", ""},
      {"{containers: [], restartPolicy: always}", "choice(always) of restartPolicy"},
      {"{containers: [], restartPolicy: \"\", dnsPolicy: $POLICY}", ""},
      {"{containers: [], tolerations: {{ list }}, nodeSelector: {{ map }}}", ""},
      {"{containers: [{$patch: delete}], $setElementOrder/volumes: []}", ""},
      {"{containers: [], overhead: {cpu: 0.1, memory: 64Mi, a: 1e3, b: 100m, c: 12KB}}", "format(12KB) of c"},
      {"{containers: [{name: a, livenessProbe: {httpGet: {port: http}}}, {name: b, livenessProbe: {httpGet: {port: "
       "80}}}]}",
       ""},
      {"{containers: [], volumes: [{name: a, hostPath: /srv}]}", "kind(/srv) of hostPath"},
      {"[]", "kind(spec) of spec"},
  }));
  CAPTURE(spec);
  CHECK(judged_pod(spec) == expected);
}

TEST_CASE("what the server writes and what is encrypted is not judged") {
  const std::string_view text = GENERATE("metadata: {}\nstatus: {nothing: known}\nspec: {containers: []}\n",
                                         "spec: {containers: ENC[x], unknown: 1}\nsops: {version: 3.9.0}\n");
  CAPTURE(text);
  const auto document = parse_yaml(text);
  CHECK(in_words(text, schema::violations(document->root(), schema::kubernetes("v1", "Pod"))).empty());
}

}  // namespace
}  // namespace quaymaster::tests
