#include "model/image/well_known.h"

#include <algorithm>

#include "support/catch.h"

namespace quaymaster::image {
namespace {

const WellKnownImage* find(std::string_view text) { return find_well_known(parse_reference(text)); }

TEST_CASE("well-known images are found under all their names", "[image]") {
  using Row = std::pair<std::string_view, std::string_view>;
  const Row row =
      GENERATE(Row{"postgres:16", "postgres"}, Row{"docker.io/library/postgres", "postgres"},
               Row{"public.ecr.aws/docker/library/mysql:8", "mysql"}, Row{"mirror.gcr.io/library/redis", "redis"},
               Row{"arm64v8/mongo", "mongo"}, Row{"bitnamilegacy/redis:7", "bitnami/redis"},
               Row{"public.ecr.aws/bitnami/postgresql", "bitnami/postgresql"},
               Row{"quay.io/keycloak/keycloak:26", "quay.io/keycloak/keycloak"},
               Row{"grafana/grafana@sha256:ab", "grafana/grafana"});
  CAPTURE(row.first);
  REQUIRE(find(row.first) != nullptr);
  CHECK(find(row.first)->repository == row.second);
}

TEST_CASE("other images are not well-known", "[image]") {
  const std::string_view text = GENERATE(as<std::string_view>{}, "", "node", "example.com/postgres", "someone/postgres",
                                         "postgres/postgres", "scratch", "amd64/");
  CAPTURE(text);
  CHECK(find(text) == nullptr);
}

TEST_CASE("a mount keeps the data when it is at, above or in a data path", "[image]") {
  const WellKnownImage& postgres = *find("postgres");
  CHECK(postgres.stateful());
  CHECK(postgres.service == Service::Database);
  CHECK(postgres.own_volume == OwnVolume::Declared);
  CHECK(postgres.keeps_data("/var/lib/postgresql/data"));
  CHECK(postgres.keeps_data("/var/lib/postgresql/data/"));
  CHECK(postgres.keeps_data("/var/lib/postgresql"));
  CHECK(postgres.keeps_data("/var/lib/postgresql/data/pgdata"));
  CHECK(postgres.keeps_data("/var/lib"));
  CHECK_FALSE(postgres.keeps_data("/var/lib/postgres"));
  CHECK_FALSE(postgres.keeps_data("/docker-entrypoint-initdb.d"));
  CHECK_FALSE(postgres.keeps_data(""));
  CHECK_FALSE(postgres.keeps_data("data"));
}

TEST_CASE("some images keep nothing, or not always", "[image]") {
  CHECK_FALSE(find("memcached")->stateful());
  CHECK_FALSE(find("nginx")->keeps_data("/usr/share/nginx/html"));
  CHECK(find("redis")->data_optional);
  CHECK_FALSE(find("mysql")->data_optional);
  CHECK(find("grafana/grafana")->own_volume == OwnVolume::Absent);
}

TEST_CASE("the table of well-known images is sound", "[image]") {
  for (const WellKnownImage& image : well_known_images()) {
    CAPTURE(image.repository);
    CHECK(parse_reference(image.repository).canonical_name() == image.repository);
    CHECK(find_well_known(parse_reference(image.repository)) == &image);
    CHECK(image.stateful() == !image.loss.empty());
    CHECK((image.data_paths.empty() || image.data_paths.starts_with('/')));
  }
}

}  // namespace
}  // namespace quaymaster::image
