#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/object.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule unguarded_volume;
namespace {

/// The class of this name in the file.
const kubernetes::Object* class_named(std::string_view name, const kubernetes::File& file) {
  for (const kubernetes::File::Part& part : file.parts)
    for (const kubernetes::Object& object : part.manifest->objects)
      if (object.kind == "StorageClass" && object.name == name) return &object;
  return nullptr;
}

/// Whether what the class makes is not encrypted: what Azure and Google make always is.
bool is_unencrypted(const kubernetes::Object& storage_class) {
  constexpr std::string_view kAlways[] = {"disk.csi.azure.com", "file.csi.azure.com", "pd.csi.storage.gke.io",
                                          "filestore.csi.storage.gke.io"};
  const std::string_view by = storage_class.value.get("provisioner").string().value_or("");
  const std::string_view encrypted = storage_class.value.get({"parameters", "encrypted"}).string().value_or("false");
  return std::ranges::find(kAlways, by) == std::end(kAlways) && encrypted != "true";
}

void check_volume(const kubernetes::Object& object, std::uint32_t begin, const kubernetes::File& file,
                  RuleContext& ctx) {
  const yaml::Value spec = object.value.get("spec");
  const std::optional<kubernetes::Setting> policy = kubernetes::setting_of(spec, "persistentVolumeReclaimPolicy");
  if (policy && policy->text == "Recycle")
    ctx.report({.variant = "recycled",
                .range = policy->value_range.shifted(begin),
                .message = quoted(object.name, 28) + " is emptied with `rm -rf` and given to the next"});
  const std::optional<kubernetes::Setting> name = kubernetes::setting_of(spec, "storageClassName");
  const kubernetes::Object* storage_class = name ? class_named(name->text, file) : nullptr;
  if (storage_class != nullptr && is_unencrypted(*storage_class))
    ctx.report({.variant = "unencrypted",
                .range = name->value_range.shifted(begin),
                .message = "the class " + quoted(name->text, 28) + " does not encrypt what it stores"});
}

void check_file(const kubernetes::File& file, RuleContext& ctx) {
  for (const kubernetes::File::Part& part : file.parts)
    for (const kubernetes::Object& object : part.manifest->objects)
      if (object.kind == "PersistentVolume") check_volume(object, part.begin, file, ctx);
}

}  // namespace

constinit const Rule unguarded_volume = checked({
    .name = "unguarded-volume",
    .family = Family::State,
    .title = "Others can get at what a volume has stored.",
    .consequence =
        "The volume is released and handed to the next team. What `rm -rf` left on the disk they read with a tool "
        "for lost photographs, and the table of customers is among it.",
    .fine_when = "What is stored is worth nothing to others: caches, public files.",
    .variants = {{.name = "recycled",
                  .summary = "`persistentVolumeReclaimPolicy: Recycle`, which Kubernetes is to give up.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Recommended, Severity::Information}, {Preset::Strict, Severity::Information}},
                  .languages = Language::Kubernetes},
                 {.name = "unencrypted",
                  .summary = "The storage class of the volume does not encrypt.",
                  .severity = Severity::Information,
                  .aliases = {{Language::Kubernetes, "kubescape:C-0264"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/storage/persistent-volumes/#recycle",
                   "https://kubernetes.io/docs/concepts/storage/storage-classes/"},
    .examples =
        {{"recycled", "volume.yaml",
          "apiVersion: v1\nkind: PersistentVolume\nmetadata:\n  name: scratch\nspec:\n"
          "  persistentVolumeReclaimPolicy: <|Recycle|>\n  nfs: {server: nas, path: /scratch}\n"},
         {"not encrypted", "volume.yaml",
          "apiVersion: v1\nkind: PersistentVolume\nmetadata:\n  name: db\nspec:\n  storageClassName: <|plain|>\n---\n"
          "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata:\n  name: plain\n"
          "provisioner: ebs.csi.aws.com\n"},
         {"kept, and encrypted", "volume.yaml",
          "apiVersion: v1\nkind: PersistentVolume\nmetadata:\n  name: db\nspec:\n"
          "  persistentVolumeReclaimPolicy: Retain\n  storageClassName: safe\n---\n"
          "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata:\n  name: safe\n"
          "provisioner: ebs.csi.aws.com\nparameters:\n  encrypted: \"true\"\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
