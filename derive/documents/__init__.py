"""Files in: where the mathematics stands, what it claims, and what the judge says of each relation."""
