"""The web application (Django): accounts, schools, surveys, results, plans; none imports a later one.

Here too, for all of them: settings, addresses, headers and logging (`security`), codes on paper (`codes`).
Not here: a calculation, a rule about what may be shown, or an open answer outside `surveys`.
"""
