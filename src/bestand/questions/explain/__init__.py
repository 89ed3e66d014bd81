"""Why is a state stable for a party, or not?"""
