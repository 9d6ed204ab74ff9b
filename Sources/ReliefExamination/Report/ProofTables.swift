// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import LedgerLog
internal import ReliefAudit
internal import ReliefDisclosure
internal import ReliefModel

/// What the report rests on: what was proven and what was not, what is broken, how to repeat it.
struct ProofTables {
    let examination: Examination
    let language: Language
    let commands: Commands

    private var ledger: VerifiedLedger<BookHistory> { examination.ledger }

    private func say(_ zh: String, _ en: String) -> String { language.say(zh, en) }

    /// What is known, and what nobody can know from the ledger alone.
    func proofs() -> Table {
        var table = Table(
            title: Message(zh: "已经证明和没有证明的", en: "What was proven, and what was not"),
            columns: [
                Table.Column(Message(zh: "事项", en: "matter")),
                Table.Column(Message(zh: "结论", en: "conclusion")),
                Table.Column(Message(zh: "依据或原因", en: "basis or reason")),
            ])
        func line(_ matter: String, _ conclusion: String, _ basis: String) {
            table.add([.text(matter), .text(conclusion), .text(basis)])
        }
        let proven = say("已证明", "Proven")
        let open = say("没有证明", "Not proven")
        let isIntact = ledger.integrity.isIntact
        line(
            say(
                "记录没有被改动，次序没有变，签署者没有冒名",
                "No record altered, none out of order, none signed by a stranger"),
            isIntact ? proven : say("不成立", "Does not hold"),
            isIntact
                ? say(
                    "核验了 \(ledger.size) 条记录的哈希链、树根和每道封条",
                    "Hash chain, tree root and every seal of \(ledger.size) records were checked")
                : say(
                    "发现 \(ledger.integrity.faults.count) 处损坏，见下表",
                    "\(language.counted(ledger.integrity.faults.count, "", "fault")) found, listed below"
                ))
        trust(line)
        line(
            say("凭证本身真实，钱物确已到手", "Vouchers are honest and the money arrived"), open,
            say(
                "任何账本都不能自证；请按“下一步”的命令追到凭证，并到现场核实",
                "No ledger proves this by itself: follow the commands to the vouchers and look on site"
            ))
        line(
            say(
                "外部资料（上级账、报表、银行对账单、凭证原件）相符",
                "Outside records agree (the level above, reports, bank statements, vouchers)"),
            say("未核对", "Not checked"),
            say(
                "本报告只看账本；核对用 relief-audit reconcile",
                "This report reads the ledger alone; to compare, use relief-audit reconcile"))
        clocks(line)
        unevaluated(line)
        return table
    }

    private func trust(_ line: (String, String, String) -> Void) {
        let expected = ledger.expectations
        let held = !ledger.integrity.faults.contains { $0.rule == .rollback }
        let matter = say("尾部没有被截去，旧版没有被换回", "No tail cut off, no old copy put back")
        if expected.isEmpty {
            line(
                matter, say("没有证明", "Not proven"),
                say(
                    "没有给出 --expect；请用任何一张收据或公示上的“条数:根”再核一次",
                    "No --expect was given: verify again with SIZE:ROOT from any receipt or notice")
            )
        } else {
            let states = expected.map(\.description).joined(separator: language.say("、", ", "))
            line(
                matter, held ? say("已证明", "Proven") : say("不成立", "Does not hold"),
                held
                    ? say("仍包含此前所见的 \(states)", "It still contains what was seen before: \(states)")
                    : say("与此前所见的 \(states) 不符", "It does not contain \(states)"))
        }
    }

    private func clocks(_ line: (String, String, String) -> Void) {
        line(
            say("时限", "Clocks"), say("截至 \(examination.asOfText)", "As of \(examination.asOfText)"),
            say(
                "之后才到期的时限不算逾期；换一个日期用 --as-of",
                "What falls due later counts as in time; for another date use --as-of"))
    }

    private func unevaluated(_ line: (String, String, String) -> Void) {
        let rules =
            examination.report.integrityRules.map { ($0.rule.rawValue, $0.status) }
            + examination.report.rules.map { ($0.info.code.rawValue, $0.status) }
        for (code, status) in rules {
            guard case .notEvaluable(let reason) = status, code != IntegrityRule.rollback.rawValue
            else { continue }
            line(
                say("规则 \(code)", "Rule \(code)"), status.name.text(language), reason.text(language)
            )
        }
    }

    /// What is broken.
    func faults() -> Table {
        var table = Table(
            title: Message(zh: "损坏之处", en: "What is broken"),
            columns: [
                Table.Column(Message(zh: "规则", en: "rule")),
                Table.Column(Message(zh: "记录", en: "seq"), .seq),
                Table.Column(Message(zh: "行", en: "line"), .seq),
                Table.Column(Message(zh: "字节", en: "byte"), .seq),
                Table.Column(Message(zh: "问题", en: "what is wrong")),
                Table.Column(Message(zh: "记载", en: "recorded")),
                Table.Column(Message(zh: "推算", en: "computed")),
            ])
        for fault in ledger.integrity.faults {
            table.add([
                .text("\(fault.rule.rawValue) \(fault.rule.title.text(language))"),
                .seq(fault.seq), .seq(fault.line), .seq(fault.byteOffset),
                .text(fault.message.text(language)), Table.Cell(fault.recorded),
                Table.Cell(fault.computed),
            ])
        }
        return table
    }

    /// Which records can still be trusted.
    func trustedRanges() -> Table {
        var table = Table(
            title: Message(zh: "仍可信的记录", en: "Records that can still be trusted"),
            columns: [
                Table.Column(Message(zh: "自", en: "from seq"), .seq),
                Table.Column(Message(zh: "至", en: "through seq"), .seq),
                Table.Column(Message(zh: "条数", en: "records"), .count),
            ],
            notes: [
                Message(
                    zh: "规则只应用于可信的开头（至第 \(ledger.integrity.trustedThrough) 条）；其后各段只证明记录原样，不下合规结论。",
                    en: "The rules were applied to the trusted beginning only (through record "
                        + "\(ledger.integrity.trustedThrough)); of later ranges it is proven that the "
                        + "records are as sealed, and nothing more.")
            ])
        for range in ledger.integrity.trustedRanges {
            table.add([.seq(range.lowerBound), .seq(range.upperBound), .count(range.count)])
        }
        table.addTotal(say("合计", "total"), summing: [2])
        let affected = ledger.integrity.affectedUnits.map { examination.history.book.plainName($0) }
        if !affected.isEmpty {
            let names = affected.joined(separator: say("、", ", "))
            table.notes.append(
                Message(zh: "受影响的单位：\(names)", en: "Units affected: \(names)"))
        }
        return table
    }

    /// By which command anybody gets each figure again.
    func reproduction() -> Table {
        var table = Table(
            title: Message(zh: "怎样重做每个数字", en: "How to get every figure again"),
            columns: [
                Table.Column(Message(zh: "内容", en: "what")),
                Table.Column(Message(zh: "命令或数值", en: "command or value")),
            ])
        func line(_ zh: String, _ en: String, _ value: String?) {
            guard let value else { return }
            table.add([.text(say(zh, en)), .text(value)])
        }
        line("账本", "ledger", ledger.genesis.map { "\($0.title) (\($0.origin))" })
        line("账本指纹", "fingerprint", ledger.fingerprint?.hex)
        line("记录数", "number of records", String(ledger.size))
        line("根", "root", ledger.root?.base64)
        line(
            "结论、发现、规则状态、涉及金额", "verdict, findings, rule status, amounts at stake",
            commands.verifyJSON)
        line("本报告（含各图和各表）", "this report, charts and tables", commands.report(language))
        if let grant = examination.history.book.grants.first {
            line(
                "一项指标的资金去向和流向图", "where a grant's money went, and its picture",
                commands.trace(grant: grant.seq) + " --svg flow.svg")
        }
        line("一项规则何时触发、不看什么", "when a rule fires and what it leaves out", commands.explain("all"))
        return table
    }
}
