#include "analysis/suppression/comment.h"

#include <string>

#include "support/catch.h"

namespace quaymaster::tests {
namespace {

/// "tool reach: items -- reason", with the text that each item's range and the range of all stands for.
std::string shown(std::string_view text, const std::optional<suppression::Comment>& comment) {
  if (!comment) return "none";
  constexpr const char* kReaches[] = {"entry", "line", "stage", "file"};
  std::string out(comment->tool);
  if (!out.empty()) out += " ";
  out += kReaches[static_cast<std::size_t>(comment->reach)];
  for (const suppression::Item& item : comment->items) {
    out += " " + item.name;
    const std::string_view written = slice(text, item.range);
    if (item.name != written) out += "<" + std::string(written) + ">";
  }
  if (!comment->reason.empty()) out += " -- " + comment->reason;
  if (comment->items.size() > 1) out += " [" + std::string(slice(text, comment->items_range)) + "]";
  return out;
}

TEST_CASE("our own form of suppression is read, and nothing else") {
  const auto [text, expected] = GENERATE(table<std::string, std::string>({
      {"# quaymaster: ignore floating-image-tag", "entry floating-image-tag"},
      {"#quaymaster:ignore a, b -- built here", "entry a b -- built here [a, b]"},
      {"#   quaymaster:   ignore   a ,b", "entry a b [a ,b]"},
      {"# quaymaster: ignore-file state", "file state"},
      {"# quaymaster: ignore-file", "file"},
      {"# quaymaster: ignore", "entry"},
      {"# quaymaster: ignore unpinned-package/pip -- a--b", "entry unpinned-package/pip -- a--b"},
      {"# quaymaster: ignore a a--b", "entry a a--b [a a--b]"},
      {"# quaymaster: ignored", "none"},
      {"# quaymaster", "none"},
      {"# see quaymaster: ignore a", "none"},
  }));
  CAPTURE(text);
  CHECK(shown(text, suppression::parse_own_comment(text)) == expected);
}

TEST_CASE("the forms of other tools") {
  const auto [text, expected] = GENERATE(table<std::string, std::string>({
      {"# hadolint ignore=DL3006", "hadolint entry hadolint:DL3006<DL3006>"},
      {"#hadolint ignore = DL3006 , SC2086 # old",
       "hadolint entry hadolint:DL3006<DL3006> shellcheck:SC2086<SC2086> "
       "-- old [DL3006 , SC2086]"},
      {"# hadolint ignore=DL3006,DL30x6",
       "hadolint entry hadolint:DL3006<DL3006> hadolint:DL30x6<DL30x6> "
       "[DL3006,DL30x6]"},
      {"# hadolint global ignore=DL3006", "hadolint file hadolint:DL3006<DL3006>"},
      {"# hadolint  stage ignore=DL3006", "hadolint stage hadolint:DL3006<DL3006>"},
      {"# hadolint shell=powershell", "none"},
      {"# hadolint ignore=", "none"},
      {"# hadolint ignore", "none"},
      {"# tally ignore=hadolint/DL3006,buildkit/StageNameCasing;reason=because",
       "tally entry hadolint:DL3006<hadolint/DL3006> buildkit:StageNameCasing<buildkit/StageNameCasing> "
       "-- because [hadolint/DL3006,buildkit/StageNameCasing]"},
      {"# tally global ignore=all", "tally file"},
      {"# check=skip=StageNameCasing,JSONArgsRecommended;error=true",
       "buildkit entry buildkit:StageNameCasing<StageNameCasing> buildkit:JSONArgsRecommended<JSONArgsRecommended> "
       "[StageNameCasing,JSONArgsRecommended]"},
      {"# check=error=true;skip=all", "buildkit entry"},
      {"# check=skip=A, B", "buildkit entry buildkit:A<A>"},
      {"# check=error=true", "none"},
      {"# check the tag", "none"},
      {"# dclint disable-file", "dclint file"},
      {"# dclint disable no-version-field", "dclint file dclint:no-version-field<no-version-field>"},
      {"# dclint disable-line", "dclint line"},
      {"# dclint enable", "none"},
      {"# checkov:skip=CKV_DOCKER_2: no probe", "checkov file checkov:CKV_DOCKER_2<CKV_DOCKER_2> -- no probe"},
      {"# shellcheck disable=SC2086", "shellcheck entry shellcheck:SC2086<SC2086>"},
      {"# shellcheck shell=sh disable=SC2086,SC2034 # old",
       "shellcheck entry shellcheck:SC2086<SC2086> shellcheck:SC2034<SC2034> [SC2086,SC2034]"},
      {"# shellcheck disable=all", "shellcheck entry"},
      {"# shellcheck shell=bash", "none"},
      {"# shellcheck", "none"},
      {"# trivy:ignore:AVD-DS-0002", "trivy entry trivy:DS-0002<AVD-DS-0002>"},
      {"# trivy:ignore:DS002", "trivy entry trivy:DS-0002<DS002>"},
      {"# trivy:ignore:KSV-0014", "trivy entry trivy:KSV-0014<KSV-0014>"},
      {"# trivy:ignore:", "none"},
      {"# a comment", "none"},
  }));
  CAPTURE(text);
  CHECK(shown(text, suppression::parse_peer_comment(text)) == expected);
}

}  // namespace
}  // namespace quaymaster::tests
