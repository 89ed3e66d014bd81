"""What changed from one model to another, and what that changes in the answers?"""
