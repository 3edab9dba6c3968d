"""The objects of domain.md 1, each with its guards in the database."""

from processes.records.models.imports import ImportFile, ImportRow
from processes.records.models.measures import CatalogueItem, Measure
from processes.records.models.records import CreditRecord, RecordVersion
from processes.records.models.sites import Publication, Recipient, RecipientDelivery, Site
from processes.records.models.subjects import CreditSubject, Representation

__all__ = [
    "CatalogueItem",
    "CreditRecord",
    "CreditSubject",
    "ImportFile",
    "ImportRow",
    "Measure",
    "Publication",
    "Recipient",
    "RecipientDelivery",
    "RecordVersion",
    "Representation",
    "Site",
]
