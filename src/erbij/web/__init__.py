"""The web application (Django): accounts, schools, surveys, results, plans.

Empty until pupils are asked in the browser; its apps will see releases, never open answers.
Not here: a calculation, or a rule about what may be shown.
"""
