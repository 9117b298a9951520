#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/compose/compose.h"
#include "model/container/container.h"
#include "model/image/well_known.h"
#include "model/kubernetes/kubernetes.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/development.h"
#include "rules/support/development_service.h"
#include "rules/support/message.h"
#include "rules/support/start_text.h"
#include "text/one_of.h"

namespace quaymaster::rules {
extern const Rule stateful_image_without_volume;
namespace {

using container::Container;
using container::Mount;
using image::WellKnownImage;

constexpr std::size_t kLongestMessage = 90;

/// The major version that a tag begins with.
std::optional<unsigned> major_version(std::string_view tag) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(tag.data(), tag.data() + tag.size(), number);
  if (error != std::errc()) return std::nullopt;
  const std::string_view rest = tag.substr(static_cast<std::size_t>(end - tag.data()));
  if (!rest.empty() && rest.front() != '.' && rest.front() != '-') return std::nullopt;
  return number;
}

/// Where the image keeps its data.
struct DataPath {
  std::string text;
  bool sure = true;  ///< false: it depends on something that the tag does not say
};

DataPath data_path_of(const WellKnownImage& known, const image::Reference& reference) {
  const std::string_view paths = known.data_paths;
  const std::size_t blank = paths.find(' ');
  if (blank == std::string_view::npos) return {std::string(paths)};
  constexpr unsigned kFirstWithVersionFolder = 18;
  if (reference.base_name() == "postgres") {
    const std::optional<unsigned> major = major_version(reference.tag);
    if (!major) return {"/var/lib/postgresql", false};
    return {*major < kFirstWithVersionFolder ? "/var/lib/postgresql/data" : "/var/lib/postgresql"};
  }
  const std::string first(paths.substr(0, blank));
  if (reference.base_name() == "influxdb") {
    const std::optional<unsigned> major = major_version(reference.tag);
    if (!major) return {first, false};
    return {*major < 2 ? first : first + std::to_string(*major)};
  }
  return {first, false};
}

/// Programs that use a server of the same image elsewhere, and shells, of which nobody knows what they do.
bool is_client(std::string_view program) {
  constexpr std::string_view kClients[] = {
      "mysql",     "mysqldump",    "mysqladmin",    "mariadb",      "mariadb-dump", "psql",
      "pg_dump",   "pg_dumpall",   "pg_isready",    "createdb",     "mongo",        "mongosh",
      "mongodump", "mongorestore", "redis-cli",     "mc",           "wp",           "curl",
      "sleep",     "etcdctl",      "rabbitmqadmin", "cypher-shell", "influx",       "clickhouse-client",
      "sh",        "bash",         "tail",          "echo",         "exit"};
  return std::find(std::begin(kClients), std::end(kClients), program) != std::end(kClients);
}

bool is_server(std::string_view program) {
  constexpr std::string_view kServers[] = {"postgres", "mysqld",  "mariadbd", "mongod",       "rabbitmq-server",
                                           "minio",    "influxd", "etcd",     "redis-server", "docker-entrypoint.sh"};
  return std::find(std::begin(kServers), std::end(kServers), program) != std::end(kServers);
}

/// Whether the container runs a client that the image brings along, and not its server.
bool runs_client(const Container& container) {
  bool client = false;
  for (const container::StartCommand* start : start_texts(container))
    for (const shell::Command& command : start->text.script->commands) {
      if (is_server(command.name())) return false;
      client = client || is_client(program_name(working_words(command).front()));
    }
  return client;
}

bool holds(std::string_view path, std::string_view inner) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return inner.starts_with(path) && (inner.size() == path.size() || inner[path.size()] == '/' || path == "/");
}

/// Whether a setting of the environment, or a word of the command, sends the data to `mount`.
bool is_sent_to(const Mount& mount, const Container& container) {
  const auto is_in_mount = [&](std::string_view text) {
    const std::size_t slash = text.find('/');
    return slash != std::string_view::npos && mount.target.size() > 1 && holds(mount.target, text.substr(slash));
  };
  for (const container::EnvironmentEntry& entry : container.environment)
    if (entry.value && entry.value->starts_with('/') && is_in_mount(*entry.value)) return true;
  for (const container::StartCommand& start : container.start)
    for (const shell::Command& command : start.text.script->commands)
      for (const shell::Word& word : command.words)
        if (is_in_mount(word.text)) return true;
  return false;
}

/// A well-known image whose data nothing keeps.
struct Loss {
  const WellKnownImage* known = nullptr;
  DataPath path;
  const Mount* temporary = nullptr;  ///< the emptyDir or memory that is mounted where the data is
};

std::optional<Loss> find_loss(const Container& container, Mount::Kind temporary) {
  if (!container.image || !container.image->known || container.image->built || container.template_only ||
      container.builds_image || !container.mounts_complete || !container.complete)
    return std::nullopt;
  const WellKnownImage* known = find_well_known(container.image->reference);
  const bool keeps =
      known != nullptr && known->stateful() && !known->data_optional && known->service != image::Service::Cache;
  if (!keeps || runs_client(container)) return std::nullopt;
  Loss loss{known, data_path_of(*known, container.image->reference)};
  for (const Mount& mount : container.mounts) {
    if (mount.target.empty() || mount.target.find('$') != std::string::npos) return std::nullopt;
    // Dashboards that come from files need no place to be kept in.
    if (known->service == image::Service::Monitoring && mount.target.find("provisioning") != std::string::npos)
      return std::nullopt;
    if (known->keeps_data(mount.target)) {
      // A configuration file below the data path keeps no data.
      if (mount.kind == Mount::Kind::Config) continue;
      if (mount.kind != temporary) return std::nullopt;
      loss.temporary = &mount;
    } else if (is_sent_to(mount, container)) {
      return std::nullopt;
    }
  }
  return loss;
}

/// `text` with what is lost, or without it if that would be too long.
std::string with_loss(std::string text, std::string_view lost) {
  if (text.size() + lost.size() + 2 <= kLongestMessage) return text + ": " + std::string(lost);
  return text;
}

// --- Compose

bool is_used(const compose::File& file, std::string_view volume) {
  return std::any_of(file.services.begin(), file.services.end(), [&](const compose::Service& service) {
    return std::any_of(service.volumes.begin(), service.volumes.end(),
                       [&](const compose::Name& name) { return name.text == volume; });
  });
}

std::optional<Fix> adding_volume(const compose::File& file, const compose::Service& service, const DataPath& path) {
  const std::string volume = service.name + "-data";
  const yaml::Value root = file.document->root();
  if (!path.sure || service.shared || !root.is_mapping() || is_used(file, volume) || !service.container.place)
    return std::nullopt;
  std::optional<Edit> mount =
      yaml::append(*service.container.place, {"volumes"}, yaml::NewValue::string(volume + ":" + path.text));
  if (!mount) return std::nullopt;
  Fix fix{"Keep the data in the volume " + quoted(volume),
          Applicability::Unsafe,
          {*std::move(mount)},
          "What the container has stored so far stays where it is, and has to be copied."};
  if (file.volume(volume) == nullptr) {
    const std::string_view keys[] = {"volumes", volume};
    std::optional<Edit> declaration = yaml::insert(root.place(), keys, yaml::NewValue::plain("{}"));
    if (!declaration) return std::nullopt;
    fix.edits.push_back(*std::move(declaration));
    std::stable_sort(fix.edits.begin(), fix.edits.end(),
                     [](const Edit& a, const Edit& b) { return a.range < b.range; });
  }
  return fix;
}

/// Files for a time of tests, or to be read on top of another one, which may have the volume.
bool is_incomplete(const compose::File& file, std::string_view path) {
  return is_development_path(path) || path.find("override") != std::string_view::npos || !file.includes.empty();
}

/// Memory where the data is. In a service for tests that is meant.
void report_memory(const compose::Service& service, const Loss& loss, RuleContext& ctx) {
  if (says_development(service)) return;
  const Mount& memory = *loss.temporary;
  ctx.report({.variant = "memory",
              .range = memory.target_range.empty() ? memory.range : memory.target_range,
              .message = with_loss(quoted(memory.target, 40) + " is memory; lost with a restart", loss.known->loss),
              .related = {{service.container.image->name_range, "the image that keeps its data there"}}});
}

void check_compose(const compose::File& file, RuleContext& ctx) {
  if (is_incomplete(file, ctx.path())) return;
  for (const compose::Service& service : file.services) {
    if (!service.volumes_from.empty()) continue;
    const std::optional<Loss> loss = find_loss(service.container, Mount::Kind::Memory);
    if (!loss) continue;
    if (loss->temporary != nullptr) {
      report_memory(service, *loss, ctx);
      continue;
    }
    const bool left_behind = loss->known->own_volume == image::OwnVolume::Declared;
    const std::string path = quoted(loss->path.text, 40);
    Report report{
        .variant = left_behind ? "left-behind" : "lost",
        .range = service.container.image->name_range,
        .message = left_behind
                       ? with_loss("no volume at " + path + "; left behind in an unnamed one", loss->known->loss)
                       : with_loss("no volume at " + path + "; lost with the container", loss->known->loss)};
    if (std::optional<Fix> fix = adding_volume(file, service, loss->path)) report.fixes.push_back(*std::move(fix));
    ctx.report(std::move(report));
  }
}

// --- Kubernetes

/// A patch has no selector: the rest of the object, and its volumes, are elsewhere.
bool is_complete(const kubernetes::Workload& workload) {
  const std::string& kind = workload.object.kind;
  if (kind == "Pod" || kind == "ReplicationController") return true;
  const bool runs_on = kind == "Deployment" || kind == "StatefulSet" || kind == "DaemonSet" || kind == "ReplicaSet";
  return runs_on && workload.object.value.get({"spec", "selector"}).present();
}

/// Folders that belong to the data of a database, whatever the image is called that brings it along.
bool is_data_folder(std::string_view path) {
  constexpr std::string_view kFolders[] = {"/var/lib/mysql",
                                           "/var/lib/postgresql",
                                           "/var/lib/postgresql/data",
                                           "/data/db",
                                           "/var/lib/rabbitmq",
                                           "/usr/share/elasticsearch/data",
                                           "/usr/share/opensearch/data",
                                           "/var/lib/cassandra",
                                           "/var/lib/clickhouse",
                                           "/var/lib/influxdb",
                                           "/var/lib/influxdb2",
                                           "/var/opt/mssql",
                                           "/var/jenkins_home",
                                           "/bitnami/postgresql",
                                           "/bitnami/mysql",
                                           "/bitnami/mariadb",
                                           "/bitnami/mongodb"};
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return one_of(kFolders, path);
}

/// An emptyDir where an image that is not known by its name keeps what databases keep.
void check_other_image(const Container& container, RuleContext& ctx) {
  if (!container.image || !container.image->known || container.template_only ||
      find_well_known(container.image->reference) != nullptr || runs_client(container))
    return;
  for (const Mount& mount : container.mounts)
    if (mount.kind == Mount::Kind::AnonymousVolume && is_data_folder(mount.target))
      ctx.report({.variant = "empty-dir",
                  .range = mount.target_range,
                  .message = quoted(mount.target, 32) + " is an emptyDir; what is stored there is lost with the pod"});
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  if (workload.custom || !is_complete(workload) || is_development_path(ctx.path())) return;
  for (const kubernetes::PodContainer& container : workload.containers) {
    if (container.ephemeral || container.container.kind != Container::Kind::PodContainer) continue;
    const std::optional<Loss> loss = find_loss(container.container, Mount::Kind::AnonymousVolume);
    if (!loss) {
      check_other_image(container.container, ctx);
      continue;
    }
    if (loss->temporary != nullptr) {
      ctx.report({.variant = "empty-dir",
                  .range = loss->temporary->target_range,
                  .message = with_loss(quoted(loss->temporary->target, 32) + " is an emptyDir; lost with the pod",
                                       loss->known->loss),
                  .related = {{container.container.image->name_range, "the image that keeps its data there"}}});
    } else {
      ctx.report({.variant = "lost",
                  .range = container.container.image->name_range,
                  .message = with_loss("no volume at " + quoted(loss->path.text, 40) + "; lost with the container",
                                       loss->known->loss)});
    }
  }
}

}  // namespace

constinit const Rule stateful_image_without_volume = checked({
    .name = "stateful-image-without-volume",
    .family = Family::State,
    .title = "An image that keeps data has no volume to keep it in.",
    .consequence =
        "`docker compose down`, then `up` with the next version: the database starts, and is empty. In Kubernetes it "
        "takes less: a node is drained at three in the morning, the pod starts on another one, and the tables are "
        "gone. What the database wrote was in the container's own layer, and that was deleted with the container.",
    .fine_when =
        "The data is made for one test run and nobody wants it back, or the service is one of several that keep copies "
        "of it.",
    .fix = FixAvailability::Sometimes,
    .variants =
        {{.name = "lost",
          .summary = "Nothing is mounted where the image keeps its data.",
          .severity = Severity::Warning,
          .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
          .languages = Language::Compose | Language::Kubernetes},
         {.name = "left-behind",
          .summary =
              "The image makes a volume without a name: the data stays there, but the next container gets another "
              "one.",
          .severity = Severity::Warning,
          .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
          .languages = Language::Compose},
         {.name = "memory",
          .summary = "Memory (tmpfs) is mounted where the image keeps its data, in a service that is not for tests.",
          .severity = Severity::Information,
          .presets = {{Preset::Strict, Severity::Information}},
          .languages = Language::Compose},
         {.name = "empty-dir",
          .summary = "An emptyDir is mounted where the image keeps its data: it is deleted with the pod.",
          .severity = Severity::Warning,
          .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
          .languages = Language::Kubernetes}},
    .references = {"https://docs.docker.com/engine/storage/volumes/",
                   "https://kubernetes.io/docs/concepts/storage/persistent-volumes/", "https://12factor.net/processes"},
    .examples =
        {{"a version with a folder of its own", "compose.yaml", "services:\n  db:\n    image: <|influxdb|>:2.7.11\n",
          "services:\n  db:\n    image: influxdb:2.7.11\n    volumes:\n      - db-data:/var/lib/influxdb2\nvolumes:\n  "
          "db-data: {}\n"},
         {"a database", "compose.yaml", "services:\n  db:\n    image: <|postgres|>:17.2\nvolumes:\n  other:\n",
          "services:\n  db:\n    image: postgres:17.2\n    volumes:\n      - "
          "db-data:/var/lib/postgresql/data\nvolumes:\n  "
          "db-data: {}\n  other:\n"},
         {"a database with a configuration only", "compose.yaml",
          "services:\r\n  db:\r\n    image: \"<|mongo|>:8.0.3\"\r\n    volumes:\r\n      - "
          "./mongod.conf:/etc/mongod.conf\r\nvolumes: {}\r\n",
          "services:\r\n  db:\r\n    image: \"mongo:8.0.3\"\r\n    volumes:\r\n      - "
          "./mongod.conf:/etc/mongod.conf\r\n      - db-data:/data/db\r\nvolumes: {db-data: {}}\r\n"},
         {"dashboards", "compose.yaml",
          "services:\n  grafana:\n    image: <|grafana/grafana|>:11.3.0\n    volumes: []\nvolumes:\n  grafana-data:\n",
          "services:\n  grafana:\n    image: grafana/grafana:11.3.0\n    volumes: [grafana-data:/var/lib/grafana]\n"
          "volumes:\n  grafana-data:\n"},
         {"a volume above the data", "compose.yaml",
          "services:\n  db:\n    image: postgres:17.2\n    volumes: [\"data:/var/lib/postgresql\"]\nvolumes:\n  "
          "data:\n"},
         {"a folder of the host", "compose.yaml",
          "services:\n  db:\n    image: mysql:8.4.3\n    volumes:\n      - type: bind\n        source: ./mysql\n       "
          " "
          "target: /var/lib/mysql/\n"},
         {"memory", "compose.yaml",
          "services:\n  db:\n    image: postgres:17.2\n    tmpfs: <|/var/lib/postgresql/data|>\n"},
         {"memory for tests", "compose.yaml",
          "services:\n  test-db:\n    image: postgres:17.2\n    tmpfs: /var/lib/postgresql/data\n"},
         {"dashboards from files", "compose.yaml",
          "services:\n  grafana:\n    image: grafana/grafana:11.3.0\n    volumes:\n      - "
          "./grafana:/etc/grafana/provisioning:ro\n"},
         {"data sent elsewhere", "compose.yaml",
          "services:\n  db:\n    image: postgres:17.2\n    environment:\n      PGDATA: /srv/data/pg\n    volumes: "
          "[\"data:/srv/data\"]\nvolumes:\n  data:\n"},
         {"a cache", "compose.yaml", "services:\n  cache:\n    image: redis:7.4.1\n"},
         {"a client", "compose.yaml",
          "services:\n  dump:\n    image: postgres:17.2\n    command: pg_dump -h db shop\n"},
         {"an image of its own", "compose.yaml", "services:\n  db:\n    build: ./db\n    image: postgres:17.2\n"},
         {"a pod", "db.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: db\nspec:\n  containers:\n    - name: db\n      image: "
          "<|mysql|>:8.4.3\n"},
         {"a folder that lives as long as the pod", "db.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: db\nspec:\n  containers:\n    - name: db\n      image: "
          "mysql:8.4.3\n      volumeMounts:\n        - name: data\n          mountPath: <|/var/lib/mysql|>\n  "
          "volumes:\n    - "
          "name: data\n      emptyDir: {}\n"},
         {"a claim", "db.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: db\nspec:\n  containers:\n    - name: db\n      image: "
          "mysql:8.4.3\n      volumeMounts:\n        - name: data\n          mountPath: /var/lib/mysql\n  volumes:\n   "
          " - "
          "name: data\n      persistentVolumeClaim:\n        claimName: db\n"},
         {"a patch", "patch.yaml",
          "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: db\nspec:\n  template:\n    spec:\n      "
          "containers:\n        - name: db\n          image: mysql:8.4.3\n"},
         {"the folder of a database, in an image of one's own", "db.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: db\nspec:\n  containers:\n    - name: db\n"
          "      image: shop/db:1.4.2\n      volumeMounts:\n        - {name: data, mountPath: <|/var/lib/mysql|>}\n"
          "        - {name: data, mountPath: /tmp}\n  volumes:\n    - name: data\n      emptyDir: {}\n"}},
    .checks = {on(check_compose), on(check_workload)},
});

}  // namespace quaymaster::rules
