"""What the bot says in English, each time with the Chinese beside it for whoever stands by."""

from __future__ import annotations

from collections.abc import Mapping

from bot.understanding.danger_said import DangerKind

PERSON = "A person please 转人工"
"""Quick reply; holds the Chinese words that ask for a person."""
LAWYER = "I need a lawyer 我要找律师"
ABOUT = (
    "This is the public legal service line 12348 of China. It is free. "
    "I am a robot and can only ask about details in Chinese, but a person can help you here."
)
SOUNDS_LIKE = "This sounds like {name}. I do not want to give you wrong advice in a language I read only a little."
NUMBERS = (
    "Numbers: 110 police · 120 ambulance · 119 fire · 12348 legal service and legal aid · "
    "12345 city government (in some cities, such as Beijing, also in foreign languages) · "
    "12367 immigration, in Chinese and English, day and night."
)
ALSO_CALL = "For this matter there is also {numbers}."
NAMES: Mapping[str, str] = {
    "110": "110 (police)",
    "120": "120 (ambulance)",
    "122": "122 (traffic police)",
    "12315": "12315 (consumers)",
    "12333": "12333 (work and social insurance)",
    "12345": "12345 (city government)",
    "12366": "12366 (taxes)",
    "12367": "12367 (immigration)",
    "12368": "12368 (courts)",
    "96110": "96110 (police, against fraud)",
}
OFFER = "Shall I ask a person to help you? 需要我请值班的工作人员帮您吗？"
HANDED_OVER = "I am asking a person on duty to help you now. You need not repeat what you wrote."
THANKS = "You are welcome. Write any time. 不客气，随时可以再来。"
OTHER_SCRIPT = "抱歉，您用的文字我还看不懂。\nSorry, I cannot read this language. A person on duty may be able to help."

DANGER: Mapping[DangerKind, str] = {
    "violence": "Your safety comes first. Call the police now: 110. Go where people are, or behind a locked door.",
    "self_harm": (
        "I am very sorry that it hurts this much. Please do not stay alone with it: call 12356 (psychological help, "
        "mostly in Chinese), or 120 (ambulance) or 110 (police) if you are hurt or in danger now."
    ),
    "child": "The child's safety comes first. Call the police now: 110. Keep the child with an adult you trust.",
    "detention": (
        "Who is taken by the police has the right to a lawyer, and a foreigner may ask that the embassy be told. "
        "Call 12348 for legal aid. If you are held by people who are not police, call 110."
    ),
    "medical": "Call the ambulance now: 120. If somebody attacked you or there was a crash, call 110 as well.",
    "fire": "Leave the place now, then call 119. If you smell gas, do not touch any switch.",
    "trapped": (
        "Stay where it is safe and wait for help: call 119 or 110 and say where you are and how many you are. In a "
        "lift press the alarm button and do not force the doors; call 120 if somebody is hurt."
    ),
    "done": (
        "Save the person first: call 120. Then call the police yourself, 110, say what happened, and wait there: who "
        "turns himself in and tells the truth may be punished less. For a lawyer, or legal aid, call 12348."
    ),
    "harm": (
        "Please stop for a moment: whatever was done to you, do not hurt anybody. Leave the place and call 12356 "
        "(psychological help, mostly in Chinese); call 110 if you cannot hold back, and 120 if somebody is hurt."
    ),
    "fraud": (
        "Stop: transfer nothing, share no screen, tell no code, and hang up. Real police never work by telephone. Call "
        "96110 (police, against fraud) to check; if money has gone, call 110 at once to have it stopped."
    ),
    "assault": (
        "This is not your fault. Go somewhere safe and call the police: 110; 120 if you are hurt. Do not wash yourself "
        "or your clothes, keep them in a paper bag and tell the hospital: all this is evidence. 12338 helps women."
    ),
    "missing": (
        "Call the police now: 110. Nobody has to be gone for 24 hours first. Say when and where the person was last "
        "seen and what clothes they wore."
    ),
}
DANGER_PERSON = "I am asking a person on duty to help you at once. Please stay here."

CHINESE_LAW = "What Chinese law says: {say} ({basis})"
WHICH_COUNTRY = "Which country is it about? Its name is enough, and I tell you what I hold of it, with source and date."
NOT_HELD = (
    "Of {name} I hold no reliable facts, so I will not guess. Ask 12348, the court that hears the case (12368), or the "
    "foreign affairs office of your province."
)
CONSULATE = (
    "A Chinese citizen abroad calls 12308 (from abroad +86-10-12308), day and night. A foreigner in China asks the "
    "embassy or consulate of his or her own country: I hold no list of their numbers, but 12367 (immigration, Chinese "
    "and English) can tell. Who is held by the police may ask that the consulate be told. In danger call 110 first."
)
ASK_ON = (
    "You can go on asking: judgments, arbitration, service of papers, evidence, legalisation, extradition, "
    "or another country."
)
STILL = "I am sorry, I cannot answer this well in English. A person can help you. In danger call 110 at once."
