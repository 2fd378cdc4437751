"""Cards, readers and PKCS#11 modules of this computer, and what is wrong with them."""
