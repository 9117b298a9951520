#include "architecture/source_rules.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "support/catch.h"

namespace quaymaster::tests {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// Every .h and .cpp under `folders` of the project, as paths relative to its root.
std::vector<std::string> sources(const std::vector<std::string>& folders) {
  const fs::path root = QUAYMASTER_SOURCE_DIR;
  std::vector<std::string> found;
  for (const std::string& folder : folders) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / folder)) {
      const fs::path extension = entry.path().extension();
      if (extension == ".h" || extension == ".cpp")
        found.push_back(entry.path().lexically_relative(root).generic_string());
    }
  }
  return found;
}

/// The complaints about a text at a path, without the path.
std::string complaints(std::string_view path, std::string_view text) {
  std::string out;
  for (const Violation& violation : check_source(path, text)) {
    if (!out.empty()) out += '\n';
    out += std::to_string(violation.line) + ": " + violation.message;
  }
  return out;
}

TEST_CASE("the tree keeps its invariants") {
  const std::vector<std::string> files = sources({"include", "server", "tests"});
  REQUIRE(files.size() > 50);

  std::vector<Violation> violations;
  for (const std::string& path : files) {
    const std::vector<Violation> found = check_source(path, read(fs::path(QUAYMASTER_SOURCE_DIR) / path));
    violations.insert(violations.end(), found.begin(), found.end());
  }
  INFO(to_string(violations));
  CHECK(violations.empty());
}

struct Planted {
  std::string_view what;
  std::string_view path;
  std::string_view text;
  std::string_view complaint;  // empty: nothing is wrong
};

TEST_CASE("a planted violation is seen") {
  const Planted planted[] = {
      {"a layer to the right", "server/text/a.cpp", "#include \"model/yaml/value.h\"\n",
       "1: text may not include \"model/yaml/value.h\": model is right of it"},
      {"a public header of a layer to the right", "server/model/a.cpp", "\n#include \"quaymaster/rule.h\"\n",
       "2: model may not include \"quaymaster/rule.h\": rules is right of it"},
      {"a public header that includes to the right", "include/quaymaster/fix.h",
       "#pragma once\n#include \"quaymaster/analyzer.h\"\n",
       "2: rules may not include \"quaymaster/analyzer.h\": analysis is right of it"},
      {"the server uses the program", "server/lsp/a.cpp", "#include \"cli/output.h\"\n",
       "1: lsp may not include \"cli/output.h\": cli is right of it"},
      {"JSON in a pure layer", "server/features/a.cpp", "#include <nlohmann/json.hpp>\n",
       "1: features may not include <nlohmann/json.hpp>: it is not pure"},
      {"Boost in a pure layer", "server/workspace/a.cpp", "#include <boost/asio.hpp>\n",
       "1: workspace may not include <boost/asio.hpp>: it is not pure"},
      {"a log in a pure layer", "server/analysis/a.cpp", "#include <spdlog/spdlog.h>\n",
       "1: analysis may not include <spdlog/spdlog.h>: it is not pure"},
      {"options in a pure layer", "server/rules/a.cpp", "#include <CLI/CLI.hpp>\n",
       "1: rules may not include <CLI/CLI.hpp>: it is not pure"},
      {"a thread", "server/syntax/a.cpp", "#include <thread>\n", "1: syntax may not include <thread>: it is not pure"},
      {"a lock", "server/model/a.cpp", "#include <mutex>\n", "1: model may not include <mutex>: it is not pure"},
      {"a file", "server/workspace/a.cpp", "#include <fstream>\n",
       "1: workspace may not include <fstream>: it is not pure"},
      {"a folder", "server/workspace/a.cpp", "#include <filesystem>\n",
       "1: workspace may not include <filesystem>: it is not pure"},
      {"a clock", "server/analysis/a.cpp", "#include <chrono>\n",
       "1: analysis may not include <chrono>: it is not pure"},
      {"a stream", "server/text/a.cpp", "#include <iostream>\n", "1: text may not include <iostream>: it is not pure"},
      {"a system call", "server/text/a.cpp", "#include <unistd.h>\n",
       "1: text may not include <unistd.h>: it is not pure"},
      {"regular expressions", "server/rules/a.cpp", "#include <regex>\n",
       "1: rules may not include <regex>: it is not pure"},
      {"tree-sitter outside of syntax", "server/model/a.cpp", "#include <tree_sitter/api.h>\n",
       "1: model may not include <tree_sitter/api.h>: it is not pure"},
      {"a rule that sees syntax", "server/rules/state/a.cpp", "#include \"syntax/tree.h\"\n",
       "1: a rule sees values of the model, not \"syntax/tree.h\""},
      {"a rule that knows another", "server/rules/state/a.cpp", "#include \"rules/parity/b.h\"\n",
       "1: a rule does not know other rules: \"rules/parity/b.h\""},
      {"a path that belongs to no layer", "server/text/a.cpp", "#include \"helper.h\"\n",
       "1: text may not include \"helper.h\": it belongs to no layer"},
      {"a file that belongs to no layer", "server/util/a.cpp", "", "0: the file belongs to no layer"},
      {"a rule in no family", "server/rules/docker/a.cpp", "",
       "0: the folder of a rule is its family, and there is no family 'docker'"},
      {"using namespace", "tests/text/a.cpp", "void f() {\n  using namespace std;\n}\n", "2: no `using namespace`"},
      {"no include guard", "tests/support/a.h", "struct A {};\n", "0: a header starts with `#pragma once`"},
  };
  for (const Planted& p : planted) {
    INFO(p.what);
    CHECK(complaints(p.path, p.text) == p.complaint);
  }
}

TEST_CASE("what is allowed stays silent") {
  const Planted allowed[] = {
      {"the standard library", "server/text/a.cpp", "#include <algorithm>\n#include <vector>\n", ""},
      {"its own layer and what is left of it", "server/model/a.cpp",
       "#include \"model/yaml/value.h\"\n#include \"syntax/tree.h\"\n#include \"text/utf8.h\"\n", ""},
      {"tree-sitter in syntax", "server/syntax/a.cpp", "#include <tree_sitter/api.h>\n", ""},
      {"everything at the edge", "server/lsp/a.cpp", "#include <boost/asio.hpp>\n#include <thread>\n", ""},
      {"the program starts the server", "server/cli/main.cpp", "#include \"lsp/server.h\"\n", ""},
      {"what the rules share", "server/rules/state/a.cpp", "#include \"rules/support/commands.h\"\n", ""},
      {"a folder for what the rules share", "server/rules/support/commands.cpp", "", ""},
      {"an include in a comment", "server/text/a.cpp", "/*\n#include <thread>\n*/\n// #include <mutex>\n", ""},
      {"an include in a raw string", "server/text/a.cpp", "auto s = R\"x(\n#include <thread>\n)x\";\n", ""},
      {"words in a string", "server/text/a.cpp", "auto s = \"using namespace \\\" std\";\n", ""},
      {"digit separators are no literals", "server/text/a.cpp", "int i = 1'000;\nint j = 2'000;\n", ""},
      {"a test may use files", "tests/text/a.cpp", "#include <fstream>\n", ""},
  };
  for (const Planted& p : allowed) {
    INFO(p.what);
    CHECK(complaints(p.path, p.text).empty());
  }
}

}  // namespace
}  // namespace quaymaster::tests
