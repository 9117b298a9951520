#include "features/links/compose_links.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace quaymaster {
namespace {

/// Whether a build context is a folder, and not a repository or an archive elsewhere.
bool is_folder(std::string_view context) {
  return context.find("://") == std::string_view::npos && !context.starts_with("git@") &&
         !context.starts_with("github.com/") && context != "-";
}

/// Where `path` leads from `folder`.
std::string from(std::string_view folder, std::string_view path) {
  if (path.starts_with('/') || folder.empty() || folder == ".") return std::string(path);
  return std::string(folder) + (folder.ends_with('/') ? "" : "/") + std::string(path);
}

class ComposeLinks {
 public:
  ComposeLinks(const compose::File& file, std::uint32_t begin, std::vector<Link>& links)
      : file_(file), begin_(begin), links_(links) {}

  void add() {
    for (const compose::Include& include : file_.includes) {
      add_file(include.path);
      for (const compose::Text& env_file : include.env_files) add_file(env_file);
    }
    for (const auto* declarations : {&file_.secrets, &file_.configs})
      for (const compose::Declaration& declaration : *declarations)
        if (declaration.file) add_file(*declaration.file);
    for (const compose::Service& service : file_.services) add(service);
  }

 private:
  void add_link(TextRange range, std::string target, std::optional<DeclaredName> name = std::nullopt) {
    links_.push_back({range.shifted(begin_), false, std::move(target), std::move(name)});
  }

  void add_file(const compose::Text& path) {
    const bool remote = path.text.find("://") != std::string::npos || path.text.starts_with("git@");
    const bool home = path.text.starts_with('~');
    if (path.literal && !path.text.empty() && !remote && !home) add_link(path.range, path.text);
  }

  void add(const compose::Service& service) {
    if (const auto& image = service.container.image; image && image->literal && !service.build)
      if (std::string page = image_page(slice(file_.document->text(), image->range)); !page.empty())
        links_.push_back({image->range.shifted(begin_), true, std::move(page)});
    if (service.build) add(*service.build);
    for (const compose::EnvFile& env_file : service.env_files) add_file(env_file.path);
    for (const compose::WatchRule& rule : service.watch)
      if (rule.path) add_file(*rule.path);
    if (!service.extends || !service.extends->file) return;
    const compose::Text& file = *service.extends->file;
    const compose::Name& base = service.extends->service;
    add_file(file);
    if (file.literal && base.literal && !base.text.empty())
      add_link(base.range, file.text, DeclaredName{Name::Kind::Service, base.text});
  }

  void add(const compose::Build& build) {
    const std::string context = build.context ? build.context->text : ".";
    const bool known = (!build.context || build.context->literal) && (!build.dockerfile || build.dockerfile->literal);
    if (build.dockerfile_inline || !known || !is_folder(context)) return;
    const std::string dockerfile = from(context, build.dockerfile ? build.dockerfile->text : "Dockerfile");
    if (build.context) add_link(build.context->range, dockerfile);
    if (build.dockerfile) add_link(build.dockerfile->range, dockerfile);
    if (build.target && build.target->literal)
      add_link(build.target->range, dockerfile, DeclaredName{Name::Kind::Stage, build.target->text});
  }

  const compose::File& file_;
  std::uint32_t begin_;
  std::vector<Link>& links_;
};

}  // namespace

void add_compose_links(const compose::File& file, std::uint32_t begin, std::vector<Link>& links) {
  ComposeLinks(file, begin, links).add();
}

}  // namespace quaymaster
