#pragma once

namespace relay::cli {

// How the process ends (spec http.md, CLI).
inline constexpr int kExitFine = 0;
inline constexpr int kExitProgramFailed = 1;
inline constexpr int kExitUsage = 2;
inline constexpr int kExitCannotBind = 5;
inline constexpr int kExitCannotConnect = 5;
inline constexpr int kExitCallFailed = 6;
inline constexpr int kExitTimeout = 7;
inline constexpr int kExitInterrupted = 130;

}  // namespace relay::cli
