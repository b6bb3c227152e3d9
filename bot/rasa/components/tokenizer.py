"""Cuts a citizen's words into Chinese words with jieba and the legal lexicon."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import jieba
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from bot.understanding.normalise import normalise

LEXICON = Path(__file__).resolve().parents[3] / "training_data" / "lexicon" / "legal_terms.txt"
MOST_CHARACTERS = 2000
"""Of a longer message only the beginning decides what it is about; the rest is read by the interview."""


@functools.cache
def cutter(lexicon: Path = LEXICON) -> jieba.Tokenizer:
    """The process's one jieba tokenizer with the legal lexicon (about 60 MB, so never two of them)."""
    jieba.setLogLevel("WARNING")
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    with lexicon.open(encoding="utf-8") as lines:
        for line in lines:
            word = line.strip()
            if word and not word.startswith("#"):
                tokenizer.add_word(word)
    return tokenizer


def cut(text: str) -> list[str]:
    """The words of `text` after normalising; at most the first 2,000 characters are cut."""
    return [word for word in cutter().lcut(normalise(text[:MOST_CHARACTERS])) if not word.isspace()]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class LegalTokenizer(Tokenizer):
    """Rasa's tokenizer seam over `cut`; token offsets are those of the normalised text."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Rasa's own keys; ours has none."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Tokens of one attribute of the message; none for an empty one."""
        tokens, start = [], 0
        for word in cut(message.get(attribute) or ""):
            tokens.append(Token(word, start))
            start += len(word)
        return tokens
