// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// The table of the open data, `rows.csv` (Ledgers/OPEN-DATA.md).
enum RowsTable {
    private static let unitCode = "[0-9]{12}|x-[0-9]{12}-[a-z0-9.]{1,14}"

    /// Its columns; the order is part of the format.
    static let fields: [DataField] = [
        DataField("seq", "账本记录号", "number of the ledger's record", .integer(minimum: 0)),
        DataField(
            "line", "记录内行号", "line within the record", .integer(minimum: 1, maximum: 2)),
        DataField(
            "kind", "种类", "kind of record", .word(OpenDataLines.kinds.map(\.rawValue)),
            in: ("kinds", "code")),
        DataField(
            "phase", "阶段", "phase of the budget",
            .word(OpenDataLine.Phase.allCases.map(\.rawValue))),
        DataField(
            "position", "状态", "where the amount counts",
            .word(OpenDataLine.Position.allCases.map(\.rawValue))),
        DataField("date", "业务日期", "business date", .date),
        DataField(
            "unit", "单位代码", "unit at which the amount changes", .code(unitCode),
            in: ("units", "code")),
        DataField("unit_name", "单位名称", "its name", .text),
        DataField(
            "other_unit", "对方单位代码", "the unit at the other end", .code(unitCode),
            isRequired: false, in: ("units", "code")),
        DataField("other_unit_name", "对方单位名称", "its name", .text, isRequired: false),
        DataField(
            "grant", "指标号", "grant in which it changes", .integer(minimum: 0),
            in: ("grants", "grant")),
        DataField(
            "source_document", "上级文号", "number of the grant's paper", .text, isRequired: false),
        DataField(
            "source_level", "资金来源级次", "level of the money's origin",
            .word(SourceLevel.allCases.map(\.rawValue)), in: ("sources", "code")),
        DataField("fiscal_year", "年度", "fiscal year of the grant", .year),
        DataField(
            "purpose", "用途代码", "purpose of the grant", .code("[A-Z0-9]{1,8}"),
            in: ("purposes", "code")),
        DataField("purpose_name", "用途", "its name", .text),
        DataField(
            "cause", "灾种", "disaster", .word(Cause.allCases.map(\.rawValue)),
            in: ("causes", "code")),
        DataField(
            "function_code", "功能分类科目", "functional class of the expenditure",
            .code("unstated|[0-9]{3,7}")),
        DataField(
            "item", "支出项目代码", "what the money buys", .code("[a-z][A-Za-z0-9]{0,15}"),
            isRequired: false, in: ("items", "code")),
        DataField("item_name", "支出项目", "its name", .text, isRequired: false),
        DataField(
            "economic_code", "支出经济分类", "economic class of the expenditure",
            .word(EconomicCode.allCases.map(\.rawValue)), in: ("economic", "code")),
        DataField("document", "文号", "number of the record's paper", .text, isRequired: false),
        DataField(
            "payee", "收款单位", "a firm's registration code", .code("f-[0-9A-Z]{18}"),
            isRequired: false),
        DataField(
            "batch", "发放批次", "batch of a payment", .integer(minimum: 0), isRequired: false),
        DataField(
            "target", "对应记录", "record that it takes back or reclaims",
            .integer(minimum: 0), isRequired: false),
        DataField(
            "persons", "救助人数", "heads that a payment is for",
            .integer(minimum: 1, maximum: 999), isRequired: false),
        DataField(
            "receipt_code", "查询码", "by which a payee finds the payment",
            .code("[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}"), isRequired: false),
        DataField(
            "state", "发放状态", "what became of a payment",
            .word(["sent", "settled", "failed", "cancelled"]), isRequired: false),
        DataField(
            "amount", "金额（元，可加总）", "yuan, signed; adds up within one phase", .yuan),
    ]

    /// The table.
    static func table(_ lines: [OpenDataLine], _ names: OpenDataNames) -> DataTable {
        var table = DataTable(
            "rows", path: "rows.csv",
            title: Message(
                zh: "救灾资金收支：每行一处增减", en: "Relief money: one change a line"),
            fields: fields, primaryKey: ["seq", "line"])
        for line in lines { table.add(row(line, names)) }
        return table
    }

    private static func row(_ line: OpenDataLine, _ names: OpenDataNames) -> [Table.Cell] {
        let terms = names.terms(ofGrant: line.grant)
        let identity: [Table.Cell] = [
            .seq(line.seq), .count(line.line), .text(line.kind.rawValue),
            .text(line.position.phase.rawValue), .text(line.position.rawValue), .date(line.date),
            .text(line.unit.description), .text(names.unit(line.unit)),
            Table.Cell(line.other?.description), Table.Cell(line.other.map(names.unit)),
        ]
        let grant: [Table.Cell] = [
            .seq(line.grant), Table.Cell(terms.document.number), .text(terms.source.rawValue),
            .text(String(terms.year)), .text(terms.purpose),
            .text(names.purpose(terms.purpose).zh), .text(terms.cause.rawValue),
            .text(terms.function ?? Document.unstated),
        ]
        let what: [Table.Cell] = [
            Table.Cell(line.item), Table.Cell(line.item.map { names.item($0).zh }),
            .text(line.economicCode.rawValue), Table.Cell(line.document),
            Table.Cell(line.payee?.description),
            line.payment.map { .seq($0.batch) } ?? .empty,
            line.target.map(Table.Cell.seq) ?? .empty,
            line.payment.map { .count($0.persons) } ?? .empty,
            Table.Cell(line.payment?.receiptCode), Table.Cell(line.payment?.state.word),
            .money(Money(fen: line.fen)),
        ]
        return identity + grant + what
    }
}
