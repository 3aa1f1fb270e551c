#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "http/request.h"
#include "http/responder.h"

namespace relay::http {

// Answers through the responder, now or later. Runs on the connection's core, on all cores at once: it must not
// change what it captures without care, never block, and never throw.
using Handler = std::function<void(Request&, Responder)>;

// Whether a route takes a body of any Content-Type even from a page that CORS narrows out.
enum class BodyTypeRule {
  kAny,
  kJsonOnceNarrowed,  // 415 unless application/json, once CORS is not `*`: a foreign page then needs a preflight
};

struct Route {
  std::string method;
  std::string path;  // exact
  Handler handler;
  BodyTypeRule body_type = BodyTypeRule::kAny;
};

// What the server answers on which path. Made before the server, immutable afterwards, shared by all cores.
class Routes {
 public:
  void add(Route route);
  // The body of 405 on this path in place of `{"error": ...}`.
  void set_wrong_method_body(std::string path, std::string body);

  struct Match {
    enum class Kind { kFound, kNoPath, kWrongMethod, kOptions };
    Kind kind = Kind::kNoPath;
    const Route* route = nullptr;             // kFound
    std::string_view allow;                   // kWrongMethod, kOptions: value of `Allow`
    std::string_view wrong_method_body;       // kWrongMethod; empty: the usual one
  };
  // HEAD finds the GET route. OPTIONS is answered for every path, since a preflight that fails hides the real error
  // from the page.
  [[nodiscard]] Match find(std::string_view method, std::string_view path) const;

 private:
  struct Path {
    std::string path;
    std::vector<Route> routes;
    std::string allow;
    std::string wrong_method_body;
  };
  [[nodiscard]] Path& path_entry(std::string_view path);
  [[nodiscard]] const Path* find_path(std::string_view path) const;

  std::vector<Path> paths_;  // few: a linear search beats a hash
};

}  // namespace relay::http
