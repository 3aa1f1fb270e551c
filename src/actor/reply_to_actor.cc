#include "actor/reply_to_actor.h"

#include <utility>

#include "actor/realm.h"

namespace relay {

void ReplyToActor::answer(Reply reply) {
  // Before the callee can do anything else: it may now call its caller.
  if (caller_ != 0) realm_.wait_graph.remove(caller_, wait_);
  realm_.deliver(actor_, {Control::Answer{wait_, std::move(reply)}});
}

}  // namespace relay
