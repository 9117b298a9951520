#include "bench/texts.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string_view>

namespace quaymaster::bench {
namespace {

constexpr std::string_view kStage = R"(
# The part that is number @.
FROM --platform=$BUILDPLATFORM node:22.11-bookworm-slim AS build-@
ARG PART_@=part-@
ARG NPM_REGISTRY
ENV NODE_ENV=production \
    PART=${PART_@:-none} \
    PATH=/opt/part-@/bin:$PATH
WORKDIR /src/part-@
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \
    apt-get update \
    # what the native modules want
    && apt-get install -y --no-install-recommends \
        build-essential=12.9 \
        ca-certificates \
        python3 \
    && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts && npm cache clean --force
COPY --chown=node:node . .
RUN <<EOF
set -eu
for module in src/*; do
  if [ -f "$module/build.sh" ]; then sh "$module/build.sh" --out "dist/$PART"; fi
done
curl -fsSL "https://downloads.example.com/tool-@.tar.gz" | tar -xz -C /usr/local
EOF
LABEL org.opencontainers.image.title="part @" \
      org.opencontainers.image.version="1.@"

FROM gcr.io/distroless/nodejs22-debian12:nonroot AS part-@
COPY --from=build-@ /src/part-@/dist /app
EXPOSE 80@/tcp
USER nonroot
HEALTHCHECK --interval=30s --timeout=3s CMD ["/nodejs/bin/node", "/app/health.js"]
ENTRYPOINT ["/nodejs/bin/node", "/app/server.js"]
CMD ["--port", "80@"]
)";

constexpr std::string_view kService = R"(  service-@:
    image: registry.example.com/shop/service-@:1.4.@
    build:
      context: ./service-@
      target: part-@
      args: {PART: part-@}
    environment:
      <<: *defaults
      SERVICE_NAME: service-@
      DATABASE_URL: ${DATABASE_URL:?}
    ports:
      - "127.0.0.1:80@:8080"
    volumes:
      - data-@:/var/lib/service-@
      - ./config/service-@.yaml:/etc/service.yaml:ro
    depends_on:
      database: {condition: service_healthy}
    command: ["serve", "--name", "service-@"]
    healthcheck:
      test: curl -f http://localhost:8080/health || exit 1
      interval: 30s
    restart: unless-stopped
)";

constexpr std::string_view kDeployment = R"(apiVersion: apps/v1
kind: Deployment
metadata:
  name: service-@
  labels: {app: service-@}
spec:
  replicas: 3
  selector:
    matchLabels:
      app: service-@
  template:
    metadata:
      labels:
        app: service-@
    spec:
      securityContext:
        runAsNonRoot: true
        seccompProfile: {type: RuntimeDefault}
      initContainers:
        - name: migrate
          image: registry.example.com/shop/migrate:1.4.@
          command: ["sh", "-c", "migrate --wait && echo done"]
      containers:
        - name: app
          image: registry.example.com/shop/service-@:1.4.@
          args:
            - serve
            - --name=service-@
          env:
            - name: SERVICE_NAME
              value: "service-@"  # told to the log
            - name: DATABASE_PASSWORD
              valueFrom:
                secretKeyRef: {name: database, key: password}
          ports:
            - containerPort: 8080
          resources:
            requests: {cpu: 100m, memory: 128Mi}
            limits:
              memory: 256Mi
          readinessProbe:
            httpGet: {path: /ready, port: 8080}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: [ALL]
          volumeMounts:
            - name: scratch
              mountPath: /tmp
      volumes:
        - name: scratch
          emptyDir: {}
)";

constexpr std::string_view kRest = R"(apiVersion: v1
kind: Service
metadata:
  name: service-@
spec:
  selector:
    app: service-@
  ports:
    - port: 80
      targetPort: 8080
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: service-@
data:
  application.yaml: |
    name: service-@
    log:
      level: info
)";

std::string numbered(std::string_view pattern, std::size_t number) {
  std::string text;
  for (const char character : pattern)
    if (character == '@')
      text += std::to_string(number);
    else
      text += character;
  return text;
}

std::size_t lines_of(std::string_view text) { return static_cast<std::size_t>(std::ranges::count(text, '\n')); }

std::string indented(std::string_view text, std::string_view first, std::string_view others) {
  std::string result;
  while (!text.empty()) {
    const std::size_t end = text.find('\n') + 1;
    result += result.empty() ? first : others;
    result += text.substr(0, end);
    text.remove_prefix(end);
  }
  return result;
}

}  // namespace

std::string dockerfile_text(std::size_t lines) {
  std::string text = "# syntax=docker/dockerfile:1\nARG REGISTRY=registry.example.com\n";
  std::size_t count = lines_of(text);
  for (std::size_t number = 1; count < lines; ++number) {
    text += numbered(kStage, number);
    count += lines_of(kStage);
  }
  return text;
}

std::string compose_text(std::size_t lines) {
  std::string text =
      "x-defaults: &defaults\n  TZ: UTC\n  LOG_LEVEL: info\nservices:\n  database:\n    image: postgres:17.2\n";
  std::size_t count = lines_of(text);
  std::string volumes = "volumes:\n";
  for (std::size_t number = 1; count < lines; ++number) {
    text += numbered(kService, number);
    volumes += "  data-" + std::to_string(number) + ":\n";
    count += lines_of(kService) + 1;
  }
  return text + volumes;
}

std::string manifest_text(std::size_t lines) {
  std::string text;
  std::size_t count = 0;
  for (std::size_t number = 1; count < lines; ++number) {
    text += "---\n" + numbered(kDeployment, number) + "---\n" + numbered(kRest, number);
    count += lines_of(kDeployment) + lines_of(kRest) + 2;
  }
  return text;
}

std::string list_text(std::size_t lines) {
  std::string text = "apiVersion: v1\nkind: List\nitems:\n";
  std::size_t count = lines_of(text);
  for (std::size_t number = 1; count < lines; ++number) {
    text += indented(numbered(kDeployment, number), "  - ", "    ");
    count += lines_of(kDeployment);
  }
  return text;
}

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) throw std::runtime_error("cannot read " + path);
  return text.str();
}

}  // namespace quaymaster::bench
