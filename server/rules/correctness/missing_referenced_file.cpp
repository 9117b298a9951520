#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/yaml/edit.h"
#include "rules/in_workspace.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "text/near_miss.h"

namespace quaymaster::rules {
extern const Rule missing_referenced_file;
namespace {

using compose::Text;

/// The file that `missing` names, with the folder that it is written with, was perhaps meant to be.
std::string nearest_file(const NamedFile& missing) {
  const std::size_t slash = missing.name.rfind('/');
  const std::size_t begin = slash == std::string::npos ? 0 : slash + 1;
  const std::vector<std::string_view> names(missing.beside.begin(), missing.beside.end());
  const std::string_view nearest = near_miss(std::string_view(missing.name).substr(begin), names);
  return nearest.empty() ? std::string() : missing.name.substr(0, begin) + std::string(nearest);
}

/// Environments of a developer's own: they are nowhere but on his machine.
bool is_personal(std::string_view name) {
  const std::string_view file = name.substr(name.rfind('/') + 1);
  return file.starts_with(".env") || file.ends_with(".env");
}

class Search {
 public:
  Search(const ComposeInWorkspace& in, RuleContext& ctx) : file_(in.file), files_(in.around->files), ctx_(ctx) {}

  void look_for(const Text& path, std::string_view variant, bool only_misspelt = false) {
    const auto named = std::ranges::find(files_, path.text, &NamedFile::name);
    if (!path.literal || named == files_.end() || named->exists || named->made_later) return;
    const std::string nearest = nearest_file(*named);
    if (nearest.empty() && only_misspelt) return;
    Report report{
        .variant = variant, .range = path.range, .message = "the file " + quoted(path.text) + " does not exist"};
    if (!nearest.empty()) {
      report.message = "there is no file " + quoted(path.text, 28) + "; did you mean " + quoted(nearest, 28) + "?";
      if (std::optional<Edit> edit =
              path.shared ? std::nullopt : yaml::replace_scalar(yaml::value_at(*file_.document, path.range), nearest))
        report.fixes.push_back({"Use " + quoted(nearest),
                                Applicability::Unsafe,
                                {*std::move(edit)},
                                "The name was written wrong, or the file is still to come."});
    }
    ctx_.report(std::move(report));
  }

 private:
  const compose::File& file_;
  const std::vector<NamedFile>& files_;
  RuleContext& ctx_;
};

void check(const ComposeInWorkspace& in, RuleContext& ctx) {
  if (!in.around || !in.complete) return;
  Search search(in, ctx);
  for (const compose::Service& service : in.file.services) {
    for (const compose::EnvFile& env_file : service.env_files)
      if (env_file.required) search.look_for(env_file.path, "env-file", is_personal(env_file.path.text));
    if (service.extends && service.extends->file) search.look_for(*service.extends->file, "extends");
  }
  for (const compose::Include& include : in.file.includes) {
    search.look_for(include.path, "include");
    for (const Text& env_file : include.env_files) search.look_for(env_file, "env-file", is_personal(env_file.text));
  }
  for (const compose::Declaration& secret : in.file.secrets)
    if (secret.file) search.look_for(*secret.file, "secret", true);
  for (const compose::Declaration& config : in.file.configs)
    if (config.file) search.look_for(*config.file, "config");
}

consteval Variant refused(std::string_view name, std::string_view summary) {
  return {.name = name,
          .summary = summary,
          .severity = Severity::Error,
          .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
          .languages = Language::Compose};
}

}  // namespace

constinit const Rule missing_referenced_file = checked({
    .name = "missing-referenced-file",
    .family = Family::Correctness,
    .title = "A file is named that is not there.",
    .consequence =
        "`config/app.env` was renamed, and one of two Compose files still has the old name. Whoever has the old file "
        "on "
        "his disk sees nothing; the build server gets `env file config/app.env not found`, and nothing is deployed.",
    .fine_when = "The file is made before Compose runs, by a script or by hand.",
    .fix = FixAvailability::Sometimes,
    .variants = {refused("env-file", "An environment file is missing that is not said to be optional."),
                 refused("include", "A Compose file that is to be included is missing."),
                 refused("extends", "A Compose file with a service to extend is missing."),
                 refused("config", "The file of a config is missing."),
                 refused("secret", "The file of a secret is missing, and another one has nearly its name.")},
    .references = {"https://docs.docker.com/reference/compose-file/services/#env_file",
                   "https://docs.docker.com/reference/compose-file/include/"},
    .examples =
        {{.title = "an environment file that was renamed",
          .path = "compose.yaml",
          .before =
              "services:\n  web:\n    image: shop/web:1.4.2\n    env_file:\n      - <|config/wbe.list|>  # public\n",
          .after = "services:\n  web:\n    image: shop/web:1.4.2\n    env_file:\n      - config/web.list  # public\n",
          .beside = {{"config/web.list", "A=1\n"}}},
         {.title = "in flow style, in quotes, in the long form",
          .path = "compose.yaml",
          .before = "services:\n  web: {image: \"shop/web:1.4.2\", env_file: [{path: \"<|./comon.conf|>\"}]}\n",
          .after = "services:\n  web: {image: \"shop/web:1.4.2\", env_file: [{path: \"./common.conf\"}]}\n",
          .beside = {{"common.conf", "A=1\n"}}},
         {.title = "a file that may be missing",
          .path = "compose.yaml",
          .before =
              "services:\n  web:\n    image: shop/web:1.4.2\n    env_file: [{path: local.list, required: false}]\n",
          .beside = {{"README", ""}}},
         {.title = "everybody's own environment is not in the repository",
          .path = "compose.yaml",
          .before = "services:\n  web:\n    image: shop/web:1.4.2\n    env_file: [.env, .env.local, docker/web.env]\n",
          .beside = {{"README", ""}}},
         {.title = "an environment misspelt",
          .path = "compose.yaml",
          .before = "services:\n  web:\n    image: shop/web:1.4.2\n    env_file: <|.env.prodution|>\n",
          .after = "services:\n  web:\n    image: shop/web:1.4.2\n    env_file: .env.production\n",
          .beside = {{".env.production", "A=1\n"}}},
         {.title = "git leaves it out",
          .path = "compose.yaml",
          .before = "services:\n  web:\n    image: shop/web:1.4.2\n    env_file: [local/settings.list]\n",
          .beside = {{".gitignore", "local/\n"}}},
         {.title = "it is made from a template",
          .path = "compose.yaml",
          .before = "services:\n  web:\n    image: shop/web:1.4.2\n    env_file: [settings.list]\n",
          .beside = {{"settings.list.example", "A=\n"}}},
         {.title = "a file to include",
          .path = "compose.yaml",
          .before = "include:\n  - <|infra/compose.yaml|>\nservices:\n  web:\n    image: shop/web:1.4.2\n",
          .beside = {{"README", ""}}},
         {.title = "a file to extend",
          .path = "compose.yaml",
          .before = "services:\n  web:\n    extends: {file: <|base/compose.yaml|>, service: web}\n",
          .beside = {{"README", ""}}},
         {.title = "the file of a config",
          .path = "compose.yaml",
          .before = "services:\n  web:\n    image: shop/web:1.4.2\n    configs: [site]\nconfigs:\n  site:\n    file: "
                    "<|./nginx/site.conf|>\n",
          .beside = {{"README", ""}}},
         {.title = "a secret need not be in the repository, unless it is there under another name",
          .path = "compose.yaml",
          .before = "services:\n  web:\n    image: shop/web:1.4.2\n    secrets: [a, b]\nsecrets:\n  a: {file: "
                    "secrets/token.txt}\n  b: {file: <|sample/pasword.txt|>}\n",
          .after = "services:\n  web:\n    image: shop/web:1.4.2\n    secrets: [a, b]\nsecrets:\n  a: {file: "
                   "secrets/token.txt}\n  b: {file: sample/password.txt}\n",
          .beside = {{"sample/password.txt", ""}}},
         {.title = "paths that start in a folder above",
          .path = "deploy/compose.yaml",
          .before = "services:\n  web:\n    image: shop/web:1.4.2\n    env_file: [config/web.list]\n",
          .beside = {{"config/web.list", "A=1\n"}}},
         {.title = "a variable decides, or it lies elsewhere",
          .path = "compose.yaml",
          .before =
              "include: [\"https://github.com/example/shop.git\", \"oci://docker.io/example/shop:1.0\"]\nservices:\n  "
              "web:\n    image: shop/web:1.4.2\n    env_file: [\"${ENV_FILE}\", \"${X:-a.list}\", /etc/web.list, "
              "~/web.list, ../web.list]\n",
          .beside = {{"README", ""}}}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
