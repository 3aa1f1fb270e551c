#include "cli/command_bench.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <string>
#include <utility>

#include "base/plain_text.h"
#include "cli/command_output.h"
#include "cli/exit_code.h"
#include "cli/rpc_call.h"
#include "client/argument.h"
#include "client/bench.h"
#include "client/duration_text.h"
#include "value/json_writer.h"

namespace relay::cli {
namespace {

using client::BenchReport;

struct Quantile {
  const char* name;
  double share;
};
constexpr std::array<Quantile, 4> kQuantiles = {
    {{"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}, {"p99.9", 0.999}}};

double in_seconds(Duration duration) {
  return std::chrono::duration<double>(duration).count();
}

double rate(const BenchReport& report) {
  const double elapsed = in_seconds(report.elapsed);
  return elapsed > 0 ? static_cast<double>(report.latencies.count()) / elapsed : 0;
}

std::string failures_text(const BenchReport& report) {
  if (report.failed == 0) return "  none failed\n";
  const auto all = static_cast<double>(report.failed + report.latencies.count());
  std::string text =
      fmt::format("  {} failed ({:.2f} %)\n", report.failed, static_cast<double>(report.failed) / all * 100);
  for (const auto& [what, count] : report.failures)
    text += fmt::format("  {:>9} {}\n", count, plain_text(what));
  return text;
}

std::string report_text(const std::string& title, const BenchReport& report) {
  std::string text = title + (report.is_interrupted ? ", interrupted" : "") + "\n";
  text += fmt::format("  {} calls in {}, {:.0f} a second\n", report.latencies.count(),
                      client::duration_text(report.elapsed), rate(report));
  text += failures_text(report);
  if (report.latencies.count() == 0) return text;
  text += "  latency:";
  for (const Quantile& quantile : kQuantiles) {
    text += fmt::format(" {} {},", quantile.name,
                        client::duration_text(report.latencies.quantile(quantile.share)));
  }
  text += " max " + client::duration_text(report.latencies.largest()) + "\n\n";
  return text + report.latencies.histogram(terminal_columns());
}

std::string report_json(const std::string& url, const std::string& method, std::size_t connections,
                        const BenchReport& report) {
  const auto microseconds = [](Duration duration) {
    return std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
  };
  std::string json = "{\"url\":";
  append_json_string(json, url);
  json += ",\"method\":";
  append_json_string(json, method);
  json += fmt::format(
      R"(,"connections":{},"seconds":{:.6f},"calls":{},"failed":{},"calls_per_second":{:.1f})", connections,
      in_seconds(report.elapsed), report.latencies.count(), report.failed, rate(report));
  json += fmt::format(R"(,"interrupted":{},"latency_us":{{)", report.is_interrupted);
  for (const Quantile& quantile : kQuantiles) {
    json +=
        fmt::format(R"("{}":{},)", quantile.name, microseconds(report.latencies.quantile(quantile.share)));
  }
  json += fmt::format(R"("max":{}}},"failures":{{)", microseconds(report.latencies.largest()));
  for (const auto& [what, count] : report.failures) {
    if (json.back() != '{') json += ',';
    append_json_string(json, what);
    json += fmt::format(":{}", count);
  }
  return json + "}}";
}

int exit_code_of_run(const BenchReport& report) {
  if (report.is_interrupted) return kExitInterrupted;
  return report.failed > 0 || report.latencies.count() == 0 ? kExitCallFailed : kExitFine;
}

}  // namespace

int run_bench(const CommandOptions& options) {
  auto asked = asked_node(options);
  if (!asked) return fail(asked.error());
  if (asked->operands.empty()) return fail_usage("bench", "which method? `relay bench server.method ARG...`");
  const std::string& method = asked->operands[0];
  if (auto checked = check_method(method); !checked) return fail_usage("bench", checked.error().detail);
  auto params = client::params_json(asked->operands.subspan(1));
  if (!params) return fail_usage("bench", params.error().detail);

  const std::string request = client::request_text(method, *params, 1);
  auto first = exchange_rpc(asked->client, request);
  if (!first) return fail(first.error());
  if (const auto& error = first->front().error) return fail_call(asked->client, options, method, *error);

  const client::BenchPlan plan{request, options.connections, options.duration, options.timeout};
  const BenchReport report = client::run_bench(asked->client.url(), plan);
  const std::string& url = asked->client.url().text;
  const std::string title = fmt::format("{} at {}, {} connection{}", plain_text(method), url,
                                        options.connections, options.connections == 1 ? "" : "s");
  const std::string text = options.json ? report_json(url, method, options.connections, report) + "\n"
                                        : report_text(title, report);
  return print(text, exit_code_of_run(report));
}

}  // namespace relay::cli
