#pragma once

// All of the C++ API. docs/cpp-api.md is its manual.
#include "relay/error.h"
#include "relay/mesh.h"
#include "relay/node.h"
#include "relay/registry.h"
#include "relay/result.h"
#include "relay/server.h"
#include "relay/value.h"
