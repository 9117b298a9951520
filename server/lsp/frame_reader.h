#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace quaymaster::lsp {

/// What was wrong with the bytes between two messages. `what` is for the log and repeats no content.
struct FrameError {
  std::string what;
};

/// Cuts a stream of bytes into message bodies (LSP 3.17, "Base Protocol"). Pure: bytes in, bodies out; one thread.
///
/// Header names may have any case, unknown headers are skipped, lines may end with \n alone. What is no header is
/// reported once and skipped up to the next `Content-Length:`, so that garbage costs the messages that it hits and no
/// later one. A raw line break cannot stand inside a JSON string, hence a body is never taken for a header.
class FrameReader {
 public:
  static constexpr std::size_t kMaxBody = std::size_t{64} << 20U;
  static constexpr std::size_t kMaxHeaderLine = 8192;

  void append(std::string_view bytes);
  /// The next body or error; empty when more bytes are needed.
  [[nodiscard]] std::optional<std::variant<std::string, FrameError>> next();
  /// True when bytes were received that no body has been made of yet: at the end of input, a message cut short.
  [[nodiscard]] bool partial() const { return body_size_.has_value() || used_ < buffer_.size(); }

 private:
  [[nodiscard]] std::optional<FrameError> take_line(std::string_view line);
  [[nodiscard]] std::optional<FrameError> lost(std::string what);
  [[nodiscard]] std::string_view unread() const { return std::string_view(buffer_).substr(used_); }

  std::string buffer_;
  std::size_t used_ = 0;                       // bytes of buffer_ that are done with
  std::size_t scanned_ = 0;                    // bytes behind used_ known to hold no line end
  std::optional<std::size_t> content_length_;  // of the header block being read
  bool in_header_ = false;                     // a line of a header block was read
  std::optional<std::size_t> body_size_;       // set between the header block and the end of its body
  bool lost_ = false;                          // an error was reported and no message has followed it yet
};

}  // namespace quaymaster::lsp
