"""The stability concepts that come with bestand, a module each: the definition first, then `CONCEPT`."""
