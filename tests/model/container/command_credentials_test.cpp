#include "model/container/command_credentials.h"

#include <string>
#include <string_view>
#include <vector>

#include "model/container/credential_files.h"
#include "model/shell/script_parser.h"
#include "support/catch.h"
#include "support/fixture.h"

namespace quaymaster::tests {
namespace {

std::vector<TextRange> secrets_in(const std::string& text) {
  shell::ScriptParser parser;
  const auto script = parser.parse({MappedText(text, 0), {shell::Layer::DockerfileLine}});
  std::vector<TextRange> ranges;
  for (const container::CommandCredential& found : container::command_credentials(*script, text))
    ranges.push_back(found.range);
  return ranges;
}

TEST_CASE("secrets that commands are given") {
  for (const std::string_view marked : {"curl -u ci:<|tr0ub4dor|> https://repo.shop.eu",
                                        "curl --user=ci:<|tr0ub4dor|> https://repo.shop.eu",
                                        "curl -H \"Authorization: Bearer <|tr0ub4dor|>\" https://repo.shop.eu",
                                        "curl -H 'PRIVATE-TOKEN: <|tr0ub4dor|>' x",
                                        "wget --password=<|tr0ub4dor|> https://repo.shop.eu",
                                        "mysql -uroot -p<|tr0ub4dor|> -e 'select 1'",
                                        "mysqladmin --password='<|tr0ub4dor|>' ping",
                                        "docker login -u ci -p <|tr0ub4dor|> hub.shop.eu",
                                        "redis-cli -a <|tr0ub4dor|> ping",
                                        "redis-server --requirepass <|tr0ub4dor|>",
                                        "sshpass -p <|tr0ub4dor|> ssh -p 22 host",
                                        "PGPASSWORD=<|tr0ub4dor|> psql shop",
                                        "export API_TOKEN=<|tr0ub4dor|>",
                                        "DB_PASSWORD=<|tr0ub4dor|>",
                                        "app --db-password <|tr0ub4dor|>",
                                        "java -Dapp.password=<|tr0ub4dor|> -jar app.jar",
                                        "keytool -storepass <|tr0ub4dor|>",
                                        "kubectl create secret generic x --from-literal=password=<|tr0ub4dor|>",
                                        "echo 'root:<|tr0ub4dor|>' | chpasswd",
                                        "rabbitmqctl add_user shop <|tr0ub4dor|>",
                                        "htpasswd -bc /etc/users shop <|tr0ub4dor|>",
                                        "npm config set //npm.shop.eu/:_authToken <|tr0ub4dor|>",
                                        "npm set //npm.shop.eu/:_authToken=<|tr0ub4dor|>",
                                        "nuget sources add -Password <|tr0ub4dor|>",
                                        "composer config http-basic.repo.shop.eu ci <|tr0ub4dor|>",
                                        "mysql -e \"CREATE USER shop IDENTIFIED BY '<|tr0ub4dor|>';\"",
                                        "sh -c 'mysql -p<|tr0ub4dor|>'"}) {
    INFO(marked);
    const Fixture fixture(marked);
    CHECK(secrets_in(fixture.text) == fixture.ranges);
  }
}

TEST_CASE("variables, other options, and values that open nothing") {
  for (const std::string& text : std::vector<std::string>{"curl -u \"ci:$PASSWORD\" x",
                                                          "curl -u ci x",
                                                          "curl -u ci: x",
                                                          "mysql -p shop",
                                                          "mysql -p\"$PW\"",
                                                          "docker run -p 80:80 x",
                                                          "docker build --secret id=npm .",
                                                          "docker login --password-stdin",
                                                          "adduser --disabled-password app",
                                                          "passwd -d root",
                                                          "psql --no-password shop",
                                                          "app --password /run/secrets/db",
                                                          "app --password <password>",
                                                          "app --token xxxx",
                                                          "SECRET_KEY_BASE=dummy rails assets:precompile",
                                                          "keytool -storepass changeit",
                                                          "echo root:Docker! | chpasswd",
                                                          "echo \"root:$PW\" | chpasswd",
                                                          "echo 'root:$6$x' | chpasswd -e",
                                                          "export TOKEN=$(cat /run/secrets/token)",
                                                          "----",
                                                          "curl -H 'Accept: x' y",
                                                          "ssh -p 22 host",
                                                          "app --token-ttl 60",
                                                          "PASSWORD_FILE=/run/secrets/x app"}) {
    INFO(text);
    CHECK(secrets_in(text).empty());
  }
}

TEST_CASE("what is written into files for credentials") {
  shell::ScriptParser parser;
  struct Case {
    std::string_view marked;
    bool variable;
  };
  for (const Case& each :
       {Case{"echo \"//npm.shop.eu/:_authToken=<|$TOKEN|>\" > ~/.npmrc", true},
        Case{"echo '//npm.shop.eu/:_authToken=<|tr0ub4dor|>' >> .npmrc", false},
        Case{"echo \"machine git.shop.eu login ci password <|${TOKEN}|>\" | tee ~/.netrc", true},
        Case{"cat <<EOF > ~/.netrc\nmachine git.shop.eu\nlogin ci\npassword <|tr0ub4dor|>\nEOF\n", false},
        Case{"git config --global url.\"https://<|${TOKEN}|>@git.shop.eu\".insteadOf https://git.shop.eu", true},
        Case{"npm config set //npm.shop.eu/:_authToken <|$TOKEN|>", true}}) {
    INFO(each.marked);
    const Fixture fixture(each.marked);
    const auto script = parser.parse({MappedText(fixture.text, 0), {shell::Layer::DockerfileLine}});
    const auto found = container::written_credentials(*script, fixture.text);
    REQUIRE(found.size() == 1);
    CHECK(found.front().range == fixture.ranges.front());
    CHECK(found.front().variable == each.variable);
  }
  for (const std::string& text : std::vector<std::string>{
           "echo '//npm.shop.eu/:_authToken=${TOKEN}' > ~/.npmrc", "echo 'registry=x' > ~/.npmrc",
           "echo \"password=$PW\" > /etc/app.conf", "cat <<'EOF' > .npmrc\n_authToken=${T}\nEOF\n"}) {
    INFO(text);
    const auto script = parser.parse({MappedText(text, 0), {shell::Layer::DockerfileLine}});
    CHECK(container::written_credentials(*script, text).empty());
  }
}

TEST_CASE("files for credentials by their names") {
  for (const std::string_view path :
       {".npmrc", "/root/.netrc", "~/.aws/credentials", ".docker/config.json", "pip.conf"})
    CHECK(container::is_credential_file(path));
  for (const std::string_view path : {"", "config.json", "credentials", "/etc/app.conf", "npmrc.md"})
    CHECK_FALSE(container::is_credential_file(path));
}

}  // namespace
}  // namespace quaymaster::tests
