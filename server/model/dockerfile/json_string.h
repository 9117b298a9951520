#pragma once
#include "text/mapped_text.h"

namespace quaymaster::dockerfile {

/// The value of a JSON string literal (RFC 8259, section 7) with its quotes: escapes decoded, every byte mapped. A
/// broken literal gives what can be read of it.
[[nodiscard]] MappedText decode_json_string(const MappedText& literal);

}  // namespace quaymaster::dockerfile
