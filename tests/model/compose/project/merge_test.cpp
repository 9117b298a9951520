#include "model/compose/project/config.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

TEST_CASE("anchors and merge keys") {
  const auto [files, expected] = GENERATE(table<std::string, std::string>({
      // A fragment for all services.
      {R"(# compose.yaml
x-common: &common
  restart: always
  network_mode: none
  environment: &env {A: x, B: y}
services:
  one:
    <<: *common
    image: a
  two:
    <<: *common
    image: b
    environment:
      <<: *env
      B: z
)",
       R"(services.one.environment.A = x
services.one.environment.B = y
services.one.image = a
services.one.network_mode = none
services.one.restart = always
services.two.environment.A = x
services.two.environment.B = z
services.two.image = b
services.two.network_mode = none
services.two.restart = always
x-common.environment.A = x
x-common.environment.B = y
x-common.network_mode = none
x-common.restart = always
)"},
      // A list of fragments: the first one wins.
      {R"(# compose.yaml
services:
  base: &base {image: a, user: u, network_mode: none}
  other: &other {image: b, tty: true, network_mode: none}
  web:
    <<: [*base, *other]
    user: v
)",
       R"(services.base.image = a
services.base.network_mode = none
services.base.user = u
services.other.image = b
services.other.network_mode = none
services.other.tty = true
services.web.image = a
services.web.network_mode = none
services.web.tty = true
services.web.user = v
)"},
      // An aliased list is not merged.
      {R"(# compose.yaml
services:
  a: {image: x, network_mode: none, dns: &dns [1.1.1.1]}
  b: {image: y, network_mode: none, dns: *dns}
)",
       R"(services.a.dns[0] = 1.1.1.1
services.a.image = x
services.a.network_mode = none
services.b.dns[0] = 1.1.1.1
services.b.image = y
services.b.network_mode = none
)"},
  }));
  CHECK(config(files) == expected);
}

/// Two files with the service `a`, each in flow style; the result without what every service has.
std::string overridden(const std::string& earlier, const std::string& later) {
  std::string out = config("# compose.yaml\nservices: {a: {network_mode: none, " + earlier +
                           "}}\n# compose.override.yaml\nservices: {a: {" + later + "}}\n");
  constexpr std::string_view kMode = "services.a.network_mode = none\n";
  out.erase(out.find(kMode), kMode.size());
  return out;
}

TEST_CASE("overrides") {
  const auto [earlier, later, expected] = GENERATE(table<std::string, std::string, std::string>({
      // Single values are replaced, commands as a whole.
      {"image: x, command: [a, b], entrypoint: e", "image: y, command: c",
       "services.a.command[0] = c\nservices.a.entrypoint[0] = e\nservices.a.image = y\n"},
      // Variables are merged by name in either syntax, also those without a value.
      {"environment: [A=1, B=2, C=3]", "environment: {B: x, C: }",
       "services.a.environment.A = 1\nservices.a.environment.B = x\nservices.a.environment.C = null\n"},
      // Ports are added; the same one stays once.
      {"ports: ['80:80', '81:81']", "ports: [{target: 81, published: '81'}, '82:82']",
       "services.a.ports[0].mode = ingress\nservices.a.ports[0].protocol = tcp\nservices.a.ports[0].published = 80\n"
       "services.a.ports[0].target = 80\nservices.a.ports[1].mode = ingress\nservices.a.ports[1].protocol = tcp\n"
       "services.a.ports[1].published = 81\nservices.a.ports[1].target = 81\nservices.a.ports[2].mode = ingress\n"
       "services.a.ports[2].protocol = tcp\nservices.a.ports[2].published = 82\nservices.a.ports[2].target = 82\n"},
      // A volume with the same target is replaced.
      {"volumes: ['data:/d', /cache]", "volumes: ['/srv:/d']",
       "services.a.volumes[0].bind.create_host_path = true\nservices.a.volumes[0].source = /srv\n"
       "services.a.volumes[0].target = /d\nservices.a.volumes[0].type = bind\nservices.a.volumes[1].target = /cache\n"
       "services.a.volumes[1].type = volume\nservices.a.volumes[1].volume = {}\n"},
      // Lists are appended.
      {"security_opt: [a], cap_add: [X]", "security_opt: [b], cap_add: [X, Y]",
       "services.a.cap_add[0] = X\nservices.a.cap_add[1] = Y\nservices.a.security_opt[0] = a\n"
       "services.a.security_opt[1] = b\n"},
      // Mappings are merged deeply.
      {"deploy: {resources: {limits: {cpus: '1', memory: 1g}}}", "deploy: {resources: {limits: {memory: 2g}}}",
       "services.a.deploy.resources.limits.cpus = 1\nservices.a.deploy.resources.limits.memory = 2g\n"},
      // The build in both syntaxes.
      {"build: ./app", "build: {target: dev, args: {A: b}}",
       "services.a.build.args.A = b\nservices.a.build.context = app\nservices.a.build.dockerfile = Dockerfile\n"
       "services.a.build.target = dev\n"},
      // The test of a health check is replaced, its times are kept.
      {"healthcheck: {test: [CMD, a], interval: 5s}", "healthcheck: {test: b}",
       "services.a.healthcheck.interval = 5s\nservices.a.healthcheck.test[0] = CMD-SHELL\n"
       "services.a.healthcheck.test[1] = b\n"},
      // Dependencies in both syntaxes.
      {"depends_on: [x, y]", "depends_on: {y: {condition: service_healthy}}",
       "services.a.depends_on.x.condition = service_started\nservices.a.depends_on.x.required = true\n"
       "services.a.depends_on.y.condition = service_healthy\nservices.a.depends_on.y.required = true\n"},
      // Options belong to their driver.
      {"logging: {driver: json-file, options: {max-size: 1m}}", "logging: {driver: syslog}",
       "services.a.logging.driver = syslog\n"},
      // Null says nothing.
      {"user: u", "user: ", "services.a.user = u\n"},
      // Tags.
      {"ports: ['80:80'], user: u", "ports: !reset [], user: !reset null", ""},
      {"dns: [1.1.1.1], environment: {A: x}", "dns: !override [8.8.8.8], environment: !override {B: y}",
       "services.a.dns[0] = 8.8.8.8\nservices.a.environment.B = y\n"},
      {"environment: {A: x, B: y}", "environment: {A: !reset null}", "services.a.environment.B = y\n"},
  }));
  CAPTURE(earlier, later);
  CHECK(overridden(earlier, later) == expected);
}

TEST_CASE("an override adds services, and resources that are declared twice are merged") {
  CHECK(config(R"(# compose.yaml
services:
  a: {image: x, network_mode: none}
volumes: {data: {driver: local}}
networks: {n: }
# compose.override.yaml
services:
  b: {image: y, network_mode: none}
volumes: {data: {labels: [k=v]}}
# compose.prod.yaml
services:
  a: {restart: always}
)") == R"(networks.n = {}
services.a.image = x
services.a.network_mode = none
services.a.restart = always
services.b.image = y
services.b.network_mode = none
volumes.data.driver = local
volumes.data.labels.k = v
)");
}

}  // namespace
}  // namespace quaymaster::tests
