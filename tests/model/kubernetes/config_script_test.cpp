#include "model/kubernetes/config_script.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "model/kubernetes/kubernetes.h"
#include "model/yaml/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

/// The file of a ConfigMap with the pairs `data`, and of a pod whose container has `keys` and whose volume has
/// `volume`.
struct TestFile {
  std::string config_map;
  std::string pod;
  kubernetes::File file;

  TestFile(const std::string& data, const std::string& keys, const std::string& volume)
      : config_map("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n" + data + "---\n"),
        pod("apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - {name: web, image: web:1, " +
            keys + "}\n  volumes:\n  - {name: v, " + volume + "}\n") {
    shell::ScriptParser scripts;
    std::uint32_t begin = 0;
    for (const std::string& text : {config_map, pod}) {
      file.parts.push_back(
          {begin, std::make_shared<const kubernetes::Manifest>(kubernetes::model(parse_yaml(text), scripts))});
      begin += static_cast<std::uint32_t>(text.size());
    }
  }

  /// The programs of the scripts that are run, as they stand in the file.
  [[nodiscard]] std::string run() const {
    std::string out;
    for (const kubernetes::MountedScript& mounted : mounted_scripts(file))
      for (const shell::Command& command : mounted.script.text.script->commands)
        out += std::string(slice(config_map + pod, mounted.script.text.in_file(command.words.front().range))) + " ";
    return out;
  }
};

TEST_CASE("scripts of a ConfigMap that a container mounts and runs") {
  struct Row {
    const char* data;
    const char* keys;
    const char* volume;
    const char* programs;
  };
  const Row rows[] = {
      {"  a.sh: |\n    date\n    uname -a\n", "command: [sh, /s/a.sh], volumeMounts: [{name: v, mountPath: /s}]",
       "configMap: {name: c}", "date uname "},
      {"  a.sh: date\n", "command: [sh, -c, 'exec /s/a.sh -x'], volumeMounts: [{name: v, mountPath: /s/}]",
       "configMap: {name: c}", "date "},
      {"  run: \"#!/bin/sh\\ndate\"\n", "args: [/s/run], volumeMounts: [{name: v, mountPath: /s}]",
       "configMap: {name: c}", "date "},
      {"  run: date\n", "args: [/s/run], volumeMounts: [{name: v, mountPath: /s}]", "configMap: {name: c}", ""},
      {"  run.sh: \"#!/usr/bin/python\\ndate\"\n", "args: [/s/run.sh], volumeMounts: [{name: v, mountPath: /s}]",
       "configMap: {name: c}", ""},
      {"  a.sh: date {{ x }}\n", "args: [/s/a.sh], volumeMounts: [{name: v, mountPath: /s}]", "configMap: {name: c}",
       ""},
      {"  a.sh: date\n", "args: [/s/b.sh], volumeMounts: [{name: v, mountPath: /s}]", "configMap: {name: c}", ""},
      {"  a.sh: date\n", "args: [/s/a.sh], volumeMounts: [{name: v, mountPath: /s}]", "configMap: {name: d}", ""},
      {"  a.sh: date\n", "args: [/s/a.sh], volumeMounts: [{name: v, mountPath: /s}]", "secret: {secretName: c}", ""},
      {"  a.sh: date\n", "args: [/b.sh], volumeMounts: [{name: v, mountPath: /b.sh, subPath: a.sh}]",
       "configMap: {name: c}", "date "},
      {"  a.sh: date\n", "args: [/s/b], volumeMounts: [{name: v, mountPath: /s}]",
       "configMap: {name: c, items: [{key: a.sh, path: b}]}", "date "},
  };
  for (const Row& row : rows) {
    CAPTURE(row.data, row.keys, row.volume);
    CHECK(TestFile(row.data, row.keys, row.volume).run() == row.programs);
  }
}

}  // namespace
}  // namespace quaymaster::tests
