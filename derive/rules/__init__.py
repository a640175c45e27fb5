"""What may be written next: named rules of one node, without prose."""
