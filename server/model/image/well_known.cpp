#include "model/image/well_known.h"

#include <algorithm>
#include <array>
#include <string>

namespace quaymaster::image {
namespace {

using enum OwnVolume;
using enum Service;

// As the pages and Dockerfiles of the images say. From PostgreSQL 18 on the official image keeps its data in a folder
// of the version below /var/lib/postgresql, before in /var/lib/postgresql/data; Redis and Valkey save to disk by
// default, but are mostly used as caches.
constexpr std::array kImages{
    WellKnownImage{"adminer", Application, "", "", Absent},
    WellKnownImage{"apache/kafka", Queue},
    WellKnownImage{"arangodb", Database, "/var/lib/arangodb3", "your collections", Declared},
    WellKnownImage{"bitnami/cassandra", Database, "/bitnami/cassandra", "your tables", Unknown},
    WellKnownImage{"bitnami/elasticsearch", Search, "/bitnami/elasticsearch", "your indices", Unknown},
    WellKnownImage{"bitnami/etcd", Coordination, "/bitnami/etcd", "the cluster's state", Unknown},
    WellKnownImage{"bitnami/ghost", Application, "/bitnami/ghost", "images and themes", Unknown},
    WellKnownImage{"bitnami/influxdb", Database, "/bitnami/influxdb", "your measurements", Unknown},
    WellKnownImage{"bitnami/jenkins", Application, "/bitnami/jenkins", "your jobs, builds and credentials", Unknown},
    WellKnownImage{"bitnami/kafka", Queue, "/bitnami/kafka", "your topics", Unknown},
    WellKnownImage{"bitnami/mariadb", Database, "/bitnami/mariadb", "your tables", Unknown},
    WellKnownImage{"bitnami/memcached", Cache},
    WellKnownImage{"bitnami/minio", Storage, "/bitnami/minio", "your buckets", Unknown},
    WellKnownImage{"bitnami/mongodb", Database, "/bitnami/mongodb", "your collections", Unknown},
    WellKnownImage{"bitnami/moodle", Application, "/bitnami/moodle", "course files and the configuration", Unknown},
    WellKnownImage{"bitnami/mysql", Database, "/bitnami/mysql", "your tables", Unknown},
    WellKnownImage{"bitnami/nginx", Web},
    WellKnownImage{"bitnami/postgresql", Database, "/bitnami/postgresql", "your tables", Unknown},
    WellKnownImage{"bitnami/rabbitmq", Queue, "/bitnami/rabbitmq", "your queues and their messages", Unknown},
    WellKnownImage{"bitnami/redis", Cache, "/bitnami/redis", "your keys", Unknown, true},
    WellKnownImage{"bitnami/redmine", Application, "/bitnami/redmine", "the files that were uploaded", Unknown},
    WellKnownImage{"bitnami/wordpress", Application, "/bitnami/wordpress", "uploads, plugins and themes", Unknown},
    WellKnownImage{"bitnami/zookeeper", Coordination, "/bitnami/zookeeper", "the ensemble's state", Unknown},
    WellKnownImage{"caddy", Web, "/data", "certificates and their keys", Unknown, true},
    WellKnownImage{"cassandra", Database, "/var/lib/cassandra", "your tables", Declared},
    WellKnownImage{"chromadb/chroma", Search, "/data /chroma/chroma", "your vectors", Unknown},
    WellKnownImage{"clickhouse", Database, "/var/lib/clickhouse", "your tables", Declared},
    WellKnownImage{"clickhouse/clickhouse-server", Database, "/var/lib/clickhouse", "your tables", Declared},
    WellKnownImage{"cockroachdb/cockroach", Database, "/cockroach/cockroach-data", "your tables", Unknown},
    WellKnownImage{"codeberg.org/forgejo/forgejo", Application, "/data /var/lib/gitea", "your repositories", Declared},
    WellKnownImage{"confluentinc/cp-kafka", Queue, "/var/lib/kafka/data", "your topics", Declared},
    WellKnownImage{"consul", Coordination, "/consul/data", "the cluster's state and its keys", Declared},
    WellKnownImage{"couchbase", Database, "/opt/couchbase/var", "your documents", Declared},
    WellKnownImage{"couchdb", Database, "/opt/couchdb/data", "your documents", Declared},
    WellKnownImage{"crate", Database, "/data", "your tables", Declared},
    WellKnownImage{"dgraph/dgraph", Database, "/dgraph", "your graph", Unknown},
    WellKnownImage{"docker.elastic.co/elasticsearch/elasticsearch", Search, "/usr/share/elasticsearch/data",
                   "your indices", Unknown},
    WellKnownImage{"docker.n8n.io/n8nio/n8n", Application, "/home/node/.n8n", "your workflows and credentials",
                   Unknown},
    WellKnownImage{"dpage/pgadmin4", Application, "/var/lib/pgadmin", "its users and server list", Declared, true},
    WellKnownImage{"drupal", Application, "/var/www/html/sites /opt/drupal/web/sites",
                   "uploads and the site's settings", Absent},
    WellKnownImage{"eclipse-mosquitto", Queue, "/mosquitto/data", "retained messages", Declared, true},
    WellKnownImage{"elasticsearch", Search, "/usr/share/elasticsearch/data", "your indices", Unknown},
    WellKnownImage{"eqalpha/keydb", Cache, "/data", "your keys", Unknown, true},
    WellKnownImage{"gcr.io/etcd-development/etcd", Coordination},
    WellKnownImage{"getmeili/meilisearch", Search, "/meili_data", "your indices", Unknown},
    WellKnownImage{"ghcr.io/home-assistant/home-assistant", Application, "/config",
                   "your configuration and its history", Unknown},
    WellKnownImage{"ghost", Application, "/var/lib/ghost/content", "images, themes and, with SQLite, your posts",
                   Declared},
    WellKnownImage{"gitea/gitea", Application, "/data /var/lib/gitea", "your repositories", Declared},
    WellKnownImage{"gitlab/gitlab-ce", Application, "/var/opt/gitlab", "your repositories", Declared},
    WellKnownImage{"gitlab/gitlab-ee", Application, "/var/opt/gitlab", "your repositories", Declared},
    WellKnownImage{"gogs/gogs", Application, "/data", "your repositories", Declared},
    WellKnownImage{"grafana/grafana", Monitoring, "/var/lib/grafana", "your dashboards and users", Absent},
    WellKnownImage{"grafana/grafana-enterprise", Monitoring, "/var/lib/grafana", "your dashboards and users", Absent},
    WellKnownImage{"grafana/grafana-oss", Monitoring, "/var/lib/grafana", "your dashboards and users", Absent},
    WellKnownImage{"grafana/loki", Monitoring, "/loki", "the logs that were collected", Unknown},
    WellKnownImage{"graylog/graylog", Monitoring, "/usr/share/graylog/data", "the journal and the node's identity",
                   Unknown},
    WellKnownImage{"gvenzl/oracle-free", Database, "/opt/oracle/oradata", "your tables", Unknown},
    WellKnownImage{"gvenzl/oracle-xe", Database, "/opt/oracle/oradata", "your tables", Unknown},
    WellKnownImage{"haproxy", Web, "", "", Absent},
    WellKnownImage{"hashicorp/consul", Coordination, "/consul/data", "the cluster's state and its keys", Declared},
    WellKnownImage{"hashicorp/vault", Coordination, "/vault/file", "your secrets", Declared},
    WellKnownImage{"homeassistant/home-assistant", Application, "/config", "your configuration and its history",
                   Unknown},
    WellKnownImage{"httpd", Web, "", "", Absent},
    WellKnownImage{"influxdb", Database, "/var/lib/influxdb /var/lib/influxdb2 /var/lib/influxdb3", "your measurements",
                   Declared},
    WellKnownImage{"jc21/nginx-proxy-manager", Web, "/data", "your proxy hosts and users", Declared},
    WellKnownImage{"jellyfin/jellyfin", Application, "/config", "your library and users", Unknown},
    WellKnownImage{"jenkins", Application, "/var/jenkins_home", "your jobs, builds and credentials", Declared},
    WellKnownImage{"jenkins/jenkins", Application, "/var/jenkins_home", "your jobs, builds and credentials", Declared},
    WellKnownImage{"joomla", Application, "/var/www/html", "uploads and extensions", Declared},
    WellKnownImage{"jrei/systemd-debian", Supervisor},
    WellKnownImage{"jrei/systemd-ubuntu", Supervisor},
    WellKnownImage{"louislam/uptime-kuma", Monitoring, "/app/data", "your monitors and their history", Unknown},
    WellKnownImage{"mariadb", Database, "/var/lib/mysql", "your tables", Declared},
    WellKnownImage{"matomo", Application, "/var/www/html", "the configuration and plugins", Declared},
    WellKnownImage{"mattermost/mattermost-enterprise-edition", Application, "/mattermost/data",
                   "the files that were uploaded", Declared},
    WellKnownImage{"mattermost/mattermost-team-edition", Application, "/mattermost/data",
                   "the files that were uploaded", Declared},
    WellKnownImage{"mattrayner/lamp", Supervisor},
    WellKnownImage{"mcr.microsoft.com/mssql/server", Database, "/var/opt/mssql", "your tables", Unknown},
    WellKnownImage{"mediawiki", Application, "/var/www/html/images", "the files that were uploaded", Unknown},
    WellKnownImage{"memcached", Cache, "", "", Absent},
    WellKnownImage{"metabase/metabase", Application, "/metabase-data /metabase.db",
                   "questions and dashboards of its file database", Unknown, true},
    WellKnownImage{"milvusdb/milvus", Search, "/var/lib/milvus", "your vectors", Unknown},
    WellKnownImage{"minio/minio", Storage, "/data", "your buckets", Declared},
    WellKnownImage{"mongo", Database, "/data/db", "your collections", Declared},
    WellKnownImage{"mongodb/mongodb-community-server", Database, "/data/db", "your collections", Unknown},
    WellKnownImage{"mysql", Database, "/var/lib/mysql", "your tables", Declared},
    WellKnownImage{"n8nio/n8n", Application, "/home/node/.n8n", "your workflows and credentials", Unknown},
    WellKnownImage{"nats", Queue, "", "", Absent},
    WellKnownImage{"neo4j", Database, "/data", "your graph", Declared},
    WellKnownImage{"nextcloud", Application, "/var/www/html", "your files and the configuration", Declared},
    WellKnownImage{"nginx", Web, "", "", Absent},
    WellKnownImage{"nginxinc/nginx-unprivileged", Web, "", "", Absent},
    WellKnownImage{"nodered/node-red", Application, "/data", "your flows", Declared},
    WellKnownImage{"odoo", Application, "/var/lib/odoo", "attachments and sessions", Declared},
    WellKnownImage{"ollama/ollama", Application, "/root/.ollama", "the models that were pulled", Unknown},
    WellKnownImage{"opensearchproject/opensearch", Search, "/usr/share/opensearch/data", "your indices", Unknown},
    WellKnownImage{"orientdb", Database, "/orientdb/databases", "your databases", Declared},
    WellKnownImage{"owncloud/server", Application, "/mnt/data", "your files and the configuration", Declared},
    WellKnownImage{"percona", Database, "/var/lib/mysql", "your tables", Declared},
    WellKnownImage{"percona/percona-server", Database, "/var/lib/mysql", "your tables", Declared},
    WellKnownImage{"percona/percona-server-mongodb", Database, "/data/db", "your collections", Unknown},
    WellKnownImage{"pgvector/pgvector", Database, "/var/lib/postgresql/data /var/lib/postgresql", "your tables",
                   Declared},
    WellKnownImage{"phpmyadmin", Application, "", "", Absent},
    WellKnownImage{"phusion/baseimage", Supervisor},
    WellKnownImage{"phusion/passenger-customizable", Supervisor},
    WellKnownImage{"phusion/passenger-full", Supervisor},
    WellKnownImage{"phusion/passenger-nodejs", Supervisor},
    WellKnownImage{"portainer/portainer-ce", Application, "/data", "its users and environments", Declared},
    WellKnownImage{"portainer/portainer-ee", Application, "/data", "its users and environments", Declared},
    WellKnownImage{"postgis/postgis", Database, "/var/lib/postgresql/data /var/lib/postgresql", "your tables",
                   Declared},
    WellKnownImage{"postgres", Database, "/var/lib/postgresql/data /var/lib/postgresql", "your tables", Declared},
    WellKnownImage{"prom/alertmanager", Monitoring, "/alertmanager", "silences and the log of notifications", Declared,
                   true},
    WellKnownImage{"prom/prometheus", Monitoring, "/prometheus", "the metrics that were collected", Declared},
    WellKnownImage{"qdrant/qdrant", Search, "/qdrant/storage", "your vectors", Unknown},
    WellKnownImage{"quay.io/coreos/etcd", Coordination},
    WellKnownImage{"quay.io/keycloak/keycloak", Application, "/opt/keycloak/data",
                   "users and realms of its file database", Absent, true},
    WellKnownImage{"quay.io/minio/minio", Storage, "/data", "your buckets", Declared},
    WellKnownImage{"quay.io/prometheus/prometheus", Monitoring, "/prometheus", "the metrics that were collected",
                   Declared},
    WellKnownImage{"questdb/questdb", Database, "/var/lib/questdb /root/.questdb", "your tables", Unknown},
    WellKnownImage{"rabbitmq", Queue, "/var/lib/rabbitmq", "your queues and their messages", Declared},
    WellKnownImage{"redis", Cache, "/data", "your keys", Declared, true},
    WellKnownImage{"redis/redis-stack", Cache, "/data", "your keys", Unknown, true},
    WellKnownImage{"redis/redis-stack-server", Cache, "/data", "your keys", Unknown, true},
    WellKnownImage{"redmine", Application, "/usr/src/redmine/files", "the files that were uploaded", Declared},
    WellKnownImage{"registry", Storage, "/var/lib/registry", "the images that were pushed", Declared},
    WellKnownImage{"rethinkdb", Database, "/data", "your tables", Declared},
    WellKnownImage{"richarvey/nginx-php-fpm", Supervisor},
    WellKnownImage{"rocket.chat", Application, "/app/uploads", "the files that were uploaded", Declared, true},
    WellKnownImage{"scylladb/scylla", Database, "/var/lib/scylla", "your tables", Declared},
    WellKnownImage{"semitechnologies/weaviate", Search, "/var/lib/weaviate", "your vectors", Unknown},
    WellKnownImage{"solr", Search, "/var/solr", "your indices", Declared},
    WellKnownImage{"sonarqube", Application, "/opt/sonarqube/data", "the search index and, with H2, your analyses",
                   Unknown},
    WellKnownImage{"sonatype/nexus", Storage, "/sonatype-work", "the packages that were published", Declared},
    WellKnownImage{"sonatype/nexus3", Storage, "/nexus-data", "the packages that were published", Declared},
    WellKnownImage{"timescale/timescaledb", Database, "/var/lib/postgresql/data /var/lib/postgresql", "your tables",
                   Declared},
    WellKnownImage{"timescale/timescaledb-ha", Database, "/home/postgres/pgdata", "your tables", Unknown},
    WellKnownImage{"tomcat", Web, "", "", Absent},
    WellKnownImage{"traefik", Web, "", "", Absent},
    WellKnownImage{"trafex/php-nginx", Supervisor},
    WellKnownImage{"tutum/lamp", Supervisor},
    WellKnownImage{"valkey/valkey", Cache, "/data", "your keys", Declared, true},
    WellKnownImage{"vault", Coordination, "/vault/file", "your secrets", Declared},
    WellKnownImage{"vaultwarden/server", Application, "/data", "your passwords", Declared},
    WellKnownImage{"verdaccio/verdaccio", Storage, "/verdaccio/storage", "the packages that were published", Declared},
    WellKnownImage{"victoriametrics/victoria-metrics", Monitoring, "/victoria-metrics-data",
                   "the metrics that were collected", Unknown},
    WellKnownImage{"webdevops/php-apache", Supervisor},
    WellKnownImage{"webdevops/php-nginx", Supervisor},
    WellKnownImage{"wordpress", Application, "/var/www/html", "uploads, plugins and themes", Declared},
    WellKnownImage{"zookeeper", Coordination, "/data", "the ensemble's state", Declared},
};
static_assert(std::ranges::is_sorted(kImages, {}, &WellKnownImage::repository));

/// Prefixes of public copies, and what the copied images are called at their source.
struct Copy {
  std::string_view prefix;
  std::string_view source;
};
constexpr std::array kCopies{
    Copy{"public.ecr.aws/docker/library/", ""},
    Copy{"public.ecr.aws/bitnami/", "bitnami/"},
    Copy{"public.ecr.aws/hashicorp/", "hashicorp/"},
    Copy{"mirror.gcr.io/library/", ""},
    Copy{"mirror.gcr.io/", ""},
    Copy{"bitnamilegacy/", "bitnami/"},
    Copy{"quay.io/bitnami/", "bitnami/"},
    Copy{"amd64/", ""},
    Copy{"arm32v7/", ""},
    Copy{"arm64v8/", ""},
    Copy{"i386/", ""},
};

const WellKnownImage* find(std::string_view repository) {
  const auto found = std::ranges::lower_bound(kImages, repository, {}, &WellKnownImage::repository);
  return found != kImages.end() && found->repository == repository ? &*found : nullptr;
}

/// Whether `outer` is `inner` or a folder above it.
bool holds(std::string_view outer, std::string_view inner) {
  while (outer.ends_with('/')) outer.remove_suffix(1);
  return inner.starts_with(outer) && (inner.size() == outer.size() || inner[outer.size()] == '/');
}

}  // namespace

bool WellKnownImage::keeps_data(std::string_view path) const {
  if (!path.starts_with('/')) return false;
  std::string_view rest = data_paths;
  while (!rest.empty()) {
    const std::string_view data = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(data.size() + 1, rest.size()));
    if (holds(path, data) || holds(data, path)) return true;
  }
  return false;
}

std::span<const WellKnownImage> well_known_images() { return kImages; }

const WellKnownImage* find_well_known(const Reference& reference) {
  const std::string name = reference.canonical_name();
  if (const WellKnownImage* image = find(name); image != nullptr) return image;
  for (const auto& [prefix, source] : kCopies)
    if (name.starts_with(prefix)) return find(std::string(source) + name.substr(prefix.size()));
  return nullptr;
}

}  // namespace quaymaster::image
