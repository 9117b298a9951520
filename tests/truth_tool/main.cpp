// What the scripts of tests/truth and tests/differential ask of our syntax and our model, for files whose paths come on
// standard input, a line each:
//   truth_tool dump                       a line of JSON for each file: our model in the words of BuildKit's parser
//   truth_tool type-dockerfile PLACES     what survives a half-typed line, PLACES for each file
//   truth_tool type-yaml PLACES
//   truth_tool prefixes LANGUAGE lines    analyses of a file up to each line, or up to NUMBER random places
//   truth_tool prefixes LANGUAGE NUMBER
//   truth_tool damage LANGUAGE            what fixes do to files that they must not do
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <span>
#include <string>
#include <vector>

#include "quaymaster/language.h"
#include "truth/builder_view.h"
#include "truth/damage.h"
#include "truth/prefixes.h"
#include "truth/typing.h"
#include "truth/whole_tree.h"

namespace quaymaster::tests {
namespace {

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> paths() {
  std::vector<std::string> result;
  for (std::string line; std::getline(std::cin, line);) result.push_back(line);
  return result;
}

int dump() {
  for (const std::string& path : paths()) {
    const std::string text = content_of(path);
    nlohmann::json view = builder_view(text);
    const WholeTree tree = whole_tree(text);
    view["File"] = path;
    view["TreeErrors"] = tree.errors;
    view["TreeDifferences"] = tree.differences;
    std::cout << view.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
  }
  return EXIT_SUCCESS;
}

template <class TypeInto>
int type(std::vector<TypedLine> lines, TypeInto type_into, std::size_t places, double least) {
  std::size_t all = 0;
  for (const std::string& path : paths()) all += type_into(content_of(path), places, lines);
  std::cout << all << " places\n" << table_of(lines);
  bool good = all > 0;
  for (const TypedLine& line : lines) good = good && (line.excepted || line.share() >= least);
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

int prefixes(Language language, const std::string& which) {
  std::size_t analyses = 0;
  std::string problems;
  for (const std::string& path : paths()) {
    const std::string text = content_of(path);
    const std::vector<std::uint32_t> cuts =
        which == "lines" ? line_cuts(text)
                         : random_cuts(text, std::stoul(which), static_cast<std::uint32_t>(text.size()));
    analyses += cuts.size();
    problems += analyze_prefixes(path, language, text, cuts);
  }
  std::cout << analyses << " texts analysed\n" << problems;
  return problems.empty() ? EXIT_SUCCESS : EXIT_FAILURE;
}

int damage(Language language) {
  std::size_t files = 0;
  std::string problems;
  for (const std::string& path : paths()) {
    ++files;
    problems += damage_by_fixes(path, language, content_of(path));
  }
  std::cout << files << " files repaired\n" << problems;
  return problems.empty() ? EXIT_SUCCESS : EXIT_FAILURE;
}

int run(const std::vector<std::string>& words) {
  if (words.size() == 1 && words[0] == "dump") return dump();
  if (words.size() == 2 && words[0] == "type-dockerfile")
    return type(dockerfile_lines(), type_into_dockerfile, std::stoul(words[1]), 1.0);
  if (words.size() == 2 && words[0] == "type-yaml")
    return type(yaml_lines(), type_into_yaml, std::stoul(words[1]), 0.94);
  if (words.size() == 3 && words[0] == "prefixes") {
    const auto language = parse_language(words[1]);
    if (language) return prefixes(*language, words[2]);
  }
  if (words.size() == 2 && words[0] == "damage") {
    const auto language = parse_language(words[1]);
    if (language) return damage(*language);
  }
  std::cerr << "usage: see the head of tests/truth_tool/main.cpp\n";
  return 2;
}

}  // namespace
}  // namespace quaymaster::tests

int main(int argc, char** argv) { return quaymaster::tests::run({argv + 1, argv + argc}); }
