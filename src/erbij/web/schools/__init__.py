"""Networks, schools, grades and classes (sizes, never names of pupils), and who has which role there.

Everything of a school is scoped: a query without a school raises `django_scopes.ScopeError`.
"""
