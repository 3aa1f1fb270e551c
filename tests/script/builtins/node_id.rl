print(type(node_id()), node_id().length() > 0, node_id() == node_id()) // expect: string true true
