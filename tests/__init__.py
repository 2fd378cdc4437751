"""Tests of esignctl."""
