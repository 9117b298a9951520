#include "workspace/file_system.h"

namespace quaymaster::workspace {

FileError too_large(std::uint64_t limit) {
  return {FileError::Kind::TooLarge, "is larger than " + std::to_string(limit >> 20) + " MiB"};
}

}  // namespace quaymaster::workspace
