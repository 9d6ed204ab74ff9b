// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import LedgerFormat
import LedgerLog
import ReliefAudit
import ReliefModel
import Spreadsheet

/// Everything that the founding of a ledger was asked for, checked before any key is made.
struct FoundingPlan {
    /// A key to be made.
    struct Key {
        let person: PersonID
        let role: KeyRole
        let unit: UnitID
        let path: String
    }

    let origin: String
    let steward: UnitID
    let coverage: UnitID
    let title: String
    let nature: Nature
    let divisions: [Division]
    let policy: Policy
    /// Root keys first.
    let keys: [Key]
    let rootCount: Int

    init(_ options: Init, folder: String) throws(CommandFailure) {
        var check = Check()
        let table = try Self.divisions(options.divisions, sheet: options.tables.sheet)
        let policy = try Self.policy(options)
        if !Origin.isValid(options.origin) {
            check.note(
                "--origin", options.origin, zh: "小写域名加路径，如 longling.gov.cn/relief/2021",
                en: "a lower-case name and path such as longling.gov.cn/relief/2021")
        }
        let steward = check.unit("--steward", options.steward)
        let coverage = options.coverage.map { check.unit("--coverage", $0) } ?? steward
        if let problem = FreeText.problem(in: options.title, maximumByteCount: 200) {
            check.complaints.append(
                Complaint(zh: "--title：" + problem.zh, en: "--title: " + problem.en))
        }
        let nature = Nature(rawValue: options.nature)
        if nature == nil {
            check.note(
                "--nature", options.nature, zh: "official 或 illustrative",
                en: "official or illustrative")
        }
        if let steward { check.chain(to: steward, in: table) }
        let roots = options.root.compactMap {
            check.key("--root", $0, .root, steward ?? .state, folder)
        }
        let officers = options.officer.compactMap {
            check.key("--officer", $0, .officer, steward ?? .state, folder)
        }
        if options.root.count < 2 || options.root.count > 16 {
            check.complaints.append(
                Complaint(
                    zh: "--root：给出 \(options.root.count) 把根密钥，应为 2 至 16 把；请补足",
                    en: "--root: \(options.root.count) root keys, expected 2 to 16; name them"))
        }
        let paths = (roots + officers).map(\.path)
        if Set(paths).count != paths.count {
            check.complaints.append(
                Complaint(
                    zh: "两把密钥写到同一文件；请各用一个文件", en: "two keys have one file; give each its own"))
        }
        guard check.complaints.isEmpty, let steward, let coverage, let nature else {
            throw CommandFailure(.usage, check.complaints)
        }
        origin = options.origin
        self.steward = steward
        self.coverage = coverage
        title = options.title
        self.nature = nature
        divisions = table
        self.policy = policy
        keys = roots + officers
        rootCount = roots.count
    }

    private static func divisions(
        _ path: String, sheet: String?
    ) throws(CommandFailure) -> [Division] {
        let table = try ImportTable<DivisionColumn>(
            try TableFile(path), sheet: sheet, required: [.code, .name, .level, .parent],
            quoting: true)
        let divisions: [Division]
        do throws(DivisionError) {
            divisions = try DivisionTable(rows: table.divisionRows).divisions
        } catch {
            throw CommandFailure(
                .usage, Complaint.joined(table.complaints, table.complaints(error)))
        }
        guard table.complaints.isEmpty else { throw CommandFailure(.usage, table.complaints) }
        return divisions
    }

    private static func policy(_ options: Init) throws(CommandFailure) -> Policy {
        let policy =
            options.policy == "default"
            ? DefaultPolicy.policy : try PolicyFile.read(options.policy).policy
        guard options.withoutRecordingClock else { return policy }
        guard case .object(let members) = policy.content else { return policy }
        let content = JSONValue.object(
            members.map { member in
                guard member.name == "clocks", let clocks = member.value.array else {
                    return (member.name, member.value)
                }
                return (
                    member.name,
                    .array(
                        clocks.filter { $0["code"]?.string != Policy.ClockCode.recording.rawValue })
                )
            })
        return try PolicyFile.policy(content, path: options.policy)
    }

    /// The genesis record.
    func genesis(id: LedgerID, keys files: borrowing NewKeyFiles) throws(CommandFailure) -> Genesis
    {
        var roots: [Genesis.RootKey] = []
        for index in 0..<rootCount {
            let new = try files.prove(
                index, ledger: id, origin: origin, role: .root, unit: steward,
                person: keys[index].person)
            roots.append(
                Genesis.RootKey(
                    person: keys[index].person, publicKey: new.publicKey, proof: new.proof))
        }
        return Genesis(
            coverage: coverage, id: id, rootKeys: roots, nature: nature, origin: origin,
            steward: steward, suite: .sha256Ed25519, title: title)
    }

    /// Units, policy and officers' keys.
    func entries(
        _ genesis: Genesis, keys files: borrowing NewKeyFiles, now: Timestamp
    ) throws(CommandFailure) -> [RecordFields] {
        var entries = divisions.map { division in
            UnitEntry(
                unit: division.unit, parent: division.parent, name: division.name,
                aliases: division.aliases
            ).fields
        }
        entries.append(
            PolicyEntry(
                action: .adopt(
                    content: policy.content, policy: policy, effective: BusinessDay.of(now),
                    approval: nil)
            ).fields)
        for index in keys.indices.dropFirst(rootCount) {
            let key = keys[index]
            let new = try files.prove(
                index, ledger: genesis.id, origin: origin, role: key.role, unit: key.unit,
                person: key.person)
            entries.append(
                KeyEntry(
                    key: files.publicKey(index).keyID,
                    action: .enrol(new, role: key.role, unit: key.unit, person: key.person)
                ).fields)
        }
        return entries
    }
}

/// Collects what is wrong with the options of a founding.
private struct Check {
    var complaints: [Complaint] = []

    mutating func note(_ option: String, _ text: String, zh: String, en: String) {
        complaints.append(
            Complaint(
                zh: "\(option)：“\(text)”不合要求，应为\(zh)；请改正",
                en: "\(option): “\(text)” will not do, expected \(en); correct it"))
    }

    mutating func unit(_ option: String, _ text: String) -> UnitID? {
        if let unit = UnitID(text), unit != .state { return unit }
        note(option, text, zh: "12位代码或 x- 编号", en: "12 digits or an x- id")
        return nil
    }

    /// Every unit from the steward up to its province, and every parent, is in the table.
    mutating func chain(to steward: UnitID, in divisions: [Division]) {
        let parents = Dictionary(
            divisions.map { ($0.unit, $0.parent) }, uniquingKeysWith: { first, _ in first })
        if parents[steward] == nil {
            complaints.append(
                Complaint(
                    zh: "--divisions：表中没有管账单位 \(steward)；请补上",
                    en: "--divisions: the steward \(steward) is not in the table; add it"))
        }
        for division in divisions where division.parent != .state && parents[division.parent] == nil
        {
            complaints.append(
                Complaint(
                    zh:
                        "--divisions：第 \(division.line) 行 \(division.name) 的上级 \(division.parent) 不在表中；"
                        + "请补上，直至省级",
                    en: "--divisions: line \(division.line): the parent \(division.parent) of "
                        + "\(division.name) is not in the table; add every level up to the province"
                ))
        }
    }

    /// `PERSON`, `PERSON=FILE` or, for officers, `PERSON=FILE:UNIT`.
    mutating func key(
        _ option: String, _ text: String, _ role: KeyRole, _ steward: UnitID, _ folder: String
    ) -> FoundingPlan.Key? {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let person = PersonID(String(parts[0])) else {
            note(
                option, text, zh: "人员编号（2至32个字母、数字、. _ -，字母开头），可加 =文件",
                en:
                    "an officer's number (2 to 32 of letters, digits, . _ -, a letter first), then =FILE"
            )
            return nil
        }
        var path = parts.count == 2 ? String(parts[1]) : ""
        var unit = steward
        if role == .officer, let colon = path.lastIndex(of: ":"),
            let named = UnitID(String(path[path.index(after: colon)...]))
        {
            unit = named
            path = String(path[..<colon])
        }
        if path.isEmpty { path = "\(folder)/private/keys/\(person.text).pem" }
        return FoundingPlan.Key(person: person, role: role, unit: unit, path: path)
    }
}
