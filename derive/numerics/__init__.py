"""Numbers from data: expressions evaluated over whole samples, and numerical maxima."""
