#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

namespace quaymaster::lsp {

using Json = nlohmann::json;

/// JSON-RPC 2.0 and LSP 3.17, "Response Message".
enum class ErrorCode : int {
  ParseError = -32700,
  InvalidRequest = -32600,
  MethodNotFound = -32601,
  InvalidParams = -32602,
  InternalError = -32603,
  ServerNotInitialized = -32002,
  ContentModified = -32801,
  RequestCancelled = -32800,
  RequestFailed = -32803,
};

struct ResponseError {
  ErrorCode code;
  std::string message;
};

/// A value, or the error that there is instead.
struct Outcome {
  Json value;
  std::optional<ResponseError> error;

  Outcome(Json result) : value(std::move(result)) {}
  Outcome(ResponseError failure) : error(std::move(failure)) {}
};

/// How deep values may nest. Copying and printing a Json value is recursive, so that a deeper one is refused unread.
inline constexpr std::size_t kMaxNesting = 128;

/// The JSON value of a message body, or the error to answer it with. Lone surrogates ("\ud800", which an editor sends
/// when a pair is cut in half) and bytes that are no UTF-8 become U+FFFD. Pure; never throws for what the bytes are.
[[nodiscard]] Outcome parse_message(std::string_view body);

/// The body of a message. Bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] std::string to_body(const Json& message);

[[nodiscard]] Json make_response(Json id, Json result);
[[nodiscard]] Json make_error(Json id, const ResponseError& error);
[[nodiscard]] Json make_notification(std::string_view method, Json params);

}  // namespace quaymaster::lsp
