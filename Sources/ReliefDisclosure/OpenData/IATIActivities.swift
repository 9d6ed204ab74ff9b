// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import LedgerLog
internal import ReliefModel

/// The flows as IATI activities: one activity a grant, one transaction a flow.
///
/// - Source: IATI Standard 2.03, iati-activities-schema.xsd and its codelists.
struct IATIActivities {
    /// What stands before a unit's id in an organisation's identifier.
    ///
    /// NBS: the statistical division codes of the National Bureau of Statistics. No register of
    /// such prefixes lists it.
    static let prefix = "CN-NBS-"

    let statement: OpenDataStatement
    let flows: [MoneyFlow]
    /// The grants that the publication concerns, ascending.
    let grants: [Int]
    let names: OpenDataNames

    /// Whether there is nothing to tell.
    var isEmpty: Bool { grants.isEmpty && flows.isEmpty }

    /// The file.
    var text: String {
        var flowsByGrant = Dictionary(grouping: flows, by: \.grant)
        var page = #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n"
        if statement.isIllustrative {
            page += "<!-- 示例数据，不是真实资金 / ILLUSTRATIVE: no real money -->\n"
        }
        page +=
            #"<iati-activities version="2.03" generated-datetime="\#(statement.seal.sealedAt)">"#
        page += "\n"
        for grant in Set(grants + flowsByGrant.keys).sorted() {
            let own = (flowsByGrant.removeValue(forKey: grant) ?? []).sorted(
                by: MoneyFlow.precedes)
            page += activity(grant, own)
        }
        return page + "</iati-activities>\n"
    }

    private func activity(_ grant: Int, _ flows: [MoneyFlow]) -> String {
        let terms = names.terms(ofGrant: grant)
        let event = terms.event.flatMap { seq in names.book.events[seq].map { (seq, $0) } }
        let sealed = statement.seal.sealedAt.description
        var opening = Element("iati-activity")
        opening.set("xml:lang", "zh")
        opening.set("default-currency", "CNY")
        opening.set("last-updated-datetime", sealed)
        if event != nil { opening.set("humanitarian", "1") }
        var lines = [opening.opened]
        lines.append("<iati-identifier>\(escaped(identifier(grant)))</iati-identifier>")
        lines.append(organisation("reporting-org", .unit(statement.steward.id)))
        lines.append("<title>\(narrative(title(terms)))</title>")
        lines.append("<description type=\"1\">\(narrative(description(terms)))</description>")
        lines.append(
            organisation("participating-org", .source(terms.source, of: terms.unit), role: 1))
        lines.append(organisation("participating-org", .unit(statement.steward.id), role: 2))
        lines.append(organisation("participating-org", .unit(terms.unit), role: 4))
        lines.append("<activity-status code=\"2\"/>")
        lines.append("<activity-date type=\"2\" iso-date=\"\(terms.date)\"/>")
        lines.append("<recipient-country code=\"CN\"/>")
        var sector = Element("sector")
        sector.set("vocabulary", "99")
        sector.set("code", terms.purpose)
        lines.append(sector.holding(narrative(names.purpose(terms.purpose))))
        if let (seq, event) = event {
            var scope = Element("humanitarian-scope")
            scope.set("type", "1")
            scope.set("vocabulary", "99")
            scope.set("code", "\(statement.seal.fingerprint.prefix(12))-\(seq)")
            lines.append(scope.holding("<narrative>\(escaped(event.name))</narrative>"))
        }
        lines += flows.map(transaction)
        let body = lines.dropFirst().map { "    \($0)\n" }.joined()
        return "  \(lines[0])\n\(body)  </iati-activity>\n"
    }

    private func transaction(_ flow: MoneyFlow) -> String {
        var element = Element("transaction")
        element.set("ref", String(flow.seq))
        let value = MoneyTotal(fen: flow.fen).text(in: .yuan).filter { $0 != "," }
        return element.holding(
            "<transaction-type code=\"\(flow.kind.rawValue)\"/>"
                + "<transaction-date iso-date=\"\(flow.date)\"/>"
                + "<value currency=\"CNY\" value-date=\"\(flow.date)\">\(value)</value>"
                + "<description>\(narrative(flow.title))</description>"
                + organisation("provider-org", flow.provider)
                + organisation("receiver-org", flow.receiver))
    }

    /// The steward, the ledger and the grant: unique wherever the file goes.
    private func identifier(_ grant: Int) -> String {
        "\(Self.prefix)\(statement.steward.id)-\(statement.seal.fingerprint.prefix(12))-\(grant)"
    }

    private func title(_ terms: GrantEntry) -> Message {
        let mark = statement.isIllustrative
        return Message(
            zh: (mark ? "【示例】" : "") + terms.title,
            en: (mark ? "[ILLUSTRATIVE] " : "")
                + "Relief grant, \(names.purpose(terms.purpose).en), \(terms.year)")
    }

    private func description(_ terms: GrantEntry) -> Message {
        let paper = terms.document.number ?? ""
        return Message(
            zh: "来源\(terms.source.name.zh)，文号 \(paper.isEmpty ? "无" : paper)，"
                + "用途\(names.purpose(terms.purpose).zh)，灾种\(terms.cause.name.zh)",
            en: "Source: \(terms.source.name.en); paper: \(paper.isEmpty ? "none" : paper); "
                + "purpose: \(names.purpose(terms.purpose).en); disaster: \(terms.cause.name.en)")
    }

    private func narrative(_ message: Message) -> String {
        "<narrative>\(escaped(message.zh))</narrative>"
            + "<narrative xml:lang=\"en\">\(escaped(message.en))</narrative>"
    }

    private func escaped(_ text: String) -> String { XMLText.escaped(text) }
}

extension IATIActivities {
    /// An element for whoever gives, receives or answers for money.
    private func organisation(
        _ name: String, _ party: MoneyFlow.Party, role: Int? = nil
    ) -> String {
        var element = Element(name)
        let body: String
        switch party {
        case .unit(let unit):
            element.set("ref", Self.prefix + unit.description)
            element.set("type", Self.type(unit))
            body = "<narrative>\(escaped(names.unit(unit)))</narrative>"
        case .source(let level, let unit):
            if let above = Self.office(level, above: unit) {
                element.set("ref", Self.prefix + above.description)
                element.set("type", Self.type(above))
            }
            body = narrative(Self.sourceName(level))
        case .firm(let payee):
            let code = payee.description.dropFirst(2)
            body = narrative(
                Message(zh: "统一社会信用代码 \(code)", en: "registration code \(code)"))
        case .persons:
            body = narrative(Message(zh: "受助户或个人（不列名）", en: "households or persons, not named"))
        }
        if let role { element.set("role", String(role)) }
        return element.holding(body)
    }

    /// The unit whose money a level's is; nil where that is nobody or the receiver itself.
    private static func office(_ level: SourceLevel, above unit: UnitID) -> UnitID? {
        let office: UnitID? =
            switch level {
            case .central: .state
            case .provincial: unit.enclosing(.province)
            case .prefecture: unit.enclosing(.prefecture)
            case .county: unit.enclosing(.county)
            case .donation, .unstated: nil
            }
        return office == unit ? nil : office
    }

    private static func sourceName(_ level: SourceLevel) -> Message {
        switch level {
        case .donation: Message(zh: "捐赠人（不列名）", en: "donors, not named")
        case .unstated: Message(zh: "来源未说明", en: "source not stated")
        case .central, .provincial, .prefecture, .county:
            Message(zh: "\(level.name.zh)财政", en: "\(level.name.en) budget")
        }
    }

    /// IATI's type of an organisation: government, local government, other public sector.
    private static func type(_ unit: UnitID) -> String {
        switch unit.level {
        case .state: "10"
        case .province, .prefecture, .county, .township: "11"
        case .village, .below: "15"
        }
    }

    /// An element that is put together piece by piece.
    private struct Element {
        let name: String
        private var attributes = ""

        init(_ name: String) { self.name = name }

        mutating func set(_ attribute: String, _ value: String) {
            attributes += " \(attribute)=\"\(XMLText.escaped(value))\""
        }

        var opened: String { "<\(name)\(attributes)>" }

        func holding(_ body: String) -> String { "\(opened)\(body)</\(name)>" }
    }
}
