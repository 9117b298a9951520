#include "lsp/json_rpc.h"

#include <cstdint>
#include <optional>
#include <utility>

#include "text/utf8.h"

namespace quaymaster::lsp {
namespace {

bool nests_too_deep(std::string_view body) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < body.size(); ++i) {
    const char c = body[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      if (++depth > kMaxNesting) return true;
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
  return false;
}

/// The UTF-16 unit of an escape `\uXXXX` that `text` begins with.
std::optional<std::uint32_t> escaped_unit(std::string_view text) {
  if (text.size() < 6 || !text.starts_with("\\u")) return std::nullopt;
  std::uint32_t unit = 0;
  for (const char c : text.substr(2, 4)) {
    const char digit = c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
    if (digit >= '0' && digit <= '9')
      unit = unit * 16 + static_cast<std::uint32_t>(digit - '0');
    else if (digit >= 'A' && digit <= 'F')
      unit = unit * 16 + static_cast<std::uint32_t>(digit - 'A' + 10);
    else
      return std::nullopt;
  }
  return unit;
}

std::string with_replacement_characters(std::string_view body) {
  std::string repaired;
  repaired.reserve(body.size());
  const auto take = [&](std::size_t count) {
    repaired += body.substr(0, count);
    body.remove_prefix(std::min(count, body.size()));
  };
  while (!body.empty()) {
    if (const auto unit = escaped_unit(body)) {
      const bool high = *unit >= 0xD800 && *unit < 0xDC00;
      const auto following = high ? escaped_unit(body.substr(6)) : std::nullopt;
      if (following && *following >= 0xDC00 && *following < 0xE000) {
        take(12);
      } else if (*unit >= 0xD800 && *unit < 0xE000) {
        repaired += "\\ufffd";
        body.remove_prefix(6);
      } else {
        take(6);
      }
    } else if (body.front() == '\\') {
      take(2);
    } else if (const std::uint32_t length = utf8_length(body);
               length > 1 || static_cast<unsigned char>(body[0]) < 0x80) {
      take(length);
    } else {
      repaired += "\xEF\xBF\xBD";
      body.remove_prefix(1);
    }
  }
  return repaired;
}

}  // namespace

Outcome parse_message(std::string_view body) {
  if (nests_too_deep(body)) return ResponseError{ErrorCode::ParseError, "the message nests too deep"};
  Json message = Json::parse(body, nullptr, false);
  if (message.is_discarded()) message = Json::parse(with_replacement_characters(body), nullptr, false);
  if (message.is_discarded()) return ResponseError{ErrorCode::ParseError, "the message is not JSON"};
  return message;
}

std::string to_body(const Json& message) { return message.dump(-1, ' ', false, Json::error_handler_t::replace); }

Json make_response(Json id, Json result) {
  Json message = {{"jsonrpc", "2.0"}};
  message["id"] = std::move(id);
  message["result"] = std::move(result);
  return message;
}

Json make_error(Json id, const ResponseError& error) {
  Json message = {{"jsonrpc", "2.0"}};
  message["id"] = std::move(id);
  message["error"] = {{"code", static_cast<int>(error.code)}, {"message", error.message}};
  return message;
}

Json make_notification(std::string_view method, Json params) {
  Json message = {{"jsonrpc", "2.0"}, {"method", method}};
  message["params"] = std::move(params);
  return message;
}

}  // namespace quaymaster::lsp
