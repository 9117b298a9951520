#include "model/container/token_shapes.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "text/ascii.h"
#include "text/one_of.h"

namespace quaymaster::container {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_letter_or_digit(char c) { return is_lower(c) || is_upper(c) || is_digit(c); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_base64(char c) { return is_letter_or_digit(c) || c == '+' || c == '/' || c == '='; }
bool is_base64_url(char c) { return is_letter_or_digit(c) || c == '_' || c == '-'; }

TextRange range_of(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

/// What a token is made of behind its prefix.
enum class Alphabet : std::uint8_t {
  Upper,    ///< capitals and digits
  Alnum,    ///< letters and digits
  Base64,   ///< with '_' and '-'
  WithDot,  ///< with '_', '-' and '.'
};

bool belongs(Alphabet alphabet, char c) {
  switch (alphabet) {
    case Alphabet::Upper: return is_upper(c) || is_digit(c);
    case Alphabet::Alnum: return is_letter_or_digit(c);
    case Alphabet::Base64: return is_base64_url(c);
    case Alphabet::WithDot: return is_base64_url(c) || c == '.';
  }
  return false;
}

struct TokenShape {
  std::string_view prefix;
  Alphabet alphabet;
  std::size_t shortest;  ///< of what follows
  std::size_t longest;
  std::string_view kind;
};
constexpr std::size_t kAny = 512;
/// Prefixes that services publish so that leaked tokens can be found.
constexpr TokenShape kTokenShapes[] = {
    {"AKIA", Alphabet::Upper, 16, 16, "AWS access key"},
    {"ASIA", Alphabet::Upper, 16, 16, "AWS access key"},
    {"ghp_", Alphabet::Alnum, 36, 251, "GitHub token"},
    {"gho_", Alphabet::Alnum, 36, 251, "GitHub token"},
    {"ghu_", Alphabet::Alnum, 36, 251, "GitHub token"},
    {"ghs_", Alphabet::Alnum, 36, 251, "GitHub token"},
    {"ghr_", Alphabet::Alnum, 36, 251, "GitHub token"},
    {"github_pat_", Alphabet::Base64, 60, 251, "GitHub token"},
    {"glpat-", Alphabet::WithDot, 20, kAny, "GitLab token"},
    {"gldt-", Alphabet::Base64, 20, kAny, "GitLab token"},
    {"glrt-", Alphabet::WithDot, 20, kAny, "GitLab token"},
    {"glptt-", Alphabet::Alnum, 40, 40, "GitLab token"},
    {"xoxa-", Alphabet::Base64, 20, kAny, "Slack token"},
    {"xoxb-", Alphabet::Base64, 20, kAny, "Slack token"},
    {"xoxp-", Alphabet::Base64, 20, kAny, "Slack token"},
    {"xoxr-", Alphabet::Base64, 20, kAny, "Slack token"},
    {"xoxs-", Alphabet::Base64, 20, kAny, "Slack token"},
    {"AIza", Alphabet::Base64, 35, 35, "Google API key"},
    {"npm_", Alphabet::Alnum, 36, 36, "token for npm"},
    {"sk_live_", Alphabet::Alnum, 20, kAny, "Stripe key"},
    {"rk_live_", Alphabet::Alnum, 20, kAny, "Stripe key"},
    {"SG.", Alphabet::WithDot, 60, 80, "SendGrid key"},
    {"hvs.", Alphabet::Base64, 20, kAny, "Vault token"},
    {"dckr_pat_", Alphabet::Base64, 20, kAny, "Docker token"},
    {"pypi-", Alphabet::Base64, 50, kAny, "PyPI token"},
    {"sk-ant-", Alphabet::Base64, 20, kAny, "Anthropic key"},
    {"sk-proj-", Alphabet::Base64, 20, kAny, "OpenAI key"},
    {"hf_", Alphabet::Alnum, 34, 34, "Hugging Face token"},
    {"dop_v1_", Alphabet::Alnum, 64, 64, "DigitalOcean token"},
    {"shpat_", Alphabet::Alnum, 32, 32, "Shopify token"},
};

/// A sample is made of few different characters, or says what it is.
bool is_sample(std::string_view token) {
  std::array<bool, 256> seen{};
  std::size_t different = 0;
  for (const char c : token) {
    bool& known = seen[static_cast<unsigned char>(c)];
    different += known ? 0 : 1;
    known = true;
  }
  constexpr std::size_t kFewest = 7;
  if (different < kFewest) return true;
  constexpr std::string_view kWords[] = {"example", "xxxx",  "your",     "placeholder", "redacted", "changeme",
                                         "dummy",   "token", "insert",   "replace",     "0000000",  "sample",
                                         "secret",  "fake",  "testtest", "notreal"};
  const std::string text = ascii_lower(token);
  return std::ranges::any_of(kWords, [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

/// Scans one text.
class TokenFinder {
 public:
  explicit TokenFinder(std::string_view text) : text_(text) {}

  std::vector<Token> find() {
    while (at_ < text_.size()) {
      const std::size_t begin = at_;
      const std::optional<Token> token = token_at();
      if (token) tokens_.push_back(*token);
      at_ = token ? token->range.end : begin + 1;
    }
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] std::optional<Token> token_at() const {
    switch (text_[at_]) {
      case '-': return private_key();
      case ':': return url_password();
      case 'e': return at_word_start() ? web_token() : std::nullopt;
      case 'A':
      case 'S':
      case 'd':
      case 'g':
      case 'h':
      case 'n':
      case 'p':
      case 'r':
      case 's':
      case 'x': return at_word_start() ? service_token() : std::nullopt;
      default: return std::nullopt;
    }
  }

  /// Whether no word that began earlier goes on here. The letter of an escape (`\n`) is no part of a word.
  [[nodiscard]] bool at_word_start() const {
    if (at_ == 0) return true;
    const char before = text_[at_ - 1];
    if (at_ >= 2 && text_[at_ - 2] == '\\' && (before == 'n' || before == 't' || before == 'r')) return true;
    return !is_letter_or_digit(before) && before != '_' && before != '-' && before != '.' && before != '$' &&
           before != '{';
  }

  [[nodiscard]] std::optional<Token> service_token() const {
    const std::string_view rest = text_.substr(at_);
    for (const TokenShape& shape : kTokenShapes) {
      if (!rest.starts_with(shape.prefix)) continue;
      std::size_t length = 0;
      const std::string_view body = rest.substr(shape.prefix.size(), kAny + 1);
      while (length < body.size() && belongs(shape.alphabet, body[length])) ++length;
      while (length > 0 && body[length - 1] == '.') --length;
      const bool goes_on = length < body.size() && (is_letter_or_digit(body[length]) || body[length] == '_');
      if (goes_on || length < shape.shortest || length > shape.longest || is_sample(body.substr(0, length))) continue;
      const TextRange range = range_of(at_, at_ + shape.prefix.size() + length);
      return Token{range, range, shape.kind, {}};
    }
    return std::nullopt;
  }

  /// A JSON Web Token (RFC 7519): three parts, the first two of which are JSON objects.
  [[nodiscard]] std::optional<Token> web_token() const {
    constexpr std::size_t kShortestPart = 12;
    const std::string_view rest = text_.substr(at_);
    if (!rest.starts_with("eyJ")) return std::nullopt;
    const std::size_t first = part_length(rest);
    if (first < kShortestPart || first >= rest.size() || rest[first] != '.') return std::nullopt;
    const std::string_view payload = rest.substr(first + 1, part_length(rest.substr(first + 1)));
    const std::size_t second = first + 1 + payload.size();
    if (payload.size() < kShortestPart || !payload.starts_with("ey") || second >= rest.size() || rest[second] != '.')
      return std::nullopt;
    const std::size_t third = part_length(rest.substr(second + 1));
    constexpr std::size_t kShortestSignature = 20;
    if (third < kShortestSignature || is_public(payload)) return std::nullopt;
    const TextRange range = range_of(at_, at_ + second + 1 + third);
    return Token{range, range, "JSON Web Token", {}};
  }

  [[nodiscard]] static std::size_t part_length(std::string_view text) {
    std::size_t length = 0;
    while (length < text.size() && is_base64_url(text[length])) ++length;
    return length;
  }

  /// Whether the payload of a JSON Web Token says that it is for everybody, or from a documentation.
  [[nodiscard]] static bool is_public(std::string_view payload) {
    constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    constexpr std::size_t kLongest = 1024;
    std::string decoded;
    std::uint32_t bits = 0;
    int held = 0;
    for (const char c : payload.substr(0, kLongest)) {
      bits = (bits << 6U) | static_cast<std::uint32_t>(kDigits.find(c));
      held += 6;
      if (held < 8) continue;
      held -= 8;
      decoded += static_cast<char>((bits >> static_cast<unsigned>(held)) & 0xFFU);
    }
    constexpr std::string_view kPublic[] = {"\"anon\"", "supabase-demo", "John Doe", "\"iss\":\"example"};
    return std::ranges::any_of(kPublic, [&](std::string_view part) { return decoded.find(part) != std::string::npos; });
  }

  /// A private key in PEM (RFC 7468). A mere mention of its first line is none.
  [[nodiscard]] std::optional<Token> private_key() const {
    constexpr std::string_view kBegin = "-----BEGIN ";
    constexpr std::string_view kLabelEnd = "PRIVATE KEY-----";
    const std::string_view rest = text_.substr(at_);
    if (!rest.starts_with(kBegin)) return std::nullopt;
    constexpr std::size_t kLongestLabel = 40;
    const std::size_t label = rest.substr(kBegin.size(), kLongestLabel).find(kLabelEnd);
    if (label == std::string_view::npos) return std::nullopt;
    const std::size_t body = kBegin.size() + label + kLabelEnd.size();
    const std::string_view key = rest.substr(body, kLongestKey);
    const std::size_t end = body + std::min(key.find("-----"), key.size());
    if (!holds_key(rest.substr(body, end - body))) return std::nullopt;
    return Token{range_of(at_, at_ + end), range_of(at_, at_ + body), "private key", {}};
  }

  /// Base64 in some lines, however they are quoted, indented or continued.
  [[nodiscard]] static bool holds_key(std::string_view body) {
    constexpr std::ptrdiff_t kShortest = 64;
    return std::ranges::count_if(body, is_base64) >= kShortest && !is_sample_key(body);
  }
  [[nodiscard]] static bool is_sample_key(std::string_view body) {
    return body.find("...") != std::string_view::npos || body.find('<') != std::string_view::npos ||
           body.find("${") != std::string_view::npos || body.find("xxxx") != std::string_view::npos ||
           body.find("XXXX") != std::string_view::npos;
  }

  /// `scheme://user:password@host`, with a password that is no variable and no pattern.
  [[nodiscard]] std::optional<Token> url_password() const {
    if (!text_.substr(at_).starts_with("://") || is_image_scheme()) return std::nullopt;
    const std::size_t begin = at_ + 3;
    const std::string_view authority = authority_at(begin);
    const std::size_t at = authority.rfind('@');
    if (at == std::string_view::npos) return std::nullopt;
    const std::size_t colon = authority.substr(0, at).find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const std::string_view user = authority.substr(0, colon);
    const std::string_view password = authority.substr(colon + 1, at - colon - 1);
    // GitHub's way to say that the user is the token.
    if (password == "x-oauth-basic") return std::nullopt;
    if (password.empty() || is_variable(password) || is_placeholder(password)) return std::nullopt;
    Token token{range_of(begin + colon + 1, begin + at), range_of(begin + colon + 1, begin + at), "password", {}};
    token.host = authority.substr(at + 1);
    token.stand_in = is_stand_in(password) || is_stand_in(user) || is_example_host(token.host) ||
                     (password == user && is_this_host(token.host));
    return token;
  }

  [[nodiscard]] std::string_view authority_at(std::size_t begin) const {
    constexpr std::size_t kLongest = 512;
    const std::string_view rest = text_.substr(begin, kLongest);
    return rest.substr(0, rest.find_first_of("/?# \t\r\n\"'`<>();|,"));
  }

  /// `docker://alpine:3.20@sha256:…` names an image.
  [[nodiscard]] bool is_image_scheme() const {
    std::size_t begin = at_;
    while (begin > 0 && (is_letter_or_digit(text_[begin - 1]) || text_[begin - 1] == '-')) --begin;
    constexpr std::string_view kSchemes[] = {"", "docker", "docker-image", "oci", "containers-storage", "image"};
    return one_of(kSchemes, text_.substr(begin, at_ - begin));
  }

  [[nodiscard]] static bool is_variable(std::string_view password) {
    if (password.find_first_of("${[]^\\*") != std::string_view::npos) return true;
    for (std::size_t i = password.find('%'); i != std::string_view::npos; i = password.find('%', i + 1))
      if (i + 2 >= password.size() || !is_hex(password[i + 1]) || !is_hex(password[i + 2])) return true;
    return false;
  }

  [[nodiscard]] static bool is_stand_in(std::string_view password) {
    constexpr std::string_view kWords[] = {"password",     "passwd",       "pass",     "pwd",         "pw",
                                           "secret",       "changeme",     "changeit", "example",     "mypassword",
                                           "yourpassword", "token",        "my-token", "my-password", "passw0rd",
                                           "username",     "your-password"};
    const std::string text = ascii_lower(password);
    return one_of(kWords, text) || text.starts_with("your") || text.find("changeme") != std::string::npos;
  }

  [[nodiscard]] static bool is_example_host(std::string_view host) {
    host = host.substr(0, host.find(':'));
    constexpr std::string_view kNames[] = {"example.com", "example.org", "example.net", "host", "hostname"};
    return one_of(kNames, host) || host.ends_with(".example.com") || host.ends_with(".example.org") ||
           host.ends_with(".example") || host.ends_with(".invalid");
  }

  /// The container itself: what is started there for a moment, by a build or a test.
  [[nodiscard]] static bool is_this_host(std::string_view host) {
    host = host.substr(0, host.find(':'));
    return host == "localhost" || host == "127.0.0.1";
  }

  static constexpr std::size_t kLongestKey = 16384;

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> find_tokens(std::string_view text) { return TokenFinder(text).find(); }

bool is_placeholder(std::string_view value) {
  if (value.starts_with('<') && value.ends_with('>')) return true;
  if (value.starts_with('[') && value.ends_with(']')) return true;
  if (value.starts_with("{{") || value.starts_with("%(")) return true;
  const std::string text = ascii_lower(value);
  constexpr std::string_view kNoSecrets[] = {"true", "false", "yes",  "no",  "on",       "off",     "0",
                                             "1",    "none",  "null", "nil", "disabled", "enabled", "undefined"};
  if (one_of(kNoSecrets, text)) return true;
  for (const std::string_view beginning :
       {"insert_", "insert-", "replace_", "replace-", "fake_", "fake-", "dummy_", "dummy-", "placeholder"})
    if (text.starts_with(beginning)) return true;
  return text.find_first_not_of("x*.-_\xE2\x80\xA2") == std::string::npos;
}

}  // namespace quaymaster::container
