#pragma once

// Where the names of the library stand: `relay::Value` is `relay::api::Value` in full. The inline namespace keeps them apart
// from the library's own parts, which link into the same program, and its name changes when what is built against one
// release can no longer be linked with the next.
//
// The library's own sources see it as a plain namespace, so that both kinds of names can be told apart there.
#ifdef RELAY_LIBRARY_SOURCE
#define RELAY_API api
#else
#define RELAY_API inline api
#endif
