"""What this channel says by itself."""

from __future__ import annotations

WELCOME_BACK = "欢迎回来，我是法线。您接着说就行；要请值班人员，说“人工”。遇到危险请直接拨打 110。"
IN_PRIVATE = (
    "您好，我是法线。公开的微博和评论里请不要写姓名、电话和案情。请点开我的主页，发私信给我，我在私信里帮您看。"
    "遇到危险请直接拨打 110。"
)
"""To who has named us in public."""
NO_VOICE = "抱歉，语音我现在听不了。麻烦您把事情打字发给我，长短都行。"
CANNOT_READ = "抱歉，这种消息我看不了。请您用文字说说发生了什么；照片可以直接发图片。"
