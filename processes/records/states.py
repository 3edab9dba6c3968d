"""The lives of a record, a publication and a measure, side by side."""

from django.db import models


class RecordState(models.TextChoices):
    """失信信息: before its unit has said how severe it is, nobody can answer for its term."""

    SEVERITY_OPEN = "severity_open", "待定级"
    CURRENT = "current", "有效"
    WITHDRAWN = "withdrawn", "已撤销"


class PublicationState(models.TextChoices):
    """公示: shown until a decision or its term ends it; the term needs no write."""

    SHOWN = "shown", "公示中"
    ENDED = "ended", "已终止公示"


class MeasureState(models.TextChoices):
    """惩戒措施."""

    IN_FORCE = "in_force", "执行中"
    SUSPENDED = "suspended", "已中止"
    LIFTED = "lifted", "已解除"


class Severity(models.TextChoices):
    """失信程度, as the determining unit found it, never as the table proposed it."""

    MINOR = "minor", "轻微"
    GENERAL = "general", "一般"
    SERIOUS = "serious", "严重"


class RuleFamily(models.TextChoices):
    """Which rules a site follows; third parties follow Credit China."""

    CREDIT_CHINA = "credit-china", "信用中国"
    NECIPS = "necips", "国家企业信用信息公示系统"


RECORD_TRANSITIONS: dict[str, tuple[tuple[str, ...], str]] = {
    "determine_severity": ((RecordState.SEVERITY_OPEN,), RecordState.CURRENT),
    "withdraw": ((RecordState.SEVERITY_OPEN, RecordState.CURRENT), RecordState.WITHDRAWN),
}
PUBLICATION_TRANSITIONS: dict[str, tuple[tuple[str, ...], str]] = {
    "end": ((PublicationState.SHOWN,), PublicationState.ENDED),
}
MEASURE_TRANSITIONS: dict[str, tuple[tuple[str, ...], str]] = {
    "suspend": ((MeasureState.IN_FORCE,), MeasureState.SUSPENDED),
    "resume": ((MeasureState.SUSPENDED,), MeasureState.IN_FORCE),
    "lift": ((MeasureState.IN_FORCE, MeasureState.SUSPENDED), MeasureState.LIFTED),
}
