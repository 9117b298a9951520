#include "workspace/configuration/bases.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "text/utf8.h"
#include "workspace/configuration/problems.h"
#include "workspace/path.h"

namespace quaymaster::workspace {
namespace {

constexpr std::size_t kDeepest = 10;
constexpr std::size_t kMostBases = 50;

bool has_yaml_name(std::string_view path) { return path.ends_with(".yaml") || path.ends_with(".yml"); }

/// "`base.yaml` has 2 problems, the first in line 3". Nothing of its text, which may be none of the project's business.
std::string told_of(const std::string& name, std::string_view text, const std::vector<Diagnostic>& diagnostics) {
  const auto line = std::ranges::count(text.substr(0, diagnostics.front().range.begin), '\n') + 1;
  const std::string count = std::to_string(diagnostics.size());
  return quoted_name(name) +
         (diagnostics.size() == 1 ? " has a problem in line " : " has " + count + " problems, the first in line ") +
         std::to_string(line);
}

}  // namespace

OrFileError<std::string> read_configuration_text(const FileSystem& files, const std::string& path) {
  auto bytes = files.read(path, kFoundFileLimit);
  const auto* text = std::get_if<std::string>(&bytes);
  if (text == nullptr) return bytes;
  if (text->find('\0') != std::string::npos)
    return FileError{FileError::Kind::Failed, "contains NUL bytes, so it is not a text file"};
  if (!is_utf8(*text)) return FileError{FileError::Kind::Failed, "is not UTF-8"};
  return bytes;
}

BaseReader::Result BaseReader::read(const std::string& path, std::string_view text) {
  Result result;
  OwnFile file = read_own_file(text, rules_);
  result.diagnostics = std::move(file.diagnostics);
  file.diagnostics.clear();
  for (Diagnostic& diagnostic : add(path, std::move(file), result)) result.diagnostics.push_back(std::move(diagnostic));
  std::ranges::stable_sort(result.diagnostics, {}, &Diagnostic::range);
  return result;
}

std::vector<Diagnostic> BaseReader::add(const std::string& path, OwnFile file, Result& result) {
  open_.push_back(files_.real_path(path));
  Problems problems;
  for (const OwnFile::Base& base : file.extends)
    if (std::string problem = add_base(path, base, result); !problem.empty())
      problems.add_extends(base.range, std::move(problem));
  open_.pop_back();
  file.layer.origin = shown_(path);
  result.sources.push_back(file.layer.origin);
  result.layers.push_back(std::move(file.layer));
  std::ranges::move(file.files, std::back_inserter(result.files));
  if (file.shellcheck) result.shellcheck = std::move(file.shellcheck);
  return problems.take();
}

std::string BaseReader::add_base(const std::string& from, const OwnFile::Base& base, Result& result) {
  if (!has_yaml_name(base.path)) return "only a .yaml or .yml file can be built upon";
  const std::string path = base.path.starts_with('/') ? base.path : join(parent(from), base.path);
  const std::string real = files_.real_path(path);
  if (std::ranges::find(open_, real) != open_.end()) return quoted_name(base.path) + " builds upon this file: a cycle";
  if (open_.size() > kDeepest) return "files build upon one another more than 10 deep";
  if (++read_ > kMostBases) return "more than 50 files are built upon";
  auto bytes = read_configuration_text(files_, path);
  if (const auto* error = std::get_if<FileError>(&bytes)) return quoted_name(base.path) + ": " + error->message;
  const std::string& text = std::get<std::string>(bytes);
  OwnFile file = read_own_file(text, rules_);
  std::string problem;
  if (!file.diagnostics.empty()) problem = told_of(base.path, text, file.diagnostics);
  // What is wrong with the bases of a base is told where the first one is named, too.
  const std::vector<Diagnostic> below = add(real, std::move(file), result);
  return problem.empty() && !below.empty() ? below.front().message : problem;
}

}  // namespace quaymaster::workspace
