"""Layer 1, models: what is stored and what is always true of it."""

from ecosystem.models.addresses import ADDRESSED_KINDS, FormerAddress
from ecosystem.models.articles import Article, Contribution
from ecosystem.models.audit import Act, AuditEntry
from ecosystem.models.base import PAGE_KINDS
from ecosystem.models.citations import Citation
from ecosystem.models.comments import Comment
from ecosystem.models.corrections import ChangeNote, Correction
from ecosystem.models.events import Event, EventSeries
from ecosystem.models.figure_references import FigureReference
from ecosystem.models.images import Image
from ecosystem.models.index import (
    IndexBlock,
    IndexChunk,
    IndexState,
    IndexVersion,
    NameForm,
    SearchDocument,
    Term,
    TermDeletion,
    WordChunk,
)
from ecosystem.models.initiatives import Initiative, Participation
from ecosystem.models.metrics import FormulaInput, Metric, Unit
from ecosystem.models.observations import Observation, PublicSpan, StandingChange
from ecosystem.models.open_forms import OpenForm
from ecosystem.models.organizations import (
    Identifier,
    Organization,
    OrganizationName,
    OrganizationRelationship,
)
from ecosystem.models.people import Person
from ecosystem.models.places import Place
from ecosystem.models.publishing import Status
from ecosystem.models.rankings import Ranking
from ecosystem.models.reports import ReaderReport
from ecosystem.models.revisions import Revision
from ecosystem.models.searches import MissedSearch
from ecosystem.models.seeding import SeededKey
from ecosystem.models.sets import PublishingSet, SetMember
from ecosystem.models.signatures import SignedWarning
from ecosystem.models.sources import Source
from ecosystem.models.standings import Standing
from ecosystem.models.suppressions import Suppression
from ecosystem.models.topics import Topic
from ecosystem.models.unsaved_forms import UnsavedForm
from ecosystem.models.users import User
from ecosystem.models.working_copies import WorkingCopy

__all__ = [
    "ADDRESSED_KINDS",
    "PAGE_KINDS",
    "Act",
    "Article",
    "AuditEntry",
    "ChangeNote",
    "Citation",
    "Comment",
    "Contribution",
    "Correction",
    "Event",
    "EventSeries",
    "FigureReference",
    "FormerAddress",
    "FormulaInput",
    "Identifier",
    "Image",
    "IndexBlock",
    "IndexChunk",
    "IndexState",
    "IndexVersion",
    "Initiative",
    "Metric",
    "MissedSearch",
    "NameForm",
    "Observation",
    "OpenForm",
    "Organization",
    "OrganizationName",
    "OrganizationRelationship",
    "Participation",
    "Person",
    "Place",
    "PublicSpan",
    "PublishingSet",
    "Ranking",
    "ReaderReport",
    "Revision",
    "SearchDocument",
    "SeededKey",
    "SetMember",
    "SignedWarning",
    "Source",
    "Standing",
    "StandingChange",
    "Status",
    "Suppression",
    "Term",
    "TermDeletion",
    "Topic",
    "Unit",
    "UnsavedForm",
    "User",
    "WordChunk",
    "WorkingCopy",
]
