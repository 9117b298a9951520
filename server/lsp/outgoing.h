#pragma once
#include <cstdint>
#include <functional>
#include <string>

namespace quaymaster::lsp {

/// A message to the client.
struct Outgoing {
  enum class Kind : std::uint8_t {
    Reply,    ///< always sent
    Publish,  ///< replaces a publish with the same `topic` that is not sent yet
    Log,      ///< left out while the client does not read
  };
  Kind kind = Kind::Reply;
  std::string body;
  std::string topic = {};  ///< of a publish: the uri
};

/// Hands a message over for sending. May be called on any thread.
using Send = std::function<void(Outgoing)>;

}  // namespace quaymaster::lsp
