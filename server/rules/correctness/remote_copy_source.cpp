#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"
#include "rules/support/variants.h"

namespace quaymaster::rules {
extern const Rule remote_copy_source;
namespace {

using dockerfile::Copy;
using dockerfile::Word;

/// `git@example.org:shop/api.git`.
bool is_secure_copy_address(std::string_view text) {
  const std::size_t at = text.find('@');
  const std::size_t colon = text.find(':');
  if (at == std::string_view::npos || colon == std::string_view::npos || at == 0 || colon < at + 2) return false;
  const auto plain = [](std::string_view part, std::string_view more) {
    for (const char c : part)
      if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
            more.find(c) != std::string_view::npos))
        return false;
    return true;
  };
  return plain(text.substr(0, at), "_-") && plain(text.substr(at + 1, colon - at - 1), "-.");
}

bool is_remote(std::string_view source) {
  for (const std::string_view scheme : {"http://", "https://", "git://", "ssh://"})
    if (source.starts_with(scheme)) return true;
  return is_secure_copy_address(source);
}

/// ADD takes it, where it has the same flags.
std::vector<Fix> with_add(const Copy& copy) {
  for (const dockerfile::Flag& flag : copy.flags)
    if (flag.name == "from" || flag.name == "parents") return {};
  return {{"Replace COPY with ADD",
           Applicability::Unsafe,
           {Edit::replacement(copy.keyword, in_case_of(copy.keyword_text, "ADD"))},
           "ADD unpacks local archives among the sources, and takes what the server sends today."}};
}

void check_copy(const Copy& copy, RuleContext& ctx) {
  if (copy.triggered) return;
  for (const Word& source : copy.sources) {
    const std::optional<std::string> value = known_value(source, *ctx.instruction_context());
    if (!value || !is_remote(*value)) continue;
    ctx.report({.range = source.range,
                .message = "COPY takes files of the build context, not what is at " + quoted(*value, 40),
                .fixes = with_add(copy)});
    return;  // one fix is for all of them
  }
}

}  // namespace

constinit const Rule remote_copy_source = checked({
    .name = "remote-copy-source",
    .family = Family::Correctness,
    .title = "COPY is told to fetch something from the network.",
    .consequence = "The build stops with `source can't be a URL for COPY`. ADD can fetch, and can compare a checksum "
                   "with what came: "
                   "without one the server decides what is in the image.",
    .fine_when = "Never: no builder takes the instruction as it is.",
    .fix = FixAvailability::Sometimes,
    .variants = {refused("", "")},
    .references = {"https://docs.docker.com/reference/dockerfile/#copy",
                   "https://docs.docker.com/reference/dockerfile/#add"},
    .examples = {{"a file on a server", "Dockerfile",
                  "FROM debian:12.8\nCOPY --chown=1000 <|https://example.org/a.tar|> /a.tar\n",
                  "FROM debian:12.8\nADD --chown=1000 https://example.org/a.tar /a.tar\n"},
                 {"a repository", "Dockerfile", "FROM debian:12.8\ncopy <|git@example.org:shop/api.git|> /src\n",
                  "FROM debian:12.8\nadd git@example.org:shop/api.git /src\n"},
                 {"from a variable, out of a stage", "Dockerfile",
                  "FROM debian:12.8\nENV URL=https://example.org\nCOPY --from=0 <|$URL/a|> /a\n"},
                 {"files", "Dockerfile",
                  "FROM debian:12.8\nCOPY github.com/shop/api /src\nADD https://example.org/a /a\n"}},
    .checks = {on(check_copy)},
});

}  // namespace quaymaster::rules
