"""Tests of the pure rules for Turkish text, numbers, money and dates."""
