"""Tests of reminders, with a real mail server on the loopback."""
