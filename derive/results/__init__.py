"""What the verbs return: a judged argument that knows its page and its JSON."""
