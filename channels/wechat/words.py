"""What this channel says by itself."""

from __future__ import annotations

WELCOME_BACK = "欢迎回来，我是法线。您接着说就行；要请值班人员，说“人工”。遇到危险请直接拨打 110。"
NO_VOICE = "抱歉，语音我现在听不了。麻烦您把事情打字发给我，长短都行。"
CANNOT_READ = "抱歉，这种消息我看不了。请您用文字说说发生了什么；照片可以直接发图片。"
IS_IT_HERE = (
    "收到您的位置。看起来在{place}一带。要按{place}来回答您吗？回复“是”，我就按这里说；回复“不用”，我就不记这个位置。"
)
PLACE_UNKNOWN = "收到您的位置，但我认不出是哪个市县。麻烦您打字告诉我在哪个省、哪个市。"
PLACE_FORGOTTEN = "好的，这个位置我没有记下来。"
I_AM_IN = "我在{place}"
"""What the citizen is taken to have said once they agree."""
MY_MATTER = "我的事项编号是{number}，查询码是{code}"
MY_NUMBER = "我的事项编号是{number}"
"""What scanning the code of a matter is taken to say."""
