"""What a message speaks of: words by their subject, for `wording.subjects`.

Separated by commas, Chinese first. Latin words stand for their plurals and past forms as well.
"""

from __future__ import annotations

SUBJECTS = {
    "machine": """
        主機, 伺服器, 機器, 機台, 設備, 機櫃, 機房, 儲存, 磁帶機, 磁帶櫃, 交換器, 刀鋒, 陣列,
        擴充櫃, 大型主機, 工作站, 那台, 這台, 一台, 筆電, 電腦, 印表機, 列表機, 條碼機, 標籤機,
        事務機, 讀卡機, 刷卡機, 掃描器, 工控機, 路由器, 交換機, 產線, 生產線, 整條線, 不斷電,
        server, machine, box, chassis, rack, storage, array, switch, tape, library, blade, power,
        mainframe, host, node, flashsystem, storwize, enclosure, san, nas, hmc, x86, frame, unit,
        appliance, hardware, laptop, notebook, computer, pc, printer, scanner, router, ups,
        production line, workstation, bmc
    """,
    "part": """
        硬碟, 磁碟, 記憶體, 電源, 風扇, 電池, 主機板, 板子, 控制器, 網卡, 介面卡, 面板, 燈號, 螢幕,
        鍵盤, 插槽, 埠, 顯示卡, 處理器, 光纖線, 線材, 電源線, 模組, 散熱, 快取, 讀寫頭, 機械手臂,
        固態, 背板, 導軌, 滑軌, 供應器, 卡匣, 磁頭, 線路, 接頭, 插頭, 按鍵, 按鈕,
        disk, drive, hdd, ssd, nvme, dimm, memory, ram, psu, power supply, fan, battery, planar,
        motherboard, system board, raid card, backplane, controller, canister, adapter, nic, panel,
        led, cable, slot, port, hba, gbic, sfp, cooling, cpu, processor, keyboard, monitor, bezel
    """,
    "light": """
        亮燈, 紅燈, 黃燈, 橘燈, 綠燈, 閃燈, 琥珀, 燈亮, 燈不亮, 警示燈, 燈號, 亮紅, 亮黃, 閃紅,
        閃黃,
        amber, light, blink, flashing, red led
    """,
    "physical_trouble": """
        異音, 噪音, 怪聲, 吱吱, 聲響, 很吵, 冒煙, 燒焦, 焦味, 過熱, 高溫, 溫度, 漏水, 進水, 跳電,
        斷電, 停電, 沒電, 開機, 關機, 黑畫面, 開不了, 開不起來, 無法開, 不能開機, 起不來, 撞, 摔,
        自動關, 自動重, 自己重, 自己關, 重新開機, 重啟, 沒畫面, 沒有畫面, 沒顯示, 沒有顯示, 不顯示,
        斷裂, 鬆脫, 卡帶, 卡住, 不轉, 不亮, 抓不到, 認不到, 讀不到, 偵測不到, 嗶, 自己重開, 重開機,
        自動重啟, 轉速, 壞軌, 接觸不良, 通電,
        noise, noisy, loud, rattle, grinding, smoke, smell, burning, overheat, hot, temperature,
        thermal, boot, beep, reboot, unplug, dead, post, blown, jam, stuck, fried, power on,
        power up, power cycle, turn on, won't start, shut down, shutdown, powers off, leak, water,
        dropped, bent, restart, switches itself off, power fault, asserted, critical
    """,
    "broken": """
        壞, 故障, 異常, 損壞, 當機, 掛掉, 掛了, 停擺, 不能用, 不會動, 沒反應, 失效, 離線, 不穩,
        起不來, 停機, 停線, 停產, 全停, 都停, 停了, 停下來, 當掉, 當了, 宕機, 死機, 死當, 掛點,
        全掛, 崩潰, 不能動, 不動了, 沒回應, 癱瘓, 告警, 警報, 報修, 有問題, 出問題, 失靈,
        broken, broke, faulty, fault, fail, failure, defective, down, offline, outage, damage,
        hang, hung, alarm, alert, warning, died, dies, not working, stopped working,
        not responding, unresponsive, degraded, issue, problem, trouble, malfunction
    """,
    "repair": """
        報修, 維修, 叫修, 修理, 修好, 備品, 零件, 料件, 更換, 換新, 換一顆, 派人, 派工, 到場, 到府,
        工程師, 檢修, 保固, 檢測, 送修,
        repair, fix, spare, replace, replacement, swap, onsite, on-site, engineer, technician,
        warranty, rma, dispatch someone
    """,
    "software": """
        官網, 網購, 購物網站, 電子郵件, 郵件, 信箱系統, 看板系統, 簽核, 掛號, 軟體, 程式, 應用,
        資料庫, 作業系統, 中介軟體, 憑證, 授權碼, 授權, 金鑰, 排程, 備份, 還原, 複寫, 索引, 版本,
        服務, 系統, 網站, 套用, 更新, 升級, 修補, 韌體, 叢集, 網頁, 主控台, 日誌, 佇列, 交易, 查詢,
        報表, 登入, 連線, 密碼, 驅動, 套件, 檔案系統, 欄位, 畫面, 介面, 帳號, 匯入, 匯出, 同步,
        批次, 虛擬機, 分割區, 容器, 瀏覽器, 安裝, 預存程序, 通道, 監控, 儀表板, 誤報, 通知信, 功能,
        報表程式, 應用伺服器, 中間件, 虛擬化, 授權數, 啟用檔, 單一登入, 安全性更新, 外掛, 附加元件,
        編碼, 字型, 備份檔, 還原點, 快照, 存檔,
        software, app, application, database, db2, db, sql, mq, websphere, aix, vios, linux, rhel,
        openshift, windows, container, pod, vm, lpar, ibm i, kernel, java, jvm, licence, license,
        key, patch, upgrade, update, fix pack, query, backup, browser, page, screen, field,
        restore, replication, session, log, queue, job, certificate, cert, ssl, tls, api, powervm,
        powerha, cluster, service, firmware, driver, batch, import, export, sync, spectrum,
        guardium, informix, console, dashboard, login, log in, script, agent, install, middleware,
        erp, crm, mes, wms, pos, website, web site, web shop, email system, ora, nginx, tomcat,
        traceback, connection pool, backup manager, report studio, erp suite, scheduler, process,
        partition, schema, table, index, his, pacs, scada, wsus, ldap, active directory, sqlcode,
        ptf, tsm, tivoli, cognos, backup job, print queue, storage scale, gpfs, ansible,
        kubernetes, docker, vmware, hyper-v, oracle, postgres, mysql, sap
    """,
    "error": """
        錯誤, 報錯, 出錯, 失敗, 無效, 很慢, 變慢, 超慢, 好慢, 逾時, 閃退, 亂碼, 錯誤碼, 代碼, 訊息,
        鎖死, 轉圈, 連不上, 白畫面, 沒回應, 空白, 連不到, 登不進, 中斷, 跑不動, 卡在, 爆了,
        記憶體不足, 空間不足, 滿了, 打不開, 無法登入, 損毀, 報錯誤, 噴錯, 噴, 跳出, 跳錯, 卡卡,
        轉半天, 轉很久, 一直轉, 沒有回應, 開不起來, 不動, 灰畫面, 連不進, 斷線, 斷掉, 中斷連線,
        讀取失敗, 存檔失敗, 寫入失敗, 驗證失敗, 授權過期, 授權失敗, 過期, 無法使用, 無法啟動,
        跑不出, 不寄了, 不見了, 顯示錯, 算錯, 對不起來,
        fatal, caused by, could not, refused, exhausted, unavailable, error, exception, crash,
        slow, timeout, time out, reject, invalid, corrupt, refuse, deny, denied, code, deadlock,
        panic, dump, loop, freeze, frozen, stack trace, blank, out of memory, full, expired, lag,
        garbled, exit, mismatch, cannot connect, can't connect, failed to, killed, won't open,
        won't load, doesn't load, hangs, disconnected, keeps asking, stops, fails, rejected,
        can't log, cannot log, kill, handshake, spinning, not syncing, out of sync
    """,
    "price": """
        報價, 報個價, 價格, 價錢, 單價, 總價, 底價, 定價, 牌價, 特價, 折扣, 折數, 打折, 優惠價,
        預算, 議價, 殺價, 多少錢, 賣多少, 怎麼賣, 怎麼算, 要多少, 幾塊, 費用, 便宜, 報給我, 報一下,
        算錢, 估價, 成本, 金額, 價差, 含稅, 未稅, 經銷價, 專案價, 級距, 幾折, 降價, 升級價, 售價,
        比價, 加價, 收費, 優惠, 價位, 報給, 怎麼報, 月租, 租賃, 報價單, 估價單, 正式報價, 更新報價,
        重報, 有效期限, 報多少, 問價, 行情, 賣價, 底限, 再談, 便宜一點, 貴, 專案折扣, 特價申請,
        特殊價格, 成交價, 教育價, 政府價,
        price, pricing, quote, quotation, cost, discount, bid, budgetary, budget, how much, cheap,
        cheaper, expensive, list price, fee, charge, special bid, percent, rebate, per unit,
        off list, estimate, bundle, offer, terms, price list, pricing approval, requote,
        reissue the quote, quoted, ballpark, price up, special price, discount request,
        lower price, better price, deal price, budget price
    """,
    "buying": """
        採購, 購買, 加購, 要買, 想買, 買, 汰換, 標案, 競標, 投標, 競品, 對手, 競爭, 租, 成交,
        規格書, 配置, 請購, 續約, 續訂, 訂閱, 擴充, 汰舊,
        purchase, buy, tender, rfq, competitor, deal, rfp, spec, config, procurement, proposal,
        renew, renewal, subscription, lease, expansion, trade-in
    """,
    "order": """
        訂單, 下單, 訂的, 採購單, 訂貨, 訂了, 插單, 追單, 訂購, 出貨單, 那批, 這批, 品項, 下的單,
        追單號, 數量下錯, 改單, 改訂單, 退訂, 併單, 拆單, 訂單編號, 配額, 排生產, 排產, 備貨, 補貨,
        出貨文件, 訂單狀態,
        ordernumber, order, ordered, po, backorder, line item, purchase order, order status,
        change order, order confirmation, so number
    """,
    "delivery": """
        送來, 沒送, 沒到, 還沒來, 沒來, 東西, 出貨, 到貨, 交期, 交貨, 送貨, 收貨, 貨到, 貨還, 物流,
        司機, 簽收, 倉庫, 運送, 運費, 貨運, 追蹤, 海關, 裝箱, 貨, 寄出, 寄到, 收到貨, 抵達, 延遲,
        延後, 提前, 分批, 寄達, 送達, 送錯, 少一箱, 缺料, 現貨, 交付, 換貨, 退貨, 配送, 宅配, 送到,
        送貨地址, 地址, 包裝, 外箱, 少了, 短少, 拒收, 破損, 追蹤碼, 顏色, 送來的, 拿得到, 幾週,
        送貨司機, 一起送, 先到, 卡在海關, 簽收單, 在等貨, 沒看到貨, 到府, 收件, 上樓, 棧板, 貨櫃,
        空運, 海運, 報關,
        goods, not arrived, hasn't arrived, haven't arrived, have not received, not here, ship,
        shipped, shipping, shipment, delivery, deliver, eta, lead time, warehouse, packing,
        freight, box, boxes, pallet, address, ship-to, loading dock, courier, carrier, tracking,
        dispatch, in stock, arrive, arrived, customs, consignee, delay, backordered, missing,
        postpone, reschedule, truck, driver, never came, not come, dock, customs clearance,
        damaged in transit, wrong item, short shipped, partial shipment, split delivery,
        proof of delivery
    """,
    "event": """
        夥伴日, 活動, 研討會, 說明會, 講座, 論壇, 發表會, 大會, 餐會, 展覽, 攤位, 場次, 課程,
        工作坊, 促銷, 議程, 講師, 講者, 上午場, 下午場, 早鳥, 簡報, 名額, 席次, 貴賓, 聚會, 競賽,
        黑客松, 巡迴, 年會, 酒會, 春酒, 尾牙, 直播, 線上會議, 贊助, 檔期, 這梯, 那梯, 場地, 方案,
        獎勵, 抽獎, 截止, 方案到, 那場, 這場, 下一場, 茶會, 高峰會, 訓練, 早餐會, 晚宴, 餐敘,
        客戶日, 科技日, 巡迴展, 議程表, 直播連結, 會議連結, 入場券, 貴賓票, 抽獎箱, 加倍送,
        點數加倍, 優惠活動, 買一送一, 聽講, 來賓, 講題, 主講,
        seminar, webinar, event, workshop, conference, booth, promotion, promo, agenda, speaker,
        roadshow, session, track, venue, training, class, kickoff, kick-off, expo, forum, launch,
        breakfast, dinner, campaign, summit, partner day, tech talk, meetup, golf, slides,
        recording, early bird, contest, executive dinner, double-points, spring expo, guest,
        vip pass, keynote, invitation only, community day, launch event, customer day
    """,
    "attending": """
        報名, 參加, 出席, 候補, 加報, 報一, 報兩, 席位, 主辦, 合辦, 協辦, 吃素, 座位, 留位, 報到,
        入場, 取消出席, 位子, 換人參加, 名單, 邀請, 辦一場, 共同舉辦,
        sign up, sign me up, sign us up, register, registration, join, attend, attendee, seat,
        spot, host, co-host, sponsor, rsvp, waiting list, waitlist, invite, invitation, vegetarian,
        put me down, enrol, enroll, participate
    """,
    "company_matters": """
        商標, 名片, 標誌, 停車, 訪客, 拜訪, 拜會, 參觀, 會議室, 識別證, 門禁, 電子報, 型錄, 刊物,
        禮盒, 禮物, 貴公司, 公司簡介, 證書, 海報, 展示架, 貼紙, 目錄, 文宣, 資料夾, 通路經理,
        推薦信, 感謝狀, 授權牌, 標章, 包裹, 櫃台, 前台, 收發, 採訪, 公關, 合照, 簡介, 證明, 賀卡,
        桌曆, 花籃, 大樓, 文件, 用印, 蓋章, 發函, 公文, 問候, 遺失物, 雨傘, 訪談, 問卷, 剪綵, 接待,
        用餐, 導覽, 招牌, 名牌, 參訪, 實習生, 高解析, 圖檔, 校友會, 校外教學, 訪廠, 交流, 車位,
        停車位, 借場地, 致詞, 合影, 媒體, 新聞稿, 表揚, 獎座, 獎牌, 感謝函, 在職, 實習, 徵才,
        履歷投, 快遞, 忘在, 撿到, 掉了,
        logo, business card, name card, parking, visitor, lobby, newsletter, plaque,
        certificate frame, poster, flyer, leaflet, sticker, channel manager, brochure, catalogue,
        catalog, reception, visit, lunch, gift, parcel, wi-fi, badge, tour, letterhead, stamp,
        meeting room, reference letter, press, unsubscribe, mailing list, lost and found, survey,
        interview, photo, paperwork, calendar, plate, press photo, permission to use, intern,
        opening ceremony, ceremony, speech, keynote request, high resolution, souvenir, wreath,
        flowers, lost property
    """,
    "ticket": """
        工單, 單號, 案件, 報修單, 單子, 那張, 這張, 那件, 這件, 那筆, 這筆, 案號, 開的單, 報的,
        案子, 上一張, 上次報的, 我的單, 的單, 提的, 開過, 件數,
        ticket, case, request, request number, reference number, ticketnumber, incident,
        the one i opened, i reported, i raised, i opened
    """,
    "progress": """
        催, 催一下, 進展, 有消息, 新消息, 更新嗎, 修好, 弄好, 還要多久, 什麼時候會好, 快一點,
        有人打給, 會打給, 會回電, 進度, 狀態, 狀況, 處理到, 處理得, 處理的, 回覆了, 怎麼樣了,
        怎樣了, 好了沒, 修好了, 修好沒, 後續, 下文, 誰在處理, 沒動靜, 沒下文, 結果, 到哪了, 階段,
        卡在, 出發了, 預計, 誰接手, 到哪, 多久會, 何時會, 還要等, 等多久, 追一下, 追蹤, 查一下,
        查詢, 查, 處理了沒, 回我, 如何了, 怎麼還, 都沒人, 沒人回, 多久, 有人接手, 接手了, 接手沒,
        動靜, 沒動, 停在那, 卡住, 卡在哪, 怎麼沒, 到底怎麼了, 還沒回, 還在等, 等回覆, 等你們回,
        有結果, 結果呢, 結果咧, 後來呢, 後來, 那張呢, 一張呢, 還早嗎, 簽了嗎, 核准了沒, 核了沒,
        幾點會, 會回, 今天會, 說好, 收到了嗎, 有收到嗎, 確認了沒, 排到了沒, 什麼情況, 怎樣,
        news, hurry, speed up, how much longer, how long, fixed yet, repaired, the last one,
        status, progress, update, any news, how far, looking at, working on, picked up, eta,
        resolved, still open, waiting for, where are we, stand, outcome, check on, assigned, chase,
        heard back, heard nothing, what happened to, happening with, follow up, following up,
        when will, look into, came of it, still pending, is it done, did anyone, did you find,
        got back to me, has it been, and the other one, previous ticket, expect a result, no reply,
        reply from you, where is my
    """,
    "many": """
        列出, 清單, 列表, 所有, 全部, 有哪些, 哪幾張, 哪些, 幾張, 幾件, 幾個, 未結, 還沒結, 還開著,
        處理中, 手上, 一覽, 總共, 還有別的, 其他的單, 全都, 歷史, 彙總, 整理, 沒結案, 未完成,
        待處理的, 總表, 底下的, 名下的, 我開過, 全列, 一次給我, 拉一份, 還有什麼單, 叫出, 看所有,
        所有案件, 所有工單, 我們公司的單, 公司的單, 掛了幾件,
        list, all, every, open tickets, open cases, outstanding, overview, how many, show me,
        everything, unresolved, pending, anything else open, history, summary, which ones,
        still open, summarise, dashboard of, full list, all my, all our, our tickets, my tickets,
        my cases, our cases, which tickets, how many tickets, what tickets, ticket list,
        everything we have
    """,
    "ticket_opening": """
        開單, 開工單, 開一張, 開張單, 開個單, 開新, 新單, 新工單, 新增, 建單, 建立, 建一張, 建案件,
        立案, 開案, 開 ticket, 開ticket, 開case, 開 case, 立案處理, 建案, 報案處理, 受理, 幫我開,
        我要開, 開一個, 開立工單, 登記一件, 有件事, 有事要,
        open a ticket, open a case, open a new, new ticket, new case, create a ticket, create,
        raise a ticket, log a ticket, file a ticket, open ticket, open case, open one for me,
        raise one, log one, open up a, start a ticket, put in a ticket, i want to open
    """,
    "day_and_time": """
        週一, 週二, 週三, 週四, 週五, 星期一, 星期二, 星期三, 星期四, 星期五, 禮拜一, 禮拜二,
        禮拜三, 禮拜四, 禮拜五, 早上, 上午, 下午, 傍晚, 明天, 後天, 點半, 點之後, 以前, 之前, 以後,
        之後,
        monday, tuesday, wednesday, thursday, friday, am, pm, 9am, 10am, 11am, 1pm, 2pm, 3pm, 4pm,
        o'clock, tomorrow, noon, this afternoon, next week
    """,
    "person": """
        真人, 專員, 客服, 人工, 找人, 業務, 主管, 值班, 轉接, 轉給, 講電話, 通電話, 接聽, 有人在,
        活人, 專人, 同事, 窗口, 換人, 幫我接, 幫我轉, 接電話, 回電, 打給我, 跟人, 服務人員, 經理,
        負責人, 承辦人, 客服人員, 真的人, 活生生, 請專員, 接業務, 接客服, 負責的人, 找你們, 找上次,
        本人, 轉同事, 人呢, 有人可以, 有客服, 專線人員, 技術人員, 語音, 通話, 口頭, 用講的, 用電話,
        直接談, 跟我談, 當面,
        human, person, agent, someone, somebody, operator, representative, rep, real people, live,
        speak to, speak with, call me, call back, anyone, colleague, staff, talk to, connect me,
        transfer me, transfer, put me through, supervisor, manager, get me, hand me over,
        customer service, by voice, by phone, over the phone, one of your people, your team,
        somebody real, pick up the phone, human being, technician on the phone
    """,
    "opening_hours": """
        營業時間, 服務時間, 上班, 下班, 幾點, 休息, 開到, 放假, 假日, 連假, 國定, 週末, 週六, 週日,
        星期六, 禮拜六, 禮拜天, 颱風, 服務到, 營業, 上班時間, 補班, 專線幾號, 電話幾號, 免付費,
        有開嗎, 有開, 有營業, 午休, 過年, 春節, 半夜, 24 小時, 24小時, 二十四小時, 電話號碼, 幾號,
        號碼, 分機多少, 電話多少, 打哪支, 哪一支, 打什麼電話, 專線, 晚上, 全年無休, 彈性放假, 元旦,
        中秋, 端午, 有人接, 幾點到幾點, 緊急電話, 哪支, 幾號打, 夜線, 夜間, 深夜, 清晨, 凌晨有人,
        24小時線, 二十四小時線, 值班電話, 客服時間, 打得通, 打過去, 撥哪, 服務時段, 服務日, 工作天,
        上班日, 開門, 關門, 開工, 收假, 颱風假, 停班,
        hours, open, opening, close, closed, closing, holiday, weekend, saturday, sunday,
        toll-free, toll free, 24x7, 24/7, 24-hour, 9 to 5, standby, after hours, phone number,
        hotline number, hotline, number to call, lunch break, lunch time, office hours,
        business hours, service time, what time, how late, round the clock, at night, new year,
        night line, which number, number should i call, until what time, reach you by phone,
        telephone, phone line, dial, extension number, workday, working day, working hours,
        public holiday, typhoon, lunar new year
    """,
    "dropping": """
        取消, 算了, 不辦了, 不弄了, 不填了, 停止, 作罷, 放棄, 重來, 不要了, 先不要, 不開了, 結束,
        中止, 退出, 離開, 跳出, 改天再, 當我沒說, 不用了, 不想開, 不報了, 不需要了, 不問了,
        先這樣就好, 清掉, 刪掉, 不繼續, 別開了, 暫停, 按錯, 撤銷, 暫緩, 跳過, 收回, 不填, 不要填,
        不辦, 不用處理, 不處理了, 別辦, 別送, 先不送, 還是不要, 就當我沒講, 沒講過, 再考慮,
        考慮一下, 想想再, 下次再, 等一下再, 之後再, 反悔, 不寫了, 全部不要, 打消, 免了, 罷了, 作廢,
        cancel, stop, abort, forget it, never mind, nevermind, nvm, scrap, quit, drop it, discard,
        start over, exit, don't want to, not now, let's not, changed my mind, leave it,
        skip the whole, undo, withdraw, take it back, on second thought, do not proceed,
        don't proceed, back out, let me out, get me out, maybe later, another time, not today,
        clear everything, no ticket, don't send, don't open, no need, call it off, disregard,
        ignore that, ignore it, skip
    """,
    "abilities": """
        你會什麼, 會做什麼, 能做什麼, 可以做什麼, 能幫, 可以幫, 功能, 怎麼用, 如何使用, 使用說明,
        選單, 有哪些服務, 什麼服務, 服務項目, 能幹嘛, 可以幹嘛, 會哪些, 能辦, 可以辦, 可以問, 能問,
        怎麼開始, 從哪裡開始, 教學, 新手, 操作說明, 怎麼操作, 使用方式, 使用方法, 例子, 範例,
        怎麼問, 要打什麼, 第一次使用, 不會用, 說明, 幫助, 指令, 負責什麼, 負責哪些,
        help, what can you, can you do, what do you do, how do you work, how does this work, menu,
        options, features, what else, get started, how to start, commands, command, user guide,
        tutorial, examples, example, first time, capabilities, instructions, how to use,
        how do i use, what can i ask, what should i type, services, guide me
    """,
    "robot": """
        機器人, 真的人, 是人, 電腦回, 自動回覆, 自動回, 人工智慧, 是真人, 程式在回, 罐頭, 跟誰,
        你是誰, 你誰, 您是誰, 本人, 還是系統, 還是電腦, 還是程式, 還是人, 背後有人, 是ai, 語言模型,
        客服機器, 你是真, 跟人講, 活的, 你叫什麼, 假的, 你是機器, 電腦嗎, 有靈魂, 智慧客服,
        對方是誰, 在打字, 會累, 真實的人, 有感情, 你幾歲, 你是男, 你是女, 誰做的, 誰開發, 是bot,
        ai 嗎, ai嗎, ai吧, ai 吧,
        robot, bot, chatbot, human being, ai, chatgpt, gpt, who are you, who am i, are you human,
        are you a, are you real, is this a, artificial, computer, real person, machine talking,
        automated, auto-reply, canned, talking to, chatting with, your name, are you an,
        are you ai, is it a bot, am i speaking, am i talking, sound like a robot, made you,
        built you, program, automatic response, scripted, sentient, feelings, your creator
    """,
    "small_talk": """
        天氣, 下雨, 笑話, 吃什麼, 午餐, 晚餐, 股票, 股價, 電影, 音樂, 唱歌, 唱首歌, 足球, 棒球,
        女朋友, 男朋友, 旅遊, 機票, 減肥, 心情, 無聊, 人生, 數學, 小孩, 貓, 狗, 算命, 匯率, 油價,
        房價, 外送, 酒吧, 飲料, 飯店, 捷運, 演唱會, 韓劇, 偶像, 愛你, 喜歡你, 笨, 媽的, 髒話, 爛透,
        星座, 樂透, 食譜, 翻譯, 作文, 政治, 選舉, 總統, 新聞, 手機, 遊戲, 餐廳, 高鐵, 貸款, 咖啡,
        感冒, 醫生, 健身, 報稅, 信用卡, 衣服, 籃球, 月亮, 歷史, 故事, 詩, 電鍋, 冰箱, 烤箱, 洗衣機,
        冷氣, 電視, 吸塵器, 掃地機, 微波爐, 汽車, 機車, 機油, 輪胎, 加油站, 買房, 租房, 房子, 旅館,
        民宿, 微積分, 履歷, 投履歷, 面試, 家裡網路, 電信, 第四台, 瓦斯, 水電, 台電, 停水, 宇宙,
        蛋糕, 紅燒, 料理, 煮, 好吃, 失戀, 分手, 結婚, 跳舞, 罵, 智障, 白痴, 笨蛋, 你很煩, 去死, 醜,
        神經病, 三小, 靠北, 聊天, 陪我, 讀後感, 心得報告, 作業, 考卷, 單字, 日文, 韓文, 唸, 中華隊,
        比賽, 奧運, 世界盃, 球隊, 直播主, 網紅, 抖音, 臉書, 加賴, 保人, 當日撥款, 投資, 加密貨幣,
        虛擬貨幣, 基金經理, 匯兌, 美金匯率, 紫微, 塔羅, 夢, 運勢, 疫苗, 頭痛, 看診, 掛號費, 減重,
        瘦, 健康, 寵物, 媽媽, 爸爸, 老婆, 老公, 住哪, 你幾歲, 喜歡什麼, 喜歡吃, 颱風會來, 地震,
        氣溫, 出太陽, 紫外線, 塞車, 公車, 火車, 計程車, 護照, 簽證, 餐廳推薦, 夜市, 火鍋, 珍奶,
        泡麵, 免費手機, 中獎, 刮刮樂, 發財, 統一發票, 身分證, 健保, 勞保, 退休金, 訂房, 機場,
        weather, joke, movie, film, song, sing, poem, recipe, football, basketball, stock, stocks,
        bitcoin, crypto, flight, airline, restaurant, dog, cat, love, marry, diet, gym, doctor,
        exchange rate, mortgage, loan, visa, hotel, netflix, music, birthday, followers, math,
        story, horoscope, capital of, president, election, game, girlfriend, boyfriend, pizza,
        latte, coffee, translate, homework, taxi, uber, essay, iphone, android, instagram, tiktok,
        youtube, facebook, meaning of life, lottery, suck, stupid, shit, fuck, idiot, oven, vacuum,
        fridge, washing machine, my car, tyre, tire, bake, cake, cook, dinner recipe, universe,
        planet, mount everest, everest, beatles, singer, actor, actress, equation, algebra,
        calculus, cover letter, resume, win a free, free phone, lottery ticket, prize, casino,
        dating, boyfriend's, wife, husband, mother, my kid, baby, headache, medicine, vaccine,
        passport, train ticket, traffic, go to hell, damn, dumb, moron, jerk, ugly, hate you,
        bored, your favourite, your favorite, favourite colour, favorite color, do you like,
        sing me, dream, religion, stock market, tesla, ethereum, spotify, ps5, playstation, xbox,
        nintendo, world cup, olympics, nba, how old, how tall, how far is the, plus, minus,
        square root, tell me a, write me a, rain, umbrella weather, sunny, earthquake, summer,
        vacation, holiday trip, beach, beer, wine, restaurant nearby
    """,
    "fact_name": """
        序號, 機型, 型號, 單號, 電話, 手機, 信箱, 統編, 統一編號, 數量, 客戶是, 客戶名稱, 客戶在,
        產品是, 聯絡人, 窗口, 地址在, 總共, 大概, 左右, 版本, 我是, 我姓, 公司是, 自用, 自己用,
        料號, 品名, 台廠, 客戶端, 現場是, 現場在, 樓層, 送到的地址, 預算, 人數, 錯誤碼是, 代碼是,
        機器在, 部門, 分機, 用途, 年份,
        serial, s/n, sn, model, machine type, mtm, qty, quantity, customer is, our customer,
        my number, e-mail, email, contact, company, tax id, deadline, due date, version,
        approximately, about, own use, it's in, located, located at, error code is, site is,
        their name, contact is, budget is, quantity is, about six, around, for the customer
    """,
    "asking": """
        請問, 嗎, 什麼時候, 怎麼, 如何, 多少, 哪裡, 哪個, 幾, 為什麼, 有沒有, 能不能, 可不可以,
        是不是, 是否, 何時, 呢, 誰, 哪, 多久, 怎樣, 什麼, 何, 幾點, 是誰, 行不行, 要不要, 會不會,
        對嗎, 吧,
        what, when, where, who, why, how, which, could, can, do you, is there, are there, is it,
        does, did, do we, is our, are we, has, have you, may i, any, will
    """,
    "wanting": """
        我要, 我想, 想要, 幫我, 請幫, 麻煩, 請您, 可以幫, 需要, 協助, 請協助, 煩請, 拜託, 請, 幫,
        給我, 讓我, 可否, 能否, 希望, 打算, 預計, 擬, 懇請, 敬請, 惠請, 我們要, 想請, 想問, 想問問,
        想了解, 求, 急需,
        please, i want, i need, need, we need, i'd like, would like, could you, can you, help us,
        want to, let me, give me, send me, help me, let us, we want, we'd like, looking for,
        i'm looking, would love, wish, hope, require, kindly, can we, could we, can i, may we
    """,
}
