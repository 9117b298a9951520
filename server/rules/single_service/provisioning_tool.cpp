#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule provisioning_tool;
namespace {

/// Whether the command sets a machine up as a description of it says.
bool provisions(const shell::Command& command) {
  constexpr std::string_view kPrograms[] = {"ansible-playbook", "ansible-pull", "chef-client", "chef-solo",
                                            "chef-apply",       "cinc-client",  "salt-call"};
  const std::string_view name = command.name();
  const bool asks = command.option("--version") != nullptr || command.option("--help") != nullptr ||
                    command.option("--syntax-check") != nullptr;
  if (asks) return false;
  if (name == "puppet")
    return command.words.size() > 1 && (command.words[1].text == "apply" || command.words[1].text == "agent");
  return std::find(std::begin(kPrograms), std::end(kPrograms), name) != std::end(kPrograms);
}

void check_run(const dockerfile::BuildScript& build, RuleContext& ctx) {
  for (const shell::Command& command : build.text.script->commands)
    if (provisions(command))
      ctx.report({.range = build.text.in_file(command.words.front().range),
                  .message = quoted(command.name()) + " sets up a machine: what is in the image stands elsewhere"});
}

}  // namespace

constinit const Rule provisioning_tool = checked({
    .name = "provisioning-tool",
    .family = Family::SingleService,
    .title = "The image is set up by a tool for servers.",
    .consequence =
        "The playbook was written for machines: it brings users, a firewall, log rotation, a mail server, and whatever "
        "the role needs next year. Nobody who reads the Dockerfile sees any of it, one changed line of the playbook "
        "makes the whole layer anew, and the tool with its interpreter stays in the image.",
    .fine_when = "The image is there to test the playbook, or to stand in for a server while you move away from it.",
    .variants = {{.severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/build/building/best-practices/#decouple-applications",
                   "https://docs.docker.com/build/cache/"},
    .examples = {{"a playbook", "Dockerfile",
                  "FROM debian:12.8\nCOPY site.yml .\nRUN <|ansible-playbook|> -i localhost, -c local site.yml\n"},
                 {"a manifest", "Dockerfile", "FROM debian:12.8\nRUN <|puppet|> apply /etc/site.pp\n"},
                 {"the tool is what the image is for", "Dockerfile",
                  "FROM python:3.13.0\nRUN pip install ansible==11.0.0 && ansible-playbook --version\n"
                  "ENTRYPOINT [\"ansible-playbook\"]\n"}},
    .checks = {on(check_run)},
});

}  // namespace quaymaster::rules
