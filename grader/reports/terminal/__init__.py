"""Reports for the terminal: tables by rich, which is imported when the first one is made.

Whatever comes from a file goes through `grader.printable`: no escape reaches the terminal, and no workflow
command a build log.
"""
