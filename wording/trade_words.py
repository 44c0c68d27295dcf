"""The matters of a partner's trade with the vendor, for `wording.subjects`.

Separated by commas, Chinese first. Latin words stand for their plurals and past forms as well.
What is wished of a matter, to know a rule, to read one's own record or to have paperwork done, is
told by `wording.act_words`.
"""

from __future__ import annotations

MATTERS = {
    "contract": """
        合約, 合同, 契約, 經銷約, 夥伴約, 合作約, 我們約, 的約, 約裡, 約什麼時候, 約滿, 約到,
        換約, 新約, 簽約, 續約, 續簽, 解約, 終止, 不續, 續約書, 協議, 協議書, 保密, 保密協定,
        附約, 附件, 增補, 條款, 用印, 簽名, 簽署, 電子簽, 簽回, 正本, 副本, 法務, 起訖, 效期,
        期滿, 授權區域, 經銷區域, 甲方, 乙方, 約定, 簽到, 簽的, 簽了, 印鑑, 騎縫章,
        contract, agreement, nda, amendment, addendum, clause, legal, signature, signed, sign,
        countersign, docusign, terminate, termination, term sheet, renew, renewal, annex,
        counterpart, under contract
    """,
    "certification": """
        認證, 證照, 證書, 考試, 考科, 報考, 應試, 補考, 重考, 再考, 考過, 考場, 考券, 考試券, 准考證,
        成績, 及格, 沒考過, 科目, 題庫, 模擬題, 監考, 試場, 考照, 技術證照, 合格工程師,
        考位, 考完, 考前, 考試中心, 換證, 資格證, 徽章, 複試,
        certificate, certification, certified, certify, cert, exam, examination, test centre,
        test center, retake, resit, voucher, passed, score report, proctor, pearson, badge,
        accreditation, accredited, specialist badge, recertify, recertification
    """,
    "course": """
        課程, 課, 上課, 開課, 選課, 退課, 訓練, 培訓, 教育訓練, 講師, 師資, 講義, 教材, 學員,
        學院, 通路學院, 梯次, 這梯, 那梯, 一梯, 上下集, 包班, 結業, 時數, 學分, 線上課, 實作課,
        基礎課, 進階課, 旁聽, 補課, 缺課, 簽到, 教室, 課表, 課綱, 數位學習, 受訓, 學習, 新訓,
        course, class, classes, training, train, academy, channel academy, enrol, enroll,
        enrolment, enrollment, instructor, trainer, e-learning, elearning, curriculum, syllabus,
        prerequisite, bootcamp, lesson, module, waitlist, seat, classroom, material, hands-on,
        lab, trainee, student, self-paced
    """,
    "fund": """
        獎勵金, 發展獎勵金, 業務發展, 發展基金, 行銷基金, 市場基金, 基金, 補助, 補助款, 行銷補助,
        行銷費, 核銷, 請款, 撥款, 撥付, 核定, 核給, 動支, 申請書, 活動費, 廣告費, 廣告, 簽到表,
        成果報告, 收據, 單據, 憑證正本, 共同行銷, 聯合行銷, 退件, 補件, 補助金,
        bdf, mdf, development fund, marketing fund, market development, co-marketing, co-fund,
        co-funding, fund, funding, funded, subsidy, claim, reimburse, reimbursement, pot,
        activity code, proof of performance, sponsorship money, telemarketing, ad campaign
    """,
    "sales_target": """
        業績, 達成, 達成率, 達標, 目標, 最低額, 最低業績, 年度最低, 營業額, 銷售額, 認列, 累計,
        門檻, 業績進度, 成績單, 採購額, 年度目標, 做了多少, 做到, 賣了, 賣多少, 賣到, 還差, 差多少,
        成長, 衰退, 季報, 幾成, 承諾, 承諾額, 約定金額, 進貨額, 排名, 銷售數字, 衝刺,
        sales figure, sales figures, target, quota, attainment, minimum, ytd, year to date,
        revenue, booked, performance, commitment, commit, turnover, sales to date, our numbers,
        shortfall, on track, sell-out, sell-in, quarterly sales, yearly minimum, run rate
    """,
    "credit": """
        信用額度, 額度, 信用, 欠, 欠款, 欠你們, 應收, 應付, 帳款, 應收帳款, 逾期, 未付, 未結清,
        未收, 賒, 帳齡, 餘額, 凍結, 佔用, 貨款, 欠多少, 付清, 沒付, 還沒付, 催款, 帳上, 掛帳,
        信用紀錄, 授信, 擔保, 保證金, 超過額度,
        credit, credit limit, credit line, receivable, payable, overdue, past due, owe, owing,
        outstanding, ar, aging, ageing, headroom, credit hold, on hold, arrears, unpaid,
        outstanding balance, in the red
    """,
    "invoice": """
        發票, 電子發票, 抬頭, 統編, 稅額, 營業稅, 折讓, 折讓單, 作廢, 重開, 對帳, 對帳單, 帳單,
        請款單, 收據, 匯款, 匯了, 匯款水單, 水單, 轉帳, 付款, 付了, 繳費, 繳款, 支票, 月結, 帳期, 沖帳,
        入帳, 退款, 溢繳, 多收, 多算, 重複, 開錯, 匯費, 手續費, 扣款, 會計, 財務, 出納, 稅率,
        催繳, 付款條件, 調高, 提高額度, 三聯, 二聯, 存摺, 帳號末五碼, 款項,
        invoice, billing, bill, billed, statement, payment, paid, pay, wire, wired, transfer slip,
        remittance, remit, refund, overpay, overpaid, credit note, proforma, pro forma, receipt,
        vat, tax, accounting, accounts payable, finance, payment terms, e-invoice, cheque, dunning,
        bank transfer, charged, double charged
    """,
    "portal": """
        入口, 入口網站, 夥伴入口, 夥伴網站, 夥伴網, 夥伴區, 下載區, 專區, 帳號, 帳密, 密碼,
        使用者, 登入, 登不進, 登不入, 鎖住, 被鎖, 鎖了, 解鎖, 重設, 權限, 管理員, 開通, 停用,
        停權, 驗證碼, 驗證信, 兩步驟, 雙因子, 簡訊驗證, 離職, 新同事, 新人, 角色, 選單沒,
        忘記密碼, 啟用, 綁定, 單一登入,
        portal, partner portal, partner site, account, user name, username, user id, password,
        sign in, sign-in, signin, log in, login, log on, locked, lock out, locked out, unlock,
        reset, permission, access, role, admin, administrator, add a user, new user, user,
        mfa, 2fa, otp, authenticator, sso, activation, activate, deactivate, read-only, new starter
    """,
    "company_data": """
        地址, 公司地址, 搬到, 搬家, 搬遷, 遷址, 遷到, 搬了, 新辦公室, 辦公室, 郵遞區號, 門牌,
        聯絡人, 聯絡窗口, 窗口, 負責人, 承辦, 公司名, 公司名稱, 改名, 更名, 英文名, 換人, 換成,
        電話換, 換電話, 總機, 傳真, 分公司, 據點, 統一編號, 公司資料, 基本資料, 登記資料, 資料更新,
        合併, 併購, 變更登記, 經濟部, 核准函, 銀行帳戶, 匯款帳戶, 收件人, 通訊地址, 帳單地址,
        營業地址, 營業登記, 董事長, 更新資料, 通知信,
        address, moved, moving, relocate, relocated, relocating, relocation, office, new office,
        company name, renamed, contact person, contact, switchboard, fax, branch, merge, merged,
        merger, owner, bank account, postal code, zip code, company data, company profile,
        records, registered office, our files, your files, partner locator, change of name, trading as
    """,
    "tender": """
        標案, 標書, 招標, 投標, 開標, 截標, 得標, 競標, 評選, 評選會, 評委, 領標, 押標金, 建議書,
        服務建議書, 企劃書, 提案, 比稿, 規格書, 規格對照, 規格對照表, 規格回覆, 競品, 對手, 競爭,
        比較表, 優勢, 勝過, 成功案例, 案例, 實績, 參考客戶, 授權書, 原廠授權書, 型錄, 架構圖, 徵求,
        共同供應, 政府採購, 公家機關, 合格名單, 產品路線圖, 打得贏, 簡報, 綁規格, 公告,
        tender, rfp, rfi, proposal, bid document, bidding, competitor, competitive, competition,
        versus, vs, comparison, compare, reference customer, customer reference, references,
        case study, success story, compliance, compliance statement, statement of work,
        executive summary, datasheet, battle card, battlecard, architecture diagram,
        evaluation committee, pitch, shortlist, win against, roadmap
    """,
    "demo": """
        展示, 展示機, 演示, 實機, 借機, 借用, 借一台, 借我, 借測, 出借, 借, 歸還, 還機, 測試機, 樣機,
        試用, 試用版, 試跑, 概念驗證, 驗證, 測試環境, 體驗, 評估版, 示範, 操作給, 看實物, 展示中心, 壓測,
        demo, demonstration, demonstrate, proof of concept, poc, loan, loaner, loan unit, borrow,
        trial, try out, try it, try before, evaluation, evaluation unit, test drive, sandbox, pilot,
        benchmark, hands-on, briefing centre, show and tell
    """,
    "sizing": """
        規格, 配置, 選型, 選哪, 哪一款, 哪款, 哪台, 機種, 等級, 容量, 夠用, 夠不夠, 幾顆, 幾核, 核心數,
        估算, 評估, 效能, 相容, 相容性, 支援嗎, 能不能接, 可以接, 能接, 支不支援, 搭配, 搭得, 建議配,
        建議哪, 推薦哪, 該選, 該買, 差別, 適合, 合適, 架構, 使用者數, 併發, 成長率, 保留空間, 配法,
        幾個埠, 頻寬, 耗電, 重量, 尺寸, 幾 u, 幾u, 機櫃空間, 散熱量, 插得, 上限, 最大支援, 混插, 相容表,
        sizing, size, sized, capacity, compatible, compatibility, interoperate, interoperability,
        supported with, which model, right model, suitable, recommend, cores, how many cores,
        iops, throughput, workload, tpm, rperf, config, configuration, spec, specs, footprint,
        wattage, btu, fit, enough, concurrent user, supports, mix, matrix, growth
    """,
    "deal": """
        商機, 報備, 案件登錄, 登錄, 登記案, 報案, 專案登記, 登錄號, 案源, 名單轉, 潛在客戶, 潛在,
        聯合銷售, 協同, 協銷, 一起去, 陪同, 陪我, 拜訪客戶, 共同拜訪, 一起拜訪, 轉介, 轉單, 展延,
        保護期, 保護, 新案, 案子登錄, 轉給你們, 引薦, 介紹客戶, 接手, 機會, 合作這案, 聯手, 帶案,
        鎖案, 備案, 卡位,
        register a deal, deal registration, deal reg, register this deal, deal, opportunity, lead,
        joint sales, joint selling, joint call, co-sell, co-selling, sell together, referral, refer,
        prospect, protection, pipeline, hand over, handover, customer visit, join me, sales call,
        extend the registration, registered project
    """,
    "conflict": """
        衝突, 搶, 搶單, 搶案, 搶客戶, 搶走, 爭議, 撞單, 撞案, 撞到, 重複, 同一個客戶, 同一家,
        同一案, 同一客戶, 同業, 另一家夥伴, 別家夥伴, 別的夥伴, 別家經銷, 另一個業務, 兩個業務,
        兩組, 兩邊, 直接報價, 直接報, 直接跟客戶, 直接找, 跳過我們, 繞過, 截胡, 殺價, 算誰, 歸誰,
        誰的客戶, 誰的案, 區域劃分, 越區, 跨區, 地盤, 協調, 我的客戶, 我們的客戶, 我們客戶, 老客戶,
        電話行銷, 原廠業務, 直銷, 退出這個案, 介入, 先來後到, 仲裁, 讓給,
        conflict, channel conflict, dispute, overlap, overlapping, went direct, going direct,
        direct team, direct sales, direct rep, poach, poaching, stole, steal, stealing, undercut,
        undercutting, bypass, bypassed, behind our back, another partner, other partner,
        other reseller, our customer, our account, same customer, same account, same deal,
        same end user, both quoting, territory, telesales, owns this account, who owns, whose
    """,
    "joining": """
        加入, 加盟, 成為, 成為夥伴, 成為經銷商, 當經銷商, 做經銷, 當夥伴, 想合作, 合作機會, 談合作,
        代理, 代理權, 經銷權, 取得資格, 銷售資格, 賣你們, 賣貴公司, 策略聯盟, 簽過約, 新夥伴, 入會,
        申請成為, 掛在, 招商, 配合廠商, 我們是做, 我們是一家, 本公司從事, 想賣, 也想賣, 軟體公司,
        become a partner, become a reseller, becoming a partner, be a partner, be a reseller,
        become, partner with you, join the programme, join the program, join your, apply to join,
        partnership, reseller, resell, sell your, isv, new partner, sign up as, work with you,
        represent, distributor, our company wants, we are a software
    """,
    "installation": """
        安裝, 裝機, 上架, 下架, 接線, 架設, 建置, 升級, 移轉, 轉移, 遷移, 移機, 搬機房, 搬遷機房,
        換機, 設定, 調校, 調整, 導入, 上線, 開箱, 配線, 部署, 切換, 驗收, 健檢, 更版, 擴充,
        加裝, 啟用服務, 初始化, 裝好, 裝上, 裝起來, 幫忙設, 怎麼設, 割接, 資料轉, 轉檔, 停機時段,
        施工, 備援, 異地, 到貨後, 點收, 新買的, 剛買, 韌體升級, 派人來裝, 約安裝, 教育操作, 換版本,
        install, installed, installing, installation, set up, setup, setting up, configure,
        configured, configuring, migrate, migration, migrating, upgrade, upgrading, deploy,
        deployment, rack and stack, rack mount, racking, cabling, cutover, cut over, go-live,
        go live, relocate, implement, implementation, commission, roll out, rollout, health check,
        move the data, data migration, tuning, provisioning, newly bought, we bought, new array
    """,
    "warranty": """
        保固, 過保, 出保, 在保, 斷保, 延保, 延長保固, 維護合約, 維護約, 維護, 維保, 保養, 續保,
        備品, 備料, 料號, 零件, 零件號, 序號變, 換下來, 舊件, 壞件, 退修, 送修, 返修, 停產, 停售,
        停止支援, 服務等級, 加購保, 保固期, 買幾年, 硬碟不退, 硬碟不還, 過戶, 維修費, 到府維護,
        warranty, out of warranty, under warranty, in warranty, rma, maintenance,
        maintenance contract, ma, spare part, spare parts, part number, fru, entitlement, entitled, coverage,
        covered, cover, extend the warranty, extended warranty, return the part, keep-your-disk,
        keep your drive, eol, eos, end of life, end of support, service level, advance replacement,
        depot, post-warranty, support contract, defective unit
    """,
    "programme": """
        夥伴計畫, 夥伴發展, 夥伴等級, 夥伴資格, 夥伴, 經銷商, 解決方案, 系統整合, 整合商, 金級,
        銀級, 白金, 普級, 級別, 升等, 升級條件, 降級, 等級, 資格, 義務, 權益, 福利, 好處, 通路,
        政策, 辦法, 規範, 制度, 計畫, 方案內容, 年費, 會費, 審核, 評鑑, 滿意度, 佣金, 獎金, 回饋,
        專線, 知識庫, 行為準則, 服務範圍, 策略, 組織, 分工,
        programme, program, partnerworld, tier, gold, silver, platinum, benefit, level, policy,
        solution provider, reseller tier, requirement, eligibility, eligible, obligation, rule,
        incentive, commission, hotline, code of conduct, annual fee, scope, definition, channel
    """,
    "complaint": """
        客訴, 投訴, 申訴, 抱怨, 不滿, 反映, 反應, 態度, 口氣, 很差, 太差, 超差, 爛, 誇張, 離譜, 失望,
        生氣, 不高興, 火大, 受不了, 敷衍, 推託, 推給, 踢皮球, 踢來踢去, 不理, 沒人理, 沒人回,
        都不回, 不回, 已讀不回, 答應的, 說話不算, 失約, 遲到, 放鴿子, 不專業, 不負責, 交代, 品質,
        沒做到, 浪費, 拖了, 拖延, 一直拖, 一拖再拖, 講了四遍, 講了好幾遍, 掛我電話, 道歉, 賠償,
        一問三不知, 沒禮貌, 無禮, 丟臉, 服務很, 太慢, 檢討, 沒誠意, 爽約, 兇, 擺爛, 求償,
        complaint, complain, rude, unacceptable, unprofessional, disappointed, disappointing,
        terrible, awful, poor, bad service, worst, angry, unhappy, upset, fed up, ridiculous,
        ignored, ignoring, ignore, nobody, no one, no reply, never called, never replied,
        never showed, apologise, apologize, apology, compensation, attitude, promised, promise, broke,
        waste, wasted, disgrace, not happy, dissatisfied, incompetent, excuse, blame, let down,
        passed around, feedback about
    """,
}
