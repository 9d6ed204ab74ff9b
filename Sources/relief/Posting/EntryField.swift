// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import ReliefModel
import Spreadsheet

/// A field as an officer names it: a column of a file, or an option.
enum EntryField: String, TableColumn {
    case kind, label, unit, to, from, grant, target, amount
    case amountWan = "amount_wan"
    case date
    case documentNumber = "document_number"
    case documentDate = "document_date"
    case title, purpose, source, cause, event, scope, year, type, function, expiry
    case parent, code, name, alias, response, reason, memo
    case lines, replaces, meeting, attendees, quorum, recused, minutes, items
    case rule, payee, expires, item, period, plan, decision, count, rate, days
    case batch, persons, outcome, finding
    case stage, root, roster, round, place, until, level, into
    case bank, ending, relief, opening
    case inflow = "in"
    case outflow = "out"
    case closing, basis, book, stated, text, record, shares

    /// The headings of Chinese tables, the usual one first.
    var chineseNames: [String] {
        switch self {
        case .kind: ["种类", "记录种类"]
        case .label: ["标签", "行标签"]
        case .unit: ["单位", "办理单位"]
        case .to: ["接收单位", "下达对象"]
        case .from: ["收回自", "被收回单位"]
        case .grant: ["指标", "指标号"]
        case .target: ["对象", "对应记录"]
        case .amount: ["金额(元)", "金额"]
        case .amountWan: ["金额(万元)"]
        case .date: ["业务日期", "日期"]
        case .documentNumber: ["文号"]
        case .documentDate: ["落款日期", "文件日期"]
        case .title: ["标题", "指标名称"]
        case .purpose: ["用途", "用途代码"]
        case .source: ["资金来源", "来源级次"]
        case .cause: ["灾种"]
        case .event: ["灾害事件", "事件"]
        case .scope: ["使用范围"]
        case .year: ["年度", "预算年度"]
        case .type: ["资金性质", "类型"]
        case .function: ["功能科目"]
        case .expiry: ["有效期", "使用期限"]
        case .parent: ["上级单位"]
        case .code: ["代码", "单位代码"]
        case .name: ["名称"]
        case .alias: ["别名"]
        case .response: ["应急响应"]
        case .reason: ["原因", "更正原因"]
        case .memo: ["备注"]
        case .lines: ["方案明细", "预算明细"]
        case .replaces: ["替代方案", "替代", "替代花名册"]
        case .meeting: ["会议", "会议名称"]
        case .attendees: ["到会人员", "参会人员"]
        case .quorum: ["法定人数"]
        case .recused: ["回避人员"]
        case .minutes: ["纪要摘要值", "会议纪要"]
        case .items: ["决议事项", "研究事项", "未达账项"]
        case .rule: ["规则", "规则代码"]
        case .payee: ["收款人"]
        case .expires: ["批准失效日期", "失效日期"]
        case .item: ["支出项目", "项目"]
        case .period: ["补助期间", "期间"]
        case .plan: ["使用方案", "方案"]
        case .decision: ["集体研究", "决议"]
        case .count: ["笔数", "户数"]
        case .rate: ["发放标准", "标准"]
        case .days: ["天数"]
        case .batch: ["发放批次", "批次"]
        case .persons: ["人数"]
        case .outcome: ["代发结果", "结果", "办理结果"]
        case .finding: ["查明情况"]
        case .stage: ["阶段", "评审阶段"]
        case .root: ["名册根值", "花名册根值"]
        case .roster: ["救助花名册", "花名册"]
        case .round: ["榜次", "公示榜次"]
        case .place: ["公示地点", "地点"]
        case .until: ["公示末日", "截止日期"]
        case .level: ["批准级次"]
        case .into: ["转入指标"]
        case .bank: ["开户银行"]
        case .ending: ["账号尾号", "尾号"]
        case .relief: ["救灾账户", "是否救灾账户"]
        case .opening: ["期初余额"]
        case .inflow: ["本期收入", "收入合计"]
        case .outflow: ["本期支出", "支出合计"]
        case .closing: ["期末余额"]
        case .basis: ["对账种类"]
        case .book: ["账面数"]
        case .stated: ["对方数"]
        case .text: ["疑点内容"]
        case .record: ["整改记录"]
        case .shares: ["配套份额"]
        }
    }

    /// The option of a command that fills the field in, with its dashes.
    var option: String {
        switch self {
        case .lines: "--line"
        case .items: "--item"
        case .attendees: "--attendee"
        case .shares: "--share"
        case .minutes: "--minutes-digest"
        default: "--" + rawValue.split(separator: "_").joined(separator: "-")
        }
    }

    var content: ColumnContent {
        switch self {
        case .amount, .amountWan, .opening, .inflow, .outflow, .closing, .book, .stated: .amount
        case .date, .documentDate, .expiry, .expires: .date
        case .payee: .digits
        default: .text
        }
    }

    var ownUnit: AmountUnit? { self == .amountWan ? .wanYuan : nil }

    /// What entries of a kind may fill in.
    static func allowed(_ kind: EntryKind) -> Set<EntryField> {
        let money: Set<EntryField> = [
            .unit, .grant, .amount, .amountWan, .date, .documentNumber, .documentDate, .memo,
        ]
        switch kind {
        case .unit: return [.unit, .code, .parent, .name, .alias, .memo]
        case .event:
            return [.unit, .cause, .date, .name, .response, .documentNumber, .documentDate, .memo]
        case .grant:
            return money.subtracting([.grant]).union([
                .title, .purpose, .source, .cause, .event, .scope, .year, .type, .function, .expiry,
            ])
        case .allocation, .return: return money.union([.to])
        case .recall: return money.union([.from])
        case .receipt: return money.union([.target])
        case .amend:
            return [.target, .reason, .title, .name, .alias, .documentNumber, .documentDate, .memo]
        case .plan:
            return money.subtracting([.amount, .amountWan]).union([.title, .lines, .replaces])
        case .decision:
            return money.subtracting([.amount, .amountWan]).union([
                .meeting, .attendees, .quorum, .recused, .minutes, .items,
            ])
        case .override: return money.union([.rule, .payee, .expires, .reason])
        case .batch:
            return money.union([.item, .period, .plan, .decision, .count, .rate, .days, .roster])
        case .payment: return [.unit, .grant, .batch, .amount, .amountWan, .payee, .persons, .memo]
        case .result: return money.union([.target, .outcome, .reason])
        case .reissue, .cancel, .reversal, .recoverable: return money.union([.target, .reason])
        case .recovery: return money.union([.target])
        case .expense: return money.union([.item, .payee, .plan, .decision])
        case .irregular: return money.union([.rule, .finding, .payee])
        case .roster:
            return money.union([.item, .period, .stage, .count, .persons, .root, .replaces])
        case .notice:
            return money.union([.target, .round, .place, .until, .count])
        case .objection:
            return money.subtracting([.grant, .amount, .amountWan]).union([
                .target, .reason, .payee, .outcome,
            ])
        case .repurpose: return money.union([.level, .into, .purpose])
        case .carryover: return money.union([.into])
        case .settlement: return money.union([.into])
        case .cofund: return money.union([.title, .shares, .until, .target, .source])
        case .account, .statement, .reconciliation, .finding, .resolution, .close:
            return allowedInAudit(kind)
        case .policy, .disclosure: return []
        }
    }

    /// The same of the kinds that move no money and are of no grant.
    private static func allowedInAudit(_ kind: EntryKind) -> Set<EntryField> {
        let always: Set<EntryField> = [.unit, .date, .documentNumber, .documentDate, .memo]
        switch kind {
        case .account: return always.union([.name, .bank, .ending, .relief, .target])
        case .statement:
            return always.union([
                .target, .until, .opening, .inflow, .outflow, .closing, .count,
            ])
        case .reconciliation: return always.union([.basis, .target, .book, .stated, .items])
        case .finding: return always.union([.rule, .target, .amount, .amountWan, .text])
        case .resolution: return always.union([.target, .outcome, .record, .reason])
        case .close: return always.union([.until])
        default: return []
        }
    }
}

/// One entry as an officer writes it: texts by field, and where they stand.
struct EntryDraft: Sendable {
    /// Where the texts stand.
    enum Place: Sendable, Equatable {
        /// Options of a command.
        case options
        /// A row of a file; for CSV the line it begins on.
        case row(path: String, line: Int, sheet: String? = nil)
    }

    let place: Place
    let values: [EntryField: String]
    /// The columns' headings as the file has them.
    var headings: [EntryField: String] = [:]
    /// Where the columns are, from 0.
    var positions: [EntryField: Int] = [:]

    /// The file, for rows; labels and row numbers count inside it.
    var path: String {
        if case .row(let path, _, _) = place { path } else { "" }
    }

    /// The line, for rows.
    var line: Int? {
        if case .row(_, let line, _) = place { line } else { nil }
    }

    /// The cell of a field, or the whole row; nil for options.
    func cell(_ field: EntryField? = nil) -> CellPlace? {
        guard case .row(let path, let line, let sheet) = place else { return nil }
        return CellPlace(
            path: path, sheet: sheet, row: line, column: field.flatMap { positions[$0] },
            heading: field.map { headings[$0] ?? $0.rawValue })
    }

    /// The place of the row, or nothing for options.
    var prefix: String { cell()?.prefix ?? "" }

    /// The place of the cell, or `--option: `.
    func prefix(_ field: EntryField) -> String {
        cell(field)?.prefix ?? field.option + ": "
    }

    /// A complaint about one field.
    func complaint(_ field: EntryField, zh: String, en: String) -> Complaint {
        if let cell = cell(field) { return cell.complaint(Message(zh: zh, en: en)) }
        return Complaint(zh: prefix(field) + zh, en: prefix(field) + en)
    }
}
