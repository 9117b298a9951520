#include "cli/formats/documentation.h"

#include "quaymaster/rule.h"
#include "rules/item.h"

namespace quaymaster::cli {

std::string documentation_url(const Diagnostic& finding) {
  if (const std::string code = shellcheck_code(finding.rule->name); !code.empty())
    return "https://www.shellcheck.net/wiki/" + code;
  return finding.rule->references.empty() ? std::string() : std::string(*finding.rule->references.begin());
}

}  // namespace quaymaster::cli
