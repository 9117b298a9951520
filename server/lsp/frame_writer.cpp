#include "lsp/frame_writer.h"

namespace quaymaster::lsp {

std::string framed(std::string_view body) {
  std::string message = "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  message += body;
  return message;
}

}  // namespace quaymaster::lsp
