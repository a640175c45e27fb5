"""What is declared of each distribution: density, support, parameter domains, and nothing else."""
