// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
internal import LedgerFormat
internal import ReliefAudit
internal import ReliefModel

/// The Fiscal Data Package: the lines summed by the classifications of a budget, one measure a phase.
///
/// It lies in a folder of its own with its own table, because a package's paths may not lead out of
/// its folder, and because sums by phase need a column each, where the rows have one for all.
///
/// - Source: Fiscal Data Package, version 1, as the profile that `datapackage` 1.15 carries.
struct FiscalPackage {
    let statement: OpenDataStatement
    /// All lines, also those that are published in sum alone.
    let lines: [OpenDataLine]
    let names: OpenDataNames

    /// What lines are summed by.
    private struct Key: Hashable {
        let grant: Int
        let unit: UnitID
        let item: String?
        let economicCode: EconomicCode
    }

    private struct Sums {
        var approved: Int128 = 0
        var executed: Int128 = 0
        var cancelled: Int128 = 0
    }

    static let fields: [DataField] = {
        let shared = Dictionary(uniqueKeysWithValues: RowsTable.fields.map { ($0.name, $0) })
        let codes = [
            "fiscal_year", "unit", "unit_name", "grant", "source_document", "source_level",
            "purpose", "purpose_name", "cause", "function_code", "item", "item_name",
            "economic_code",
        ].map { name in
            guard let field = shared[name] else {
                preconditionFailure("FiscalPackage: no column \(name)")
            }
            return DataField(
                name, field.title.zh, field.title.en, field.form, isRequired: field.isRequired)
        }
        return codes + [
            DataField("economic_name", "支出经济分类名称", "name of the economic class", .text),
            DataField("approved", "指标数（元）", "authority to spend, yuan", .yuan),
            DataField("executed", "支出数（元）", "spent and owed back, yuan", .yuan),
            DataField(
                "cancelled", "其中：发放失败后取消（元）", "of which given up after it failed, yuan", .yuan),
        ]
    }()

    /// The table; the rows' sums by unit, grant, item and economic class.
    var table: DataTable {
        var sums: [Key: Sums] = [:]
        for line in lines {
            let key = Key(
                grant: line.grant, unit: line.unit, item: line.item,
                economicCode: line.economicCode)
            let fen = Int128(line.fen)
            switch line.position.phase {
            case .approved: sums[key, default: Sums()].approved += fen
            case .executed: sums[key, default: Sums()].executed += fen
            }
            if line.payment?.state == .cancelled { sums[key, default: Sums()].cancelled += fen }
        }
        var table = DataTable(
            "budget", path: "budget.csv",
            title: Message(
                zh: "救灾资金按预算分类汇总", en: "Relief money by the classifications of the budget"),
            fields: Self.fields, primaryKey: [])
        for (key, sum) in sums.sorted(by: { Self.precedes($0.key, $1.key) }) {
            table.add(row(key, sum))
        }
        return table
    }

    private static func precedes(_ left: Key, _ right: Key) -> Bool {
        if left.grant != right.grant { return left.grant < right.grant }
        if left.unit != right.unit { return left.unit < right.unit }
        let (item, other) = (left.item ?? "", right.item ?? "")
        if item != other { return item < other }
        return left.economicCode.rawValue < right.economicCode.rawValue
    }

    private func row(_ key: Key, _ sums: Sums) -> [Table.Cell] {
        let terms = names.terms(ofGrant: key.grant)
        let codes: [Table.Cell] = [
            .text(String(terms.year)), .text(key.unit.description), .text(names.unit(key.unit)),
            .seq(key.grant), Table.Cell(terms.document.number), .text(terms.source.rawValue),
            .text(terms.purpose), .text(names.purpose(terms.purpose).zh),
            .text(terms.cause.rawValue), .text(terms.function ?? Document.unstated),
            Table.Cell(key.item), Table.Cell(key.item.map { names.item($0).zh }),
            .text(key.economicCode.rawValue), .text(key.economicCode.name.zh),
        ]
        return codes + [sums.approved, sums.executed, sums.cancelled].map(Table.Cell.fen)
    }

    /// The descriptor.
    func text(_ hasher: inout Hasher) -> String {
        ReportJSON.document(
            .object(
                // The fiscal profile that validators carry asks for the tabular one's name.
                [("profile", .text("tabular-data-package"))]
                    + FrictionlessPackage.head(
                        statement, name: "relief-budget-\(statement.unit.id)")
                    + [
                        ("countryCode", .text("CN")), ("granularity", .text("aggregated")),
                        ("fiscalPeriod", fiscalPeriod),
                        ("resources", .list([FrictionlessPackage.resource(table, &hasher)])),
                        ("model", Self.model),
                    ]))
    }

    private var fiscalPeriod: ReportJSON.Value? {
        statement.period.map { period in
            .object([
                ("start", .text(period.from.description)), ("end", .text(period.until.description)),
            ])
        }
    }
}

extension FiscalPackage {
    /// What the columns mean to a reader of budgets.
    private static var model: ReportJSON.Value {
        .object([
            (
                "measures",
                .object([
                    ("approved", measure("approved", phase: "approved", "revenue")),
                    ("executed", measure("executed", phase: "executed", "expenditure")),
                    ("cancelled", measure("cancelled", phase: nil, "expenditure")),
                ])
            ),
            (
                "dimensions",
                .object([
                    ("date", dimension("datetime", nil, ["fiscal_year"])),
                    (
                        "administrative",
                        dimension("classification", "administrative", ["unit", "unit_name"])
                    ),
                    ("functional", dimension("classification", "functional", ["function_code"])),
                    (
                        "economic",
                        dimension("classification", "economic", ["economic_code", "economic_name"])
                    ),
                    ("grant", dimension("fact", nil, ["grant", "source_document"])),
                    ("source", dimension("other", nil, ["source_level"])),
                    ("purpose", dimension("activity", nil, ["purpose", "purpose_name"])),
                    ("item", dimension("other", nil, ["item", "item_name"])),
                    ("cause", dimension("other", nil, ["cause"])),
                ])
            ),
        ])
    }

    private static func measure(
        _ column: String, phase: String?, _ direction: String
    ) -> ReportJSON.Value {
        .object([
            ("source", .text(column)), ("resource", .text("budget")), ("currency", .text("CNY")),
            ("direction", .text(direction)), ("phase", phase.map { .text($0) }),
        ])
    }

    /// A dimension: the first column is its key, the second names it.
    private static func dimension(
        _ type: String, _ classification: String?, _ columns: [String]
    ) -> ReportJSON.Value {
        .object([
            ("dimensionType", .text(type)),
            ("classificationType", classification.map { .text($0) }),
            (
                "attributes",
                .object(
                    columns.enumerated().map { index, column in
                        (
                            column,
                            .object([
                                ("source", .text(column)), ("resource", .text("budget")),
                                ("labelfor", index == 0 ? nil : .text(columns[0])),
                            ])
                        )
                    })
            ),
            ("primaryKey", .text(columns[0])),
        ])
    }
}
