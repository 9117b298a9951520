#include "rules/support/builder_flags.h"

#include <algorithm>

namespace quaymaster::rules {
namespace {

using Value = BuilderFlag::Value;

constexpr BuilderFlag kFrom[] = {{"platform"}};
constexpr BuilderFlag kRun[] = {{"mount", Value::List}, {"network"}, {"security"}, {"device", Value::List}};
constexpr BuilderFlag kCopy[] = {
    {"from"}, {"chown"}, {"chmod"}, {"link", Value::Boolean}, {"parents", Value::Boolean}, {"exclude", Value::List}};
constexpr BuilderFlag kAdd[] = {{"chown"},
                                {"chmod"},
                                {"link", Value::Boolean},
                                {"keep-git-dir", Value::Boolean},
                                {"checksum"},
                                {"unpack", Value::Boolean},
                                {"exclude", Value::List}};
constexpr BuilderFlag kHealthcheck[] = {{"interval"}, {"timeout"}, {"start-period"}, {"start-interval"}, {"retries"}};

}  // namespace

std::span<const BuilderFlag> builder_flags(const dockerfile::Instruction& instruction) {
  if (instruction.as<dockerfile::From>() != nullptr) return kFrom;
  if (instruction.as<dockerfile::Run>() != nullptr) return kRun;
  if (instruction.as<dockerfile::Copy>() != nullptr) return kCopy;
  if (instruction.as<dockerfile::Add>() != nullptr) return kAdd;
  if (instruction.as<dockerfile::Healthcheck>() != nullptr) return kHealthcheck;
  return {};
}

bool minds_flags(const dockerfile::Instruction& instruction) {
  const auto* check = instruction.as<dockerfile::Healthcheck>();
  return instruction.as<dockerfile::Arg>() == nullptr && instruction.as<dockerfile::Stopsignal>() == nullptr &&
         instruction.as<dockerfile::Unknown>() == nullptr && (check == nullptr || !check->none());
}

bool lacks_flag_value(const dockerfile::Instruction& instruction) {
  const std::span<const BuilderFlag> known = builder_flags(instruction);
  return std::ranges::any_of(instruction.statement().flags, [&](const dockerfile::Flag& flag) {
    const auto found = std::ranges::find(known, flag.name, &BuilderFlag::name);
    return !flag.value && found != known.end() && found->value != Value::Boolean;
  });
}

}  // namespace quaymaster::rules
