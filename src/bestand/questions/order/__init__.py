"""In which order can a deal be done, so that nobody gains by stopping half-way?"""
