"""Where does it go from a state?"""
