#include "sessions/child.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace quaymaster::tests {
namespace {

[[noreturn]] void fail(const std::string& what) { throw std::runtime_error(what + ": " + std::strerror(errno)); }

std::pair<int, int> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail("pipe");
  return {ends[0], ends[1]};
}

void close_end(int& end) {
  if (end >= 0) ::close(std::exchange(end, -1));
}

/// Appends what can be read now. False: nothing will come any more.
bool read_some(int end, std::string& into) {
  std::array<char, 65536> bytes;
  const ssize_t count = ::read(end, bytes.data(), bytes.size());
  if (count < 0 && errno == EINTR) return true;
  if (count <= 0) return false;
  into.append(bytes.data(), static_cast<std::size_t>(count));
  return true;
}

}  // namespace

Child::Child(const std::vector<std::string>& command) {
  std::signal(SIGPIPE, SIG_IGN);
  auto [child_input, input] = make_pipe();
  auto [output, child_output] = make_pipe();
  auto [error, child_error] = make_pipe();
  std::vector<char*> arguments;
  arguments.reserve(command.size() + 1);
  for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);

  pid_ = ::fork();
  if (pid_ < 0) fail("fork");
  if (pid_ == 0) {
    ::dup2(child_input, STDIN_FILENO);
    ::dup2(child_output, STDOUT_FILENO);
    ::dup2(child_error, STDERR_FILENO);
    std::signal(SIGPIPE, SIG_DFL);
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
  }
  ::close(child_input);
  ::close(child_output);
  ::close(child_error);
  input_ = input;
  output_ = output;
  error_ = error;
  ::fcntl(input_, F_SETFL, O_NONBLOCK);
}

Child::~Child() {
  close_end(input_);
  close_end(output_);
  close_end(error_);
  if (pid_ < 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

Child::Ready Child::poll_pipes(bool want_input) {
  // poll() passes over negative descriptors.
  std::array<pollfd, 3> pipes{{{output_, POLLIN, 0}, {error_, POLLIN, 0}, {want_input ? input_ : -1, POLLOUT, 0}}};
  const int count = ::poll(pipes.data(), pipes.size(), static_cast<int>(std::chrono::milliseconds(kLimit).count()));
  if (count == 0) throw std::runtime_error("the program says nothing; on standard error it said: " + error_output_);
  if (count < 0 && errno != EINTR) fail("poll");
  return {pipes[0].revents != 0, pipes[1].revents != 0, pipes[2].revents != 0};
}

void Child::pump(const Ready& ready) {
  if (ready.output && !read_some(output_, pending_)) close_end(output_);
  if (ready.error && !read_some(error_, error_output_)) close_end(error_);
}

void Child::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const Ready ready = poll_pipes(true);
    pump(ready);
    if (!ready.input) continue;
    const ssize_t count = ::write(input_, bytes.data(), bytes.size());
    if (count < 0 && errno != EAGAIN && errno != EINTR) fail("write");
    if (count > 0) bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

void Child::close_input() { close_end(input_); }

std::string Child::read() {
  while (pending_.empty() && output_ >= 0) pump(poll_pipes(false));
  return std::exchange(pending_, {});
}

int Child::wait() {
  while (output_ >= 0 || error_ >= 0) pump(poll_pipes(false));
  int status = 0;
  if (::waitpid(std::exchange(pid_, -1), &status, 0) < 0) fail("waitpid");
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

}  // namespace quaymaster::tests
