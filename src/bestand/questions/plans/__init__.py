"""Which of several plans holds, and which holds wherever another does?"""
