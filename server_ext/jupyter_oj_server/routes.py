"""Every route of the interface, in one table."""

from __future__ import annotations

from jupyter_oj_server.handlers import contests, problems, service, submissions
from jupyter_oj_server.operations import Route
from jupyter_oj_server.stream import StreamHandler

ROUTES = [
    Route("health", service.HealthHandler, "health"),
    Route("openapi.json", service.OpenapiHandler, "openapi"),
    Route("metrics", service.MetricsHandler, "metrics"),
    Route("me", service.MeHandler, "me"),
    Route("languages", service.LanguagesHandler, "languages"),
    Route("problems", problems.ProblemsHandler, "problems"),
    Route("problems/{id}", problems.ProblemHandler, "problem"),
    Route("problems/{id}/notebook", problems.NotebookHandler, "notebook"),
    Route("problems/{id}/files/{name}", problems.FileHandler, "problem_file"),
    Route("submissions", submissions.SubmissionsHandler, "submissions"),
    Route("submissions/{id}", submissions.SubmissionHandler, "submission"),
    Route("submissions/{id}/source", submissions.SourceHandler, "submission_source"),
    Route("runs", submissions.RunsHandler, "runs"),
    Route("stream", StreamHandler, "stream"),
    Route("contests", contests.ContestsHandler, "contests"),
    Route("contests/{id}", contests.ContestHandler, "contest"),
    Route("contests/{id}/registration", contests.RegistrationHandler, "registration"),
    Route("contests/{id}/leaderboard", contests.LeaderboardHandler, "leaderboard"),
    Route("contests/{id}/enrolments", contests.EnrolmentsHandler, "enrolments"),
]
