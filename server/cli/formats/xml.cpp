#include "cli/formats/xml.h"

#include "cli/terminal_text.h"

namespace quaymaster::cli {

std::string xml_attribute(std::string_view name, std::string_view value) {
  std::string out = " " + std::string(name) + "=\"";
  for (const char c : visible(value)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out + "\"";
}

}  // namespace quaymaster::cli
