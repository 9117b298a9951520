#include <algorithm>
#include <cstddef>
#include <optional>
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

std::string without_digits(std::string_view text) {
  std::string rest(text);
  std::erase_if(rest, [](char c) { return c >= '0' && c <= '9'; });
  return rest;
}

/// Whether `other` is perhaps what `name` was to be. What both have in common by custom, the extension or `.env.`, does
/// not make them similar: `app.env` is not `api.env`, and `site1.conf` not `site2.conf`.
bool is_similar(std::string_view name, std::string_view other) {
  constexpr std::string_view kEnvironment = ".env.";
  if (without_digits(name) == without_digits(other)) return false;
  if (name.starts_with(kEnvironment) && other.starts_with(kEnvironment)) {
    name.remove_prefix(kEnvironment.size());
    other.remove_prefix(kEnvironment.size());
  }
  const std::string_view extension = name.substr(std::min(name.rfind('.'), name.size()));
  if (other.ends_with(extension)) {
    name.remove_suffix(extension.size());
    other.remove_suffix(extension.size());
  }
  return name.size() > 4 && !near_miss(name, {&other, 1}).empty();
}

/// The file that `missing` was probably meant to name, with the folder that it is written with.
std::string nearest_file(const NamedFile& missing) {
  const std::size_t slash = missing.name.rfind('/');
  const std::size_t begin = slash == std::string::npos ? 0 : slash + 1;
  const std::string_view name = std::string_view(missing.name).substr(begin);
  std::vector<std::string_view> names;
  for (const std::string& other : missing.beside)
    if (is_similar(name, other)) names.emplace_back(other);
  const std::string_view nearest = near_miss(name, names);
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

  /// Without a `variant`, a file is only reported that was misspelt.
  void look_for(const Text& path, std::string_view variant) {
    const auto named = std::ranges::find(files_, path.text, &NamedFile::name);
    if (!path.literal || named == files_.end() || named->exists || named->made_later) return;
    if (const std::string nearest = nearest_file(*named); !nearest.empty())
      report_misspelt(path, nearest);
    else if (!variant.empty())
      ctx_.report(
          {.variant = variant, .range = path.range, .message = "the file " + quoted(path.text) + " does not exist"});
  }

 private:
  void report_misspelt(const Text& path, const std::string& nearest) {
    Report report{
        .variant = "misspelt",
        .range = path.range,
        .message = "there is no file " + quoted(path.text, 28) + "; did you mean " + quoted(nearest, 28) + "?"};
    if (std::optional<Edit> edit =
            path.shared ? std::nullopt : yaml::replace_scalar(yaml::value_at(*file_.document, path.range), nearest))
      report.fixes.push_back({"Use " + quoted(nearest),
                              Applicability::Unsafe,
                              {*std::move(edit)},
                              "The name was written wrong, or the file is still to come."});
    ctx_.report(std::move(report));
  }

  const compose::File& file_;
  const std::vector<NamedFile>& files_;
  RuleContext& ctx_;
};

void check(const ComposeInWorkspace& in, RuleContext& ctx) {
  if (!in.around || !in.complete) return;
  Search search(in, ctx);
  for (const compose::Service& service : in.file.services) {
    for (const compose::EnvFile& env_file : service.env_files)
      if (env_file.required) search.look_for(env_file.path, is_personal(env_file.path.text) ? "" : "env-file");
    if (service.extends && service.extends->file) search.look_for(*service.extends->file, "extends");
  }
  for (const compose::Include& include : in.file.includes) {
    search.look_for(include.path, "include");
    for (const Text& env_file : include.env_files)
      search.look_for(env_file, is_personal(env_file.text) ? "" : "env-file");
  }
  for (const compose::Declaration& secret : in.file.secrets)
    if (secret.file) search.look_for(*secret.file, "");  // rightly not in the repository
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

/// Much is made, or brought, before Compose runs.
consteval Variant perhaps_made(std::string_view name, std::string_view summary) {
  return {.name = name,
          .summary = summary,
          .severity = Severity::Warning,
          .presets = {{Preset::Strict, Severity::Warning}},
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
    .variants = {refused("misspelt", "A file is missing, and another one has nearly its name."),
                 refused("include", "A Compose file that is to be included is missing."),
                 refused("extends", "A Compose file with a service to extend is missing."),
                 perhaps_made("env-file", "An environment file is missing that is not said to be optional."),
                 perhaps_made("config", "The file of a config is missing.")},
    .references = {"https://docs.docker.com/reference/compose-file/services/#env_file",
                   "https://docs.docker.com/reference/compose-file/include/"},
    .examples =
        {{.title = "an environment file that was renamed",
          .path = "compose.yaml",
          .before = "services:\n  web:\n    image: shop/web:1.4.2\n    env_file:\n      - <|config/websiet.list|>  # "
                    "public\n",
          .after =
              "services:\n  web:\n    image: shop/web:1.4.2\n    env_file:\n      - config/website.list  # public\n",
          .beside = {{"config/website.list", "A=1\n"}}},
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
         {.title = "another one with a short name",
          .path = "compose.yaml",
          .before = "services:\n  web:\n    image: shop/web:1.4.2\n    env_file: [app.env, .env.dev]\n",
          .beside = {{"api.env", ""}, {".env.qa", ""}}},
         {.title = "one of several that is still to be made",
          .path = "compose.yaml",
          .before = "services:\n  web:\n    image: shop/web:1.4.2\n    env_file: [<|shop1.list|>]\n",
          .beside = {{"shop2.list", ""}}},
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
