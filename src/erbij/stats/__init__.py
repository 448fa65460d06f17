"""Arrays and sums in, frozen estimates out.

Here live: sampling designs, survey statistics, reliability. Every estimate carries its uncertainty.
Not here: anything that knows what a school, an instrument or a file is.
"""
