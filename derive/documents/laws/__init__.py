"""Laws of a document: densities by their names, likelihoods, priors and posteriors, joint laws."""
