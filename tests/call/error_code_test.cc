#include "call/error_code.h"

#include <gtest/gtest.h>

namespace relay {
namespace {

TEST(ErrorCode, IsThatOfTheTableOfKinds) {
  EXPECT_EQ(error_code(Errc::kInvalidParams), -32602);
  EXPECT_EQ(error_code(Errc::kServerNotFound), -32601);
  EXPECT_EQ(error_code(Errc::kMethodNotFound), -32601);
  EXPECT_EQ(error_code(Errc::kApplication), -32000);
  EXPECT_EQ(error_code(Errc::kOverloaded), -32005);
  EXPECT_EQ(error_code(Errc::kTimeout), -32002);
  EXPECT_EQ(error_code(Errc::kParse), -32700);
  for (const Errc code : {Errc::kRuntime, Errc::kDeadlock, Errc::kUnknownNode, Errc::kNoRoute,
                          Errc::kUnreachable, Errc::kTtlExceeded, Errc::kTooLarge, Errc::kDenied,
                          Errc::kShuttingDown, Errc::kUnknownOutcome, Errc::kInternal}) {
    EXPECT_EQ(error_code(code), -32603) << name(code);
  }
}

TEST(ErrorCode, SaysWhetherTheMethodUsuallyRan) {
  for (const Errc code : {Errc::kApplication, Errc::kRuntime, Errc::kDeadlock}) {
    EXPECT_EQ(usual_ran(code), Ran::kYes) << name(code);
  }
  for (const Errc code : {Errc::kTimeout, Errc::kUnknownOutcome}) {
    EXPECT_EQ(usual_ran(code), Ran::kUnknown) << name(code);
  }
  for (const Errc code : {Errc::kInvalidParams, Errc::kServerNotFound, Errc::kMethodNotFound,
                          Errc::kOverloaded, Errc::kUnknownNode, Errc::kNoRoute, Errc::kUnreachable,
                          Errc::kTtlExceeded, Errc::kTooLarge, Errc::kDenied, Errc::kShuttingDown}) {
    EXPECT_EQ(usual_ran(code), Ran::kNo) << name(code);
  }
}

}  // namespace
}  // namespace relay
