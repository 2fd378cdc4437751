"""Forms: from the registry to a sheet of paper.

What other features may use stands here; the rest is this feature's own.
"""
