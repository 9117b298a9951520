#include "model/packages/caches.h"

#include "model/packages/invocation_text.h"
#include "model/shell/script_text.h"
#include "support/catch.h"

namespace quaymaster {
namespace {

std::string joined(const std::vector<std::string_view>& paths) {
  std::string result;
  for (const std::string_view path : paths) result += (result.empty() ? "" : " ") + std::string(path);
  return result;
}

struct Case {
  std::string_view text;
  std::string_view paths;
};

TEST_CASE("the caches that a command fills", "[packages]") {
  const Case c = GENERATE(
      Case{"apt-get update", "/var/lib/apt/lists /var/cache/apt"}, Case{"apt-get install x", "/var/cache/apt"},
      Case{"apk add x", "/var/cache/apk"}, Case{"apk add --no-cache x", ""}, Case{"apk del x", ""},
      Case{"dnf install x", "/var/cache/dnf /var/cache/libdnf5"}, Case{"yum clean all", ""},
      Case{"zypper in x", "/var/cache/zypp"}, Case{"pip install x", "~/.cache/pip"},
      Case{"pip install --no-cache-dir x", ""}, Case{"npm ci", "~/.npm"}, Case{"npm run x", ""},
      Case{"npx x", "~/.npm"}, Case{"go build", "/go/pkg/mod ~/.cache/go-build"}, Case{"uv sync", "~/.cache/uv"});
  CAPTURE(c.text);
  CHECK(joined(packages::filled_by(*tests::invocation_of(c.text))) == c.paths);
}

TEST_CASE("the caches that a command empties", "[packages]") {
  const Case c =
      GENERATE(Case{"apt-get clean", "/var/cache/apt"}, Case{"apt-get distclean", "/var/cache/apt /var/lib/apt/lists"},
               Case{"dnf clean all", "/var/cache/dnf /var/cache/libdnf5"}, Case{"apt-get update", ""},
               Case{"npm cache clean --force", "~/.npm"}, Case{"pip cache purge", "~/.cache/pip"});
  CAPTURE(c.text);
  CHECK(joined(packages::emptied_by(*tests::invocation_of(c.text))) == c.paths);
}

TEST_CASE("what rm deletes", "[packages]") {
  struct Row {
    std::string_view text;
    std::string_view path;
    bool deletes;
  };
  const Row row = GENERATE(Row{"rm -rf /var/lib/apt/lists/*", "/var/lib/apt/lists", true},
                           Row{"rm -fr /var/lib/apt/lists", "/var/lib/apt/lists", true},
                           Row{"rm -Rf /tmp/x /var/lib/apt/", "/var/lib/apt/lists", true},
                           Row{"rm -rf /var/lib/apt/lists/partial", "/var/lib/apt/lists", false},
                           Row{"rm -rf /var/lib/ap", "/var/lib/apt/lists", false},
                           Row{"rm /var/lib/apt/lists/*", "/var/lib/apt/lists", false},
                           Row{"rm -rf /root/.cache", "~/.cache/pip", true}, Row{"rm -rf ~/.npm", "~/.npm", true},
                           Row{"rm -rf $HOME/.cache/*", "~/.cache/pip", true},
                           Row{"rm -rf /*", "/var/cache/apt", false}, Row{"ls /var/cache", "/var/cache/apt", false});
  CAPTURE(row.text, row.path);
  const shell::Text text = tests::shell_text(row.text);
  CHECK(packages::deletes(text.script->commands.front(), row.path) == row.deletes);
}

}  // namespace
}  // namespace quaymaster
