"""What is wished of a matter, for `wording.subjects`: the acts that tell neighbouring wishes apart.

怎麼申請 asks for a rule, 還剩多少 reads one's own record, 幫我續約 is paperwork, 又壞了 is an old
fault. Separated by commas, Chinese first. Latin words stand for their plurals and past forms too.
"""

from __future__ import annotations

ACTS = {
    "rule": """
        什麼是, 是什麼, 是指, 什麼意思, 意思, 定義, 差別, 差異, 差在哪, 不同, 分別, 區別, 有何,
        流程, 步驟, 規定, 規則, 條件, 資格, 門檻, 標準, 辦法, 原則, 政策, 方式, 算法, 計算方式,
        怎麼算, 怎麼申請, 怎麼加入, 怎麼辦理, 如何申請, 如何成為, 如何, 怎樣, 怎樣才, 才能, 才算,
        需要什麼, 要準備, 準備什麼, 什麼文件, 哪些文件, 必須, 一定要, 可不可以, 可以嗎, 算不算,
        能不能算, 會怎樣, 後果, 會不會, 為什麼, 為何, 誰負責, 誰可以, 誰能, 由誰, 哪些人, 多久要,
        多久一次, 幾年, 幾天內, 幾次, 一般, 通常, 期限多久, 上限, 下限, 最多, 最少, 至少, 有哪些好處,
        好處, 包含, 包括, 涵蓋, 範圍, 介紹, 說明, 了解, 瞭解, 想知道, 解釋, 是否, 有沒有規定, 依據,
        適用, 對象, 比例, 幾種, 哪幾種, 分哪, 幾級, 代表什麼, 有什麼用, 做什麼用, 用途, 目的, 關係,
        跟什麼有關, 由來, 概念,
        what is, what are, what's the, what does, what do, what happens, what counts, what kind,
        how does, how do, how is, how are, how to, how long does, how often, how many days, difference,
        between, procedure, process, policy, rule, requirement, require, required, condition,
        criteria, eligible, eligibility, qualify, qualified, allowed, permitted, mean, means,
        meaning, explain, define, definition, purpose, why, who can, who is, who decides,
        who approves, which documents, minimum, maximum, at least, in general, typically, normally,
        usually, guideline, step, allowed to, tell me about, learn about, must, have to,
        should a partner, can a partner, can partners, do partners, a partner, is it possible, is there a
    """,
    "own_record": """
        還剩, 剩多少, 剩下, 剩餘, 剩, 餘額, 還有多少, 還有幾, 還有效, 有效嗎, 到期, 到期日, 過期,
        失效, 效期, 期滿, 什麼時候滿, 目前, 現在, 現況, 至今, 累計, 狀態, 紀錄, 記錄, 登記的,
        登錄了沒, 名下, 帳上, 用了多少, 用掉, 用完, 花了, 夠不夠, 夠嗎, 夠再, 查一下, 查詢, 查,
        看一下, 看, 顯示, 列出, 名單, 明細, 幾張, 幾位, 幾個人, 哪幾位, 多少, 幾筆, 我們公司的,
        我們的, 我們有, 我的, 敝司, 敝公司, 本公司, 我們家, 我司, 自己的, 是多少, 到哪一天, 到幾號,
        到什麼時候, 哪天, 快到期, 剩幾天, 幾天, 系統, 只是要看, 只想知道, 你們那邊, 對得起來, 更新了沒,
        掛在, 入帳了沒, 算進, 有算, 生效, 還在嗎, 截至, 總共, 一共, 數字, 概況,
        left, remaining, remain, balance, expire, expires, expired, expiry, expiration, valid,
        validity, active, lapse, lapsed, run out, runs out, end date, ends, current, currently,
        now, so far, to date, as of, status, on record, record, on file, our, my, we have, do we,
        have we, are we, is our, is my, show, show me, check, look up, how much, how many, list,
        available, used, used up, granted, still, how far, any of our, at the moment, registered
    """,
    "paperwork": """
        申請, 辦理, 續約, 續簽, 續, 簽, 修改, 更改, 變更, 更新, 更換, 改成, 改為, 改到, 改, 換成,
        調整, 調高, 提高, 增加, 新增, 加入, 加上, 刪除, 移除, 停用, 開通, 開立, 重開, 補發, 補開, 重寄,
        補寄, 寄給, 寄到, 寄一份, 寄, 提供一份, 給我一份, 發給, 送件, 送出, 送審, 提交, 檢附, 附上, 附件, 補件,
        補上, 核銷, 請款, 撥款, 審核, 核准, 批准, 蓋章, 用印, 簽回, 簽好, 終止, 解約, 作廢, 取消,
        轉移, 轉到, 過戶, 更正, 惠予, 敬請, 請協助, 煩請, 處理, 幫我辦, 幫忙辦, 啟動, 安排, 表單,
        範本, 空白, 正本, 重設, 解鎖, 退回, 補, 延展, 延長,
        apply, application, submit, submitted, file, filed, renew, renewal, sign, signed, amend,
        amendment, change, changed, update, updated, add, remove, delete, replace, raise, increase,
        extend, cancel, terminate, reissue, re-issue, resend, send us, send me, issue, form,
        template, attach, attached, enclosed, approve, approval, correct, transfer, start the,
        process our, arrange, request, draft, copy of, void, set up, reset, unlock, activate
    """,
    "booking": """
        報名, 預約, 約, 改期, 延期, 改時間, 換梯, 改梯, 候補, 保留, 留位, 留一個, 報一個, 報一位,
        報兩位, 參加, 加報, 退課, 取消報名, 名額, 場次, 哪天開, 最近一梯, 下一梯, 下一場, 什麼時候開,
        還有位, 額滿, 滿了, 日期, 幾月, 排, 時段, 換人,
        book, booking, booked, reserve, reschedule, postpone, move my, sign up, register,
        enrol, enroll, seat, spot, place, date, dates, schedule, slot, full, next one, waiting list
    """,
    "hurrying": """
        催, 催一下, 加急, 急件, 改急, 緊急, 提高優先, 優先, 優先順序, 優先處理, 往前排, 插隊, 加快,
        快一點, 快點, 盡快, 儘快, 趕快, 提早, 提前, 主管, 主管出面, 上報, 往上報, 通報, 升級處理, 升級案件, 層級, 更高層, 高層, 高階,
        經理出面, 介入, 出面, 嚴重度, 等級調, 調高等級, 最急, 一級, 等不了, 撐不, 等太久, 超過時限,
        時限, 承諾的時, 沒人動, 拖了, 等了, 追急, 加派, 等三天, 最高等級,
        escalate, escalated, escalating, escalation, priority, prioritise, prioritize, urgent,
        urgency, hurry, expedite, faster, speed up, severity, sev 1, sev1, raise the, bump, push,
        manager, supervisor, director, higher, move up, up the chain, duty manager, can't wait,
        cannot wait, too long, overdue on, management, sooner
    """,
    "closing": """
        結案, 關單, 結掉, 關掉, 關閉, 關一關, 收掉, 收單, 可以收, 結單, 銷案, 撤案, 撤單, 結束本案,
        結束案件, 結了, 解決了, 已解決, 排除了, 已排除, 好了, 修好了, 已經好, 恢復了, 正常了, 恢復正常,
        不用處理, 不用來, 不用派, 不用修, 不用跑, 不用繼續, 不必, 不需要了, 不再需要, 已驗收, 沒再,
        沒有再, 自己好了, 自己修, 同意結案, 搞定, 沒問題了, 作罷,
        close, closed, closing, close it, close the, can be closed, resolved, solved, fixed,
        works again, working again, working now, sorted, no longer needed, not needed any more,
        no need, obsolete, wrap up, back to normal, went away, gone away, is fine now, done with
    """,
    "back_again": """
        又, 又壞, 又來, 又當, 又出現, 又停, 又發生, 再次, 再度, 再發生, 復發, 重開, 重啟案, 重新開,
        重新打開, 重新處理, 恢復案, 同樣的問題, 同樣問題, 同一個問題, 同一個毛病, 老問題, 一樣的錯, 問題回來,
        回來了, 沒修好, 根本沒, 沒根治, 沒解決, 還沒修好, 還是不行, 太早結案, 太早關, 提早結案, 誤關, 不該關,
        不該結, 被結案, 已結案, 結案的, 上次修, 才結, 才修好, 剛修好, 沒多久, 撐了, 好了三天, 好兩天,
        第二次, 第三次, 維修後, 重辦,
        reopen, re-open, reopened, open it again, open again, again, came back, come back, is back,
        back again, recur, recurred, recurring, reoccur, same fault, same problem, same error,
        same issue, returned, not fixed, never fixed, wasn't fixed, isn't fixed, closed too early,
        too early, too soon, prematurely, should not have been closed, after the repair, old case,
        after your repair, still broken
    """,
    "adding": """
        補充, 補一, 補上, 再補, 補個, 補資料, 加註, 備註, 註記, 附上, 附加, 附到, 附件, 上傳, 照片, 截圖,
        截圖檔, 檔案, 日誌, 忘了講, 忘了說, 忘記說, 漏寫, 漏講, 漏了, 還有一點, 還有一件事, 再加, 加一句, 加到, 追加,
        記一下, 寫進, 放進, 多一個, 另外, 對了, 順便, 給個背景, 紀錄進, 貼上, 轉進,
        add, add to, adding, attach, attached, attachment, append, note, upload, photo, picture,
        screenshot, log file, dump, file, additional, more information, more info, further detail,
        extra detail, forgot to, also, by the way, one more thing, put this, comment, for the record
    """,
    "scoring": """
        分, 給分, 評分, 打分, 打分數, 五分, 四分, 三分, 兩分, 一分, 滿分, 評價, 評個, 顆星, 五星,
        四星, 三星, 星, 滿意, 很滿意, 不滿意, 普通, 專業, 回饋, 好評, 負評, 及格, 讚, 待改進, 扣分,
        平均, 打八十, 服務態度好, 問卷,
        rate, rating, score, star, stars, out of 5, out of five, out of ten, out of 10, points,
        satisfied, satisfaction, feedback, review, five, four, three, thumbs up, excellent, average
    """,
    "repeating": """
        再說, 再講, 再說一次, 再講一次, 再一次, 重複, 重覆, 重說, 重講, 剛才說, 剛剛說, 你剛說, 剛說,
        上一句, 前一句, 上一則, 沒看到, 沒看清楚, 沒聽懂, 看不懂, 聽不懂, 不懂, 什麼意思, 講到哪, 說到哪,
        再看一次, 再貼, 再給我看, 再顯示, 重新顯示, 啥, 蛤, 再問一次, 剛問,
        repeat, say that again, say again, again please, once more, one more time, come again,
        pardon, what did you say, what did you ask, missed that, missed it, didn't catch,
        didn't get that, what was that, last message, previous message, where were we, show again
    """,
    "language": """
        中文, 英文, 英語, 國語, 華語, 繁體, 簡體, 簡中, 繁中, 語言, 台語, 日文, 切換語言, 換中文, 換英文,
        講中文, 講英文, 說中文, 說英文, 翻成, 母語,
        english, chinese, mandarin, language, traditional chinese, zh, japanese
    """,
    "wrong_before": """
        打錯, 寫錯, 講錯, 說錯, 填錯, 給錯, 報錯了, 記錯, 看錯, 選錯, 搞錯, 弄錯, 錯了, 不對, 不是, 應該是,
        應為, 正確是, 正確的是, 才對, 更正, 修正, 改一下, 改成, 改為, 要改, 剛才的, 剛剛的, 剛才給的, 剛剛說的,
        前面的, 前面說的, 上面的, 少打, 多打, 打反, 寫反, 筆誤, 漏打, 重打, 重填, 而不是, 其實是,
        sorry, correction, should be, should have been, i meant, i mean, typo, mistyped, actually,
        not that, wrong number, wrong serial, wrong customer, wrong date, wrong phone, wrong, instead,
        instead of, rather than, change that to, make that, mistake, my mistake, misspelt, misspelled,
        i said, the one i gave, earlier, scratch that
    """,
    "call_back": """
        留言, 留話, 留個話, 留訊息, 轉告, 轉達, 帶話, 回電, 回我電話, 回撥, 回個電話, 打給我, 打電話給我,
        再打給, 打我手機, 來電, 聯絡我, 聯繫我, 跟我聯絡, 請他打, 請她打, 請他回, 請她回, 請他聯, 方便時,
        有空時, 回來時, 打回來, 告訴他, 跟他說, 跟他講, 撥給我,
        leave a message, leave message, take a message, message for, pass on, pass it on, tell him,
        tell her, let him know, let her know, call me back, call back, callback, ring me, ring back,
        phone me, call me, give me a call, return my call, when he's back, get back to me, reach me,
        contact me, voicemail
    """,
    "one_of_ours": """
        我, 我們, 敝公司, 敝司, 本公司, 我司, 我們公司, 咱們, 我方, 我們家, 我這邊, 我們這邊,
        we, us, our, ours, my, mine, i
    """,
    "anyone": """
        一家公司, 夥伴, 經銷商, 每家, 任何, 誰, 大家, 一般, 新夥伴, 夥伴們, 客戶, 原廠, 你們公司, 貴公司,
        partners, partner, resellers, a company, anyone, everyone, someone, one, vendor
    """,
}
