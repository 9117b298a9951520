#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/container/container.h"
#include "model/kubernetes/config_script.h"
#include "model/kubernetes/kubernetes.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/start_text.h"

namespace quaymaster::rules {
extern const Rule several_daemons;
namespace {

using Words = std::span<const shell::Word>;
using Commands = std::vector<const shell::Command*>;

constexpr std::string_view kBackground = "background";
constexpr std::string_view kService = "service-script";
constexpr std::string_view kDaemon = "well-known-daemon";

bool is_one_of(std::string_view name, std::span<const std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Programs that serve until they are stopped.
constexpr std::string_view kDaemons[] = {
    "nginx",
    "apache2",
    "httpd",
    "apache2-foreground",
    "httpd-foreground",
    "mysqld",
    "mysqld_safe",
    "mariadbd",
    "mariadbd-safe",
    "postgres",
    "redis-server",
    "valkey-server",
    "memcached",
    "mongod",
    "mongos",
    "rabbitmq-server",
    "sshd",
    "dropbear",
    "cron",
    "crond",
    "supercronic",
    "rsyslogd",
    "syslogd",
    "syslog-ng",
    "postfix",
    "dovecot",
    "dnsmasq",
    "haproxy",
    "varnishd",
    "squid",
    "uwsgi",
    "gunicorn",
    "uvicorn",
    "hypercorn",
    "daphne",
    "sidekiq",
    "puma",
    "unicorn",
    "fail2ban-server",
    "vsftpd",
    "proftpd",
    "smbd",
    "nmbd",
    "slapd",
    "named",
    "ntpd",
    "chronyd",
    "tor",
    "privoxy",
    "openvpn",
    "traefik",
    "caddy",
    "snmpd",
    "fluentd",
    "fluent-bit",
    "filebeat",
    "telegraf",
    "collectd",
    "influxd",
    "etcd",
    "consul",
    "mosquitto",
    "minio",
};

/// Of those, the ones that go into the background unless an option says otherwise.
struct Detaching {
  std::string_view program;
  std::string_view stays;  ///< the word that keeps it in the foreground
};
constexpr Detaching kDetaching[] = {
    {"nginx", "daemon off"}, {"cron", "-f"},    {"crond", "-f"}, {"sshd", "-D"},    {"rsyslogd", "-n"},
    {"syslog-ng", "-F"},     {"dnsmasq", "-k"}, {"vsftpd", ""},  {"syslogd", "-n"}, {"dovecot", "-F"},
};

/// Helpers of the program that they are started beside: a display, a bus for messages on it.
constexpr std::string_view kCompanions[] = {"Xvfb", "Xorg", "dbus-daemon", "dbus-launch"};

bool is_php_fpm(std::string_view name) { return name.starts_with("php") && name.find("fpm") != std::string_view::npos; }

bool is_daemon(std::string_view name) { return is_one_of(name, kDaemons) || is_php_fpm(name); }

bool has_word_with(Words words, std::string_view part) {
  return std::any_of(words.begin(), words.end(),
                     [&](const shell::Word& word) { return word.text.find(part) != std::string::npos; });
}

bool has_word(Words words, std::string_view text) {
  return std::any_of(words.begin(), words.end(), [&](const shell::Word& word) { return word.text == text; });
}

/// A call of a daemon that only checks, prints or signals something.
bool is_query(Words words) {
  static constexpr std::string_view kQueries[] = {
      "-t",   "-T",     "-v",     "-V",   "-s", "--version", "--help", "--initialize", "--initialize-insecure",
      "stop", "reload", "status", "check"};
  return std::any_of(words.begin() + 1, words.end(),
                     [](const shell::Word& word) { return is_one_of(word.text, kQueries); });
}

/// Something that a start text leaves running.
struct Started {
  std::size_t index = 0;
  std::string_view variant;
  std::string name;
  TextRange range;  ///< in the bytes of the script
};

/// `service NAME start`, `/etc/init.d/NAME start`, `rc-service NAME start`, `systemctl start NAME`.
std::optional<Started> service_script(Words words, std::size_t index) {
  const std::string_view program = words[0].text;
  const std::string_view name = program_name(words[0]);
  if ((name == "service" || name == "rc-service") && words.size() > 2 &&
      (words[2].text == "start" || words[2].text == "restart"))
    return Started{index, kService, words[1].text, cover(words[0].range, words[2].range)};
  if (program.starts_with("/etc/init.d/") && words.size() > 1 &&
      (words[1].text == "start" || words[1].text == "restart"))
    return Started{index, kService, std::string(name), cover(words[0].range, words[1].range)};
  if (name == "systemctl" && words.size() > 2 && words[1].text == "start")
    return Started{index, kService, words[2].text, cover(words[0].range, words[2].range)};
  return std::nullopt;
}

bool detaches(Words words) {
  const std::string_view name = program_name(words[0]);
  for (const Detaching& daemon : kDetaching)
    if (daemon.program == name) return daemon.stays.empty() || !has_word_with(words.subspan(1), daemon.stays);
  if (is_php_fpm(name)) return has_word(words, "-D") || has_word(words, "--daemonize");
  if (name == "redis-server") return has_word(words, "--daemonize") && has_word(words, "yes");
  if (name == "memcached") return has_word(words, "-d");
  if (name == "mongod") return has_word(words, "--fork");
  if (name == "gunicorn" || name == "uwsgi") return has_word(words, "--daemon") || has_word_with(words, "--daemonize");
  return false;
}

/// What runs on when the next command begins.
std::optional<Started> left_running(const shell::Command& command, std::size_t index) {
  const Words words = working_words(command);
  if (std::optional<Started> script = service_script(words, index)) return script;
  const std::string_view name = program_name(words[0]);
  if (ends_by_itself(name) || is_one_of(name, kCompanions)) return std::nullopt;
  if (is_daemon(name) && is_query(words)) return std::nullopt;
  if (command.background)
    return Started{index, is_daemon(name) ? kDaemon : kBackground, std::string(name), words[0].range};
  if (detaches(words)) return Started{index, kDaemon, std::string(name), words[0].range};
  return std::nullopt;
}

/// The program that the container waits for, at the end of the script; none when the script waits for what it left
/// running.
std::optional<Started> main_program(const Commands& commands) {
  const std::size_t last = commands.size() - 1;
  const shell::Command& command = *commands[last];
  const Words words = working_words(command);
  const std::string_view name = program_name(words[0]);
  if (ends_by_itself(name) || command.background || service_script(words, last)) return std::nullopt;
  return Started{last, {}, std::string(name), words[0].range};
}

void check_text(const container::StartCommand& start, RuleContext& ctx) {
  const Commands commands = own_commands(*start.text.script);
  if (commands.size() < 2) return;
  std::vector<Started> running;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    // Of branches only one is taken, and what is in a loop or behind `||` may be a helper that ends.
    const shell::Command& command = *commands[i];
    if (command.conditional || command.connector == shell::Connector::Or || command.connector == shell::Connector::Pipe)
      continue;
    // `(sleep 5; migrate) &`: what waits for a while and then does something once.
    if (command.background && i > 0 && commands[i - 1]->background &&
        program_name(working_words(*commands[i - 1]).front()) == "sleep")
      continue;
    if (std::optional<Started> started = left_running(command, i)) running.push_back(*std::move(started));
  }
  const std::optional<Started> main = main_program(commands);
  if (main && !running.empty() && running.back().index == main->index) running.pop_back();
  const std::size_t all = running.size() + (main ? 1 : 0);
  if (running.empty() || all < 2) return;
  const Started& extra = running.front();
  const Started& other = main ? *main : running.back();
  // Started once to be set up, stopped, and started for good.
  if (extra.name == other.name && extra.variant == kDaemon) return;
  Report report{
      .variant = extra.variant,
      .range = start.text.in_file(extra.range),
      .message = quoted(extra.name, 24) + " is started beside " + quoted(other.name, 24) + " in one container"};
  for (std::size_t i = 1; i < running.size(); ++i)
    report.related.push_back({start.text.in_file(running[i].range), quoted(running[i].name) + " is started here"});
  if (main)
    report.related.push_back(
        {start.text.in_file(main->range), quoted(main->name) + " is what the container waits for"});
  ctx.report(std::move(report));
}

void check_container(const container::Container& container, RuleContext& ctx) {
  for (const container::StartCommand* start : start_texts(container)) check_text(*start, ctx);
}

/// Scripts that stand in a ConfigMap and are run from there.
void check_manifests(const kubernetes::File& file, RuleContext& ctx) {
  for (const kubernetes::MountedScript& mounted : mounted_scripts(file)) check_text(mounted.script, ctx);
}

}  // namespace

constinit const Rule several_daemons = checked({
    .name = "several-daemons",
    .family = Family::SingleService,
    .title = "The start command starts several services.",
    .consequence =
        "The container waits for one of them only. When the other one dies, in the middle of the night, the container "
        "goes on as if nothing had happened: no restart, no alarm, and mails, jobs or pages stop. When the one that it "
        "waits for is stopped, the other is killed without notice. And neither can be updated, limited or scaled "
        "without the other.",
    .fine_when =
        "The second process is a helper that belongs to the first, and the first ends when the helper is gone.",
    .fix = FixAvailability::None,
    .variants =
        {{.name = "background",
          .summary = "A program is put into the background, and another one started.",
          .severity = Severity::Warning,
          .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}}},
         {.name = "service-script",
          .summary =
              "A service is started as on a server, with `service` or its init script, and another one after it.",
          .severity = Severity::Warning,
          .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}}},
         {.name = "well-known-daemon",
          .summary = "A well-known daemon is started beside another program.",
          .severity = Severity::Warning,
          .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}}}},
    .references = {"https://docs.docker.com/engine/containers/multi-service_container/",
                   "https://docs.docker.com/build/building/best-practices/#decouple-applications"},
    .examples =
        {{"a program in the background", "Dockerfile",
          "FROM node:22.11.0\nCMD <|node|> worker.js & node server.js --port 80\n"},
         {"a web server and its interpreter", "Dockerfile",
          "FROM debian:12.8\nCMD <|php-fpm8.2|> -D && nginx -g 'daemon off;'\n"},
         {"cron beside the application", "Dockerfile", "FROM debian:12.8\nCMD <|cron|> && exec /app/server\n"},
         {"a service script", "Dockerfile", "FROM debian:12.8\nCMD <|service ssh start|> && exec /app/server\n"},
         {"two service scripts", "Dockerfile",
          "FROM debian:12.8\nCMD <|service mysql start|> && /etc/init.d/apache2 start && tail -f /dev/null\n"},
         {"a substitution is no service", "Dockerfile",
          "FROM debian:12.8\nCMD <|nginx|> && uwsgi --ini /app.ini --processes $(nproc)\n"},
         {"one service", "Dockerfile", "FROM debian:12.8\nCMD service nginx start && tail -f /dev/null\n"},
         {"preparations", "Dockerfile", "FROM node:22.11.0\nCMD node migrate.js && node server.js\n"},
         {"a database that is set up first", "Dockerfile",
          "FROM debian:12.8\nCMD mongod --fork && mongosh init.js && mongod --shutdown && exec mongod\n"},
         {"a task for later", "Dockerfile", "FROM debian:12.8\nCMD (sleep 5; /app/migrate) & exec /app/server\n"},
         {"in exec form", "compose.yaml",
          "services:\n  app:\n    image: shop/app:1.4.2\n    command: [\"sh\", \"-c\", \"<|redis-server|> --daemonize "
          "yes; "
          "celery -A shop worker & gunicorn shop.wsgi\"]\n"},
         {"waiting for the one program", "compose.yaml",
          "services:\n  app:\n    image: shop/app:1.4.2\n    command: sh -c \"/app/server & wait $$!\"\n"},
         {"one or the other", "compose.yaml",
          "services:\n  app:\n    image: shop/app:1.4.2\n    command: sh -c \"if [ -n \\\"$$DEV\\\" ]; then nginx; "
          "else "
          "caddy run; fi\"\n"},
         {"a check of the configuration", "compose.yaml",
          "services:\n  web:\n    image: nginx:1.27.2\n    command: sh -c \"nginx -t && exec nginx -g 'daemon "
          "off;'\"\n"},
         {"a pod", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: "
          "shop/web:3.1.0\n      command:\n        - sh\n        - -c\n        - |\n          <|/usr/sbin/sshd|>\n     "
          "     "
          "exec java -jar /app.jar\n"}},
    .checks = {on(check_container), on(check_manifests)},
});

}  // namespace quaymaster::rules
