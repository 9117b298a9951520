#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/dockerfile/file.h"
#include "model/dockerfile/run_mount.h"
#include "rules/rule_context.h"
#include "rules/support/builder.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"
#include "rules/support/variants.h"
#include "text/ascii.h"
#include "text/near_miss.h"

namespace quaymaster::rules {
extern const Rule invalid_mount;
namespace {

using dockerfile::MountField;
using dockerfile::RunMount;
using dockerfile::Word;

constexpr std::string_view kKeys[] = {"type",        "from", "source", "target",    "readonly", "id",  "sharing",
                                      "required",    "size", "mode",   "uid",       "gid",      "src", "dst",
                                      "destination", "ro",   "rw",     "readwrite", "env"};
constexpr std::string_view kTypes[] = {"bind", "cache", "tmpfs", "secret", "ssh"};
constexpr std::string_view kSharing[] = {"shared", "private", "locked"};

template <std::size_t Size>
bool is_one_of(std::string_view name, const std::string_view (&names)[Size]) {
  return std::ranges::find(names, name) != std::end(names);
}

bool is_boolean(std::string_view text) {
  constexpr std::string_view kBooleans[] = {"1", "t", "T", "TRUE",  "true",  "True",
                                            "0", "f", "F", "FALSE", "false", "False"};
  return is_one_of(text, kBooleans);
}

bool is_number(std::string_view text, std::string_view digits, std::size_t longest) {
  return !text.empty() && text.size() <= longest && text.find_first_not_of(digits) == std::string_view::npos;
}

/// `64m`, `1.5GiB`, `4096`.
bool is_size(std::string_view text) {
  const std::size_t end = std::min(text.find_first_not_of("0123456789."), text.size());
  if (end == 0) return false;
  std::string unit = ascii_lower(text.substr(end));
  unit.erase(0, unit.find_first_not_of(' '));
  constexpr std::string_view kUnits[] = {"",   "b",  "k",  "m",   "g",   "t",   "p",   "kb", "mb",
                                         "gb", "tb", "pb", "kib", "mib", "gib", "tib", "pib"};
  return is_one_of(unit, kUnits);
}

class MountCheck {
 public:
  MountCheck(const RunMount& mount, RuleContext& ctx)
      : mount_(mount), context_(*ctx.instruction_context()), ctx_(ctx) {}

  void check() {
    for (const MountField& field : mount_.fields)
      if (!check_field(field)) return;
    if (mount_.bad_quote) {
      report("malformed", *mount_.bad_quote, "a quote has to stand at both ends of a field, or nowhere in it");
      return;
    }
    if (type_known_) check_whole();
  }

 private:
  void report(std::string_view variant, TextRange range, std::string message, std::vector<Fix> fixes = {}) {
    ctx_.report({.variant = variant,
                 .range = range.empty() ? mount_.range : range,
                 .message = std::move(message),
                 .fixes = std::move(fixes)});
  }

  template <std::size_t Size>
  void report_near(std::string_view variant, const Word& word, std::string message,
                   const std::string_view (&candidates)[Size]) {
    const std::string_view nearest = near_miss(word.string(), candidates);
    std::vector<Fix> fixes;
    if (!nearest.empty() && verbatim(word))
      fixes.push_back({"Replace it with " + std::string(nearest),
                       Applicability::Unsafe,
                       {Edit::replacement(word.range, std::string(nearest))}});
    if (!nearest.empty()) message += "; did you mean " + quoted(nearest) + "?";
    report(variant, word.range, std::move(message), std::move(fixes));
  }

  /// The first mistake of a mount may have others in its wake: false ends the check.
  bool check_field(const MountField& field) {
    const std::string key = ascii_lower(field.key.string());
    if (!field.value) return check_bare(field, key);
    if (!is_one_of(key, kKeys)) {
      report_near("unknown-field", field.key, quoted(field.key.string(), 24) + " is no field of a mount", kKeys);
      return false;
    }
    if (key == "from") return true;  // undefined-stage has it
    const std::optional<std::string> value = known_value(*field.value, context_);
    if (!value) {
      if (key == "type") type_known_ = false;
      return true;
    }
    return check_value(field, key, *value);
  }

  bool check_bare(const MountField& field, std::string_view key) {
    if (key == "readonly" || key == "ro" || key == "readwrite" || key == "rw") return true;
    if (key == "required") return check_for_type(field, {"secret", "ssh"});
    if (is_one_of(key, kKeys)) {
      report("value", field.range, quoted(field.key.string()) + " needs a value: " + quoted(std::string(key) + "=…"));
    } else if (field.key.string().empty()) {
      report("malformed", field.range, "a field is empty: there is a comma too many");
    } else {
      report_near("unknown-field", field.key, quoted(field.key.string(), 24) + " is no field of a mount", kKeys);
    }
    return false;
  }

  bool check_for_type(const MountField& field, std::initializer_list<std::string_view> types) {
    if (!type_known_ || std::ranges::find(types, type_) != types.end()) return true;
    const MountField* later = mount_.field({"type"});
    const bool comes_later = later != nullptr && later->value && later->range.begin > field.range.begin;
    report("type", field.range,
           comes_later ? "`type` has to come before " + quoted(field.key.string())
                       : quoted(field.key.string()) + " is not for mounts of type " + quoted(type_));
    return false;
  }

  bool bad_value(const MountField& field, const std::string& value, std::string_view expected) {
    report("value", field.value->range.empty() ? field.range : field.value->range,
           quoted(value, 24) + " is no " + field.key.string() + ": " + std::string(expected));
    return false;
  }

  bool check_value(const MountField& field, std::string_view key, const std::string& value) {
    constexpr std::string_view kDecimal = "0123456789";
    constexpr std::string_view kOctal = "01234567";
    constexpr std::size_t kLongestId = 10;
    if (key == "type") {
      type_ = ascii_lower(value);
      if (is_one_of(type_, kTypes)) return true;
      report_near("type", *field.value, "there are no mounts of type " + quoted(value, 24), kTypes);
      return false;
    }
    if (key == "required")
      return check_for_type(field, {"secret", "ssh"}) &&
             (is_boolean(value) || bad_value(field, value, "true or false"));
    if (key == "readonly" || key == "ro" || key == "readwrite" || key == "rw")
      return is_boolean(value) || bad_value(field, value, "true or false");
    if (key == "size")
      return check_for_type(field, {"tmpfs"}) &&
             (is_size(value) || bad_value(field, value, "a number, and `k`, `m` or `g`"));
    if (key == "sharing" && !is_one_of(ascii_lower(value), kSharing)) {
      report_near("value", *field.value, "a cache is shared, private or locked, not " + quoted(value, 24), kSharing);
      return false;
    }
    if (key == "mode") return is_number(value, kOctal, 11) || bad_value(field, value, "an octal number like `0755`");
    if (key == "uid" || key == "gid")
      return is_number(value, kDecimal, kLongestId) || bad_value(field, value, "a number");
    return true;
  }

  /// A field that mounts of this type do not have.
  bool has_foreign(std::initializer_list<std::string_view> names) {
    const MountField* field = mount_.field(names);
    if (field == nullptr) return false;
    report("type", field->range, quoted(field->key.string()) + " is not for mounts of type " + quoted(type_));
    return true;
  }

  void check_whole() {
    const bool needs_target = type_ == "bind" || type_ == "cache" || type_ == "tmpfs";
    if ((type_ == "bind" || type_ == "tmpfs") && has_foreign({"mode", "uid", "gid"})) return;
    if (type_ != "cache" && has_foreign({"sharing"})) return;
    if (type_ == "secret") return check_secret();
    if (needs_target) check_target();
  }

  void check_secret() {
    if (has_foreign({"from"})) return;
    const MountField* source = mount_.field({"source", "src"});
    const MountField* id = mount_.field({"id"});
    if (source == nullptr && id == nullptr && mount_.field({"target", "dst", "destination"}) == nullptr)
      report("target", mount_.range, "nothing says which secret: give it an `id`");
    else if (source != nullptr && id != nullptr && !source->value->string().empty() && !id->value->string().empty())
      report("type", source->range, quoted(source->key.string()) + " and `id` both name the secret: one is enough");
  }

  void check_target() {
    const MountField* field = mount_.field({"target", "dst", "destination"});
    const std::optional<std::string> target = field == nullptr ? std::string() : known_value(*field->value, context_);
    if (!target) return;
    const bool root = !target->empty() && target->find_first_not_of("/.") == std::string::npos &&
                      target->front() == '/' && target->find("...") == std::string::npos;
    if (root)
      report("target", field->value->range, "a mount cannot take the place of the whole file system");
    else if (target->empty() && (context_.workdir.empty() || context_.workdir == "/"))
      report("target", field == nullptr ? mount_.range : field->range,
             "nothing says where to mount it: `target` is missing");
  }

  const RunMount& mount_;
  const dockerfile::Context& context_;
  RuleContext& ctx_;
  std::string type_ = "bind";
  bool type_known_ = true;
};

void check_run(const dockerfile::Run& run, RuleContext& ctx) {
  if (run.triggered || !is_buildkit(ctx.project())) return;
  for (const RunMount& mount : run_mounts(run)) MountCheck(mount, ctx).check();
}

}  // namespace

constinit const Rule invalid_mount = checked({
    .name = "invalid-mount",
    .family = Family::Correctness,
    .title = "The mount of RUN cannot be made.",
    .consequence =
        "The build stops when it comes to the line, `unexpected key 'path'` or `invalid mount target`. The fields look "
        "like those of `docker run --mount`, and are not all the same.",
    .fine_when =
        "Another builder with mounts of its own builds the file: `builder: buildah` in the configuration file says so.",
    .fix = FixAvailability::Sometimes,
    .variants = {refused("unknown-field", "A field has a name that mounts do not know."),
                 refused("type", "The type is none, or a field is not for mounts of the type."),
                 refused("value", "A field has no value, or one that it cannot have."),
                 refused("target", "Nothing says where to mount it, or which secret."),
                 refused("malformed", "The fields cannot be told apart.")},
    .references = {"https://docs.docker.com/reference/dockerfile/#run---mount"},
    .examples =
        {{"fields misspelt", "Dockerfile",
          "FROM debian:12.8\nRUN --mount=type=cache,<|traget|>=/root/.cache make\nRUN --mount=type=ssh,<|reqired|> "
          "make\n",
          "FROM debian:12.8\nRUN --mount=type=cache,target=/root/.cache make\nRUN --mount=type=ssh,required make\n"},
         {"a field of other programs", "Dockerfile",
          "FROM debian:12.8\nRUN --mount=type=bind,<|bind-propagation|>=shared,target=/a make\n"},
         {"a type misspelt", "Dockerfile", "FROM debian:12.8\nRUN --mount=type=<|cahce|>,target=/a make\n",
          "FROM debian:12.8\nRUN --mount=type=cache,target=/a make\n"},
         {"not for the type", "Dockerfile",
          "FROM debian:12.8\nRUN --mount=target=/a,<|size=64m|> make\nRUN --mount=<|required|>,type=ssh make\n"
          "RUN --mount=type=bind,target=/a,<|uid=1000|> make\nRUN --mount=type=secret,id=a,<|src=b|> make\n"
          "RUN --mount=type=ssh,<|sharing=locked|> make\n"},
         {"values", "Dockerfile",
          "FROM debian:12.8\nRUN --mount=type=tmpfs,target=/a,size=<|many|> make\nRUN "
          "--mount=type=cache,target=/a,mode=<|0789|> make\n"
          "RUN --mount=type=cache,target=/a,sharing=<|alone|> make\nRUN --mount=target=/a,<|source|> make\n"
          "RUN --mount=type=ssh,required=<|yes|> make\n"},
         {"nowhere", "Dockerfile",
          "FROM debian:12.8\nRUN --mount=<|type=cache|> make\nRUN --mount=type=bind,target=<|/|> make\nRUN "
          "--mount=<|type=secret|> make\n"},
         {"a blank behind a comma", "Dockerfile", "FROM debian:12.8\nRUN --mount=type=cache<|,|> target=/a make\n"},
         {"quotes", "Dockerfile", "FROM debian:12.8\nRUN --mount=type=cache,target=\\<|\"|>/a\\\" make\n"},
         {"good mounts", "Dockerfile",
          "FROM debian:12.8\nARG TYPE\nRUN --mount=type=cache,target=/a,sharing=LOCKED,uid=0,mode=0755 "
          "--mount=type=ssh make\n"
          "RUN --mount=type=secret,id=a,required,env=A --mount=target=.,rw --mount=type=tmpfs,dst=/t,size=64m make\n"
          "RUN --mount=type=$TYPE,target=/a make\nWORKDIR /src\nRUN --mount=type=bind make\n"},
         {.title = "with Buildah, which has more of them",
          .path = "Dockerfile",
          .before = "FROM debian:12.8\nRUN --mount=type=bind,target=/a,Z make\n",
          .options = "builder: buildah"}},
    .checks = {on(check_run)},
});

}  // namespace quaymaster::rules
