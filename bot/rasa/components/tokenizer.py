"""Cuts a citizen's words into Chinese words with jieba and the legal lexicon."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

import jieba
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from bot.understanding.normalise import normalise

LEXICON = Path(__file__).resolve().parents[3] / "training_data" / "lexicon" / "legal_terms.txt"
_LEFT = 5
"""What is shorter than this after the courtesies is a greeting after all."""
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


_POLITE = re.compile(
    r"^(?:(?:律师|老师|你们?|您们?|大家|各位律师|尊敬的律师|hello|hi)?(?:你好|您好|好|早上好|上午好|下午好|晚上好)"
    r"(?:啊|呀|律师|老师)?[,，。.!！~\s]*|请问(?:一下|下)?[,，:：\s]*|(?:我)?(?:想|要|来)?(?:请教|咨询|问|了解)(?:一下|下|个事情?)"
    r"[,，。:：\s]*|麻烦(?:问|请问)(?:一下|下)[,，\s]*)+"
)


def to_the_point(text: str) -> str:
    """The text without the courtesies in front, as long as something is left: 「你好，请问……」 is not a greeting."""
    rest = _POLITE.sub("", text)
    return rest if len(rest) >= _LEFT else text


def cut(text: str) -> list[str]:
    """The words of `text`, normalised and without courtesies in front; at most the first 2,000 characters are cut."""
    said = to_the_point(normalise(text[:MOST_CHARACTERS]))
    return [word for word in cutter().lcut(said) if not word.isspace()]


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
