"""Benchmarks of esignctl: the labelled corpus, its accuracy and its speed."""
