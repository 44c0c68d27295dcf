"""The words that tell how bad it is, as patterns over `folded` text.

Kept apart from `wording.severity`, which decides, so that a word can be added without reading
code. Patterns are verbose: blanks in them mean nothing, `\\ ` is a blank.
"""

from __future__ import annotations

_MACHINE = r"""(?: 主機 | 伺服器 | 服務器 | 機器 | 機台 | 設備 | 系統 | 服務 | 網站 | 官網 | 全站
    | 儲存設備 | 叢集 | (?<![a-z])(?: erp | mes | crm | wms | pos | his )
    | server | storage | (?<![a-z0-9])[a-z]{0,3}[0-9]{4}[a-z]? )"""
_SUBJECT = r"""(?: production(?:\ (?:line|server|system|environment))? | servers? | systems?
    | machines?
    | hosts? | web\ ?site | site | storage | array | everything | erp | network | cluster | database
    | line | services? | hardware | box | switch | san | [a-z]{0,3}[0-9]{4}[a-z]? )"""
_CANNOT = r"""(?: 不能 | 無法 | 沒辦法 | 連不 | 登不 | 登入不 | 進不 | 用不 | 開不 )
    [用上動作到入了]{0,2}"""
_NOT_EN = (
    r"(?: won['’]?t | can['’]?t | cannot | can\ not | will\ not | do(?:es)?n['’]?t | does\ not )"
)

# Level 1, and by these words alone it is the machine.
MACHINE_DOWN = rf"""
    (?: 開不了 | 無法開 | 不能開 | 沒辦法開 | 開不起來?了? | 不會開 )\ ?機 | 開不起來
    | 開機(?: 失敗 | 不了 | 不起來 | 沒反應 | 沒畫面 ) | 不開機 | 整台(?: 掛 | 死 | 停 | 不動
    | 沒電 )
    | 完全沒電 | 沒再起來 | 叫不醒 | [台機]\ ?(?: 就是 | 還是 | 都 )?起不來 | 黑畫面 | 自動關機
    | (?: 開機 | power\ on | 電源鍵 )[^,。;!?]{{0,6}}(?: 沒反應 | 停在 | 卡在 )
    | {_NOT_EN}\ (?: boot | power\ (?:on|up) | turn\ on ) | not\ booting | no\ (?: power
    | lights )\ at\ all
    | 當機 | 宕機 | 死機 | 當雞
    | never\ (?: came | comes )\ (?: back | up ) | powers\ off\ again
    | (?: server | machine | host | storage | system )s?\ {_NOT_EN}\ (?: start | come\ up )
    | dead\ (?: server | machine ) | (?: server | machine )\ is\ dead
"""

# Level 1 of anything.
DOWN = rf"""
    (?<! 預計 )(?<! 計畫 )(?<! 安排 )(?<! [要可能需排合請] )(?<! 可以 )停機
        (?! \ ?(?: 維護 | 時[間段] | 窗口 | 計[畫劃] | 公告 | 通知 | 作業 | 更換 | 升級
        | [嗎多一] ) )
    | 停擺 | 全停 | 停線 | 停產 | 停工 | (?<! [要請先] )停止(?: 服務 | 運作 | 生產 )
    | (?: 產線 | 整條線 | 生產 | 排程 )[^,。;!?]{{0,3}}(?: 卡 | 等著 )
    | 整條(?: 產 | 生產 )?線(?: 都 | 全 | 已經 )*停 | 生產線?(?: 都 | 全 | 已經 | 整個 )*停
    | 產線(?: 都 | 全 | 已經 | 整個 )*停
    | (?: 機房 | 資料中心 )(?: 都 | 全 | 整個 | 已經 | 突然 )*(?: 停[了擺] | 跳電 | [停斷沒]電
        (?! \ ?(?: 通知 | 公告 | 維護 | 演練 | 測試 | 期間 | 時[間段] | 前 | 嗎 ) ) )
    | 整[個台套間家](?: 系統 | 機房 | 都 | 全 | 網路 | 廠 | 公司 | 辦公室 )*(?: {_CANNOT} | 掛
    | 停[了掉] | 癱 | 當掉? | 斷 )
    | 全(?: 部 | 面 | 都 | 數 )*(?: 掛 | 停了 | 停擺 | 癱 | 斷線 | 斷了 | 當機 | {_CANNOT} )
    | {_MACHINE}\ ?(?: 都 | 全 | 整個 | 又 | 突然 | 已經 | 直接 | 就 )*
        (?: 掛了 | 掛掉 | 當機 | 當掉 | 當了 | 死機 | 宕機 | 停了 | 不動了 | 不會動 | 起不來
        | 沒有?回應了 )
    | (?: 所有 | 全公司 | 全廠 | 大家 | 每個人 | 全部 )(?: 的 )?(?: 人 | 使用者 | 員工 | 同事
    | 門市 )?
        都?\ ?{_CANNOT}
    | (?: 資料 | 檔案 | 資料庫 )(?: 都 | 全 | 全部 | 整個 )*
        (?: 遺失 | 不見 | 掉了 | 沒了 | 毀損 | 損毀 | 消失 | 弄丟 )
    | (?: 營運 | 服務 | 生產 | 業務 | 作業 )(?: 全面 | 完全 | 都 | 已經 )*中斷 | 癱瘓
    | 沒有?系統可?用 | 當在那 | standstill | (?: plant | factory | line )\ is\ idle
    | 無法(?: 運作 | 營運 | 生產 | 出貨 ) | 完全(?: 不能 | 無法 )
    | {_SUBJECT}(?: \ is | \ are | ['’]s | \ has | \ have | \ went | \ gone )*
        (?: \ completely | \ totally | \ all | \ now | \ still )*
        \ (?: down | dead | offline | crashed | stopped )(?![a-z])
    | {_SUBJECT}\ (?: at | of | for )\ [a-z ]{{2,24}}\ (?: is | has\ gone | went )
        \ (?: completely\  | totally\  )?(?: down | dead | offline )(?![a-z])
    | nothing\ works(?![a-z]) | completely\ dead
    | (?: whole | entire )\ [a-z ]{{2,20}}(?: is\ | went\ )?down | completely\ down | hard\ down
    | (?: all | every )(?: \ the | \ our )?\ (?: users? | staff | stores )\ [a-z'’ ]{{0,12}}
        (?: out | down | locked | cannot | can['’]t | unable )
    | (?: nobody | no\ one )\ (?:[a-z ]{{1,16}}\ )?can(?![a-z]) | every(?:one|body)\ (?: is\ locked
    | can['’]t | cannot )
    | data\ (?: is\ | was\ | has\ been\ | all\ )*(?: lost | gone | corrupt(?:ed)? | loss )
    | lost\ (?: all\ )?(?: our\ | the\ | their\ )?data | outage
"""

# Level 2 by its effect, or by a deadline that is today or tomorrow.
DEGRADED = rf"""
    時好時壞 | 時不時 | 斷斷續續 | 間歇 | 不穩定? | 慢[到得](?: {_CANNOT} )? | 幾乎{_CANNOT}
    | 備援[^,。;!? ]{{0,6}}(?: 壞 | 掛 | 失效 | 斷 | 故障 | 異常 | 失去 | 沒了 ) | (?: 失去
    | 沒有?了? )備援
    | 只剩\ ?[一1單]\ ?[台顆邊路條個] | 降級 | 降速 | 燒焦 | 冒煙 | 進水 | 漏水
    | [兩2]\ ?[台顆個][^,。;!?]{{0,2}}[掛壞][了一]
    | (?: 部[分份] | 有些 | 某些 | 一些 | 一半 | 好幾個 )的?(?: 使用者 | 員工 | 同事 | 門市 | 據點
    | 人 )
    | (?: 今[天晚日] | 明[天早日] )[^,。;!?]{{0,4}}
        (?: 截[標止] | 結標 | 開標 | 投標 | 上線 | 驗收 | 送件 | go-?\ ?live )
    | 今[天日](?: 下班前 | 中午前 | 內\ ?[要得] | [就一]定?[要得] | 要[交給送出用上報] )
    | smoke | burning\ smell | redundan(?:t|cy)\ [a-z ]{{0,16}}(?: lost | gone | failed )
    | degraded | redundancy\ (?: is\ | was\ )?(?: lost | gone ) | (?: lost | no )\ redundancy
    | intermittent(?:ly)? | on\ and\ off | unstable | too\ slow\ to | unusabl[ey]
    | (?: some | several | half | part )\ (?: of\ )?(?: the\ | our\ )?(?: users | staff | stores )
    | (?: node | controller | canister )\ (?:[0-9a-z]\ )?(?: is\ | has\ )?
        (?: down | failed | dead | offline )
    | (?: 控制器 | 節點 )\ ?[0-9a-z]?\ ?(?: 離線 | 掛 | 壞 )
    | (?: go-?\ ?live | goes\ live | deadline | due | closes )\ (?: is\ | by\ | on\ )?
        (?: today | tonight | tomorrow )
    | (?: today | tomorrow )['’]?s?\ (?: deadline | go-?\ ?live )
    | by\ (?: today | tonight | eod | (?:the\ )?end\ of\ (?: the\ | to)?day )
"""

# It stops and starts again by itself: the outage in it is no lasting one.
ON_AND_OFF = r"""
    每[隔過]?[^,。;!?]{0,6}(?: 小時 | 分鐘 | 鐘頭 | 天 | 日 )[^,。;!?]{0,6}
        (?: 關機 | 重開機? | 重啟 | 當機 | 當掉 | 宕機 | 死機 | 斷線 )
    | (?: 斷斷續續 | 時不時 | 偶爾 | 有時候? | 不定時 )[^,。;!?]{0,4}(?: 關機 | 重開機? | 重啟
    | 當機 | 當掉 | 宕機 | 死機 )
    | (?: 一直 | 反覆 | 不斷 | 老是 )[^,。;!?]{0,3}(?: 重新開機 | 重新啟動 | 重開機? | 重啟 )
    | 自[動己](?: 重新開機 | 重新啟動 | 重開機? | 重啟 | 關機 )[^,。;!?]{0,4}
        [兩二三四五六七八九十幾數好0-9]+\ ?[次回]
    | (?: restart | reboot | shut | power | switch | turn | crash | drop | hang )[a-z\ ]{0,24}
        every\ (?: few\ | couple\ of\ | [0-9a-z]+\ )?(?: hour | minute )s?
    | (?: keeps | kept )\ (?: restarting | rebooting | crashing )
    | (?: reboots | restarts | rebooted | restarted )\ (?: by\ itself | on\ its\ own | again )
"""

# Something else does the work meanwhile.
COVERED = r"""
    (?: 備援 | 備機 | 備用 | 另一台 | 另外一台 | 第二台 )[^,。;!?]{0,6}
        (?: 頂 | 撐 | 接手 | 接替 | 扛 | 在跑 | 先用 | 運作 )
    | (?: standby | secondary | backup | other\ (?: node | server | one ) )\ [a-z\ ]{0,12}
        (?: took\ over | taking\ over | covers | covering | carr(?:ies|ying) | running )
"""

# Loud, but silent about the effect: level 2 while nothing says what is wrong.
LOUD = r"""
    (?: 很 | 超 | 超級 | 非常 | 好 | 真的 | 十分 | 特 )急 | 緊急 | 急件 | 急用 | 急需 | 急著
    | 十萬火急
    | (?<![^\ ,。;!])急(?=[\ ,。;!])
    | (?<![不著焦])急(?= \ ?[,。.!~] | \ ?$ | 急 ) | 在催 | 一直催 | 狂催
    | asap | as\ soon\ as\ possible | (?<!not\ )urgent(?:ly)? | emergency
"""

# The effect is clear and small, however loud the words.
MILD = r"""
    異[音響] | 噪音 | 雜音 | 怪聲 | 很吵 | 一直叫 | 想換 | (?: 什麼時候 | 何時 | 哪天 )會?到
    | nois[ey] | noisy | beep(?:s|ing) | when\ (?: will | does )\ .{0,20}arrive
"""

# A wish without a loss. 請問, 可以, 多少 and "could you" are manners: they decide nothing.
WISH = r"""
    想[問知了看參試] | 報名 | 參加 | 申請 | 活動 | 研討會 | 課程 | 試用 | 評估 | 規劃 | 建議 | 推薦
    | (?<![a-z])(?: interested | sign\ up | register | join | apply | demo | sizing )(?![a-z])
"""
# What makes work of a wish all the same.
WORK = r"""
    壞 | 錯 | 沒到 | 未到 | 沒收到 | 還沒 | 延[遲誤後期] | 逾期 | 遲 | 不能 | 無法 | 失敗 | 卡住
    | 缺 | 少[了一] | 取消
    | 更[改正] | 修改 | 變更 | 改成 | 補[發寄開] | 退 | [登連]不 | 忘記 | 鎖 | 過期 | 到期 | 客訴
    | 報價 | 特價 | 發票 | 訂單 | 合約 | 交期 | 出貨
    | quot(?:e|ation) | invoice | order | contract | deliver | late(?![a-z]) | delay | wrong
    | missing
    | broken | fail | error | cancel | change | lost | locked | overdue | arrived | can['’]t
    | cannot
"""

CALM = r"""
    不急 | 沒那麼急 | 沒有?很急 | 不是很急 | 不趕 | 慢慢來 | 有空再 | 不用急
    | no\ (?: rush | hurry ) | not\ (?: that\ | so\ )?urgent | less\ urgent
"""

# What stands before a word and takes it back. 「如果停機」 and 「會不會停機」 have not happened.
TAKEN_BACK = r"""
    (?: 沒有? | 未 | 不會 | 不是 | 並非 | 尚未 | 無需 | 不[用必需] | 避免 | 以免 | 會不會 | 是否
    | 擔心 | 怕 | [不免] )
        (?: 整[個台] | 真的 | 造成 | 發生 | 完全 | 會 )?\ ?$
    | 再[^,。;!?]{0,3}就\ ?$ | 快要?\ ?$ | (?: 如果 | 萬一 | 假如 | 若是? | 要是 )[^,。;!?]{0,8}$
    | (?: (?<![a-z])(?: not | no | never | without | avoid | if ) | n['’]t )
        (?: \ (?: is | be | been | any | the | a | our | having | really | completely ) )*\ ?$
    | (?<![a-z])if\ [a-z\ ]{0,20}$
"""
# What stands after an English word and takes it back: "not" between subject and "down" breaks the
# pattern by itself, but planned work does not.
PLANNED = r"^\ ?(?: for\ (?: planned | scheduled | maintenance ) | time )"

HARDWARE = r"""
    硬體 | 主機 | 伺服器 | 服務器 | 機器 | 機台 | 設備 | 儲存 | 硬碟 | 磁碟 | 磁帶
    | 交換器 | 電源 | 機櫃 | 停機
    | (?<![a-z])(?: hardware | servers? | machines? | hosts? | storage | array | switch | box
    | power
    | tape | disks? | flashsystem )(?![a-z]) | (?<![a-z0-9])[a-z]{1,3}[0-9]{4}[a-z]?(?![a-z0-9])
"""
SOFTWARE = r"""
    軟體 | 程式 | 資料庫 | 授權 | 入口網站 | 應用系統 | 帳號
    | (?<![a-z])(?: erp | crm | mes | wms | pos | vpn | portal | app | application | software
    | database | db2 | licen[cs]e | website | web\ ?sphere )(?![a-z])
"""
