#include "rules/support/image_user.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace quaymaster::rules {
namespace {

bool starts_with_any(std::string_view text, const auto& beginnings) {
  return std::ranges::any_of(beginnings, [text](std::string_view beginning) { return text.starts_with(beginning); });
}

/// Repositories, or beginnings of them, whose images have a USER.
constexpr std::string_view kOtherUser[] = {
    "nginxinc/nginx-unprivileged",
    "jenkins/",
    "grafana/",
    "prom/",
    "quay.io/prometheus/",
    "quay.io/keycloak/",
    "apache/airflow",
    "apache/superset",
    "selenium/",
    "jupyter/",
    "quay.io/jupyter/",
    "codercom/code-server",
    "cimg/",
    "circleci/",
    "gitpod/workspace-",
    "homebrew/",
    "mambaorg/micromamba",
    "verdaccio/verdaccio",
    "n8nio/n8n",
    "docker.n8n.io/n8nio/n8n",
    "ghcr.io/puppeteer/puppeteer",
    "docker.elastic.co/",
    "mcr.microsoft.com/mssql/server",
    // Lambda decides on the user itself.
    "public.ecr.aws/lambda/",
    "amazon/aws-lambda-",
};
/// Official images that have a USER, or an entrypoint that changes from root to one.
constexpr std::string_view kOfficialOtherUser[] = {
    "adminer", "cassandra", "couchbase", "couchdb", "elasticsearch", "flink",     "ghost",  "haproxy", "influxdb",
    "jetty",   "kibana",    "logstash",  "mariadb", "memcached",     "mongo",     "mysql",  "neo4j",   "odoo",
    "percona", "postgres",  "rabbitmq",  "redis",   "solr",          "sonarqube", "valkey", "varnish", "zookeeper",
};
/// Images that start as root, and that others build on.
constexpr std::string_view kOfficialRoot[] = {
    "almalinux",
    "alpine",
    "amazoncorretto",
    "amazonlinux",
    "archlinux",
    "buildpack-deps",
    "busybox",
    "caddy",
    "centos",
    "clearlinux",
    "clojure",
    "composer",
    "dart",
    "debian",
    "docker",
    "drupal",
    "eclipse-temurin",
    "elixir",
    "erlang",
    "fedora",
    "gcc",
    "golang",
    "gradle",
    "groovy",
    "haskell",
    "httpd",
    "ibmjava",
    "java",
    "joomla",
    "julia",
    "mageia",
    "maven",
    "nextcloud",
    "nginx",
    "node",
    "openjdk",
    "opensuse",
    "oraclelinux",
    "perl",
    "photon",
    "php",
    "pypy",
    "python",
    "r-base",
    "rockylinux",
    "ros",
    "ruby",
    "rust",
    "scratch",
    "sapmachine",
    "swift",
    "swipl",
    "tomcat",
    "tomee",
    "traefik",
    "ubuntu",
    "ubuntu-debootstrap",
    "wordpress",
};
constexpr std::string_view kRoot[] = {
    "gcr.io/distroless/",
    "mcr.microsoft.com/dotnet/",
    "mcr.microsoft.com/playwright",
    "mcr.microsoft.com/devcontainers/",
    "mcr.microsoft.com/azurelinux/",
    "mcr.microsoft.com/cbl-mariner/",
    "mcr.microsoft.com/openjdk/",
    "registry.access.redhat.com/ubi7/ubi",
    "registry.access.redhat.com/ubi8/ubi",
    "registry.access.redhat.com/ubi9/ubi",
    "registry.access.redhat.com/ubi8-minimal",
    "registry.access.redhat.com/ubi9-minimal",
    "quay.io/centos/",
    "rockylinux/",
    "nvidia/cuda",
    "nvcr.io/nvidia/",
    "continuumio/",
    "condaforge/",
    "pytorch/",
    "tensorflow/",
    "oven/bun",
    "balenalib/",
    "adoptopenjdk/",
    "azul/",
    "opensuse/",
    "rocker/",
};

/// The name without what only says which architecture, or which mirror of the official images, is meant.
std::string_view official_name(std::string_view name) {
  constexpr std::string_view kMirrors[] = {"public.ecr.aws/docker/library/",
                                           "mcr.microsoft.com/mirror/docker/library/",
                                           "mirror.gcr.io/library/",
                                           "amd64/",
                                           "arm32v5/",
                                           "arm32v6/",
                                           "arm32v7/",
                                           "arm64v8/",
                                           "i386/",
                                           "ppc64le/",
                                           "s390x/",
                                           "riscv64/"};
  for (const std::string_view mirror : kMirrors)
    if (name.starts_with(mirror)) return name.substr(mirror.size());
  return name;
}

bool is_windows(std::string_view name, std::string_view tag) {
  if (name.starts_with("mcr.microsoft.com/windows") || name.starts_with("mcr.microsoft.com/dotnet/framework"))
    return true;
  constexpr std::string_view kWords[] = {"nanoserver", "windowsservercore", "-windows"};
  return std::ranges::any_of(kWords, [&](std::string_view word) {
    return name.find(word) != std::string_view::npos || tag.find(word) != std::string_view::npos;
  });
}

}  // namespace

StartsAs user_of_image(const image::Reference& image) {
  const std::string canonical = image.canonical_name();
  const std::string_view name = official_name(canonical);
  const std::string_view tag = image.tag;
  if (is_windows(name, tag)) return StartsAs::Other;
  if (tag.find("nonroot") != std::string_view::npos || tag.find("rootless") != std::string_view::npos ||
      tag.find("unprivileged") != std::string_view::npos || tag.find("chiseled") != std::string_view::npos)
    return StartsAs::Other;
  if (name.starts_with("cgr.dev/chainguard/")) return name.ends_with("/wolfi-base") ? StartsAs::Root : StartsAs::Other;
  if (name.starts_with("bitnami/") || name.starts_with("bitnamilegacy/"))
    return name.ends_with("/minideb") ? StartsAs::Root : StartsAs::Other;
  if (std::ranges::find(kOfficialOtherUser, name) != std::end(kOfficialOtherUser) || starts_with_any(name, kOtherUser))
    return StartsAs::Other;
  if (std::ranges::find(kOfficialRoot, name) != std::end(kOfficialRoot) || starts_with_any(name, kRoot))
    return StartsAs::Root;
  return StartsAs::Unknown;
}

bool changes_user_itself(const image::Reference& image) {
  constexpr std::string_view kChanging[] = {"cassandra",  "clickhouse/clickhouse-server",
                                            "clickhouse", "couchdb",
                                            "ghost",      "influxdb",
                                            "mariadb",    "mongo",
                                            "mysql",      "postgres",
                                            "rabbitmq",   "redis",
                                            "valkey",     "valkey/valkey",
                                            "zookeeper"};
  const std::string canonical = image.canonical_name();
  return std::ranges::find(kChanging, official_name(canonical)) != std::end(kChanging);
}

bool starts_by_itself(const image::Reference& image) {
  constexpr std::string_view kServers[] = {"caddy", "drupal", "httpd",   "joomla",   "nextcloud",
                                           "nginx", "tomcat", "traefik", "wordpress"};
  const std::string canonical = image.canonical_name();
  return std::ranges::find(kServers, official_name(canonical)) != std::end(kServers);
}

std::string_view spare_user(const image::Reference& image) {
  const std::string canonical = image.canonical_name();
  const std::string_view name = official_name(canonical);
  if (name == "node") return "node";
  if (name == "oven/bun") return "bun";
  if (name.starts_with("gcr.io/distroless/")) return "nonroot";
  if (name == "scratch") return "65532:65532";
  return {};
}

}  // namespace quaymaster::rules
