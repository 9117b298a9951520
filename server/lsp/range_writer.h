#pragma once
#include <cstdint>

#include "lsp/document.h"
#include "lsp/json_rpc.h"
#include "quaymaster/text.h"

namespace quaymaster::lsp {

/// Turns the ranges of one document into LSP's. Ranges in ascending order cost no more than the text between them, also
/// when everything stands in one long line.
class RangeWriter {
 public:
  /// `document` must outlive the writer.
  RangeWriter(const Document& document, PositionEncoding encoding) : document_(document), encoding_(encoding) {}

  [[nodiscard]] Json operator()(TextRange range);

 private:
  [[nodiscard]] Position position(std::uint32_t offset) const;

  const Document& document_;
  PositionEncoding encoding_;
  std::uint32_t known_offset_ = 0;  // the begin of the last range
  Position known_;
};

}  // namespace quaymaster::lsp
