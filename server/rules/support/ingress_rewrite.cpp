#include "rules/support/ingress_rewrite.h"

#include <string>
#include <string_view>
#include <utility>

#include "model/schema/placeholder.h"
#include "model/yaml/edit.h"

namespace quaymaster::rules {
namespace {

class Rewrite {
 public:
  explicit Rewrite(const yaml::Document& document) : document_(document) {}

  void add_spec(const yaml::Value& spec) {
    if (const auto backend = spec.entry("backend")) {
      add_backend(backend->value);
      add(renamed(*backend, "defaultBackend"));
    }
    for (const yaml::Element& rule : spec.get("rules").items())
      for (const yaml::Element& path : rule.value.get({"http", "paths"}).items()) add_path(path.value);
  }

  /// All edits, or nothing if one could not be made.
  std::optional<std::vector<Edit>> take() && {
    if (failed_) return std::nullopt;
    return std::move(edits_);
  }

 private:
  void add(std::optional<Edit> edit) {
    if (edit)
      edits_.push_back(*std::move(edit));
    else
      failed_ = true;
  }

  void add_path(const yaml::Value& path) {
    if (!path.is_mapping()) return;
    add_backend(path.get("backend"));
    if (!path.get("pathType").present())
      add(yaml::insert(path.place(), {"pathType"}, yaml::NewValue::string("ImplementationSpecific")));
  }

  void add_backend(const yaml::Value& backend) {
    const auto name = backend.entry("serviceName");
    const auto port = backend.entry("servicePort");
    if (!name || !port || name->shared || backend.shared() || !is_fixed(name->value) || !is_fixed(port->value)) {
      failed_ = true;
      return;
    }
    const yaml::Node& mapping = *backend.node();
    edits_.push_back(Edit::replacement(name->range, service(*name, *port, mapping.flow)));
    add(yaml::remove_pair(backend.place(), "servicePort"));
  }

  static bool is_fixed(const yaml::Value& value) {
    return value.is_scalar() && !value.shared() && !schema::is_placeholder(*value.string());
  }

  /// `service` with what the two keys said, in the style of the mapping that they stand in.
  std::string service(const yaml::Entry& name, const yaml::Entry& port, bool flow) const {
    const std::string service(slice(document_.text(), name.value.range()));
    const std::string number =
        (port.value.integer() ? "number: " : "name: ") + std::string(slice(document_.text(), port.value.range()));
    if (flow) return "service: {name: " + service + ", port: {" + number + "}}";
    const std::string row =
        std::string(document_.line_ending()) + std::string(column_of(name.key_range.begin) + 2, ' ');
    return "service:" + row + "name: " + service + row + "port:" + row + "  " + number;
  }

  [[nodiscard]] std::size_t column_of(std::uint32_t offset) const {
    const std::size_t line = document_.text().rfind('\n', offset);
    return line == std::string::npos ? offset : offset - line - 1;
  }

  static std::optional<Edit> renamed(const yaml::Entry& entry, std::string_view name) {
    if (entry.shared) return std::nullopt;
    return Edit::replacement(entry.key_range, std::string(name));
  }

  const yaml::Document& document_;
  std::vector<Edit> edits_;
  bool failed_ = false;
};

}  // namespace

std::optional<std::vector<Edit>> ingress_rewrite(const kubernetes::Object& ingress) {
  if (ingress.kind != "Ingress") return std::nullopt;
  Rewrite rewrite(*ingress.value.document());
  rewrite.add_spec(ingress.value.get("spec"));
  return std::move(rewrite).take();
}

}  // namespace quaymaster::rules
