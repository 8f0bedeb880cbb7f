"""What HTTP itself refuses, before any document is looked at."""

from cross_web import HTTPException
from django.http import JsonResponse


class Problem(HTTPException):
    """A status with a code and a sentence, sent as a GraphQL response."""

    def __init__(self, status: int, code: str, message: str, **headers: str) -> None:
        super().__init__(status, message)
        self.code, self.headers = code, headers

    def response(self) -> JsonResponse:
        body = {"errors": [{"message": self.reason, "extensions": {"code": self.code}}]}
        headers = {name.replace("_", "-"): value for name, value in self.headers.items()}
        return JsonResponse(body, status=self.status_code, headers={"Cache-Control": "no-store", **headers})


def unreadable(message: str = "This request cannot be read.") -> Problem:
    return Problem(400, "BAD_REQUEST", message)
