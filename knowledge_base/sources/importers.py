"""Every importer an operator can name."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge_base.sources.cases import CaseImporter
from knowledge_base.sources.importer import Importer
from knowledge_base.sources.institutions import InstitutionImporter
from knowledge_base.sources.lawrefbook import LawRefBook
from knowledge_base.sources.npc_docx import NpcDocx

IMPORTERS: Mapping[str, Importer] = {
    importer.name: importer for importer in (LawRefBook(), NpcDocx(), CaseImporter(), InstitutionImporter())
}
