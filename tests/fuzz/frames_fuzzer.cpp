// Any bytes as what a client sends: cut anywhere into pieces, they give the same messages and errors; and what was
// framed by us is read back, behind whatever came before.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/require.h"
#include "lsp/frame_reader.h"
#include "lsp/frame_writer.h"

namespace quaymaster::fuzz {
namespace {

std::vector<std::string> read(std::string_view bytes, std::size_t piece) {
  std::vector<std::string> result;
  lsp::FrameReader reader;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    reader.append(bytes.substr(at, piece));
    while (const auto next = reader.next()) {
      const auto* body = std::get_if<std::string>(&*next);
      result.push_back(body != nullptr ? "body " + *body : "error " + std::get<lsp::FrameError>(*next).what);
    }
  }
  return result;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  require(read(bytes, bytes.size() + 1) == read(bytes, 1));
  require(read(bytes, bytes.size() + 1) == read(bytes, 7));
  require(read(lsp::framed(bytes), 5) == std::vector<std::string>{"body " + bytes});
  return 0;
}

}  // namespace quaymaster::fuzz
