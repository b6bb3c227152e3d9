"""Cuts a citizen's words into Chinese words with jieba and the legal lexicon."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.rasa.hearing import KEY
from bot.understanding.meant import meant
from bot.understanding.words import cutter

_LEFT = 5
"""What is shorter than this after the courtesies is a greeting after all."""
MOST_CHARACTERS = 2000
"""Of a longer message only the beginning decides what it is about; the rest is read by the interview."""


_POLITE = re.compile(
    r"^(?:(?:律师|老师|你们?|您们?|大家|各位律师|尊敬的律师|hello|hi)?(?:你好|您好|好|早上好|上午好|下午好|晚上好)"
    r"(?:啊|呀|律师|老师)?[,，。.!！~\s]*|请问(?:一下|下)?[,，:：\s]*|(?:我)?(?:想|要|来)?(?:请教|咨询|问|了解)(?:一下|下|个事情?)"
    r"[,，。:：\s]*|麻烦(?:问|请问)(?:一下|下)[,，\s]*|喂+[,，。\s]*|(?:在吗|在不在)[,，。\s]+|(?:是)?12348(?:吗|不|么)[,，。\s]*"
    r"|(?:我?那个|呃+|嗯+|就是|我跟你讲[哦啊呀]?)[,，。\s]+)+"
)


def to_the_point(text: str) -> str:
    """The text without the courtesies in front, as long as something is left: 「你好，请问……」 is not a greeting."""
    rest = _POLITE.sub("", text)
    return rest if len(rest) >= _LEFT else text


def cut(text: str) -> list[str]:
    """The words of `text` as meant and without courtesies in front; at most the first 2,000 characters are cut."""
    return cut_meant(meant(text[:MOST_CHARACTERS]))


def cut_meant(text: str) -> list[str]:
    """The words of a text that is already as meant."""
    said = to_the_point(text[:MOST_CHARACTERS])
    return [word for word in cutter().lcut(said) if not word.isspace()]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class LegalTokenizer(Tokenizer):
    """Rasa's tokenizer seam over `cut`; token offsets are those of the text as meant."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Rasa's own keys; ours has none."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Tokens of one attribute of the message; none for an empty one."""
        tokens, start = [], 0
        text = message.get(attribute) or ""
        heard = message.get(KEY) if attribute == TEXT else None
        for word in cut(text) if heard is None else cut_meant(heard["text"]):
            tokens.append(Token(word, start))
            start += len(word)
        return tokens
