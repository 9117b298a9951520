#pragma once
#include <cstdint>
#include <vector>

#include "analysis/suppression/suppression.h"
#include "model/kubernetes/kubernetes.h"
#include "model/yaml/document.h"

namespace quaymaster::suppression {

/// What the comments of a YAML document ask to be silent about. A comment behind something speaks of its line; one on a
/// line of its own of the whole entry (key or list item) that begins on the next line that is no comment. `begin` is
/// where the document begins in its file.
[[nodiscard]] std::vector<Suppression> find_in_document(const yaml::Document& document, std::uint32_t begin);

/// What the annotations of Kubernetes objects ask to be silent about, for the object that has them: kube-linter
/// (`ignore-check.kube-linter.io/CHECK`, `kube-linter.io/ignore-all`), kube-score (`kube-score/ignore`), Polaris
/// (`polaris.fairwinds.com/CHECK-exempt`, `…/exempt`) and Checkov (`checkov.io/skipN` and its older names). kube-score
/// and Checkov are listened to on the pod template, too.
[[nodiscard]] std::vector<Suppression> find_in_annotations(const kubernetes::Manifest& manifest, std::uint32_t begin);

}  // namespace quaymaster::suppression
