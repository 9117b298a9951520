#include "model/packages/invocation.h"

#include "model/packages/invocation_text.h"
#include "support/catch.h"
#include "support/fixture.h"

namespace quaymaster {
namespace {

using tests::operation_in;

struct Case {
  std::string_view text;
  std::string_view operation;
};

void check(const Case& c) {
  CAPTURE(c.text);
  CHECK(operation_in(c.text) == c.operation);
}

TEST_CASE("Debian's managers", "[packages]") {
  check(GENERATE(
      Case{"apt-get update", "update index"},
      Case{"apt-get install -y --no-install-recommends curl git", "install: curl, git (yes, no-recommends)"},
      Case{"apt-get -yq install curl=7.88.1-10+deb12u8", "install: curl = 7.88.1-10+deb12u8 (yes, quiet)"},
      Case{"apt-get -t bookworm-backports install -y golang", "install: golang (release=bookworm-backports, yes)"},
      Case{"apt-get install -y -t=sid a", "install: a (yes, release=sid)"},
      Case{"apt install libc6:i386=2.36 nginx/stable ./x.deb /tmp/y.deb",
           "install: libc6 = 2.36, nginx / stable, path ./x.deb, path /tmp/y.deb"},
      Case{"apt-get install -qq a", "install: a (quiet, yes)"},
      Case{"apt-get -q -q install a", "install: a (quiet, quiet, yes)"},
      Case{"apt-get -q=2 install a", "install: a (quiet=2, yes)"}, Case{"apt-get -q install a", "install: a (quiet)"},
      Case{"apt-get -o APT::Install-Recommends=false install a",
           "install: a (no-recommends=APT::Install-Recommends=false)"},
      Case{"apt-get -oDpkg::Use-Pty=0 install a", "install: a"},
      Case{"apt-get install -y $PACKAGES", "install: computed $PACKAGES (yes)?"},
      Case{"apt-get install \"php${V}-cli\" a=$V", "install: computed php${V}-cli, a = $V"},
      Case{"apt-get dist-upgrade -y", "upgrade (yes)"}, Case{"apt-get clean", "clean"},
      Case{"apt-get autoremove --purge -y gcc", "remove: gcc (yes)"}, Case{"apt-get check x", "other"},
      Case{"aptitude -R install a", "install: a"}, Case{"dpkg -i /tmp/a.deb", "install: path /tmp/a.deb"},
      Case{"dpkg --print-architecture", "other"}, Case{"apt-key add x", "-"}, Case{"apt-get", "other"},
      Case{"$APT install x", "-"}));
}

TEST_CASE("Alpine's manager", "[packages]") {
  check(GENERATE(
      Case{"apk add --no-cache curl=8.5.0-r0 'bash>5' gcc~12 zlib@edge",
           "install: curl = 8.5.0-r0, bash > 5, gcc ~ 12, zlib (no-cache)"},
      Case{"apk --no-cache --update add --virtual .deps gcc", "install: gcc (no-cache, refresh, virtual=.deps)"},
      Case{"apk add -t .deps -X https://mirror/edge a", "install: a (virtual=.deps, from=https://mirror/edge)"},
      Case{"apk add -U a ./b.apk !c", "install: a, path ./b.apk, !c (refresh)"}, Case{"apk del .deps", "remove: .deps"},
      Case{"apk update && x", "update index"}, Case{"apk cache clean", "clean"}, Case{"apk info -e x", "other"}));
}

TEST_CASE("Red Hat's managers", "[packages]") {
  check(GENERATE(Case{"yum -y install httpd-2.4.6-99.el7 java-11-openjdk @base",
                      "install: httpd - 2.4.6-99.el7, java-11-openjdk, group @base (yes)"},
                 Case{"yum install -y https://x.example/a.rpm ./b.rpm",
                      "install: url https://x.example/a.rpm, path ./b.rpm (yes)"},
                 Case{"dnf group install -y 'Development Tools'", "install: Development Tools (yes)"},
                 Case{"dnf module install nodejs:18", "install: nodejs:18"},
                 Case{"dnf --setopt=install_weak_deps=False --nodocs install x",
                      "install: x (no-recommends=install_weak_deps=False, no-documents)"},
                 Case{"microdnf --enablerepo epel install x", "install: x (from=epel)"},
                 Case{"dnf up -y", "upgrade (yes)"}, Case{"yum clean all", "clean"},
                 Case{"yum makecache", "update index"}, Case{"rpm -ivh a.rpm", "install: path a.rpm"},
                 Case{"rpm --import key", "other"}, Case{"rpm -qi a", "other"},
                 Case{"dnf config-manager --add-repo x", "other"}));
}

TEST_CASE("the managers of SUSE and Arch", "[packages]") {
  check(GENERATE(Case{"zypper -n in --no-recommends vim 'git>=2.40'", "install: vim, git >= 2.40 (yes, no-recommends)"},
                 Case{"zypper --non-interactive dup", "upgrade (yes)"}, Case{"zypper cc -a", "clean (all)"},
                 Case{"zypper ref", "update index"}, Case{"zypper ar https://x y", "other"},
                 Case{"pacman -Syu --noconfirm git", "upgrade: git (yes)"},
                 Case{"pacman --noconfirm -S git", "install: git (yes)"}, Case{"pacman -Scc", "clean"},
                 Case{"pacman -Rns x", "remove: x"}, Case{"pacman -Qs x", "other"}));
}

TEST_CASE("Python's managers", "[packages]") {
  check(GENERATE(
      Case{"pip install flask==3.0.0 'requests[socks]>=2.31,<3' django",
           "install: flask == 3.0.0, requests >= 2.31,<3, django"},
      Case{"pip3.12 install --no-cache-dir -U pip", "install: pip (no-cache, upgrade)"},
      Case{"python3 -m pip install -r requirements.txt",
           "install: file requirements.txt (requirements=requirements.txt)"},
      Case{"pip install -rrequirements.txt -c c.txt",
           "install: file requirements.txt (requirements=requirements.txt, constraint=c.txt)"},
      Case{"pip install --requirement=r.txt", "install: file r.txt (requirements=r.txt)"},
      Case{"pip install .[dev] ./lib x.whl", "install: path .[dev], path ./lib, path x.whl"},
      Case{"pip install -e .", "install: path . (editable=.)"},
      Case{"pip install git+https://github.com/a/b.git@v1.2#egg=b",
           "install: repository git+https://github.com/a/b.git @ v1.2"},
      Case{"pip install 'b @ https://x.example/b.zip'", "install: url https://x.example/b.zip"},
      Case{"pip install --index-url https://x/ --trusted-host x a", "install: a (from=https://x/, unverified=x)"},
      Case{"pip install a;b", "install: a"}, Case{"pip install 'a; python_version<\"3\"'", "install: a"},
      Case{"pip cache purge", "clean"}, Case{"pip list", "other"}, Case{"python app.py", "-"},
      Case{"pipx install poetry==1.8.3", "install: poetry == 1.8.3"},
      Case{"uv pip install --system a", "install: a (system)"},
      Case{"uv sync --frozen --no-dev", "sync (frozen, no-dev)"}, Case{"uv add a", "install: a"},
      Case{"uv run x install y", "run"}, Case{"uv tool install ruff@0.5.0", "install: ruff @ 0.5.0"},
      Case{"poetry install --only main", "sync (no-dev=main)"}, Case{"poetry add a@^1.2", "install: a @ ^1.2"},
      Case{"poetry update", "upgrade"}, Case{"pipenv install --system --deploy", "sync (system, frozen)"},
      Case{"pipenv install a", "install: a"},
      Case{"conda install -y -c conda-forge numpy=1.26 conda-forge::scipy",
           "install: numpy = 1.26, scipy (yes, from=conda-forge)"},
      Case{"conda env create -f environment.yml", "sync: file environment.yml (requirements=environment.yml)"},
      Case{"micromamba clean --all --yes", "clean (all, yes)"}));
}

TEST_CASE("Node's managers", "[packages]") {
  check(GENERATE(
      Case{"npm install", "sync"}, Case{"npm ci --omit=dev", "sync (no-dev=dev)"}, Case{"npm --prefix app i", "sync"},
      Case{"npm install -g @angular/cli@17.0.0 yarn", "install: @angular/cli @ 17.0.0, yarn (global)"},
      Case{"npm i a@latest ./b c.tgz d/e#v1 git+ssh://git@h.example/x.git#main",
           "install: a @ latest, path ./b, path c.tgz, repository d/e # v1, repository git+ssh://git@h.example/x.git # "
           "main"},
      Case{"npm install $PKG", "install: computed $PKG?"}, Case{"npm cache clean --force", "clean"},
      Case{"npm run build -- install", "run"}, Case{"npm --verbose run install", "run"},
      Case{"npx -y cowsay@1.5.0 hi", "run: cowsay @ 1.5.0 (yes)"}, Case{"npm --loglevel silent update", "upgrade"},
      Case{"npm --version", "other (help)"}, Case{"yarn", "sync"}, Case{"yarn --frozen-lockfile", "sync (frozen)"},
      Case{"yarn --version", "other (help)"}, Case{"yarn build", "run"}, Case{"yarn global add a@1", "install: a @ 1"},
      Case{"yarn cache clean", "clean"}, Case{"yarn --cwd app install --production=false", "sync"},
      Case{"yarn $ARGS", "run?"}, Case{"pnpm i --frozen-lockfile=true --prod", "sync (frozen=true, no-dev)"},
      Case{"pnpm --filter app build", "run"}, Case{"bun install --production", "sync (no-dev)"},
      Case{"bun add a", "install: a"}));
}

TEST_CASE("the managers of Ruby, PHP, Go and Rust", "[packages]") {
  check(GENERATE(
      Case{"gem install rails:7.1.0 rake --no-document", "install: rails : 7.1.0, rake (no-documents)"},
      Case{"gem install bundler -v 2.5.0", "install: bundler (version=2.5.0)"}, Case{"bundle", "sync"},
      Case{"bundle install --jobs 4 --without development test", "sync (no-dev=development)"},
      Case{"bundle exec rails server", "run"}, Case{"bundle config set x y", "other"},
      Case{"composer install --no-dev -n", "sync (no-dev, yes)"},
      Case{"composer global require a/b:^1.2 c/d", "install: a/b : ^1.2, c/d"},
      Case{"composer -d app update", "upgrade"},
      Case{"go install golang.org/x/tools/gopls@v0.16.0", "install: golang.org/x/tools/gopls @ v0.16.0"},
      Case{"go install -tags x -ldflags '-s -w' ./cmd/...", "install: path ./cmd/..."}, Case{"go mod download", "sync"},
      Case{"go run github.com/a/b@latest -x c", "run: github.com/a/b @ latest"}, Case{"go build -o /app .", "build"},
      Case{"go env GOPATH", "other"},
      Case{"cargo install --locked ripgrep@14.1.0", "install: ripgrep @ 14.1.0 (frozen)"},
      Case{"cargo install --version 14.1.0 ripgrep", "install: ripgrep (version=14.1.0)"},
      Case{"cargo +nightly build --release", "build"}, Case{"cargo install --path .", "install: path . (path=.)"},
      Case{"cargo install --git https://x.example/a",
           "install: repository https://x.example/a (from=https://x.example/a)"}));
}

TEST_CASE("the ranges of program, verb, packages and versions", "[packages]") {
  const tests::Fixture fixture("<|/usr/bin/apt-get|> -y <|install|> <|curl|>=<|7.88|> \"<|git|>=<|2.4|>\" <|w\\get|>");
  const auto invocation = tests::invocation_of(fixture.text);
  REQUIRE(invocation);
  const std::vector<TextRange> found{invocation->program_range,          invocation->verb_range,
                                     invocation->packages[0].name_range, invocation->packages[0].version_range,
                                     invocation->packages[1].name_range, invocation->packages[1].version_range,
                                     invocation->packages[2].name_range};
  CHECK(found == fixture.ranges);
  CHECK(invocation->program == "apt-get");
}

TEST_CASE("a module of Python is a program", "[packages]") {
  const tests::Fixture fixture("<|python3 -m pip|> <|install|> x");
  const auto invocation = tests::invocation_of(fixture.text);
  REQUIRE(invocation);
  CHECK(invocation->program == "pip");
  CHECK(invocation->program_range == fixture.ranges[0]);
  CHECK(invocation->verb_range == fixture.ranges[1]);
}

TEST_CASE("which versions are exact", "[packages]") {
  struct Row {
    std::string_view text;
    bool exact;
  };
  const Row row = GENERATE(Row{"apt-get install a=1.2", true}, Row{"apt-get install a=1.*", false},
                           Row{"apt-get install a=$V", false}, Row{"apt-get install a", false},
                           Row{"apk add a~1", false}, Row{"pip install a==1", true}, Row{"pip install a>=1", false},
                           Row{"npm install a@1.2.3", true}, Row{"npm install a@^1.2.3", false},
                           Row{"npm install a@latest", false}, Row{"go install a.b/c@v1.2.3", true},
                           Row{"go install a.b/c@latest", false}, Row{"yum install a-1.2", true});
  CAPTURE(row.text);
  const auto invocation = tests::invocation_of(row.text);
  REQUIRE(invocation);
  CHECK(invocation->packages.front().exact() == row.exact);
}

}  // namespace
}  // namespace quaymaster
