"""What a short message amounts to: words by the reply they are, for `wording.subjects`.

Separated by commas, Chinese first. Only their share of the message counts: 是 alone is a yes.
"""

from __future__ import annotations

REPLIES = {
    "yes": """
        對, 對的, 對啊, 對喔, 是, 是的, 是啊, 好, 好的, 好喔, 好啊, 好哇, 可以, 可, 行, 沒錯,
        沒問題, 確認, 確定, 同意, 正確, 無誤, 要, 嗯, 恩, 就這樣, 照這樣, 照辦, 開吧, 確認開單,
        送出, 麻煩了, 請開, 沒有問題, 當然, 有, 有的, 有接通, 接通了, 解決了, 修好了, 好了, 正常了,
        恢復了, 通了, 可以了, 已經好了, 搞定, 成功了, 繼續, 接受, 好好, 好好好, 沒問題了, 同意了,
        就是這張, 就照, 照上面, 都對, 都正確, 對對, 對對對, 嗯嗯, 是 麻煩, 接到了, 接到電話了,
        處理好了, 已解決, 已恢復, 正常運作, 可以用了, 會動了,
        ok, okay, k, yes, y, yep, yup, yeah, ya, sure, correct, right, confirm, agreed, go ahead,
        exactly, sounds good, looks good, of course, fine, perfect, absolutely, definitely, do it,
        please do, submit, that's it, that's right, that is right, solved, resolved, fixed,
        it works, works now, works, working now, all good, good, great, back to normal, it is,
        i do, we do, affirmative, continue, proceed, open it, alright, all right, that is fine,
        fine with me, that works, that's fine, problem solved, it's fine, yes please, i confirm,
        all correct, everything is correct, got through, running again, back up
    """,
    "no": """
        不是, 不對, 不要, 不用, 不行, 沒有, 錯了, 錯, 不可以, 還沒, 還沒好, 先不, 不需要, 不, 否,
        沒, 不太對, 沒解決, 沒好, 沒接通, 沒通, 又壞了, 又當了, 又停了, 又來了, 一樣, 依舊, 仍無,
        還是不行, 還是一樣, 沒改善, 沒用, 沒變, 不能, 有錯, 有誤, 不正確, 不同意, 都不是, 不ok,
        沒打, 沒效, 仍然, 依然, 老樣子, 還是, 沒成功, 沒接到, 以上皆非, 都不對, 仍無改善, 依舊存在,
        問題依舊, 修了等於沒修, 沒處理, 跟之前一樣, 跟原來一樣, 還早, 沒有好, 沒恢復, 還壞, 不好,
        才怪, 不太, 不算, 錯錯, 有地方錯, 有錯誤, 沒變化, 試過了, 重開也沒用, 仍存在,
        no, n, nope, nah, not, wrong, incorrect, don't, never, negative, not yet, not really,
        not correct, not right, isn't, didn't, doesn't, still broken, still down, still the same,
        same problem, again, no way, none of these, neither, not that, not this, not ok,
        didn't help, doesn't work, does not work, same thing, no change, not solved, not fixed,
        broke again, none of the above, nothing has changed, nothing changed, keeps happening,
        still there, the problem is still, it came back, crashed again, same as before,
        wrong customer, hasn't, haven't, not working, negative on that, not fine
    """,
    "thanks": """
        謝謝, 感謝, 感恩, 多謝, 謝囉, 謝啦, 辛苦了, 辛苦, 謝了, 謝謝您, 謝謝你, 非常感謝, 揪甘心,
        讚, 太好了, 太棒了, 棒, 幫了大忙, 麻煩你們, 麻煩您了, 受教, 銘謝, 感激, 萬分, 有你真好,
        貼心, 太感謝, 勞煩, 很有幫助, 幫助很大, 謝意, 請你吃飯, 阿里嘎多, 甘溫, 誇你們, 效率真高,
        有效率, 好人, 幫大忙, 救了我, 救星, 燃眉, 佩服, 厲害, 客氣, 謝天謝地, 你真好, 好棒, 給力,
        太神,
        3q, thanks, thank you, thank, thx, tks, ty, tysm, appreciate, cheers, grateful,
        much obliged, lifesaver, awesome, great help, great service, wonderful, brilliant, kudos,
        very kind, so kind, nice work, good job, well done, big help, you guys are, big thank,
        helpful, was a big help, you were, you have been, lovely, amazing, superb, good work,
        you're the best, the best, nice one, saved my day, saved us
    """,
    "greeting": """
        您好, 你好, 妳好, 尼好, 哈囉, 哈嘍, 哈摟, 嗨, 早安, 早上好, 午安, 晚上好, 大家好, 有人嗎,
        在嗎, 在不在, 喂, 安安, 嘿, 請問一下, 請教一下, 想請教, 打擾, 打擾一下, 不好意思, 抱歉打擾,
        新年快樂, 好久不見, 我又來了, 有空嗎, 初次使用, 第一次使用, 專線嗎, 夥伴專線, 久仰, 老闆好,
        各位好, 您們好, 你們好, 午安您, 尼豪, 哈嚕, 聖誕快樂, 佳節, 中秋快樂, 打聲招呼, 第一次來,
        好久沒聯絡, 可以問嗎,
        hello, helo, hi, hii, hey, heya, hiya, yo, good morning, good afternoon, good evening,
        greetings, good day, howdy, anyone there, anybody there, are you there, sup, how are you,
        nice to meet you, hi there, hello there, quick question, excuse me, ping, what's up,
        how are you today, hope you are well, hope you're well, merry christmas, happy new year,
        hi all, hi team, dear, morning, afternoon, evening, to whom
    """,
    "farewell": """
        再見, 再會, 掰掰, 掰, 拜拜, 拜, 下次見, 下次聊, 下次再聊, 先這樣, 沒事了, 先走, 先忙, 去忙,
        去開會, 改天, 改天聊, 晚點再, 回頭聊, 回頭見, 明天見, 明天再說, 週末愉快, 晚安, 祝, 順心,
        愉快, 美好的一天, 保重, 慢走, 先下線, 下線, 離線了, 結束對話, 就這樣, 到這邊, 到此為止,
        沒別的事, 沒其他問題, 閃了, 後會有期, 告辭, 收工, 下班了, 登出, 登出囉, 先離開, 先離開了,
        到這裡就好, 大家晚安, 先告辭, 我走了, 溜了, 下週見, 改日, 先去吃, 先停, 忙完再,
        886, 88, bye, bye bye, goodbye, good bye, see you, see ya, cya, later, ttyl, talk later,
        talk to you later, that's all, that is all, that'll be all, have a nice, have a good,
        nice day, good day, good night, night, talk soon, take care, i'm done, all done, catch you,
        so long, farewell, signing off, heading off, gotta go, got to go, cheers, until next time,
        enjoy your, ciao, i'm off, have to run, i have to go, got to run, off now, take it easy,
        bye now, bye for now, see you later, talk tomorrow, cheerio, that is it, that's it for now,
        nothing else, i'm leaving, over and out
    """,
}
