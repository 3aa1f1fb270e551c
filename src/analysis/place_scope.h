#pragma once

#include <utility>

#include "analysis/walker.h"

namespace relay::analysis {

// Moves the walk to another place until the end of a C++ scope.
class Walker::PlaceScope {
 public:
  PlaceScope(Walker& walker, Place place) : walker_(walker), outer_(std::exchange(walker.place_, place)) {}
  ~PlaceScope() { walker_.place_ = outer_; }
  PlaceScope(const PlaceScope&) = delete;
  PlaceScope& operator=(const PlaceScope&) = delete;

 private:
  Walker& walker_;
  Place outer_;
};

}  // namespace relay::analysis
