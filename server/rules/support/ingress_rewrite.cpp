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
    if (!name || !port || backend.shared() || !is_fixed(*name) || !is_fixed(*port) || !are_all(backend)) {
      failed_ = true;
      return;
    }
    const bool port_first = port->range.begin < name->range.begin;
    const std::string_view number = port->value.integer() ? "number" : "name";
    if (backend.node()->flow)
      add_flow(*name, *port, number, port_first);
    else
      add_rows(*name, *port, number, port_first);
  }

  /// Whether the two keys are all that the mapping has.
  static bool are_all(const yaml::Value& backend) { return backend.node()->pairs.size() == 2; }

  bool is_fixed(const yaml::Entry& entry) const {
    const bool plain = !entry.shared && entry.value.is_scalar() && !entry.value.shared();
    return plain && !schema::is_placeholder(*entry.value.string()) &&
           slice(document_.text(), entry.range).find('\n') == std::string_view::npos;
  }

  void add_flow(const yaml::Entry& name, const yaml::Entry& port, std::string_view number, bool port_first) {
    const std::string before = like(name, "service") + ": {";
    edits_.push_back(Edit::replacement(name.key_range, (port_first ? "" : before) + like(name, "name")));
    edits_.push_back(Edit::replacement(port.key_range,
                                       (port_first ? before : "") + like(port, "port") + ": {" + like(port, number)));
    edits_.push_back(Edit::insertion(port.value.range().end, port_first ? "}" : "}}"));
    if (port_first) edits_.push_back(Edit::insertion(name.value.range().end, "}"));
  }

  /// The keys alone are written anew: the values, and the comments behind them, stay where they are.
  void add_rows(const yaml::Entry& name, const yaml::Entry& port, std::string_view number, bool port_first) {
    const std::size_t column = column_of(name.key_range.begin);
    const std::string before = like(name, "service") + ":" + row(column + 2);
    edits_.push_back(Edit::replacement(name.key_range, (port_first ? "  " : before) + like(name, "name")));
    edits_.push_back(Edit::replacement(port.key_range, (port_first ? before : "  ") + like(port, "port") + ":" +
                                                           row(column + 4) + like(port, number)));
  }

  /// A key in the quotes that `entry` has.
  std::string like(const yaml::Entry& entry, std::string_view key) const {
    const char first = document_.text()[entry.key_range.begin];
    const std::string quote = first == '"' || first == '\'' ? std::string(1, first) : std::string();
    return quote + std::string(key) + quote;
  }

  [[nodiscard]] std::string row(std::size_t column) const {
    return std::string(document_.line_ending()) + std::string(column, ' ');
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
