"""What is doubtful in a valid model: one module for each family of doubts, a registry of them, and which weigh most.

A doubt is no error: a model may be meant just so. Each says where it is, what comes of it and how to mend it, and a
file can accept it with a reason (``accepted:``).
"""
