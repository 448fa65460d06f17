"""From a Release to choices: opportunities and their evidence, decisions, allocation, evaluation.

Empty until the way from result to choice is built; what is written here reads releases only.
Not here: answers or unreleased numbers.
"""
