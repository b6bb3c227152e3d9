"""What the bot says outside the topics, in one place, so that a lawyer can read and correct the tone."""

from __future__ import annotations

PERSON = "转人工"
GO_ON = "继续"
AGAIN = "重新咨询"
NEITHER = "都不是"

GREETING = (
    "您好，我是法律咨询助手，免费为您解答。您可以直接说说发生了什么事，比如「老板欠我三个月工资」。"
    "想找真人律师，随时说「转人工」。"
)
CAPABILITIES = (
    "我可以先听您说事情，问几个关键问题，再告诉您法律是怎么规定的、能要求什么、什么时候之前要办、去哪里办。"
    "我是机器人，说得不一定都对，重要的事请以律师的意见为准；想找真人，随时说「转人工」。"
)
TRUST = (
    "您多个心眼是对的。这里是公共法律服务的智能助手，不收您的钱，也不会问您的银行卡密码、短信验证码，更不会叫您转账；"
    "谁要您这些，都别给，可以打96110问。不放心，您也可以自己打12348，或者说「转人工」。"
)
THANKS = "不客气，能帮到您就好。还有别的问题，随时告诉我。"
GOODBYE = "好的，祝您顺利。以后有需要，凭事项编号随时可以再来咨询。"
COMPLAINT = "对不起，让您生气了。我是机器人，有些话听不明白。要不要请工作人员直接跟您说？"
REDIRECT = (
    "这个问题不在法律咨询的范围里，我怕说错耽误您。如果您遇到的是工资、合同、家庭、借钱、租房、买东西、受伤这类事情，"
    "请直接告诉我发生了什么。"
)
NOTHING_SAID = "我没有收到文字。请您打字告诉我发生了什么事，一两句话就行。"
NOT_UNDERSTOOD = "不好意思，我没太明白。您能换个说法，用一两句话说说发生了什么事吗？"
LISTENING = "您慢慢说，我在听。发生了什么事？"
GO_ON_TELLING = "嗯，这些我记着了。您接着说：后来怎么样了？您最想解决什么？"
NOTED = "嗯，我知道了。先请您回答这一个："
OR_PERSON = "也可以说「转人工」，请值班的工作人员直接跟您说。"
CARE = {
    "weary": (
        "听着您真的撑得很辛苦。心里实在难受，可以打12356心理援助热线，有人听您说；"
        "要是有伤害自己的念头，请直接告诉我，我马上请人来。"
    ),
    "afraid": "您先别怕，慢慢说，我在这儿听着。现在有危险就先打110。",
    "angry": "碰上这种事，谁都会有气，您慢慢说。",
    "sad": "您受委屈了，不着急，想到哪儿说到哪儿。",
}
"""For somebody who tells how they feel: that is no misunderstanding. A question follows, one only."""
WHAT_HAPPENED = "发生了什么事？"
WE_GO_ON = "您的事前面说的都记着，不用再讲一遍。想知道先做什么，问「下一步怎么办」；想有人直接跟您说，说「转人工」。"
"""In place of that question once the opinion is given."""
CLOSED = "好的。"
CAN_STILL = (
    "这件事还想问什么，直接说就行，比如「下一步怎么办」「要多久」；要文书，说「要文书」；"
    "想请工作人员看看，说「转人工」。有别的事，也直接告诉我。"
)
STILL_HERE = "想起什么随时说，我都在。"
TOLD_NOTED = (
    "我看到了。要是刚才那件事的，上面的意见没有变；要改哪一项请直接说，比如「其实是四个月」。"
    "要是另一件事，请接着说发生了什么。"
)
KEEP_SAFE = (
    "您的安全最要紧：再动手就打110，请民警出警、开告诫书；也可以向法院申请人身安全保护令。伤要拍照、去医院留病历。"
)
TOLD_NOTED_AGAIN = "嗯，我看到了，上面的意见没有变。想接着问请直接说；想请工作人员看看这些，说「转人工」。"
WE_ASK_ON = "我接着问别的。"
PUT_ASIDE = "这一点先放一放，以后想起来随时告诉我。我接着问别的。"
HAND_OVER_UNCLEAR = "抱歉让您反复说。我这就请值班的工作人员来帮您，您前面说的都会转给他，不用再讲一遍。"
HAND_OVER_UNPLACED = (
    "您的事我拿不准该归到哪一类，怕说错耽误您。我这就请值班的工作人员直接跟您说，您前面说的都会转给他，不用再讲一遍。"
)
DANGER = "如果您或身边的人现在有危险，请马上拨打110（报警）或120（急救）。我这就请值班的工作人员来帮您，请不要离开。"
DANGER_PERSON = "我同时请值班的工作人员马上来帮您。"
DANGER_TOLD_ON = "您的话我也转给了值班的工作人员，您别等，先打电话。"
"""In place of that promise where nobody is on duty."""
STILL_IN_DANGER = {
    "violence": (
        "您先顾好自己：还有危险就打110，不方便说话就发短信到12110，写清地址；受伤打120。"
        "安全了再告诉我：动手的是家里人、对象，还是外面的人？"
    ),
    "self_harm": "我在听。请现在就打12356心理援助热线，也叫一个信得过的人来陪着您；要是伤到了自己，马上打120。",
}
"""By kind of danger, for who writes on after it; no other matter is opened by a few words then."""
ALSO_HEARD = "您说的事我也听进去了，有办法的，我们一步一步来。"
RELIEVED = "听您这么说，我放心些。心里再难受的时候，12356随时有人接，也随时可以跟我说。"
RELIEVED_ASK = "刚才那件事，您最想先解决哪一样？"
WHO_IT_IS = ("是家里人或对象", "是外面的人")
MEANWHILE = "等工作人员的时候，先告诉您一般的规定："
HAND_OVER = "好的，我这就请值班的工作人员来帮您。您前面说的都会一起转过去，不用再讲一遍。"
DECLINED = "好的，那我们继续。您请说。"
DECLINED_IN_INTERVIEW = "好的，那我们继续。"
NOTHING_TO_REPEAT = "我们还没开始。请您说说发生了什么事，一两句话就行。"
STARTED_OVER = "好的，我们重新开始，前面说的我先放下。请您说说发生了什么事。"
CLARIFY_OPEN = "分不清没关系，这由我来分。您用自己的话说说就行：出了什么事，您最想解决的是什么？"
CLARIFY = "我想确认一下：您想问的是{first}，还是{second}？"
CHANGE_TO = "先说「{topic}」"
SECOND_NOTED = (
    "您说的好像是「{topic}」，我记下了。想先说它，点“先说「{topic}」”；"
    "不点也行，先把「{current}」问完，接着就说这件事。"
)
CHANGED_AT_ONCE = "您说的是「{topic}」，我改问这件事。「{current}」也留着，要先说它，点“先说「{current}」”。"
SECOND_FULL = "您提到的事情比较多，我先把记下的几件说完；后面的请到时再提醒我，或者说「转人工」。"
CHANGED = "好的，「{topic}」先放一放，您说过的都留着，后面再接着说。"
LEFT = "好的，「{topic}」先放着，您说过的都留着；想接着说的时候，说「继续」就行。"
GIVEN_UP = (
    "好的，「{topic}」那就先不办，什么也没有替您交。您说过的我都留着，哪天想接着办，说「继续」或者「还是办吧」就行。"
    "觉得麻烦、想有人帮着办，说「转人工」。"
)
LEFT_WHAT = "您想问什么？一两句话说说就行。"
KEPT_ASK = "前面的「{topic}」还没问完，您说过的都还在。要不要接着来？"
KEPT_NOT = "先不用"
KNOWN_BEFORE = "您前面说过的，我先记上：{told}；不对的请直接告诉我。"
RESUMED = "好的，我们接着说「{topic}」。"
NEXT_TOPIC = "您前面还提到「{topic}」，我接着问您几个问题。"
ASK_AHEAD = "您问的这一点，我问清楚下面的情况后，会在意见里先回答您。"
AHEAD_SUM = "照您说到现在的是{total}：{title}{basis}。"
AHEAD_SUM_IF = "按您说的数是{total}，前提是“{title}”这一条成立{basis}。"
AHEAD_SUM_OPEN = "后面说的还会影响这个数，问完了给您准数。"
AHEAD_DEPENDS = "能要多少，主要看{labels}{basis}，我接着问，问完就给您算。"
AHEAD_WIN = "能不能成，谁都不能打包票，主要看证据：{evidence}。我接着问，问完告诉您我们的看法。"
ASKED_BEFORE = "您前面问“{said}”："
ASKED_BELOW = "请看下面的意见；要是没有说到这一点，请再问我一遍，也可以说「转人工」。"
WHY_NONE = "这个问题会影响适用哪条法律、能要求多少，所以要先问清楚。"
SEVERAL = "几样都有的，先选最要紧的那一个；别的，后面写材料、找人办的时候照样可以说。"
HELP_FALLBACK = "我没太听明白。请按您知道的情况说，不清楚的可以直接说「不知道」。"
SEARCH_FOUND = "您这个问题我没有专门的问答流程，下面是按您说的在法律条文里找到的，只是可能有关，不是针对您情况的结论："
SEARCH_NONE = "我在法律条文里没有找到和您说的直接有关的内容。"
SEARCH_PERSON = "要不要请工作人员看看您的具体情况？"
SEARCH_DOWN = "法律条文库暂时打不开，我不能凭记忆告诉您法条。要不要请工作人员帮您？"
SAME_TOPIC = (
    "这件事我刚才已经给过意见了。情况有变化请直接告诉我，比如「其实欠的是四个月」；要从头问一遍，请点「重新咨询」。"
)
CORRECTED = "好的，已经改过来了：{echo}。按新的情况，意见如下。"
CORRECT_WHICH = "好的，哪一项不对？请直接说正确的，比如「我是2023年5月入职的」。"
MATTER = "好的，这是您这次的事项编号和查询码，请一起记下来。下次来把两个都告诉我，就能接着办。"
RECALL_CODE = "事项 {matter}，我要先确认是您本人。请告诉我6位查询码，就是当时和编号一起给您的那组数字。"
RECALL_WRONG = "编号和查询码对不上，我不能打开这个事项。请核对一下再说一次；记不得了，可以请工作人员核实身份后帮您查。"
RECALLED = "欢迎回来，事项 {matter} 找到了，上次说的是「{topic}」。我们接着来。"
RECALL_NOTHING = "还没有定下来的问题"
RECALL_TOLD = "上次的意见还在。您可以接着问，情况有变化也可以直接告诉我。"
APPLY = "交申请"
APPLY_LATER = "先不交"
APPLY_PUT_OFF = "好的，先不交，不着急。想好了随时说「交申请」，我马上帮您交。还有别的事，也请直接说。"
APPLY_REFUSED = "好的，那就不交。以后想交，说一声「交申请」就行。还有别的事，也请直接说。"
APPLY_DONE = "申请已经交上去了，不用再交。想知道办到哪一步，说“查进度”就行；要另办一件，说「再办一个」。"
APPLY_SOON = "好，还差一两句话，问完就能交。"
APPLY_BESIDE = "不耽误交申请：您说的我都记着，想交的时候说「交申请」就行。"
APPLY_WITHDRAW = (
    "您的申请前面已经交上去了。要是真的不想办了，等工作人员联系您的时候说一声就行；想现在就说，点「转人工」。"
)
APPLY_NOT = "按您现在说的情况，我这边没有可以交的申请。要不要请工作人员帮您看看？"
NOT_HANDED_IN = "申请还没有交，所以没有进度可查。想交，说「交申请」就行。"
MATTER_NONE = "您还没有事项编号。等咨询开始后会有一个编号，到时我告诉您。"
MORE_EVIDENCE = "这件事需要准备的证据："
MORE_WHERE = "可以去这些地方："
MORE_STEPS = "建议您这样做："
MORE_DEADLINES = "时间上请注意："
MORE_AID = "关于法律援助："
MORE_AID_SERVICE = "请不起律师的，可以看看能不能申请免费的法律援助律师：接着对我说「申请法律援助」就行。"
MORE_DOCUMENTS = "我已经为您起草了这些文书："
PAPER_GIVEN = "这是{title}，按您说的写的；还有{gaps}处标着【】的，要您自己填："
PAPER_FORM = "这是空白的{title}，标着【】的要您自己填："
PAPER_UNSURE = "有些情况还不清楚，{title}没法写全，先给您空白的，标着【】的要您自己填："
PAPER_NOT_NEEDED = "按您说的情况，这件事一般用不上{title}；真要用，空白的在这里，标着【】的要您自己填："
PAPER_FITS = "这件事用得上的是："
PAPER_UNKNOWN = (
    "{names}我这里还没有现成的，怕写错耽误您。您说说是什么事，我先告诉您法律怎么规定；"
    "要人帮着写，可以说「转人工」，也可以打12348。"
)
PAPER_WANTED = "您前面要的文书："
PAPER_FORM_BELOW = "· {title}：空白的放在意见书后面。"
PAPER_NONE = "{names}我这里没有为这件事准备，怕写错耽误您。要人帮着写，可以说「转人工」，也可以打12348。"
PAPER_ASK = "可以帮您写{names}。{ask}请先用自己的话说说发生了什么事，我问几个问题，问清楚就写。"
PAPER_NOTED = "要{names}，我记下了，问清楚了随意见一起给您。"
PAPER_NOTHING_YET = "还没有为您写好的文书。您说说发生了什么事，我问几个问题，问清楚就帮您写。"
PAPER_USE = (
    "我写的是草稿，不能直接签、直接交。先把标着【】的都填好，名字、日期、数目一项一项核对，"
    "和事实不一样的要改，再这样用："
)
PAPER_USE_OTHERS = "别人拿来让您签的，不在这里面：有空白的、看不懂的、和说好的不一样的，先不要签。"
MORE_AMOUNT = "按您说的情况，能要多少是这样算的："
MORE_NO_AMOUNT = "这件事没有一个现成的数，要看具体情况和证据。前面的意见里能要求的是："
MORE_LASTS = "多久能有结果，要看走哪条路："
MORE_LASTS_END = "材料齐不齐、对方配不配合，都会影响快慢，这里说的是法律定的时间，不是保证。"
MORE_COSTS = "要花的钱，看走哪条路："
MORE_LASTS_SERVICE = "多久能办好，规定是这样的："
MORE_COSTS_SERVICE = "要花的钱："
MORE_AGAINST = "您该找（告）的是："
MORE_WIN = "能不能赢、能不能要回来，谁都不能打包票，要看证据和对方怎么说。按您说的情况，我们的看法是："
MORE_WIN_EVIDENCE = "胜算大小主要看这些证据齐不齐："
MORE_WIN_OPEN = "这几点还说不准，会影响结果："
MORE_NEAREST = "意见里和这一点有关的是：{said}想问细一点，可以换个说法，也可以说「转人工」。"
MORE_WHY = (
    "前面问您那些，是为了看适用哪条规定、能要多少、时间过没过。"
    "意见就是照您的回答写的，不想说的可以不说；要改哪一项，直接告诉我。"
)
MORE_NONE = "这一点我没有现成的答案，怕说错。要不要请工作人员告诉您？"

SEVERAL_PROBLEMS = "您说了{count}件事：{names}，我都记下了。我们一件一件来，先说「{first}」，说完接着说「{second}」。"
TWO_NOTED = "您说的{names}我也都记下了，等您安全了，我们再一件一件说。"
GUESS = "您是不是想说：{said}？"
GUESS_YES = "是的"
GUESS_NO = "不是"
GUESS_WRONG = "好的，是我看错了。请您换个说法再打一遍，打汉字最好；不方便打字，可以说「转人工」。"
SUPPOSE = "这只是假设：如果{told}，那么："
SUPPOSE_MORE = "· 会多出："
SUPPOSE_CHANGED = "· 会变成："
SUPPOSE_LESS = "· 就不成立了：{title}"
SUPPOSE_BY = "· 时间上：{text}"
SUPPOSE_SAME = "· 结论和前面给您的意见一样，没有变化。"
SUPPOSE_OPEN = "· 要说得更准，还得知道：{label}。"
SUPPOSE_END = "您实际的情况我没有改，前面的意见不变。要是实际就是这样，请直接告诉我「其实……」。"
ASK_WHOM = "您想问的是{who}的什么事？一句话说说就行，比如要不要负责、能分到多少、该怎么办。"
NEXT_SOON = "「{topic}」我记着呢。先把「{current}」问完，马上就说它。"
NEXT_LATER = "好的，另外的事我们接着就说。先把「{current}」问完，免得漏掉要紧的。"
NEXT_WHICH = "好的，您说的另一个问题是什么事？一两句话说说就行。"

ASK_EVIDENCE = "要准备什么证据"
ASK_WHERE = "去哪里办"
ASK_DEADLINE = "什么时候之前要办"
AFTER_OPINION = (ASK_WHERE, ASK_EVIDENCE, ASK_DEADLINE, PERSON)
"""Quick replies under the opinion."""

ELSEWHERE = "这件事归{who}管，不是法律咨询定得了的，先告诉您去哪里问。{say}"
ELSEWHERE_ARTICLES = "相关的法律条文，供您参考："
QUIZ_OF_DAY = "每日一题"
TEST_ME = "考考我"
ANOTHER_QUIZ = "换一题"
ANOTHER_LESSON = "换一课"
THIS_LESSON = "讲讲这一课"
ENOUGH = "不学了"
LESSON = "学一点法律：{title}"
BASIS = "依据：{articles}"
QUIZ = "考考您：{ask}"
QUIZ_TODAY = "今天的一题：{ask}"
QUIZ_ANSWER = "请选{letters}，用自己的话说也行；不知道就说「不知道」。"
QUIZ_HOW = "没关系，慢慢想。您可以回答{letters}；想换一道说「换一题」，不想答了说「不学了」，不知道就说「不知道」。"
QUIZ_RIGHT = "答对了！"
QUIZ_WRONG = "这道题很容易弄错，正确的是{right}。"
QUIZ_TOLD = "没关系，正确的是{right}。"
LEARN_OWN_CASE = "您自己要是遇到了这样的事，直接告诉我发生了什么，我一步步帮您看。"
LEARN_ENOUGH = "好的，今天先学到这里。想学的时候，说「每日一题」就行；有事要咨询，直接告诉我。"
LEARN_LATER = "学法律的事先放一放，我们把您的事问完。问完以后说「每日一题」，我再陪您学。"
LEARN_NO_PUSH = (
    "每天主动发给您，要等我们的微信公众号接通以后才能做到，现在还不行。"
    "题目每天都换，您想起来的时候来说一声「每日一题」，当天的题就在。"
)
LEARN_DOWN = "法律条文库暂时打不开，我没法核对条文，今天先不讲，免得讲错。有事要咨询，请直接告诉我。"

CASES_WITH_OPINION = "好，这件事问完，找得到的话，我把类似的案子附在意见后面。别人的案子只能参考，不是保证。"
CASES_LIKE_IT = "按刚才「{topic}」的情况，我手上有这些差不多的案子："
CASES_NONE = (
    "按刚才「{topic}」的情况，我手上没有找到足够像的案子。没找到不等于没有，可以到人民法院案例库再查；"
    "别人的案子也只能参考，您的事看您自己的证据。"
)
CASES_OTHER = "赢的要看，输的也要看。想找别的案子，把那件事讲给我听就行。"
