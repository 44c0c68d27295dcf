"""The demonstration year: invented partners with their records, and the tickets of a year.

Development only. Everything follows from a fixed seed and the moment it is made for; sentences and
names are in the files beside the modules.
"""
