"""What do the sources leave open?"""
