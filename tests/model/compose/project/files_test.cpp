#include "model/compose/project/config.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

TEST_CASE("services of other files") {
  const auto [files, expected] = GENERATE(table<std::string, std::string>({
      // Extends in the same file, over two steps.
      {R"(# compose.yaml
services:
  base: {image: x, network_mode: none, environment: {A: x}}
  mid: {extends: base, user: u}
  web: {extends: {service: mid}, environment: [B=y]}
)",
       R"(services.base.environment.A = x
services.base.image = x
services.base.network_mode = none
services.mid.environment.A = x
services.mid.image = x
services.mid.network_mode = none
services.mid.user = u
services.web.environment.A = x
services.web.environment.B = y
services.web.image = x
services.web.network_mode = none
services.web.user = u
)"},
      // Extends of another file: its paths are relative to that file.
      {R"(# compose.yaml
services:
  web:
    extends: {file: common/base.yaml, service: app}
    volumes: [./own:/own]
# common/base.yaml
services:
  app:
    network_mode: none
    build: .
    env_file: app.env
    volumes: [../shared:/shared]
)",
       R"(services.web.build.context = common
services.web.build.dockerfile = Dockerfile
services.web.env_file[0].path = common/app.env
services.web.env_file[0].required = true
services.web.network_mode = none
services.web.volumes[0].bind.create_host_path = true
services.web.volumes[0].source = shared
services.web.volumes[0].target = /shared
services.web.volumes[0].type = bind
services.web.volumes[1].bind.create_host_path = true
services.web.volumes[1].source = own
services.web.volumes[1].target = /own
services.web.volumes[1].type = bind
)"},
      // An include with paths, a folder and variables of its own.
      {R"(# compose.yaml
include:
  - infra/db.yaml
services:
  web: {image: "web:${TAG}", network_mode: none}
# infra/db.yaml
services:
  db: {image: "postgres:${TAG}", network_mode: none, volumes: ["./data:/d"]}
volumes: {extra: }
# infra/.env
TAG=16
# .env
OTHER=1
)",
       R"(services.db.image = postgres:16
services.db.network_mode = none
services.db.volumes[0].bind.create_host_path = true
services.db.volumes[0].source = infra/data
services.db.volumes[0].target = /d
services.db.volumes[0].type = bind
services.web.image = web:
services.web.network_mode = none
volumes.extra = {}
! unset: TAG
)"},
      // An include of a file with its override; what is around comes first among variables.
      {R"(# compose.yaml
include:
  - path: [lib/a.yaml, lib/b.yaml]
    project_directory: .
    env_file: lib/vars.env
# lib/a.yaml
services:
  s: {image: "x:${TAG}", network_mode: none, build: ./s}
# lib/b.yaml
services:
  s: {user: u}
# lib/vars.env
TAG=2
# .env
TAG=1
)",
       R"(services.s.build.context = s
services.s.build.dockerfile = Dockerfile
services.s.image = x:1
services.s.network_mode = none
services.s.user = u
)"},
      // What is included can be overridden by another file, but not by the including one.
      {R"(# compose.yaml
include: [inc.yaml]
# compose.override.yaml
services: {s: {user: u}}
# inc.yaml
services: {s: {image: x, network_mode: none}}
)",
       R"(services.s.image = x
services.s.network_mode = none
services.s.user = u
)"},
      {R"(# compose.yaml
include: [inc.yaml]
services: {s: {image: y, network_mode: none}}
# inc.yaml
services: {s: {image: x, network_mode: none}}
)",
       R"(services.s.image = y
services.s.network_mode = none
! conflict: services.s
)"},
      // What is not there, and what leads back to itself.
      {R"(# compose.yaml
include: [none.yaml, compose.yaml]
services:
  a: {network_mode: none, extends: b}
  b: {network_mode: none, extends: a}
  c: {network_mode: none, extends: {file: no.yaml, service: x}}
  d: {network_mode: none, extends: x}
)",
       R"(services.a.network_mode = none
services.b.network_mode = none
services.c.network_mode = none
services.d.network_mode = none
! cycle: a
! cycle: b
! missing-file: no.yaml
! missing-service: x
! missing-file: none.yaml
! cycle: compose.yaml
)"},
  }));
  CHECK(config(files) == expected);
}

TEST_CASE("variables") {
  CHECK(config(R"(# compose.yaml
services:
  a:
    network_mode: none
    image: "${REGISTRY:-docker.io}/app:${TAG:?set TAG}"
    command: ["sh", "-c", "echo $$HOME"]
    ports: ["${PORT-80}:80"]
    environment:
      MODE: ${MODE:+prod}
      PASSED:
      UNKNOWN:
      DEEP: ${NO:-${ALSO_NO:-deep}}
# .env
TAG='1.2'
MODE=x
PASSED="a b"
)") == R"(services.a.command[0] = sh
services.a.command[1] = -c
services.a.command[2] = echo $HOME
services.a.environment.DEEP = deep
services.a.environment.MODE = prod
services.a.environment.PASSED = a b
services.a.environment.UNKNOWN = null
services.a.image = docker.io/app:1.2
services.a.network_mode = none
services.a.ports[0].mode = ingress
services.a.ports[0].protocol = tcp
services.a.ports[0].published = 80
services.a.ports[0].target = 80
)");
  CHECK(config("# compose.yaml\nservices: {a: {image: '${TAG:?}', network_mode: '$NO'}}\n") ==
        "services.a.image = \nservices.a.network_mode = \n! required: TAG\n! unset: NO\n");
}

}  // namespace
}  // namespace quaymaster::tests
