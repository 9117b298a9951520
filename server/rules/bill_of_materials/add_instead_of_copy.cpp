#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/dockerfile/expansion.h"
#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/archive.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule add_instead_of_copy;
namespace {

using dockerfile::Add;
using dockerfile::Word;

enum class Source : std::uint8_t {
  Local,    ///< surely a file of the build context that ADD copies as it is
  Unknown,  ///< has a variable that may hold an address
  Special,  ///< something that ADD is for: an address, a repository, an archive, text
};

bool is_address(std::string_view source) {
  return source.find("://") != std::string_view::npos || source.starts_with("git@") || source.starts_with("<<");
}

Source source_of(const Word& word, const dockerfile::Context& context) {
  const std::string_view written = without_quotes(word.string());
  if (is_address(written) || is_archive(written)) return Source::Special;
  const std::optional<std::string> value = known_value(word, context);
  if (value) return is_address(*value) || is_archive(*value) ? Source::Special : Source::Local;
  // What comes behind text of its own is no address.
  return written.starts_with('$') || written.empty() ? Source::Unknown : Source::Local;
}

bool may_match_archives(const Word& source) { return source.string().find_first_of("*?[") != std::string::npos; }

/// Whether COPY has the flag, too.
bool is_flag_of_copy(const dockerfile::Flag& flag) {
  return flag.name == "chown" || flag.name == "chmod" || flag.name == "link" || flag.name == "exclude";
}

void check_add(const Add& add, RuleContext& ctx) {
  if (!add.destination || add.sources.empty()) return;
  bool local = false;
  bool unknown = false;
  bool special = false;
  for (const Word& source : add.sources) {
    const Source kind = source_of(source, *ctx.instruction_context());
    local = local || kind == Source::Local;
    unknown = unknown || kind == Source::Unknown;
    special = special || kind == Source::Special;
  }
  if (!local && !unknown)
    return ctx.report({.variant = "wanted-add",
                       .range = add.keyword,
                       .message = "ADD is used for what COPY cannot do: it downloads, unpacks or clones"});
  std::vector<Fix> fixes;
  const bool possible = !special && !unknown && std::all_of(add.flags.begin(), add.flags.end(), is_flag_of_copy);
  if (possible && add.keyword.size() == add.keyword_text.size()) {
    const bool sure = std::none_of(add.sources.begin(), add.sources.end(), may_match_archives);
    fixes.push_back({"Replace ADD with COPY",
                     sure ? Applicability::Safe : Applicability::Unsafe,
                     {Edit::replacement(add.keyword, in_case_of(add.keyword_text, "COPY"))},
                     "An archive with a name that does not say so is copied then, no longer unpacked."});
  }
  Report report{.variant = local ? "local-file" : "unknown-source",
                .range = add.keyword,
                .message = local ? "ADD also unpacks and downloads; COPY does what is meant here"
                                 : "ADD of " + quoted(add.sources.front().string(), 40) + ": if it is a file, use COPY",
                .fixes = std::move(fixes)};
  if (add.triggered) report.aliases = std::vector<std::string_view>{};
  ctx.report(std::move(report));
}

}  // namespace

constinit const Rule add_instead_of_copy = checked({
    .name = "add-instead-of-copy",
    .family = Family::BillOfMaterials,
    .title = "ADD copies a plain file or folder, which is the work of COPY.",
    .consequence =
        "One day the file that the pipeline puts there is a compressed one, under the same name. ADD looks into it, "
        "unpacks it without a word, and where the program expects a file there is a folder.",
    .fine_when = "The file is an archive that is to be unpacked, though its name does not say so.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "local-file",
                  .summary = "ADD copies something from the build context that is no archive.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Recommended, Severity::Hint},
                              {Preset::Strict, Severity::Information},
                              {Preset::Hadolint, Severity::Error}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3020"},
                              {Language::Dockerfile, "trivy:DS-0005"},
                              {Language::Dockerfile, "checkov:CKV_DOCKER_4"}},
                  .languages = Language::Dockerfile},
                 {.name = "unknown-source",
                  .summary = "ADD takes something from a variable, which may be an address or an archive.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Hadolint, Severity::Error}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3020"},
                              {Language::Dockerfile, "trivy:DS-0005"},
                              {Language::Dockerfile, "checkov:CKV_DOCKER_4"}},
                  .languages = Language::Dockerfile},
                 {.name = "wanted-add",
                  .summary = "ADD does what it is for; only where a project wants no ADD at all is that worth a word.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Dockerfile, "checkov:CKV_DOCKER_4"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/build/building/best-practices/#add-or-copy",
                   "https://docs.docker.com/reference/dockerfile/#add"},
    .examples = {{"a folder", "Dockerfile", "FROM node:22.11.0\n<|ADD|> . /app\n", "FROM node:22.11.0\nCOPY . /app\n"},
                 {"a file with an owner", "Dockerfile",
                  "from node:22.11.0\r\n<|add|> --chown=node \"a b.js\" /app/\r\n",
                  "from node:22.11.0\r\ncopy --chown=node \"a b.js\" /app/\r\n"},
                 {"a list", "Dockerfile", "FROM node:22.11.0\n<|ADD|> [\"app.js\", \"/app/\"]\n",
                  "FROM node:22.11.0\nCOPY [\"app.js\", \"/app/\"]\n"},
                 {"a pattern that may match archives", "Dockerfile", "FROM node:22.11.0\n<|ADD|> dist/* /app/\n",
                  "FROM node:22.11.0\nCOPY dist/* /app/\n"},
                 {"a file and an archive", "Dockerfile", "FROM node:22.11.0\n<|ADD|> app.js vendor.tgz /app/\n"},
                 {"a variable", "Dockerfile", "FROM node:22.11.0\nARG SOURCE\n<|ADD|> ${SOURCE} /app/\n"},
                 {"a variable with a default", "Dockerfile",
                  "FROM node:22.11.0\nARG JAR=target/app.jar\n<|ADD|> ${JAR} /app.jar\n",
                  "FROM node:22.11.0\nARG JAR=target/app.jar\nCOPY ${JAR} /app.jar\n"},
                 {"archives, addresses and repositories", "Dockerfile",
                  "FROM node:22.11.0\nARG URL=https://example.org/app.js\n<|ADD|> app.tar.gz /app/\n<|ADD|> \"a.tgz\" "
                  "/app/\n<|ADD|> https://example.org/a.js /app/\n<|ADD|> git@github.com:example/app.git /app\n"
                  "<|ADD|> $URL /app/\n"},
                 {"COPY", "Dockerfile", "FROM node:22.11.0\nCOPY . /app\n"}},
    .checks = {on(check_add)},
});

}  // namespace quaymaster::rules
