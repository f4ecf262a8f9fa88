"""The file of addresses by postal code that the gateway maps (POSTAL_CODES_FILE)."""
