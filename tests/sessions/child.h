#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace quaymaster::tests {

/// A program that runs beside the test, with pipes to its standard input and output; its standard error is kept in
/// memory. POSIX. Everything fails loudly, by an exception, after `limit`.
class Child {
 public:
  static constexpr std::chrono::seconds kLimit{30};

  explicit Child(const std::vector<std::string>& command);
  /// Ends it when it still runs.
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// Writes all of it, reading meanwhile so that neither side waits for the other.
  void write(std::string_view bytes);
  void close_input();
  /// What came to standard output since the last call; waits for something. Empty: the end.
  std::string read();
  /// Waits for its end, reading the rest; the exit code, or minus the number of the signal that ended it.
  int wait();
  /// Standard error until now; all of it after wait().
  [[nodiscard]] const std::string& error_output() const { return error_output_; }

 private:
  struct Ready {
    bool output, error, input;
  };
  Ready poll_pipes(bool want_input);
  void pump(const Ready& ready);

  pid_t pid_ = -1;
  int input_ = -1;
  int output_ = -1;
  int error_ = -1;
  std::string pending_;
  std::string error_output_;
};

}  // namespace quaymaster::tests
