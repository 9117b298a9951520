#include "lsp/frame_reader.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace quaymaster::lsp {
namespace {

constexpr std::string_view kContentLength = "content-length:";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Where "Content-Length:" begins in `line`, in any case; npos when it does not, or is the end of a longer name.
std::size_t find_content_length(std::string_view line) {
  const auto found = std::search(line.begin(), line.end(), kContentLength.begin(), kContentLength.end(),
                                 [](char a, char b) { return lower(a) == b; });
  if (found == line.end()) return std::string_view::npos;
  const auto at = static_cast<std::size_t>(found - line.begin());
  if (at == 0) return 0;
  const char before = lower(line[at - 1]);
  const bool in_name = (before >= 'a' && before <= 'z') || (before >= '0' && before <= '9') || before == '-';
  return in_name ? std::string_view::npos : at;
}

std::optional<std::size_t> parse_length(std::string_view value) {
  while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
  while (!value.empty() && (value.back() == ' ' || value.back() == '\t')) value.remove_suffix(1);
  std::size_t length = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), length);
  if (error != std::errc{} || end != value.data() + value.size()) return std::nullopt;
  return length;
}

}  // namespace

void FrameReader::append(std::string_view bytes) {
  if (used_ > buffer_.size() / 2) {
    buffer_.erase(0, used_);
    used_ = 0;
  }
  buffer_ += bytes;
}

std::optional<std::variant<std::string, FrameError>> FrameReader::next() {
  while (true) {
    if (body_size_) {
      if (unread().size() < *body_size_) return std::nullopt;
      std::string body(unread().substr(0, *body_size_));
      used_ += body.size();
      body_size_.reset();
      lost_ = false;
      return body;
    }
    const std::string_view rest = unread();
    const std::size_t newline = rest.find('\n', scanned_);
    if (newline == std::string_view::npos) {
      scanned_ = rest.size();
      if (rest.size() <= kMaxHeaderLine) return std::nullopt;
      // What is kept may hold the first half of a header.
      used_ += rest.size() - kContentLength.size();
      scanned_ = 0;
      if (auto error = lost("a header line of more than 8 KiB")) return std::move(*error);
      return std::nullopt;
    }
    scanned_ = 0;
    std::string_view line = rest.substr(0, newline);
    used_ += newline + 1;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (auto error = take_line(line)) return std::move(*error);
  }
}

std::optional<FrameError> FrameReader::take_line(std::string_view line) {
  if (line.empty()) {
    if (!std::exchange(in_header_, false)) return std::nullopt;
    body_size_ = std::exchange(content_length_, std::nullopt);
    return body_size_ ? std::nullopt : lost("a header block without a usable Content-Length");
  }
  in_header_ = true;
  const std::size_t at = find_content_length(line);
  if (at == std::string_view::npos) {
    return line.find(':') == std::string_view::npos ? lost("bytes that are no header") : std::nullopt;
  }
  content_length_ = parse_length(line.substr(at + kContentLength.size()));
  if (!content_length_) return lost("a Content-Length that is no number");
  if (*content_length_ > kMaxBody) {
    content_length_.reset();
    return lost("a message of more than 64 MiB");
  }
  return at == 0 ? std::nullopt : lost("bytes before a header");
}

std::optional<FrameError> FrameReader::lost(std::string what) {
  if (std::exchange(lost_, true)) return std::nullopt;
  return FrameError{std::move(what)};
}

}  // namespace quaymaster::lsp
