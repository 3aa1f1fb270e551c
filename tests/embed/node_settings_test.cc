#include "embed/node_settings.h"

#include <gtest/gtest.h>

#include <chrono>

namespace relay::embed {
namespace {

using namespace std::chrono_literals;

TEST(NodeSettings, TakeEachTimeOfTheConfigurationAsItIs) {
  api::NodeConfig config;
  config.node_id = "n";
  config.read_timeout = 1s;
  config.write_timeout = 2s;
  config.discovery_interval = 3s;
  config.ping_interval = 4s;
  config.call_timeout = 5s;
  config.drain = 6s;
  const relay::Result<node::NodeConfig> settings = to_settings(config);
  ASSERT_TRUE(settings) << settings.error().detail;
  EXPECT_EQ(settings->http.head_timeout, 1s);
  EXPECT_EQ(settings->http.write_stall, 2s);
  EXPECT_EQ(settings->discovery_interval, 3s);
  EXPECT_EQ(settings->ping_interval, 4s);
  EXPECT_EQ(settings->rpc.call_timeout, 5s);
  EXPECT_EQ(settings->drain, 6s);
}

}  // namespace
}  // namespace relay::embed
