"""The command line: one thin module per command group, and the frame around them."""
