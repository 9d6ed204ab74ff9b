// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// The tables of `codes/`: what the codes of the open data mean, in both languages.
struct CodeTables {
    let lines: [OpenDataLine]
    let names: OpenDataNames

    /// All of them, in the order of their names.
    var tables: [DataTable] {
        [causes, economic, grants, items, kinds, purposes, sources, units]
    }

    private func table(
        _ name: String, _ zh: String, _ en: String, _ fields: [DataField],
        key: String = "code", _ rows: [[Table.Cell]]
    ) -> DataTable {
        var table = DataTable(
            name, path: "codes/\(name).csv", title: Message(zh: zh, en: en), fields: fields,
            primaryKey: [key])
        for row in rows { table.add(row) }
        return table
    }

    private static let zh = DataField("zh", "中文名称", "Chinese name", .text)
    private static let en = DataField("en", "英文名称", "English name", .text)
    private static let citation = DataField(
        "citation", "依据", "rule that it rests on", .text, isRequired: false)

    private static func code(_ form: DataField.Form) -> DataField {
        DataField("code", "代码", "code", form)
    }

    private func words(
        _ name: String, _ zh: String, _ en: String, _ words: [(code: String, name: Message)]
    ) -> DataTable {
        table(
            name, zh, en, [Self.code(.text), Self.zh, Self.en],
            words.map { [.text($0.code), .text($0.name.zh), .text($0.name.en)] })
    }

    private var causes: DataTable {
        words("causes", "灾种", "disasters", Cause.allCases.map { ($0.rawValue, $0.name) })
    }

    private var kinds: DataTable {
        words(
            "kinds", "记录种类", "kinds of record",
            OpenDataLines.kinds.map { ($0.rawValue, $0.title) })
    }

    private var sources: DataTable {
        words(
            "sources", "资金来源级次", "levels of the money's origin",
            SourceLevel.allCases.map { ($0.rawValue, $0.name) })
    }

    private var economic: DataTable {
        table(
            "economic", "支出经济分类", "economic classes",
            [Self.code(.text), Self.zh, Self.en, Self.citation],
            EconomicCode.allCases.map {
                [
                    .text($0.rawValue), .text($0.name.zh), .text($0.name.en),
                    Table.Cell($0.citation.isEmpty ? nil : $0.citation),
                ]
            })
    }

    private var purposes: DataTable {
        let codes = Set(lines.map { names.terms(ofGrant: $0.grant).purpose }).sorted()
        return table(
            "purposes", "用途", "purposes", [Self.code(.text), Self.zh, Self.en, Self.citation],
            codes.map {
                let name = names.purpose($0)
                return [
                    .text($0), .text(name.zh), .text(name.en),
                    Table.Cell(names.purposeCitation($0)),
                ]
            })
    }

    private var items: DataTable {
        table(
            "items", "支出项目", "items", [Self.code(.text), Self.zh, Self.en, Self.citation],
            Set(lines.compactMap(\.item)).sorted().map {
                let name = names.item($0)
                return [
                    .text($0), .text(name.zh), .text(name.en), Table.Cell(names.itemCitation($0)),
                ]
            })
    }

    private var units: DataTable {
        // With the units above, so that a reader can sum by county or province.
        var ids = Set(lines.map(\.unit) + lines.compactMap(\.other))
        for id in ids {
            var next = names.book.unit(id)?.parent
            while let parent = next, parent != .state, ids.insert(parent).inserted {
                next = names.book.unit(parent)?.parent
            }
        }
        return table(
            "units", "单位", "units",
            [
                Self.code(.text), DataField("name", "名称", "name", .text),
                DataField(
                    "level", "级次", "level", .word(UnitID.Level.allCases.map(\.word))),
                DataField(
                    "parent", "上级单位", "unit above", .text, isRequired: false,
                    in: ("units", "code")),
                DataField("official", "是否为国家统计用区划代码", "official division code", .flag),
            ],
            ids.sorted().map { id in
                let parent = names.book.unit(id).flatMap { $0.parent == .state ? nil : $0.parent }
                return [
                    .text(id.description), .text(names.unit(id)), .text(id.level.word),
                    Table.Cell(parent?.description), .text(id.isOfficial ? "true" : "false"),
                ]
            })
    }

    private var grants: DataTable {
        table(
            "grants", "指标", "grants",
            [
                DataField("grant", "指标号", "grant", .integer(minimum: 0)),
                DataField("title", "名称", "title", .text),
                DataField("type", "类型", "type", .word(GrantType.allCases.map(\.rawValue))),
                DataField("document", "文号", "number of its paper", .text, isRequired: false),
                DataField("document_date", "文件日期", "its date", .date, isRequired: false),
                DataField("date", "业务日期", "business date", .date),
                DataField("expiry", "截止日", "last day of use", .date, isRequired: false),
                DataField("unit", "收款单位", "unit that received it", .text),
                DataField(
                    "twin_of", "承接的指标号", "grant whose terms it took over",
                    .integer(minimum: 0), isRequired: false),
            ],
            key: "grant",
            Set(lines.map(\.grant)).sorted().map { seq in
                let terms = names.terms(ofGrant: seq)
                return [
                    .seq(seq), .text(terms.title), .text(terms.type.rawValue),
                    Table.Cell(terms.document.number),
                    terms.document.date.map(Table.Cell.date) ?? .empty, .date(terms.date),
                    terms.expiry.map(Table.Cell.date) ?? .empty, .text(terms.unit.description),
                    names.book.grant(seq: seq)?.twinOf.map(Table.Cell.seq) ?? .empty,
                ]
            })
    }
}

extension UnitID.Level {
    /// The word of data files.
    var word: String {
        switch self {
        case .state: "state"
        case .province: "province"
        case .prefecture: "prefecture"
        case .county: "county"
        case .township: "township"
        case .village: "village"
        case .below: "below"
        }
    }
}
