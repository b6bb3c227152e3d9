"""Rasa's rule policy without the half of its work that our rules never need."""

from __future__ import annotations

from typing import Any

from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class LeanRulePolicy(RulePolicy):
    """Skips matching rules against the literal text of a message: none of ours is written that way.

    Rasa matches every rule twice per prediction, once by text and once by intent, and by text even where the form
    decides; that was half of a turn's prediction time.
    """

    def _find_action_from_rules(
        self, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
    ) -> tuple[Any, Any, bool]:
        if use_text_for_last_user_input:
            return None, None, False
        found: tuple[Any, Any, bool] = super()._find_action_from_rules(tracker, domain, use_text_for_last_user_input)
        return found
