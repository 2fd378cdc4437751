"""Pure rules for Turkish text, names, personal numbers, IBANs, money and dates."""
