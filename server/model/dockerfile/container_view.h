#pragma once
#include <optional>
#include <vector>

#include "model/container/container.h"
#include "model/dockerfile/file.h"
#include "model/shell/script_parser.h"

/// What a Dockerfile says about containers, in the types that all formats share. Ranges are relative to the
/// instruction's segment, except in `stage_container`.
namespace quaymaster::dockerfile {

/// The image of a FROM, or of a COPY --from. Empty when none is written, or a text that no image can be called.
[[nodiscard]] std::optional<container::ImageUse> image_use(const Instruction& instruction, const Context& context);

/// The variables that an ENV or ARG sets, in order.
[[nodiscard]] std::vector<container::EnvironmentEntry> environment(const Instruction& instruction,
                                                                   const Context& context);

[[nodiscard]] std::optional<container::StartCommand> start_command(const Instruction& instruction,
                                                                   const Context& context,
                                                                   shell::ScriptParser& scripts);
[[nodiscard]] std::optional<container::UserSetting> user_setting(const Instruction& instruction,
                                                                 const Context& context);
/// The anonymous volumes of a VOLUME.
[[nodiscard]] std::vector<container::Mount> mounts(const Instruction& instruction, const Context& context);
[[nodiscard]] std::vector<container::PortBinding> ports(const Instruction& instruction, const Context& context);
[[nodiscard]] std::optional<container::HealthCheck> health_check(const Instruction& instruction, const Context& context,
                                                                 shell::ScriptParser& scripts);

/// The shell text of a RUN, in exec form too.
[[nodiscard]] shell::Text run_text(const Run& run, const Context& context, shell::ScriptParser& scripts);

/// `file` with the shell texts of its RUNs. Valid as long as `file`.
[[nodiscard]] BuildFile build_file(const File& file, shell::ScriptParser& scripts);

/// The container that an image built up to stage `index` starts: what the stage and its parents in the file say, the
/// later instruction winning. All ranges are absolute. `name_range` is the stage's name, or the image of its FROM.
[[nodiscard]] container::Container stage_container(const File& file, std::size_t index, shell::ScriptParser& scripts);

}  // namespace quaymaster::dockerfile
