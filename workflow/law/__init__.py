"""The law as data: dated, cited, united provisions, read as of one day."""

from workflow.law.book import Law, NoFigure, NoLawInForce, Statutes
from workflow.law.texts import Figure, Instrument, Provision, Text, UnsoundLaw

__all__ = [
    "Figure",
    "Instrument",
    "Law",
    "NoFigure",
    "NoLawInForce",
    "Provision",
    "Statutes",
    "Text",
    "UnsoundLaw",
]
