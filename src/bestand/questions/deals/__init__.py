"""Is there a deal, who refuses what, and would it be kept?"""
