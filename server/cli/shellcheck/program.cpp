// Not portable: POSIX.
#include "cli/shellcheck/program.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <spawn.h>
#include <string_view>
#include <sys/wait.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <utility>

#include "cli/shellcheck/output.h"

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX leaves it to the program

namespace quaymaster::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kPatience{120};
constexpr std::chrono::milliseconds kPause{2};
constexpr int kMostFindings = 1;  ///< the exit code with findings; above it something went wrong

/// A folder for the texts and the answer, which goes with all that is in it.
class Folder {
 public:
  Folder() {
    std::error_code missing;
    std::string name = (fs::temp_directory_path(missing) / "quaymaster-XXXXXX").string();
    if (!missing && ::mkdtemp(name.data()) != nullptr) path_ = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// Waits for the end of a process; its exit code, or -1 when it did not end by itself.
int exit_code_of(::pid_t process) {
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  for (int status = 0;;) {
    const ::pid_t ended = ::waitpid(process, &status, WNOHANG);
    if (ended == process) return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (ended < 0 && errno != EINTR) return -1;
    if (std::chrono::steady_clock::now() > deadline) {
      ::kill(process, SIGKILL);
      ::waitpid(process, &status, 0);
      return -1;
    }
    std::this_thread::sleep_for(kPause);
  }
}

/// The environment without what would change how ShellCheck reads, and which files.
std::vector<char*> environment() {
  constexpr std::string_view kOptions = "SHELLCHECK_OPTS=";
  std::vector<char*> variables;
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable)
    if (!std::string_view(*variable).starts_with(kOptions)) variables.push_back(*variable);
  variables.push_back(nullptr);
  return variables;
}

/// Runs it without input, and with its output in a file; errno when it could not be started.
int run(std::vector<std::string> arguments, const std::string& output, int& exit_code) {
  std::vector<char*> words;
  words.reserve(arguments.size() + 1);
  for (std::string& argument : arguments) words.push_back(argument.data());
  words.push_back(nullptr);
  ::posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  constexpr ::mode_t kOwnerOnly = 0600;
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, kOwnerOnly);
  ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  ::pid_t process = 0;
  const int problem = ::posix_spawn(&process, words.front(), &actions, nullptr, words.data(), environment().data());
  ::posix_spawn_file_actions_destroy(&actions);
  if (problem == 0) exit_code = exit_code_of(process);
  return problem;
}

std::optional<std::size_t> number_in(std::string_view file) {
  file.remove_prefix(file.find_last_of('/') + 1);
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(file.data(), file.data() + file.size(), number);
  return error == std::errc() && end == file.data() + file.size() ? std::optional(number) : std::nullopt;
}

/// Asks about the texts of one shell, which are in files of the folder that their numbers name.
ShellCheckAnswer ask(const std::string& program, const std::string& shell, const std::vector<std::size_t>& texts,
                     const std::string& folder) {
  // Of files that cannot be followed, and of shells that the image may have, hadolint says nothing either.
  std::vector<std::string> arguments{program, "--norc", "--format=json1", "--exclude=SC1090,SC1091,SC2187",
                                     "--shell=" + shell};
  for (const std::size_t text : texts) arguments.push_back(folder + "/" + std::to_string(text));
  const std::string output = folder + "/answer";
  int exit_code = 0;
  if (const int problem = run(std::move(arguments), output, exit_code); problem != 0)
    return program + " cannot be started: " + std::generic_category().message(problem);
  std::ifstream stream(output, std::ios::binary);
  const std::string answer{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  auto comments = read_shellcheck_output(answer, number_in);
  if (exit_code < 0 || exit_code > kMostFindings || !comments)
    return program + " does not answer as ShellCheck does (exit code " + std::to_string(exit_code) + ")";
  return std::move(*comments);
}

}  // namespace

std::string find_program(const std::string& name, const std::string& search_path) {
  const auto runs = [](const std::string& path) {
    std::error_code missing;
    return fs::is_regular_file(path, missing) && ::access(path.c_str(), X_OK) == 0;
  };
  if (name.find('/') != std::string::npos) return runs(name) ? name : std::string();
  for (std::string_view rest = search_path; !rest.empty();) {
    const std::string_view folder = rest.substr(0, rest.find(':'));
    rest.remove_prefix(std::min(rest.size(), folder.size() + 1));
    // A relative one would be a folder of whoever wrote the files.
    if (!folder.starts_with('/')) continue;
    if (std::string path = std::string(folder) + "/" + name; runs(path)) return path;
  }
  return {};
}

ShellCheckAnswer run_shellcheck(const std::string& program, const std::vector<shellcheck::ShellText>& texts) {
  std::vector<shellcheck::Comment> all;
  if (texts.empty()) return all;
  const Folder folder;
  if (folder.path().empty()) return std::string("there is no folder for temporary files");
  std::map<std::string, std::vector<std::size_t>> by_shell;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    std::ofstream file(folder.path() + "/" + std::to_string(i), std::ios::binary);
    if (!(file << texts[i].script() << std::flush)) return std::string("a temporary file cannot be written");
    by_shell[texts[i].shell].push_back(i);
  }
  constexpr std::ptrdiff_t kMostAtOnce = 200;  // a command line has an end
  for (const auto& [shell, numbers] : by_shell)
    for (auto begin = numbers.begin(); begin != numbers.end();) {
      const auto end = numbers.end() - begin > kMostAtOnce ? begin + kMostAtOnce : numbers.end();
      ShellCheckAnswer answer = ask(program, shell, {begin, end}, folder.path());
      auto* comments = std::get_if<std::vector<shellcheck::Comment>>(&answer);
      if (comments == nullptr) return answer;
      std::move(comments->begin(), comments->end(), std::back_inserter(all));
      begin = end;
    }
  return all;
}

}  // namespace quaymaster::cli
