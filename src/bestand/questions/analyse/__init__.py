"""What is stable, for whom, and does the plan hold?"""
