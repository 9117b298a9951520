#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "model/compose/compose.h"
#include "model/dockerfile/file.h"
#include "model/yaml/value.h"
#include "rules/rule_context.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"
#include "text/ascii.h"

namespace quaymaster::rules {
extern const Rule invalid_port;
namespace {

using dockerfile::Word;

constexpr long kHighest = 65'535;
constexpr Languages kLanguages = Language::Dockerfile | Language::Compose;

enum class Problem : std::uint8_t { None, TooHigh, NoNumber, Backwards };

/// A number from 0 to 65535, or two with a dash between.
struct Ports {
  Problem problem = Problem::None;
  long first = 0;
  long last = 0;
};

Problem read_number(std::string_view text, long& number) {
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc::result_out_of_range) return Problem::TooHigh;
  if (error != std::errc() || end != text.data() + text.size() || number < 0) return Problem::NoNumber;
  return number > kHighest ? Problem::TooHigh : Problem::None;
}

Ports read_ports(std::string_view text) {
  Ports result;
  const std::size_t dash = text.find('-');
  result.problem = read_number(text.substr(0, dash), result.first);
  result.last = result.first;
  if (result.problem != Problem::None || dash == std::string_view::npos) return result;
  if (text.substr(0, dash) == text.substr(dash + 1)) return result;
  result.problem = read_number(text.substr(dash + 1), result.last);
  if (result.problem == Problem::None && result.last < result.first) result.problem = Problem::Backwards;
  return result;
}

std::string explained(Problem problem, std::string_view text, std::string_view who) {
  const std::string name = quoted(text, 24);
  if (problem == Problem::TooHigh) return name + " is too high: the highest port is 65535";
  if (problem == Problem::Backwards) return name + " is no range: it ends before it begins";
  return name + " is no port: " + std::string(who) + " takes numbers, and ranges like `8000-8010`";
}

bool is_protocol(std::string_view text) {
  const std::string lower = ascii_lower(text);
  return lower.empty() || lower == "tcp" || lower == "udp" || lower == "sctp";
}

std::string no_protocol(std::string_view text) {
  return quoted(text, 24) + " is no protocol of a port: there are tcp, udp and sctp";
}

/// One word, `[host:]port[/protocol]`, after expansion.
struct PortWord {
  const Word& word;
  std::string_view value;
  RuleContext& ctx;

  void check() const {
    const std::size_t colon = value.rfind(':');
    const std::size_t begin = colon == std::string_view::npos ? 0 : colon + 1;
    const std::size_t slash = value.find('/', begin);
    const std::string_view port = value.substr(begin, slash == std::string_view::npos ? slash : slash - begin);
    const Ports ports = read_ports(port);
    if (ports.problem != Problem::None) return report("number", begin, port, explained(ports.problem, port, "EXPOSE"));
    if (slash != std::string_view::npos) check_protocol(slash + 1);
    if (begin == 0) return;
    const std::string_view before = value.substr(0, colon);
    const std::size_t host_colon = before.rfind(':');
    const std::size_t host_begin = host_colon == std::string_view::npos ? 0 : host_colon + 1;
    const std::string_view host = before.substr(host_begin);
    if (host.empty()) return;
    const Ports host_ports = read_ports(host);
    if (host_ports.problem != Problem::None)
      return report("number", host_begin, host, explained(host_ports.problem, host, "EXPOSE"));
    if (ports.last != ports.first && host_ports.last - host_ports.first != ports.last - ports.first)
      report("number", 0, value, "the two ranges of " + quoted(value, 24) + " are not of one length");
  }

 private:
  void check_protocol(std::size_t begin) const {
    const std::string_view protocol = value.substr(begin);
    if (!is_protocol(protocol)) report("protocol", begin, protocol, no_protocol(protocol));
  }

  void report(std::string_view variant, std::size_t begin, std::string_view part, std::string message) const {
    TextRange range = word.range;
    if (verbatim(word) && word.string() == value && !part.empty()) {
      range.begin += static_cast<std::uint32_t>(begin);
      range.end = range.begin + static_cast<std::uint32_t>(part.size());
    }
    ctx.report({.variant = variant, .range = range, .message = std::move(message)});
  }
};

void check_expose(const dockerfile::Expose& expose, RuleContext& ctx) {
  if (expose.triggered) return;
  for (const Word& word : expose.ports) {
    if (word.string().starts_with('#')) {
      ctx.report({.variant = "number",
                  .range = {word.range.begin, expose.ports.back().range.end},
                  .message = "a comment needs a line of its own: here its words are taken for ports"});
      return;
    }
    const std::optional<std::string> value = known_value(word, *ctx.instruction_context());
    if (!value || value->find_first_of(" \t") != std::string::npos || value->empty()) continue;
    PortWord{word, *value, ctx}.check();
  }
}

/// Whether a text is an address: four numbers with points, or hexadecimal digits with colons.
bool is_address(std::string_view text) {
  if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
  if (text.find(':') != std::string_view::npos)
    return text.find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos;
  for (int part = 0; part < 4; ++part) {
    const std::size_t point = text.find('.');
    if ((part < 3) != (point != std::string_view::npos)) return false;
    int number = 0;
    const std::string_view digits = text.substr(0, point);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size() || number < 0 || number > 255)
      return false;
    text.remove_prefix(part < 3 ? point + 1 : 0);
  }
  return true;
}

/// An item of `ports` in short syntax, `[[address:]host:]container[/protocol]`, without variables.
class ShortPort {
 public:
  ShortPort(const yaml::Value& item, RuleContext& ctx) : item_(item), text_(*item.string()), ctx_(ctx) {}

  void check() const {
    std::string_view rest = text_;
    if (const std::size_t slash = rest.rfind('/'); slash != std::string_view::npos) {
      const std::string_view protocol = rest.substr(slash + 1);
      if (!is_protocol(protocol)) return report("protocol", protocol, no_protocol(protocol));
      rest = rest.substr(0, slash);
    }
    const std::size_t colon = rest.rfind(':');
    const std::string_view container = rest.substr(colon == std::string_view::npos ? 0 : colon + 1);
    const Ports inside = read_ports(container);
    if (container.empty()) return report("number", text_, quoted(text_, 24) + " lacks the port of the container");
    if (inside.problem != Problem::None)
      return report("number", container, explained(inside.problem, container, "`ports`"));
    if (colon != std::string_view::npos) check_host(rest.substr(0, colon), inside);
  }

 private:
  void check_host(std::string_view before, const Ports& inside) const {
    const std::size_t colon = before.rfind(':');
    const std::string_view host = before.substr(colon == std::string_view::npos ? 0 : colon + 1);
    if (!host.empty()) {
      const Ports outside = read_ports(host);
      if (outside.problem != Problem::None) return report("number", host, explained(outside.problem, host, "`ports`"));
      if (inside.last != inside.first && outside.last - outside.first != inside.last - inside.first)
        return report("number", text_, "the two ranges of " + quoted(text_, 24) + " are not of one length");
    }
    if (colon == std::string_view::npos) return;
    const std::string_view address = before.substr(0, colon);
    if (!address.empty() && !is_address(address))
      report("address", address, quoted(address, 24) + " is no address: names like `localhost` are not looked up");
  }

  void report(std::string_view variant, std::string_view part, std::string message) const {
    TextRange range = item_.content_range();
    if (!part.empty() && slice(item_.document()->text(), range) == text_) {
      range.begin += static_cast<std::uint32_t>(part.data() - text_.data());
      range.end = range.begin + static_cast<std::uint32_t>(part.size());
    }
    ctx_.report({.variant = variant, .range = range, .message = std::move(message)});
  }

  const yaml::Value& item_;
  std::string_view text_;
  RuleContext& ctx_;
};

void check_service(const compose::Service& service, RuleContext& ctx) {
  for (const yaml::Element& item : service.value.get("ports").items()) {
    const std::optional<std::string_view> text = item.value.string();
    // What others read, too, is looked at where it is written.
    if (!text || item.shared || item.value.shared() || text->find('$') != std::string_view::npos) continue;
    ShortPort(item.value, ctx).check();
  }
}

}  // namespace

constinit const Rule invalid_port = checked({
    .name = "invalid-port",
    .family = Family::Correctness,
    .title = "A port is named that there is not.",
    .consequence = "The build, or `docker compose up`, stops with `invalid containerPort`, once it comes to the line. "
                   "A port is two bytes on "
                   "the wire: what "
                   "is above 65535 was meant to be another number, and somebody will publish that one in vain.",
    .fine_when = "Never: neither a builder nor Compose takes the port.",
    .fix = FixAvailability::None,
    .variants = {{.name = "number",
                  .summary = "The port is no number from 0 to 65535, and no range of them.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error},
                              {Preset::Strict, Severity::Error},
                              {Preset::Hadolint, Severity::Error}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3011"}, {Language::Dockerfile, "trivy:DS-0008"}},
                  .languages = kLanguages},
                 {.name = "protocol",
                  .summary = "The protocol is none of tcp, udp and sctp.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = kLanguages},
                 {.name = "address",
                  .summary = "A port is published on something that is no IP address.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/reference/dockerfile/#expose",
                   "https://docs.docker.com/reference/compose-file/services/#ports",
                   "https://www.rfc-editor.org/rfc/rfc6335#section-6"},
    .examples =
        {{"too high", "Dockerfile", "FROM debian:12.8\nEXPOSE 80 <|80800|> <|8000-80800|>/udp\n"},
         {"no numbers", "Dockerfile", "FROM debian:12.8\nEXPOSE <|http|> <|8080,|> <|[\"80\"]|>\n"},
         {"a range backwards", "Dockerfile", "FROM debian:12.8\nEXPOSE <|9000-8000|>\n"},
         {"a port of the host", "Dockerfile", "FROM debian:12.8\nEXPOSE <|88888|>:80 80-81:80-81 <|80-85:80-81|>\n"},
         {"a comment", "Dockerfile", "FROM debian:12.8\nEXPOSE 8080 <|# for the web|>\n"},
         {"another protocol", "Dockerfile", "FROM debian:12.8\nEXPOSE 80/<|http|> 53/UDP\n"},
         {"from a variable", "Dockerfile", "FROM debian:12.8\nENV PORT=80800\nEXPOSE <|$PORT|>\n"},
         {"what only the build knows", "Dockerfile",
          "FROM debian:12.8\nARG PORT\nEXPOSE $PORT $HTTP_PORT 8080 8000-8010/tcp 9/sctp\n"},
         {"published ports", "compose.yaml",
          "services:\n  web:\n    image: nginx:1.27.2\n    ports:\n      - \"<|80800|>:80\"\n      - <|web|>:80\n"
          "      - '80:<|http|>'\n      - \"<|80:90-92|>\"\n      - 80:<|90-82|>\n      - <|70000|>\n"
          "      - \"81:81/<|http|>\"\n      - \"<|82:|>\"\n"},
         {"an address by name", "compose.yaml",
          "services:\n  web:\n    image: nginx:1.27.2\n    ports:\n      - <|localhost|>:80:80\n"
          "      - \"<|127.0.0.256|>:81:81\"\n"},
         {"ports that Compose takes", "compose.yaml",
          "services:\n  web:\n    image: nginx:1.27.2\n    ports:\n      - 80\n      - \"8000-8002:80\"\n"
          "      - 127.0.0.1::81\n      - \"[::1]:82:82/UDP\"\n      - 9000-9001:9000-9001\n      - \":83\"\n"
          "      - \"${PORT:-x}:84\"\n      - target: 85\n        published: \"8085\"\n"}},
    .checks = {on(check_expose), on(check_service)},
});

}  // namespace quaymaster::rules
