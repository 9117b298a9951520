#include "model/kubernetes/service_ports.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace quaymaster::kubernetes {
namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

void add_word(std::vector<Word>& words, const yaml::Value& value) {
  Word word = word_of(value);
  if (!word.text.empty()) words.push_back(std::move(word));
}

}  // namespace

std::vector<Word> target_ports_of(const Object& service) {
  std::vector<Word> ports;
  for (const yaml::Element& item : service.value.get({"spec", "ports"}).items())
    add_word(ports, item.value.get("targetPort"));
  return ports;
}

std::vector<Word> port_names_of(const yaml::Value& pod_spec) {
  std::vector<Word> names;
  for (const std::string_view list : {"initContainers", "containers"})
    for (const yaml::Element& container : pod_spec.get(list).items())
      for (const yaml::Element& port : container.value.get("ports").items()) add_word(names, port.value.get("name"));
  return names;
}

bool is_port_name(std::string_view name) {
  constexpr std::size_t kLongest = 15;
  return !name.empty() && name.size() <= kLongest && name.front() != '-' && name.back() != '-' &&
         name.find("--") == std::string_view::npos && std::ranges::any_of(name, is_lower) &&
         std::ranges::all_of(name, [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

}  // namespace quaymaster::kubernetes
