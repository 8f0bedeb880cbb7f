"""How much may be uploaded."""

import strawberry

from backend.workspaces.uploads.quota import Quota


@strawberry.type(description="How much may be uploaded, in megabytes; set by the founders' countries.")
class UploadLimits:
    file_megabytes: int = strawberry.field(description="The largest document or photo.")
    video_megabytes: int = strawberry.field(description="The largest video.")
    workspace_megabytes: int = strawberry.field(description="All files of a workspace together.")


def limits_of(quota: Quota) -> UploadLimits:
    return UploadLimits(file_megabytes=quota.file, video_megabytes=quota.video, workspace_megabytes=quota.workspace)
