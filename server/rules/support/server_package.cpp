#include "rules/support/server_package.h"

#include <cstddef>

namespace quaymaster::rules {
namespace {

struct ServerPackage {
  std::string_view name;
  std::string_view server;
};
constexpr ServerPackage kPackages[] = {
    {"nginx", "nginx"},
    {"nginx-light", "nginx"},
    {"nginx-full", "nginx"},
    {"nginx-extras", "nginx"},
    {"nginx-core", "nginx"},
    {"nginx-mainline", "nginx"},
    {"apache2", "apache2"},
    {"httpd", "httpd"},
    {"lighttpd", "lighttpd"},
    {"caddy", "caddy"},
    {"mysql-server", "mysql"},
    {"default-mysql-server", "mysql"},
    {"mysql-community-server", "mysql"},
    {"mariadb-server", "mysql"},
    {"mongodb", "mongodb"},
    {"mongodb-org", "mongodb"},
    {"mongodb-server", "mongodb"},
    {"mongodb-org-server", "mongodb"},
    {"redis-server", "redis"},
    {"redis", "redis"},
    {"memcached", "memcached"},
    {"rabbitmq-server", "rabbitmq"},
    {"haproxy", "haproxy"},
    {"varnish", "varnish"},
    {"squid", "squid"},
    {"postfix", "postfix"},
    {"exim4", "exim"},
    {"dovecot-imapd", "dovecot"},
    {"dovecot-core", "dovecot"},
    {"bind9", "bind"},
    {"slapd", "slapd"},
    {"vsftpd", "vsftpd"},
    {"proftpd", "proftpd"},
    {"samba", "samba"},
    {"elasticsearch", "elasticsearch"},
    {"mosquitto", "mosquitto"},
    {"influxdb", "influxdb"},
    {"tomcat9", "tomcat"},
    {"tomcat10", "tomcat"},
};

bool only_digits(std::string_view text) { return text.find_first_not_of("0123456789.") == std::string_view::npos; }

}  // namespace

std::string_view server_of_package(std::string_view package) {
  for (const ServerPackage& known : kPackages)
    if (known.name == package) return known.server;
  if (package.starts_with("php") && package.ends_with("-fpm")) {
    constexpr std::size_t kBefore = 3;
    constexpr std::size_t kBehind = 4;
    if (package.size() >= kBefore + kBehind && only_digits(package.substr(kBefore, package.size() - kBefore - kBehind)))
      return "php-fpm";
  }
  constexpr std::string_view kPostgres = "postgresql";
  if (package == "postgresql-server" || package == kPostgres) return kPostgres;
  if (package.starts_with("postgresql-") && only_digits(package.substr(kPostgres.size() + 1))) return kPostgres;
  return {};
}

}  // namespace quaymaster::rules
