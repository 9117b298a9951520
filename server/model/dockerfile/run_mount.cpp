#include "model/dockerfile/run_mount.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "text/ascii.h"

namespace quaymaster::dockerfile {
namespace {

/// Reads one CSV record (RFC 4180): a field in quotes may hold commas, and `""` for a quote.
class FieldReader {
 public:
  explicit FieldReader(const Word& word) : text_(word.text), bytes_(word.string()) { result_.range = word.range; }

  RunMount read() {
    while (true) {
      MappedText field;
      const bool good = at_ < bytes_.size() && bytes_[at_] == '"' ? read_quoted(field) : read_plain(field);
      if (!good) break;
      add(field);
      if (at_ >= bytes_.size()) break;
      ++at_;  // the comma
    }
    return std::move(result_);
  }

 private:
  bool fail(std::uint32_t at) {
    result_.bad_quote = text_.to_file({at, at + 1});
    return false;
  }

  bool read_plain(MappedText& field) {
    const auto end = static_cast<std::uint32_t>(std::min(bytes_.find(',', at_), bytes_.size()));
    const std::size_t quote = slice(bytes_, {at_, end}).find('"');
    if (quote != std::string_view::npos) return fail(at_ + static_cast<std::uint32_t>(quote));
    field.append(text_, {at_, end});
    at_ = end;
    return true;
  }

  bool read_quoted(MappedText& field) {
    const std::uint32_t begin = at_;
    ++at_;
    while (at_ < bytes_.size()) {
      if (bytes_[at_] != '"') {
        field.append(text_, {at_, at_ + 1});
        ++at_;
      } else if (at_ + 1 < bytes_.size() && bytes_[at_ + 1] == '"') {
        field.append(text_, {at_, at_ + 1});
        at_ += 2;
      } else {
        ++at_;
        return at_ == bytes_.size() || bytes_[at_] == ',' || fail(at_ - 1);
      }
    }
    return fail(begin);
  }

  /// A part of the field. An empty one stands behind what comes before it.
  [[nodiscard]] Word part(const MappedText& field, std::uint32_t begin, std::uint32_t end) const {
    Word word;
    if (begin < end) {
      word.range = field.to_file({begin, end});
    } else {
      const std::uint32_t here = begin > 0 ? field.to_file({begin - 1, begin}).end
                                 : at_ > 0 ? text_.to_file({at_ - 1, at_}).end
                                           : result_.range.begin;
      word.range = {here, here};
    }
    word.text.append(field, {begin, end});
    return word;
  }

  void add(const MappedText& field) {
    const std::size_t equals = field.bytes().find('=');
    const std::uint32_t key_end = equals == std::string::npos ? field.size() : static_cast<std::uint32_t>(equals);
    MountField result{.range = part(field, 0, field.size()).range, .key = part(field, 0, key_end), .value = {}};
    if (equals != std::string::npos) result.value = part(field, key_end + 1, field.size());
    if (field.empty() && at_ > 0) result.range = text_.to_file({at_ - 1, at_});
    result_.fields.push_back(std::move(result));
  }

  const MappedText& text_;
  const std::string& bytes_;
  std::uint32_t at_ = 0;
  RunMount result_;
};

}  // namespace

const MountField* RunMount::field(std::initializer_list<std::string_view> names) const {
  for (auto at = fields.rbegin(); at != fields.rend(); ++at)
    if (std::ranges::find(names, ascii_lower(at->key.string())) != names.end()) return &*at;
  return nullptr;
}

RunMount run_mount(const Word& value) { return FieldReader(value).read(); }

std::vector<RunMount> run_mounts(const Run& run) {
  std::vector<RunMount> result;
  for (const Flag& flag : run.flags)
    if (flag.name == "mount" && flag.value) result.push_back(run_mount(*flag.value));
  return result;
}

}  // namespace quaymaster::dockerfile
