#include "http/routes.h"

#include <utility>

#include "base/check.h"

namespace relay::http {

const Routes::Path* Routes::find_path(std::string_view path) const {
  for (const Path& entry : paths_) {
    if (entry.path == path) return &entry;
  }
  return nullptr;
}

Routes::Path& Routes::path_entry(std::string_view path) {
  for (Path& entry : paths_) {
    if (entry.path == path) return entry;
  }
  paths_.push_back({std::string(path), {}, "OPTIONS", {}});
  return paths_.back();
}

void Routes::add(Route route) {
  Path& entry = path_entry(route.path);
  for (const Route& known : entry.routes) RELAY_CHECK(known.method != route.method, "a route is added twice");
  const std::string methods = route.method == "GET" ? "GET, HEAD" : route.method;
  entry.allow = methods + ", " + entry.allow;
  entry.routes.push_back(std::move(route));
}

void Routes::set_wrong_method_body(std::string path, std::string body) {
  path_entry(path).wrong_method_body = std::move(body);
}

Routes::Match Routes::find(std::string_view method, std::string_view path) const {
  const Path* entry = find_path(path);
  if (method == "OPTIONS") {
    return {Match::Kind::kOptions, nullptr, entry != nullptr ? std::string_view(entry->allow) : "OPTIONS", {}};
  }
  if (entry == nullptr) return {};
  const std::string_view wanted = method == "HEAD" ? "GET" : method;
  for (const Route& route : entry->routes) {
    if (route.method == wanted) return {Match::Kind::kFound, &route, entry->allow, {}};
  }
  return {Match::Kind::kWrongMethod, nullptr, entry->allow, entry->wrong_method_body};
}

}  // namespace relay::http
