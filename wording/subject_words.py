"""Words by the subject they belong to, for `wording.subjects`.

Separated by commas, Chinese first. Latin words stand for their plurals and past forms as well.
"""

from __future__ import annotations

SUBJECTS = {
    "machine": """
        主機, 伺服器, 機器, 機台, 設備, 機櫃, 機房, 儲存, 磁帶機, 磁帶櫃, 交換器, 刀鋒, 陣列,
        擴充櫃,
        server, machine, box, chassis, rack, storage, array, switch, tape, library, blade, power,
        mainframe, flashsystem, storwize, enclosure, san, hmc, x86
    """,
    "part": """
        硬碟, 磁碟, 記憶體, 電源, 風扇, 電池, 主機板, 板子, 控制器, 網卡, 介面卡, 面板, 燈號,
        螢幕, 鍵盤, 插槽, 埠, 光纖線, 線材, 電源線, 模組, 散熱, 快取, 讀寫頭, 機械手臂, 固態,
        背板, 導軌, 滑軌,
        disk, drive, hdd, ssd, nvme, dimm, memory, psu, power supply, fan, battery, planar,
        motherboard, controller, canister, adapter, nic, panel, led, cable, slot, port, hba, gbic,
        sfp, cooling, cpu
    """,
    "light": """
        亮燈, 紅燈, 黃燈, 橘燈, 綠燈, 閃燈, 琥珀, 燈亮, 燈不亮, 警示燈, 燈號,
        amber, light, blink, flashing
    """,
    "physical_trouble": """
        異音, 噪音, 怪聲, 吱吱, 冒煙, 燒焦, 過熱, 高溫, 漏水, 進水, 跳電, 斷電, 停電, 沒電, 開機,
        關機, 黑畫面, 撞, 裂, 鬆脫, 卡紙, 卡住, 不轉, 不亮, 抓不到, 認不到, 讀不到, 偵測不到,
        偵測, 嗶, 重開, 轉速,
        noise, noisy, loud, smoke, smell, overheat, temperature, thermal, boot, beep, reboot,
        unplug, dead, blown, jam, stuck, fried, power on, power up, power cycle, turn on, amber
    """,
    "broken": """
        壞, 故障, 異常, 損壞, 當機, 掛掉, 掛了, 停擺, 不能用, 不會動, 沒反應, 失效, 離線, 不穩,
        起不來, 停機,
        broken, broke, faulty, fault, fail, failure, defective, down, offline, outage, damage,
        hang, hung, died, dies, not working, not responding, unresponsive, degraded, issue,
        problem, trouble
    """,
    "repair": """
        報修, 維修, 叫修, 修理, 修好, 備品, 零件, 料件, 更換, 換新, 派人, 派工, 到場, 到府,
        工程師, 檢修, 保固,
        repair, fix, spare, replace, replacement, swap, onsite, on-site, engineer, technician,
        warranty
    """,
    "software": """
        軟體, 程式, 應用, 資料庫, 作業系統, 中介軟體, 憑證, 授權碼, 授權, 金鑰, 排程, 備份, 還原,
        複寫, 索引, 版本, 更新, 升級, 修補, 韌體, 叢集, 網頁, 主控台, 日誌, 佇列, 交易, 查詢,
        報表, 登入, 連線, 密碼, 驅動, 套件, 檔案系統,
        software, app, application, database, db2, db, sql, mq, websphere, aix, vios, linux, rhel,
        openshift, ibm i, kernel, java, jvm, licence, license, key, patch, upgrade, update,
        fix pack, query, backup, restore, replication, session, log, queue, job, certificate,
        cert, ssl, tls, api, powervm, powerha, spectrum, guardium, informix, console, dashboard,
        login, log in, script, agent, install, middleware
    """,
    "error": """
        錯誤, 報錯, 出錯, 失敗, 無效, 很慢, 變慢, 超慢, 逾時, 閃退, 亂碼, 錯誤碼, 代碼, 訊息,
        鎖死, 轉圈, 連不上, 連不到, 登不進, 中斷, 跑不動, 卡在, 爆了,
        error, exception, crash, slow, timeout, time out, reject, invalid, corrupt, refuse, deny,
        denied, code, deadlock, panic, dump, loop, freeze, frozen, stack trace, blank
    """,
    "price": """
        報價, 報個價, 價格, 價錢, 單價, 總價, 底價, 定價, 牌價, 特價, 折扣, 折數, 打折, 優惠價,
        預算, 議價, 殺價, 多少錢, 便宜, 報給我, 算錢, 估價, 成本, 金額, 價差, 含稅, 未稅, 經銷價,
        專案價, 級距, 幾折, 降價,
        price, pricing, quote, quotation, cost, discount, bid, budgetary, budget, how much, cheap,
        list price, special bid, per cent off, percent, rebate
    """,
    "buying": """
        採購, 購買, 加購, 要買, 想買, 汰換, 標案, 競標, 投標, 競品, 對手, 競爭, 租, 成交, 規格書,
        配置,
        purchase, buy, tender, rfq, competitor, deal, rfp, spec, config, procurement, proposal
    """,
    "order": """
        訂單, 下單, 訂的, 採購單, 訂貨, 訂了, 插單, 追單, 訂購, 出貨單,
        order, ordered, po, backorder, rma
    """,
    "delivery": """
        出貨, 到貨, 交期, 交貨, 送貨, 收貨, 貨到, 貨還, 物流, 司機, 簽收, 倉庫, 運送, 運費, 貨運,
        追蹤, 海關, 裝箱, 分批, 寄達, 送達, 送錯, 少一箱, 缺料, 現貨, 交付, 換貨, 退貨, 配送,
        宅配, 送到, 送貨地址,
        ship, shipped, shipping, shipment, delivery, deliver, eta, lead time, warehouse, packing,
        freight, courier, carrier, tracking, dispatch, in stock, arrive, arrived, customs,
        consignee
    """,
    "event": """
        活動, 研討會, 說明會, 講座, 論壇, 發表會, 大會, 餐會, 展覽, 攤位, 場次, 課程, 工作坊,
        促銷, 議程, 講師, 講者, 名額, 席次, 貴賓, 聚會, 競賽, 黑客松, 巡迴, 年會, 酒會, 春酒,
        尾牙, 直播, 線上會議, 贊助, 檔期, 這梯, 那梯, 場地,
        seminar, webinar, event, workshop, conference, booth, promotion, promo, agenda, speaker,
        roadshow, kickoff, kick-off, expo, forum, launch, breakfast, dinner, campaign, summit,
        partner day, talk, meetup
    """,
    "attending": """
        報名, 參加, 出席, 候補, 加報, 報一, 報兩, 席位, 主辦, 合辦, 協辦, 吃素, 座位, 留位, 報到,
        入場, 取消出席,
        sign up, sign me up, register, registration, join, attend, seat, host, co-host, sponsor,
        rsvp, waiting list, waitlist, invite, invitation, vegetarian
    """,
    "company_matters": """
        商標, 名片, 標誌, 停車, 訪客, 拜訪, 拜會, 參觀, 會議室, 識別證, 門禁, 電子報, 型錄, 刊物,
        禮盒, 禮物, 通路經理, 推薦信, 感謝狀, 授權牌, 標章, 包裹, 櫃台, 前台, 收發, 採訪, 公關,
        合照, 簡介, 證明, 賀卡, 桌曆, 花籃, 大樓, 遺失物, 雨傘, 訪談, 問卷,
        logo, business card, name card, parking, visitor, lobby, newsletter, plaque,
        channel manager, brochure, catalogue, reception, visit, lunch, gift, parcel, wi-fi, badge,
        meeting room, reference letter, press, unsubscribe, mailing list, lost and found
    """,
    "ticket": """
        工單, 單號, 案件, 報修單, 單子, 那張, 這張, 那件, 案號, 開的單, 案子, 上一張, 上次報的,
        ticket, case, request number, reference number, ticketnumber
    """,
    "progress": """
        進度, 狀態, 狀況, 處理到, 處理得, 有消息, 回覆了, 怎麼樣了, 怎樣了, 好了沒, 修好了,
        修好沒, 後續, 下文, 誰在處理, 誰接手, 到哪, 多久會, 何時會,
        status, progress, update, any news, how far, looking at, working on, heard back,
        what happened to, follow up, following up, when will
    """,
    "many": """
        列出, 清單, 列表, 所有, 全部, 有哪些, 哪幾張, 幾張, 幾件, 未結, 還沒結, 還開著, 處理中,
        手上, 一覽,
        list, all, every, open tickets, open cases, outstanding, overview, how many, show me
    """,
    "person": """
        真人, 專員, 客服, 人工, 找人, 業務, 主管, 值班, 轉接, 轉給, 講電話, 通電話, 接聽, 有人在,
        找你們的人, 活人,
        human, person, agent, someone, somebody, operator, representative, real people, live,
        speak to, talk to, connect me, transfer me, put me through, supervisor, manager
    """,
    "opening_hours": """
        營業時間, 服務時間, 上班, 下班, 幾點, 休息, 開到, 放假, 假日, 連假, 國定, 週末, 週六,
        週日, 星期六, 颱風, 補班, 專線幾號, 電話幾號, 免付費, 有開嗎, 有營業, 午休, 過年, 春節,
        半夜, 24 小時, 二十四小時, 電話號碼,
        hours, open, opening, close, closed, closing, holiday, weekend, saturday, sunday,
        toll-free, phone number, hotline number, lunch break, office hours, business hours,
        what time, round the clock
    """,
    "greeting": """
        您好, 你好, 哈囉, 嗨, 早安, 早上好, 午安, 晚安, 大家好, 有人嗎, 在嗎,
        hello, hi, hey, good morning, good afternoon, good evening, greetings, anyone there
    """,
    "thanks": """
        謝謝, 感謝, 感恩, 多謝, 謝囉, 謝啦, 辛苦了, 謝了,
        3q, thanks, thank you, thank, thx, tks, appreciate, cheers, grateful, ty
    """,
    "farewell": """
        再見, 掰掰, 掰, 拜拜, 下次, 先這樣, 沒事了, 先走, 改天, 晚點再,
        886, bye, goodbye, see you, later, ttyl, that's all, have a nice, good night, talk soon,
        take care
    """,
    "yes": """
        對, 是的, 好的, 可以, 沒錯, 沒問題, 確認, 同意, 正確, 好啊, 就這樣, 嗯, 行,
        yes, yep, yeah, ok, okay, sure, correct, right, confirm, agreed, go ahead, exactly,
        sounds good, of course, fine
    """,
    "no": """
        不是, 不對, 不要, 不用, 不行, 沒有, 錯了, 不可以, 還沒, 才不, 先不, 不需要,
        no, nope, not, wrong, incorrect, don't, never, nah, negative
    """,
    "dropping": """
        取消, 算了, 不辦了, 不弄了, 不填了, 停止, 作罷, 放棄, 重來, 不要了, 先不要, 不開了, 結束,
        cancel, stop, abort, forget it, never mind, nevermind, scrap, quit, drop it, discard,
        start over
    """,
    "abilities": """
        你會什麼, 會做什麼, 能做什麼, 可以做什麼, 能幫, 可以幫, 功能, 怎麼用, 如何使用, 使用說明,
        選單, 有哪些服務, 什麼服務,
        help, what can you, can you do, how do you work, how does this work, menu, options,
        features, capabilities, instructions, how to use
    """,
    "robot": """
        機器人, 真的人, 是人, 電腦回, 自動回覆, 人工智慧, 是真人, 程式在回,
        robot, bot, chatbot, human being, artificial, computer, real person, machine talking,
        automated, are you
    """,
    "small_talk": """
        天氣, 下雨, 笑話, 吃什麼, 午餐, 晚餐, 股票, 股價, 電影, 音樂, 唱歌, 足球, 棒球, 女朋友,
        男朋友, 旅遊, 機票, 星座, 樂透, 食譜, 翻譯, 作文, 政治, 選舉, 新聞, 手機, 遊戲, 餐廳,
        高鐵, 貸款, 咖啡,
        weather, joke, movie, song, poem, recipe, football, stock, stocks, bitcoin, flight,
        restaurant, horoscope, capital of, president, game, girlfriend, pizza, translate,
        homework, taxi, essay
    """,
}
