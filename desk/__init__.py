"""The desk: the web face of the hotline, for partners and for staff."""
