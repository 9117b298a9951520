// Secrets of many shapes in a Compose file: none of them may be in anything that is shown.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/formats/format.h"
#include "cli/program.h"
#include "features/hover/hover.h"
#include "features/symbols/symbols.h"
#include "quaymaster/analyzer.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

/// In pieces, so that nobody who looks for secrets in repositories finds them here.
std::vector<std::string> secrets() {
  const std::string letters = "Zk3Vq9Lm2Xc7Bn5Tw8Rj4Hd6";
  return {
      "tr0ub4dor-and-3",                               // a password by the name of its variable
      "c0rrect-h0rse-battery",                         // in the list form
      "st4ple-in-a-url",                               // in a connection string
      "sw0rdfish-on-the-line",                         // an option of a command
      "0pen-sesame-in-curl",                           // `curl -u`
      "npm_" + letters + letters.substr(0, 12),        // of npm
      "ghp_" + letters + letters.substr(0, 12),        // of GitHub
      "AKIA" + std::string("QZ7XW3NV5LMT2RBP"),        // of AWS
      "d3fault-is-no-secret",                          // the default of a variable
      "fr4gment-of-an-anchor",                         // in an anchor
      "b4se-of-an-extends",                            // in a service that others extend
      "glpat-" + letters.substr(0, 20),                // of GitLab
      "xoxb-" + std::string("2314159265-") + letters,  // of Slack
      "sk_live_" + letters,                            // of Stripe
      "AIza" + letters + letters.substr(0, 11),        // of Google
      "eyJhbGciOiJIUzI1NiJ9." + std::string("eyJzdWIiOiJxdWF5In0.") + letters,  // a JSON Web Token
      "MIIEvQIBADANBgkqhkiG9w0BAQ" + letters,                                   // a line of a private key
      "fl0w-style-passw0rd",                                                    // in braces
      "l4bel-with-a-password",                                                  // in a label
      "s3cond-url-password",                                                    // in a command's URL
      "ghp_" + letters.substr(4) + letters.substr(0, 16),                       // in the place of a key
      "ghp_" + letters.substr(8) + letters.substr(0, 20),                       // of a container's name
      "ghp_" + letters.substr(12) + letters,                                    // of a port
      "ghp_" + letters.substr(6) + letters.substr(0, 18),                       // of a policy
      "m1splaced-in-a-url",                                                     // of a size
      "att4ched-to-an-option",                                                  // `-p` of a tool for MySQL
      "c0ntent-that-secrets-have-not",                                          // below `secrets`
  };
}

std::string compose_file() {
  const std::vector<std::string> s = secrets();
  return "x-env: &env\n  SMTP_PASSWORD: " + s[9] +
         "\n"
         "services:\n"
         "  base:\n    image: shop/base:1.4.2\n    environment:\n      ADMIN_PASSWORD: \"" +
         s[10] +
         "\"\n"
         "  db:\n    image: postgres\n    ports: [\"5432:5432\"]\n    environment:\n      POSTGRES_PASSWORD: " +
         s[0] + "\n      PGPASSWORD: ${DB_PASSWORD:-" + s[8] +
         "}\n"
         "    healthcheck:\n      test: [\"CMD\", \"curl\", \"-u\", \"admin:" +
         s[4] +
         "\", \"http://localhost/\"]\n"
         "  api:\n    extends: base\n    privileged: true\n    build:\n      context: .\n      args:\n        "
         "NPM_TOKEN: " +
         s[5] + "\n    environment:\n      - SESSION_SECRET=" + s[1] +
         "\n      - DATABASE_URL=postgres://shop:" + s[2] + "@db/shop\n      - GITHUB=" + s[6] +
         "\n      - GITLAB=" + s[11] + "\n      - 'SLACK=" + s[12] + "'\n      - STRIPE=" + s[13] +
         "\n      - MAPS=" + s[14] + "\n      - AUTH=" + s[15] + "\n    command: server --password=" + s[3] +
         " --remote https://git:" + s[19] + "@git.shop.eu/x.git\n    labels:\n      - \"dashboard.password=" + s[18] +
         "\"\n"
         "  worker:\n    image: shop/worker:latest\n    environment:\n      <<: *env\n      TLS_KEY: |\n"
         "        -----BEGIN PRIVATE KEY-----\n        " +
         s[16] +
         "\n        -----END PRIVATE KEY-----\n"
         "  cache: {image: redis, environment: {REDIS_PASSWORD: " +
         s[17] +
         "}}\n"
         "  misplaced:\n    image: shop/misplaced:1.4.2\n    " +
         s[20] + ": x\n    container_name: \"" + s[21] + "!\"\n    ports: [" + s[22] + "]\n    pull_policy: " + s[23] +
         "\n    mem_limit: https://me:" + s[24] + "@shop.eu/x\n    command: mysqlpump -p" + s[25] +
         "\n"
         "secrets:\n  api:\n    content: " +
         s[26] +
         "\n"
         "configs:\n  aws:\n    content: |\n      [default]\n      aws_access_key_id = " +
         s[7] + "\n";
}

/// So much of a secret is too much: what is cut is not masked by who looks for all of it.
constexpr std::size_t kTellingPart = 16;

void check_silent(const std::string& where, const std::string& shown) {
  INFO(where << ":\n" << shown);
  CHECK(!shown.empty());
  for (const std::string& secret : secrets()) {
    INFO(secret);
    CHECK(!has(shown, secret.substr(0, kTellingPart)));
  }
}

Analysis analysed(const std::string& text, const std::string& path = "compose.yaml",
                  Language language = Language::Compose) {
  Layer layer;
  layer.presets = {"recommended"};
  layer.select = {"all"};
  return Analyzer(built_in_rules())
      .analyze({path, language, text}, resolve_layers(built_in_rules(), {std::move(layer)}).settings);
}

/// Of a manifest, with the base64 of those that a fix would write.
std::vector<std::string> manifest_secrets() {
  return {"hunter2!!plain", "aHVudGVy", "12345678", "MTIzNDU2", "87654321",    "ODc2NTQz",
          "qu\xC3\xB6ted",  "InF1w7",   "tw1ce-!!", "l1st-!!",  "s3cr3tvalue", "bl0ck-!!"};
}

std::string manifest() {
  return "apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n"
         "data: {password: hunter2!!plain, token: 12345678, quoted: \"\\\"qu\xC3\xB6ted\"}\n"
         "stringData:\n  password2: 87654321\n  live: true\n  password2: tw1ce-!!\n  list: [l1st-!!]\n"
         "  file: |\n    bl0ck-!!\n"
         "---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: b\nspec:\n  containers:\n    - name: b\n"
         "      image: nginx\n      env:\n        - {name: DB_PASS, valu: s3cr3tvalue}\n";
}

void check_manifest_silent(const std::string& where, const std::string& shown) {
  INFO(where << ":\n" << shown);
  CHECK(!shown.empty());
  for (const std::string& secret : manifest_secrets()) {
    INFO(secret);
    CHECK(!has(shown, secret));
  }
}

void collect(const std::vector<DocumentSymbol>& symbols, std::string& out) {
  for (const DocumentSymbol& symbol : symbols) {
    out += symbol.name + " " + symbol.detail + "\n";
    collect(symbol.children, out);
  }
}

TEST_CASE("no planted secret is in the output of any format") {
  for (const std::string& format : cli::format_names()) {
    const Workplace place;
    place.write("compose.yaml", compose_file());
    const Outcome outcome = quaymaster_run({"check", "--no-config", "--select", "all", "--format", format, "."});
    CHECK(outcome.code == 1);
    check_silent(format, outcome.out);
    for (const std::string& secret : secrets()) CHECK(!has(outcome.err, secret));
  }
}

TEST_CASE("no planted secret is in a diff, or in what repairing says") {
  for (const char* option : {"--diff", "--fix", "--fix-unsafe"}) {
    const Workplace place;
    place.write("compose.yaml", compose_file());
    const Outcome outcome = quaymaster_run({"check", "--no-config", "--select", "all", option, "."});
    check_silent(option, outcome.out);
    for (const std::string& secret : secrets()) CHECK(!has(outcome.err, secret));
  }
}

TEST_CASE("no value of a Secret is shown, as it is or encoded") {
  for (const std::string& format : cli::format_names()) {
    const Workplace place;
    place.write("secret.yaml", manifest());
    check_manifest_silent(
        format, quaymaster_run({"check", "--no-config", "--select", "all", "--format", format, "secret.yaml"}).out);
  }
  for (const char* option : {"--diff", "--fix", "--fix-unsafe"}) {
    const Workplace place;
    place.write("secret.yaml", manifest());
    check_manifest_silent(option,
                          quaymaster_run({"check", "--no-config", "--select", "all", option, "secret.yaml"}).out);
  }
}

TEST_CASE("no value of a Secret is in a hover or in the outline") {
  const std::string text = manifest();
  const Analysis analysis = analysed(text, "secret.yaml", Language::Kubernetes);
  std::string shown;
  for (std::uint32_t at = 0; at < text.size(); ++at)
    if (const std::optional<Hover> found = hover(analysis, at, "https://example.org")) shown += found->markdown;
  collect(document_symbols(analysis), shown);
  check_manifest_silent("hover and outline", shown);
}

TEST_CASE("no planted secret is in a hover or in the outline") {
  const std::string text = compose_file();
  const Analysis analysis = analysed(text);
  std::set<std::string> hovers;
  for (std::uint32_t at = 0; at < text.size(); ++at)
    if (const std::optional<Hover> found = hover(analysis, at, "https://example.org")) hovers.insert(found->markdown);
  CHECK(hovers.size() > 20);
  for (const std::string& each : hovers) check_silent("hover", each);
  std::string outline;
  collect(document_symbols(analysis), outline);
  check_silent("outline", outline);
}

TEST_CASE("no planted secret is in the title of a fix") {
  const std::string text = compose_file();
  const Analysis analysis = analysed(text);
  std::string titles;
  for (const Diagnostic& finding : analysis.diagnostics)
    for (const Fix& fix : finding.fixes) titles += fix.title + "\n" + fix.caveat + "\n";
  check_silent("titles", titles);
}

}  // namespace
}  // namespace quaymaster::tests
