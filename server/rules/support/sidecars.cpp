#include "rules/support/sidecars.h"

#include <string_view>

#include "text/one_of.h"

namespace quaymaster::rules {

bool is_sidecar(const container::Container& container) {
  constexpr std::string_view kNames[] = {"istio-proxy",
                                         "proxyv2",
                                         "linkerd-proxy",
                                         "linkerd2-proxy",
                                         "envoy",
                                         "fluent-bit",
                                         "fluentd",
                                         "filebeat",
                                         "promtail",
                                         "vector",
                                         "vault-agent",
                                         "cloud-sql-proxy",
                                         "cloudsql-proxy",
                                         "gce-proxy",
                                         "oauth2-proxy",
                                         "otel-collector",
                                         "otc-container",
                                         "datadog-agent",
                                         "daprd",
                                         "jaeger-agent",
                                         "kube-rbac-proxy",
                                         "aws-sigv4-proxy",
                                         "statsd-exporter",
                                         "config-reloader",
                                         "prometheus-config-reloader",
                                         "nginx-exporter",
                                         "postgres-exporter",
                                         "redis-exporter",
                                         "git-sync",
                                         "k8s-sidecar",
                                         "telegraf",
                                         "alloy",
                                         "grafana-agent",
                                         "consul-dataplane"};
  constexpr std::string_view kParts[] = {"sidecar", "opentelemetry-collector", "exporter"};
  if (one_of(kNames, container.name) || contains_any(container.name, kParts)) return true;
  if (!container.image) return false;
  const std::string_view image = container.image->reference.base_name();
  return one_of(kNames, image) || contains_any(image, kParts);
}

}  // namespace quaymaster::rules
