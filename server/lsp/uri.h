#pragma once
#include <string>
#include <string_view>

namespace quaymaster::lsp {

/// The path that a URI names, percent-decoded, with '/' between its parts: "/a b/Dockerfile" of
/// "file:///a%20b/Dockerfile", "Dockerfile" of "untitled:Dockerfile". It is used for its name, and never opened.
[[nodiscard]] std::string path_of(std::string_view uri);

/// The absolute, normalized path of the file that a URI names, a Windows drive letter in lower case; empty when it
/// names none (`untitled:`, `git:` …), or one of another host.
[[nodiscard]] std::string file_of(std::string_view uri);

/// The URI of the file at an absolute path.
[[nodiscard]] std::string uri_of_file(std::string_view path);

/// What two spellings of one document have in common: scheme and host in lower case, without `localhost`, everything
/// percent-decoded, a Windows drive letter in lower case, and the path of a file normalized. Only for comparing.
[[nodiscard]] std::string document_key(std::string_view uri);

}  // namespace quaymaster::lsp
