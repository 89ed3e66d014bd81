"""What would be different if something changed, and which change matters most?"""
