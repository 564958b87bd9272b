"""Files made of plans, in every format that is read: for the scripts beside this folder, and for tests.

``plans`` what stands in them · ``word`` ``sheets`` ``pages`` ``paper`` ``zips`` the formats · ``bad`` files that cannot be read.
"""
