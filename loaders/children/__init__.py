"""Child processes that read files: a file that is too much, or breaks a library, ends a child and nothing else.

``job`` what a child is given and does · ``limits`` how much of time and memory it may take · ``child`` one process ·
``sessions`` ending a process with all that it started · ``pool`` the children that all callers share.
"""
