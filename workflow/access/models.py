"""The access log. It says that someone looked, never what they saw."""

from django.db import models


class AccessLog(models.Model):
    """One look or one refusal."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    user_id = models.UUIDField(null=True)
    capacity = models.CharField(max_length=20, blank=True)
    department_id = models.UUIDField(null=True)
    action = models.CharField(max_length=40)
    object_table = models.CharField(max_length=63, blank=True)
    object_id = models.UUIDField(null=True)
    allowed = models.BooleanField()
    reason = models.CharField(max_length=60, blank=True)
    request_id = models.CharField(max_length=40, blank=True)

    class Meta:
        db_table = "access_accesslog"
        indexes = [models.Index(fields=["object_table", "object_id", "at"], name="access_object")]

    def __str__(self) -> str:
        return f"{self.action} {self.object_table}"
