"""The page of the hotline's hours: a year of days, their forms, a preview before each change."""
