#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "model/compose/compose.h"
#include "model/yaml/edit.h"
#include "model/yaml/scalar.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule unquoted_port;
namespace {

constexpr Option<StringList> kQuotes{
    "quotes",
    {"double", "single"},
    "The quotes that a port may have: `single`, `double`. The first is what the fix writes."};

/// What YAML 1.1 takes for a number to the base of 60, as `1:30:00`; at most two parts, as a port has. Nothing for any
/// other text.
std::optional<std::size_t> sexagesimal(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || text.front() == '0' || colon > 5) return std::nullopt;
  const std::string_view sixties = text.substr(0, colon);
  const std::string_view ones = text.substr(colon + 1);
  const auto digits = [](std::string_view part) {
    return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
  };
  if (!digits(sixties) || !digits(ones) || ones.size() > 2) return std::nullopt;
  const auto number = [](std::string_view part) {
    std::size_t value = 0;
    for (const char c : part) value = value * 10 + static_cast<std::size_t>(c - '0');
    return value;
  };
  if (number(ones) >= 60) return std::nullopt;
  return number(sixties) * 60 + number(ones);
}

std::string in_quotes(std::string_view text, const StringList& quotes) {
  const bool single = !quotes.empty() && quotes.front() == "single";
  return yaml::encode_scalar(text, single ? yaml::ScalarStyle::SingleQuoted : yaml::ScalarStyle::DoubleQuoted, false);
}

/// Whether the list has another item of this text: as a number it is another one, in quotes it would be the same.
bool stands_again(const yaml::Value& list, const yaml::Value& port) {
  return std::ranges::any_of(list.items(), [&](const yaml::Element& other) {
    return other.value.node() != port.node() && other.value.string() == port.string();
  });
}

void check_port(const yaml::Value& port, const yaml::Value& list, RuleContext& ctx) {
  const yaml::Node& node = *port.node();
  const StringList& quotes = ctx.get(kQuotes);
  const auto allowed = [&](std::string_view kind) { return std::ranges::find(quotes, kind) != quotes.end(); };
  Report report{.range = port.range(), .message = {}};
  if (node.style == yaml::ScalarStyle::Plain) {
    const std::optional<std::size_t> number = sexagesimal(node.text);
    report.variant = number ? "sexagesimal" : "plain";
    report.message =
        number ? "without quotes, YAML 1.1 reads " + quoted(node.text) + " as the number " + std::to_string(*number)
               : "the port " + quoted(node.text) + " has no quotes";
  } else if (node.style == yaml::ScalarStyle::SingleQuoted && !allowed("single")) {
    report.variant = "plain";
    report.message = "the port " + quoted(node.text) + " is in single quotes";
  } else if (node.style == yaml::ScalarStyle::DoubleQuoted && !allowed("double")) {
    report.variant = "plain";
    report.message = "the port " + quoted(node.text) + " is in double quotes";
  } else {
    return;
  }
  std::optional<Edit> edit = yaml::replace_with_plain(port, in_quotes(node.text, quotes));
  if (edit && !stands_again(list, port))
    report.fixes.push_back({"Put it in quotes", Applicability::Safe, {*std::move(edit)}});
  ctx.report(std::move(report));
}

void check(const compose::Service& service, RuleContext& ctx) {
  for (const std::string_view key : {"ports", "expose"}) {
    const yaml::Value list = service.written.get(key);
    for (const yaml::Element& item : list.items())
      if (item.value.is_scalar() && !item.shared && !item.value.shared()) check_port(item.value, list, ctx);
  }
}

}  // namespace

constinit const Rule unquoted_port = checked({
    .name = "unquoted-port",
    .family = Family::Correctness,
    .title = "A port is written without quotes.",
    .consequence =
        "YAML 1.1 knows numbers to the base of 60, for times. A deployment script that reads the file with PyYAML sees "
        "`2222:22` as 133342 and opens nothing, while Compose publishes the port.",
    .fine_when = "Only Compose itself reads the file: it takes such a port for a text.",
    .fix = FixAvailability::Sometimes,
    .options = {kQuotes},
    .variants = {{.name = "sexagesimal",
                  .summary = "A reader of YAML 1.1 takes the port for a number to the base of 60.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Recommended, Severity::Information}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Compose, "dclint:require-quotes-in-ports"}},
                  .languages = Language::Compose},
                 {.name = "plain",
                  .summary = "A port has no quotes, or others than were agreed on.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}},
                  .aliases = {{Language::Compose, "dclint:require-quotes-in-ports"}},
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/reference/compose-file/services/#ports", "https://yaml.org/type/int.html"},
    .examples =
        {{"a time of day", "compose.yaml",
          "services:\n  git:\n    image: shop/git:1.4.2\n    ports:\n      - <|2222:22|>  # git\n",
          "services:\n  git:\n    image: shop/git:1.4.2\n    ports:\n      - \"2222:22\"  # git\n"},
         {"other ports", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    ports: [<|8080:80|>, '443:443']\n    expose: "
          "[<|9090|>]\n",
          "services:\n  web:\n    image: shop/web:1.4.2\n    ports: [\"8080:80\", '443:443']\n    expose: "
          "[\"9090\"]\n"},
         {.title = "single quotes were agreed on",
          .path = "compose.yaml",
          .before = "services:\n  web:\n    image: shop/web:1.4.2\n    ports: [<|\"8080:80\"|>, '443:443']\n",
          .after = "services:\n  web:\n    image: shop/web:1.4.2\n    ports: ['8080:80', '443:443']\n",
          .options = "quotes: [single]"},
         {"with and without, of one number: no fix would leave both", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    expose: [<|9090|>, \"9090\"]\n"},
         {"in quotes, or in the long form", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    ports:\n      - \"2222:22\"\n      - target: 80\n   "
          "     published: 8080\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
