#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"
#include "text/ascii.h"

namespace quaymaster::rules {
extern const Rule odd_port_notation;
namespace {

using dockerfile::Word;

TextRange part(const Word& word, std::size_t begin, std::size_t end) {
  if (!verbatim(word)) return word.range;
  return {word.range.begin + static_cast<std::uint32_t>(begin), word.range.begin + static_cast<std::uint32_t>(end)};
}

void check_host_part(const Word& word, std::string_view value, RuleContext& ctx) {
  const std::size_t colon = value.rfind(':');
  if (colon == std::string_view::npos) return;
  const bool literal = word.string() == value;
  const TextRange host = literal ? part(word, 0, colon + 1) : word.range;
  std::vector<Fix> fixes;
  if (literal && verbatim(word))
    fixes.push_back({"Keep the port of the container", Applicability::Safe, {Edit::deletion(host)}});
  ctx.report({.variant = "host-part",
              .range = host,
              .message = "EXPOSE publishes nothing, so " + quoted(value.substr(0, colon), 24) + " has no meaning there",
              .fixes = std::move(fixes)});
}

void check_protocol(const Word& word, std::string_view value, RuleContext& ctx) {
  const std::size_t slash = value.rfind('/');
  if (slash == std::string_view::npos) return;
  const std::string_view protocol = value.substr(slash + 1);
  const std::string lower = ascii_lower(protocol);
  if (lower == protocol) return;
  const bool literal = word.string() == value;
  const TextRange range = literal ? part(word, slash + 1, value.size()) : word.range;
  std::vector<Fix> fixes;
  if (literal && verbatim(word))
    fixes.push_back({"Write it in lower case", Applicability::Safe, {Edit::replacement(range, lower)}});
  ctx.report({.variant = "upper-case-protocol",
              .range = range,
              .message = "the protocol of a port is written in lower case: " + quoted(lower),
              .fixes = std::move(fixes)});
}

void check_expose(const dockerfile::Expose& expose, RuleContext& ctx) {
  for (const Word& word : expose.ports) {
    const std::optional<std::string> value = known_value(word, *ctx.instruction_context());
    if (!value) continue;
    check_host_part(word, *value, ctx);
    check_protocol(word, *value, ctx);
  }
}

}  // namespace

constinit const Rule odd_port_notation = checked({
    .name = "odd-port-notation",
    .family = Family::Correctness,
    .title = "EXPOSE has a port in a form that is not for it.",
    .consequence =
        "Somebody writes `EXPOSE 127.0.0.1:5432:5432` and believes that the database can be reached from the machine "
        "alone. EXPOSE publishes nothing and hides nothing: with `docker run -P` the port is open to the whole "
        "network.",
    .fine_when = "Never: the short form says all that EXPOSE can say.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "host-part",
                  .summary = "A port of EXPOSE has an address or a port of the host in front of it.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning},
                              {Preset::Strict, Severity::Warning},
                              {Preset::BuildKit, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "buildkit:ExposeInvalidFormat"}},
                  .languages = Language::Dockerfile},
                 {.name = "upper-case-protocol",
                  .summary = "The protocol is not in lower case.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}, {Preset::BuildKit, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "buildkit:ExposeProtoCasing"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/reference/dockerfile/#expose",
                   "https://docs.docker.com/reference/build-checks/expose-invalid-format/",
                   "https://docs.docker.com/reference/build-checks/expose-proto-casing/"},
    .examples = {{"a port of the host", "Dockerfile", "FROM nginx:1.27.2\nEXPOSE <|8080:|>80 443\n",
                  "FROM nginx:1.27.2\nEXPOSE 80 443\n"},
                 {"an address", "Dockerfile", "FROM postgres:17.2\r\nEXPOSE <|127.0.0.1:5432:|>5432/tcp\r\n",
                  "FROM postgres:17.2\r\nEXPOSE 5432/tcp\r\n"},
                 {"a protocol in capitals", "Dockerfile", "FROM nginx:1.27.2\nEXPOSE 80/<|TCP|> 53/<|Udp|>\n",
                  "FROM nginx:1.27.2\nEXPOSE 80/tcp 53/udp\n"},
                 {"from a variable", "Dockerfile", "FROM nginx:1.27.2\nARG PORT=8080:80\nEXPOSE <|$PORT|>\n"},
                 {"ports", "Dockerfile",
                  "FROM nginx:1.27.2\nARG PORT\nEXPOSE 80 443/tcp 8000-8010/udp ${PORT:-8080} $PORT/TCP\n"}},
    .checks = {on(check_expose)},
});

}  // namespace quaymaster::rules
