"""Says in Chinese what the check found, for a lawyer who has corrected something."""

from __future__ import annotations

import re

_SAID = (
    (r"(?P<a>.+) is not in the law index$", "法条库里没有 {a}"),
    (r"(?P<a>.+) is not in force .*", "{a} 现在不是有效的法条"),
    (r"(?P<a>.+): the article has (?P<b>\d+) paragraphs$", "{a}：这一条只有 {b} 款"),
    (r"(?P<a>.+) is cited but not listed; its version in force is (?P<b>\S+)$",
     "引用了《{a}》，但「核对过的法律」里没有它（现行版本 {b}）；请在理由里写明，由维护人员补上"),
    (r"(?P<a>.+): read in version (?P<b>\S+), in force is (?P<c>[^;]+); .*", "《{a}》核对的是 {b} 版，现行的是 {c} 版"),
    (r"must name (?P<a>.+?): .*", "这个结论要算钱，必须引用 {a}"),
    (r".* can never become true$", "这个条件永远不会成立"),
    (r".* tells nothing where (?P<a>\w+) is not asked.*", "没有问到“{a}”时，这里什么也不会说；条件里请加上 known({a})"),
    (r"the answer can change nothing .*", "这样改以后，这个问题的回答不再影响任何结论"),
    (r"every line has a condition.*", "每一行都有条件，有的当事人会一行也看不到；请留一行没有条件的"),
    (r".*there is no fact '(?P<a>[^']*)'.*", "没有叫“{a}”的问题（条件里要写问题的编号）"),
    (r".*'(?P<a>[^']*)' is no option of (?P<b>\w+) \((?P<c>[^)]*)\)$", "“{a}”不是“{b}”的选项，可以写：{c}"),
    (r".*not an expression of this language$", "条件的写法不对"),
    (r".*a condition must be true or false.*", "条件的结果必须是“是”或“否”"),
    (r".*cannot be compared with.*", "两边不是同一类内容，不能比较"),
    (r"\{(?P<a>[^}]*)\} names no fact$", "花括号里的“{a}”不是任何问题的编号"),
    (r"\{(?P<a>[^}]*)\} may be unknown here.*",
     "当事人可能不知道“{a}”，这句话会空一块；请把它连同前后的字放进方括号，比如：[，共{{{a}}}]"),
    (r".*(?:a bracket stands alone|what is said of the unknown).*",
     "方括号的写法不对，应当像：[，大约{{total}}]，或者：把[{{owed}}|欠的钱]付清"),
    (r".*no optional parts in a document$", "文书里不能用方括号"),
    (r".*no placeholders here$", "这里不能用花括号"),
    (r".*citation (?P<a>.+) is not of the form .*", "{a} 的写法不对，应当像：民法典 第一千零七十九条"),
    (r"in '.*': .*", "条件里有看不懂的写法，请对照别处的条件"),
    (r"promises a result: (?P<a>'[^']*').*", "这样说等于保证结果：{a}"),
    (r"(?:blames|rebukes|talks down|sends away|insults): (?P<a>'[^']*').*", "对当事人的口气不合适：{a}"),
    (r"(?P<a>\S+) means both .*", "两个选项里有同样的说法：{a}"),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern, re.DOTALL), words) for pattern, words in _SAID)


def problem_words(where: str, message: str) -> str:
    """One sentence with the place; what has no Chinese words yet is told as it is."""
    for pattern, words in _COMPILED:
        found = pattern.match(message)
        if found is not None:
            return f"{words.format(**found.groupdict())}（{where}）" if where else words.format(**found.groupdict())
    return f"{where}：{message}" if where else message
