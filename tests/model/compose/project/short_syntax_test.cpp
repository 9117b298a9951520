#include "model/compose/project/config.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

TEST_CASE("short syntax becomes long") {
  const auto [files, expected] = GENERATE(table<std::string, std::string>({
      // A web service and its database.
      {R"(# compose.yaml
version: "3.8"
services:
  web:
    build: ./web/
    depends_on: [db]
    ports: ["8080:80", "127.0.0.1:9229:9229/udp", 3000]
    environment:
      - MODE=production
      - EMPTY=
  db:
    image: postgres:16
    network_mode: none
    volumes: ["data:/var/lib/postgresql/data", "./init:/docker-entrypoint-initdb.d:ro,z"]
volumes:
  data:
)",
       R"(services.db.image = postgres:16
services.db.network_mode = none
services.db.volumes[0].source = data
services.db.volumes[0].target = /var/lib/postgresql/data
services.db.volumes[0].type = volume
services.db.volumes[0].volume = {}
services.db.volumes[1].bind.create_host_path = true
services.db.volumes[1].bind.selinux = z
services.db.volumes[1].read_only = true
services.db.volumes[1].source = init
services.db.volumes[1].target = /docker-entrypoint-initdb.d
services.db.volumes[1].type = bind
services.web.build.context = web
services.web.build.dockerfile = Dockerfile
services.web.depends_on.db.condition = service_started
services.web.depends_on.db.required = true
services.web.environment.EMPTY = 
services.web.environment.MODE = production
services.web.networks.default = null
services.web.ports[0].mode = ingress
services.web.ports[0].protocol = tcp
services.web.ports[0].published = 8080
services.web.ports[0].target = 80
services.web.ports[1].host_ip = 127.0.0.1
services.web.ports[1].mode = ingress
services.web.ports[1].protocol = udp
services.web.ports[1].published = 9229
services.web.ports[1].target = 9229
services.web.ports[2].mode = ingress
services.web.ports[2].protocol = tcp
services.web.ports[2].target = 3000
volumes.data = {}
)"},
      // Ranges of ports, a range for one port.
      {R"(# compose.yaml
services:
  a:
    image: x
    network_mode: host
    ports: ["3000-3001:80-81", "8000-8010:90"]
)",
       R"(services.a.image = x
services.a.network_mode = host
services.a.ports[0].mode = ingress
services.a.ports[0].protocol = tcp
services.a.ports[0].published = 3000
services.a.ports[0].target = 80
services.a.ports[1].mode = ingress
services.a.ports[1].protocol = tcp
services.a.ports[1].published = 3001
services.a.ports[1].target = 81
services.a.ports[2].mode = ingress
services.a.ports[2].protocol = tcp
services.a.ports[2].published = 8000-8010
services.a.ports[2].target = 90
)"},
      // Commands, health checks, files with variables.
      {R"(# compose.yaml
services:
  a:
    image: x
    network_mode: none
    command: sh -c "exec run --port 80"
    entrypoint: [tini, --]
    healthcheck: {test: curl -f localhost, interval: 5s}
    env_file: [./a.env, {path: b.env, required: false}]
    tmpfs: /run
    dns: 1.1.1.1
)",
       R"(services.a.command[0] = sh
services.a.command[1] = -c
services.a.command[2] = exec run --port 80
services.a.dns[0] = 1.1.1.1
services.a.entrypoint[0] = tini
services.a.entrypoint[1] = --
services.a.env_file[0].path = a.env
services.a.env_file[0].required = true
services.a.env_file[1].path = b.env
services.a.env_file[1].required = false
services.a.healthcheck.interval = 5s
services.a.healthcheck.test[0] = CMD-SHELL
services.a.healthcheck.test[1] = curl -f localhost
services.a.image = x
services.a.network_mode = none
services.a.tmpfs[0] = /run
)"},
      // Secrets, configs, hosts, devices, labels, networks.
      {R"(# compose.yaml
services:
  a:
    image: x
    secrets: [key, {source: cert, target: /c}]
    configs: [conf]
    extra_hosts: ["h:10.0.0.1"]
    devices: ["/dev/a:/dev/b:r", /dev/c]
    labels: [a.b=c, flag]
    networks: [front, back]
    deploy: {labels: [x=y]}
secrets:
  key: {file: ./key.txt}
  cert: {environment: CERT}
configs:
  conf: {file: /etc/conf}
networks:
  front:
  back: {external: true}
)",
       R"(configs.conf.file = /etc/conf
networks.back.external = true
networks.front = {}
secrets.cert.environment = CERT
secrets.key.file = key.txt
services.a.configs[0].source = conf
services.a.deploy.labels.x = y
services.a.devices[0].permissions = r
services.a.devices[0].source = /dev/a
services.a.devices[0].target = /dev/b
services.a.devices[1].permissions = rwm
services.a.devices[1].source = /dev/c
services.a.devices[1].target = /dev/c
services.a.extra_hosts[0] = h=10.0.0.1
services.a.image = x
services.a.labels.a.b = c
services.a.labels.flag = null
services.a.networks.back = null
services.a.networks.front = null
services.a.secrets[0].source = key
services.a.secrets[1].source = cert
services.a.secrets[1].target = /c
)"},
      // A build with everything.
      {R"(# compose.yaml
services:
  a:
    network_mode: none
    build:
      context: ../lib
      dockerfile_inline: FROM scratch
      args: [A=1, B]
      additional_contexts: [base=docker-image://alpine]
      secrets: [token]
      tags: [a:1]
)",
       R"(services.a.build.additional_contexts.base = docker-image://alpine
services.a.build.args.A = 1
services.a.build.args.B = null
services.a.build.context = ../lib
services.a.build.dockerfile_inline = FROM scratch
services.a.build.secrets[0].source = token
services.a.build.tags[0] = a:1
services.a.network_mode = none
)"},
  }));
  CHECK(config(files) == expected);
}

}  // namespace
}  // namespace quaymaster::tests
