"""The instructor's page: what was graded, looked at and corrected in a browser, on this machine alone.

It changes marks as `grader override` does, in the same store and by the same code. What it needs beyond the
program itself (Starlette and uvicorn) comes with the extra `review`.
"""
