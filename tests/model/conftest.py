"""Stages of the league for these tests."""

from tests.stages import at_stage, module_at_stage, stage_templates

__all__ = ["at_stage", "module_at_stage", "stage_templates"]
