#pragma once
#include <string>
#include <string_view>

namespace quaymaster::lsp {

/// The bytes between client and server. One thread reads while another writes.
class Transport {
 public:
  Transport() = default;
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;
  virtual ~Transport() = default;

  /// Waits for bytes. Empty: the client has closed its side, or can no longer be read.
  [[nodiscard]] virtual std::string read() = 0;
  /// Writes all of it. False: the client is gone.
  [[nodiscard]] virtual bool write(std::string_view bytes) = 0;
};

}  // namespace quaymaster::lsp
