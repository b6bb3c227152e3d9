"""What the service says by itself: greeting, hand-over, hand-back, failure, good-bye."""

from __future__ import annotations

from bot.dialogue.engine import Part

WAITING = {"waiting": True}
"""Marks what is said about waiting for a person: the telephone says that in its own words."""

NOTED = {**WAITING, "noted": True}
"""Marks what is said to one who adds something while waiting."""

GREETING: tuple[Part, ...] = (
    Part(
        "choices",
        "您好，我是法线，可以帮您看看遇到的事情法律上怎么说、该怎么办。请用您自己的话说说发生了什么，比如“老板欠我三个月工资不给”。"
        "随时说“人工”，就请值班人员接着帮您。遇到危险请直接拨打 110。",
        choices=("老板拖欠工资", "我想离婚", "借钱不还", "房东不退押金", "转人工"),
    ),
)

HANDED_OVER: tuple[Part, ...] = (
    Part(
        "text",
        "好的，已经为您转给值班人员，请稍等。您可以继续补充情况，工作人员接手后都能看到。",
        data=WAITING,
    ),
)

# Added to a hand-over while the desk is empty. It names no time, because we know none. Until somebody comes the bot
# goes on answering.
NOBODY_ON_DUTY: tuple[Part, ...] = (
    Part(
        "text",
        "跟您说明一下：现在没有值班人员在线，没法马上接着和您谈。您说的话都已经存好，工作人员上线后会在这里回复您；等的时候，我接着回答您。"
        "等不及的话，现在就可以拨打 12348 法律服务热线；遇到危险请拨打 110。",
        data=WAITING,
    ),
)

# The same in danger, where nobody is to wait for us.
NOBODY_IN_DANGER: tuple[Part, ...] = (
    Part(
        "text",
        "现在没有值班人员在线，不能马上接着和您谈。请别等我们，先打上面说的电话。您的话都已经存好，有人上线就先看；等的时候，我接着回答您。",
        data=WAITING,
    ),
)

# The same where the bot cannot answer either.
NOBODY_AT_ALL: tuple[Part, ...] = (Part("text", "现在也没有值班人员在线，有人上线就会看到您的话。", data=WAITING),)

# The same for who asks again while waiting.
STILL_NOBODY: tuple[Part, ...] = (
    Part("text", "现在还没有值班人员在线，您的位置一直留着。着急的话，可以拨打 12348；遇到危险请拨打 110。"),
)

SLOW: tuple[Part, ...] = (
    Part(
        "text",
        "自动问答这会儿反应慢，您的话已经存好，一有结果就在这里回答您，不用重发。"
        "着急的话，可以拨打 12348 法律服务热线；遇到危险请拨打 110。",
        data=WAITING,
    ),
)

ENGINE_DOWN: tuple[Part, ...] = (
    Part(
        "text",
        "抱歉，自动问答现在暂时用不了。您说的话已经存好，并且已经转给值班人员，工作人员会在这里回复您。"
        "着急的话，可以拨打 12348 法律服务热线；遇到危险请拨打 110。",
        data=WAITING,
    ),
)

# The same for who writes on: told no more often than that a line is kept.
STILL_DOWN: tuple[Part, ...] = (
    Part(
        "text",
        "收到了，已经存好。自动问答还没恢复，工作人员看到就会在这里回复您；着急的话请拨打 12348，遇到危险请拨打 110。",
        data=NOTED,
    ),
)

CLAIMED: tuple[Part, ...] = (Part("text", "值班人员已经接入，您可以直接和工作人员说。"),)

HANDED_BACK = "值班人员已经把对话交还给我，我是法线，我们接着刚才的来。"

MATTER = "您的事项编号是 {matter}，查询码是 {code}。请一起记下来，下次在哪里来都能接着办；查询码不要告诉别人。"

TAKEN_OVER: tuple[Part, ...] = (Part("text", "现在换一位工作人员继续为您服务，前面说过的都看得到，不用再说一遍。"),)

NOTHING_PENDING = Part("text", "您还有什么想问的，请直接说。")

CLOSED = "本次咨询已经结束，事项编号 {matter}。以后有新的问题，随时可以开始新的咨询。"
