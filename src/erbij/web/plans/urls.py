"""Addresses of choosing and acting."""

from django.urls import URLPattern, URLResolver, include, path

from erbij.web.plans.views import actions, away, budget, choices, looking, lots, planning

of_a_school: list[URLPattern] = [
    path("choices/", choices.choices, name="choices"),
    path("choices/<str:signal>/", choices.decision, name="decision"),
    path("choices/<str:signal>/choose/", choices.choose, name="decision-choose"),
    path("choices/<str:signal>/plan/<slug:name>/", planning.plan, name="action-plan"),
    path("plan/budget/", budget.budget, name="budget"),
    path("plan/budget/<int:pk>/", budget.division, name="division"),
    path("actions/", actions.actions, name="actions"),
    path("actions/mine.ics", away.mine, name="my-calendar"),
    path("actions/plan.pdf", away.wall, name="plan-sheet"),
    path("actions/letters/", away.letters, name="plan-letters"),
    path("actions/<int:pk>/action.ics", away.one, name="action-calendar"),
    path("actions/<int:pk>/", actions.action, name="action"),
    path("actions/<int:pk>/change/", planning.change, name="action-change"),
    path("actions/<int:pk>/lots/", lots.lots, name="action-lots"),
    path("actions/<int:pk>/status/", actions.status, name="action-status"),
    path("actions/<int:pk>/note/", actions.note, name="action-note"),
    path("look-back/", looking.look_back, name="look-back"),
    path("look-back/classes/<slug:earlier>/<slug:later>/", looking.name_classes, name="class-names"),
]
urlpatterns: list[URLPattern | URLResolver] = [path("school/<slug:school>/", include(of_a_school))]
