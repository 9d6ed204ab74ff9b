// SPDX-License-Identifier: Apache-2.0

import LedgerFormat

@testable import ReliefModel

/// Makes entries of every kind, most of them possible, some of them not.
struct SpendingHistory {
    static let county = UnitID("530523000000") ?? .state
    static let township = UnitID("530523204000") ?? .state
    static let village = UnitID("530523204001") ?? .state
    static let stranger = UnitID("530524000000") ?? .state

    var random: HistoryGenerator
    /// Records by kind, as they were accepted or not.
    private var seqs: [EntryKind: [Int]] = [:]
    private var amounts: [Int: Int64] = [:]
    private var units: [Int: UnitID] = [:]
    private var grants: [Int: Int] = [:]
    private var rosters: [Int: RosterEntry] = [:]
    /// Lines of the batch that was made last, still to come.
    private var pending: [Payment] = []
    /// Whether the last entry ended a batch before its lines had come.
    private(set) var breaksBatch = false

    init(seed: UInt64) { random = HistoryGenerator(seed: seed) }

    /// A book, the units declared at 0 to 2.
    static func founded() throws -> FundBook {
        var book = FundBook()
        let units = [(county, UnitID.state), (township, county), (village, township)]
        for (seq, (unit, parent)) in units.enumerated() {
            _ = try book.apply(
                .unit(UnitEntry(unit: unit, parent: parent, name: "单位")), seq: seq)
        }
        return book
    }

    /// The next entry.
    mutating func next(_ seq: Int) -> Entry {
        breaksBatch = false
        if !pending.isEmpty, !isOneIn(40) {
            let payment = pending.removeFirst()
            seqs[.payment, default: []].append(seq)
            amounts[seq] = payment.amount
            units[seq] = payment.unit
            grants[seq] = payment.grant
            return .payment(payment)
        }
        breaksBatch = !pending.isEmpty && isOneIn(2)
        pending = []
        let kinds: [EntryKind] = [
            .grant, .allocation, .allocation, .recall, .return, .receipt, .plan, .decision,
            .override, .batch, .batch, .batch, .payment, .result, .result, .result, .result,
            .reissue, .cancel, .cancel, .expense, .expense, .expense, .reversal, .reversal,
            .reversal, .irregular, .recoverable, .recoverable, .recoverable, .recovery, .recovery,
            .roster, .roster, .notice, .objection, .objection, .repurpose, .carryover,
            .settlement, .settlement, .receipt, .reissue, .reissue, .cofund, .cofund, .account,
            .account, .statement,
            .reconciliation, .finding, .resolution, .resolution, .close, .disclosure,
        ]
        let kind = seq < 6 ? .grant : random.pick(kinds, or: .grant)
        let entry = make(kind, seq)
        seqs[kind, default: []].append(seq)
        amounts[seq] = entry.amount
        units[seq] = entry.unit
        grants[seq] = entry.grant(seq: seq)
        return entry
    }

    // MARK: - Parts

    private mutating func isOneIn(_ count: Int) -> Bool {
        Int.random(in: 0..<count, using: &random) == 0
    }

    private mutating func amount() -> Int64 { Int64.random(in: 1...1000, using: &random) }

    private mutating func unit() -> UnitID {
        isOneIn(30)
            ? Self.stranger
            : random.pick([Self.county, Self.county, Self.township, Self.village], or: Self.county)
    }

    private mutating func date() -> CivilDate {
        CivilDate(day: Int32.random(in: 19_000...19_030, using: &random)) ?? CivilDate.founding
    }

    /// An earlier record, nearly always of one of the kinds.
    private mutating func earlier(_ kinds: EntryKind..., before seq: Int) -> Int {
        let fitting = kinds.flatMap { seqs[$0] ?? [] }
        return isOneIn(25) || fitting.isEmpty
            ? Int.random(in: 0..<seq, using: &random) : random.pick(fitting, or: 0)
    }

    private mutating func grant(before seq: Int) -> Int {
        isOneIn(3) ? earlier(.grant, .repurpose, .carryover, before: seq) : 3
    }

    private mutating func item() -> String { random.pick(["food", "heating", "tent"], or: "food") }

    private mutating func payee() -> PayeeID {
        PayeeID(pseudonym: UInt128(random.pick([1, 2, 3], or: 1)))
    }

    // MARK: - Entries

    private mutating func make(_ kind: EntryKind, _ seq: Int) -> Entry {
        switch kind {
        case .grant: makeGrant()
        case .plan: .plan(makePlan(seq))
        case .decision: .decision(makeDecision(seq))
        case .override:
            .override(
                OverrideEntry(
                    unit: unit(), grant: grant(before: seq), rule: "B02", amount: amount(),
                    date: date(), reason: "例外"))
        case .batch: .batch(makeBatch(seq))
        case .payment:
            // Out of place, always.
            .payment(
                Payment(
                    seq: seq, batch: earlier(.batch, before: seq), grant: grant(before: seq),
                    unit: unit(), amount: amount(), pseudonym: 9, persons: 1))
        case .expense:
            .expense(ExpenseEntry(spending: makeSpending(seq, amount()), payee: payee()))
        case .irregular:
            .irregular(
                IrregularEntry(
                    unit: unit(), grant: grant(before: seq), amount: amount(), date: date(),
                    rules: ["E03"], finding: "挪用"))
        case .roster: .roster(makeRoster(seq))
        case .notice:
            .notice(
                NoticeEntry(
                    unit: unit(), grant: grant(before: seq),
                    target: earlier(.roster, before: seq), round: 1, place: "村口", date: date(),
                    until: date(), count: 1, amount: amount()))
        case .objection:
            isOneIn(2)
                ? .objection(
                    ObjectionEntry(
                        unit: unit(), target: earlier(.notice, before: seq), date: date(),
                        reason: "不符"))
                : .objection(
                    ObjectionEntry(
                        unit: unit(), target: earlier(.objection, before: seq), date: date(),
                        reason: "已核", outcome: isOneIn(2) ? .upheld : .rejected))
        case .repurpose:
            .repurpose(
                RepurposeEntry(
                    unit: unit(), grant: grant(before: seq), amount: amount(), date: date(),
                    level: .central,
                    destination: isOneIn(2)
                        ? .into(grant(before: seq))
                        : .purpose(random.pick(["G0", "U0", "P1"], or: "G0")),
                    document: Self.paper))
        case .carryover:
            .carryover(
                CarryoverEntry(
                    unit: unit(), grant: grant(before: seq), amount: amount(), date: date(),
                    into: isOneIn(2) ? grant(before: seq) : nil))
        case .settlement, .cofund, .account, .statement, .reconciliation, .finding, .resolution,
            .close, .disclosure:
            makeAudit(kind, seq)
        default: .movement(makeMovement(kind, seq))
        }
    }

    private mutating func makeGrant() -> Entry {
        let unit = unit()
        return .grant(
            GrantEntry(
                unit: unit, amount: amount() * 5, cause: .flood, date: date(),
                document: Document(number: "1", date: nil) ?? Self.paper, expiry: nil,
                function: nil, purpose: random.pick(["G0", "U0", "U0", "P1"], or: "G0"),
                scope: unit, source: .central, title: "款",
                type: isOneIn(3) ? .advance : .regular, year: 2022))
    }

    private static let paper: Document = {
        guard let paper = Document(number: "1", date: nil) else {
            preconditionFailure("a paper with a number")
        }
        return paper
    }()

    private mutating func makePlan(_ seq: Int) -> PlanEntry {
        var items = ["food", "heating", "tent"]
        items.shuffle(using: &random)
        let lines = items.prefix(Int.random(in: 1...3, using: &random)).map { ($0, amount()) }
        let old = isOneIn(2) ? earlier(.plan, before: seq) : nil
        let isAligned = !isOneIn(6)
        return PlanEntry(
            unit: isAligned ? old.flatMap { units[$0] } ?? unit() : unit(),
            grant: isAligned
                ? old.flatMap { grants[$0] } ?? grant(before: seq) : grant(before: seq),
            title: "方案", date: date(),
            lines: lines.map { PlanEntry.Line(item: $0.0, amount: $0.1) }, replaces: old)
    }

    private mutating func makeDecision(_ seq: Int) -> DecisionEntry {
        let items = (0..<Int.random(in: 1...3, using: &random)).map { _ in
            DecisionEntry.Item(
                item: item(), amount: amount(), payee: isOneIn(2) ? payee() : nil)
        }
        return DecisionEntry(
            unit: unit(), grant: grant(before: seq), date: date(), meeting: "会", attendees: [],
            quorum: 1, minutes: String(repeating: "0", count: 64), items: items)
    }

    private mutating func makeSpending(_ seq: Int, _ amount: Int64) -> Spending {
        Spending(
            unit: unit(), grant: grant(before: seq), amount: amount, date: date(), item: item(),
            plan: isOneIn(4) ? nil : earlier(.plan, before: seq),
            decision: isOneIn(2) ? nil : earlier(.decision, before: seq))
    }

    private mutating func makeBatch(_ seq: Int) -> BatchEntry {
        let lines = (0..<Int.random(in: 1...4, using: &random)).map { _ in amount() }
        let total = lines.reduce(0, +)
        let spending = makeSpending(seq, isOneIn(20) ? total + 1 : total)
        let count = isOneIn(20) ? lines.count + 1 : lines.count
        pending = lines.enumerated().map { place, amount in
            Payment(
                seq: isOneIn(60) ? seq : seq + 1 + place, batch: isOneIn(60) ? seq - 1 : seq,
                grant: isOneIn(30) ? earlier(.grant, before: seq) : spending.grant,
                unit: isOneIn(60) ? unit() : spending.unit, amount: amount,
                pseudonym: UInt128(random.pick([1, 2, 3], or: 1)),
                persons: random.pick([1, 2, 3], or: 1))
        }
        if isOneIn(20) { pending.append(pending[0]) }
        return BatchEntry(
            spending: spending, count: count, period: random.pick(["一月", "二月"], or: "一月"),
            roster: isOneIn(2) ? nil : earlier(.roster, before: seq))
    }

    private mutating func makeRoster(_ seq: Int) -> RosterEntry {
        let old = isOneIn(3) ? earlier(.roster, before: seq) : nil
        let like = isOneIn(6) ? nil : old.flatMap { rosters[$0] }
        let roster = RosterEntry(
            unit: like?.unit ?? unit(), grant: like?.grant ?? grant(before: seq),
            item: like?.item ?? item(), period: like?.period ?? "一月", date: date(),
            stage: .approved, count: 3, persons: 6, amount: amount(),
            root: String(repeating: "A", count: 43) + "=", replaces: old)
        rosters[seq] = roster
        return roster
    }

    // MARK: - Settling and auditing

    private mutating func makeAudit(_ kind: EntryKind, _ seq: Int) -> Entry {
        switch kind {
        case .settlement:
            .settlement(
                SettlementEntry(
                    unit: unit(), grant: earlier(.grant, before: seq),
                    into: earlier(.grant, before: seq), amount: amount(), date: date(),
                    document: Self.paper))
        case .cofund: .cofund(makeCofund(seq))
        case .account: .account(makeAccount(seq))
        case .statement: .statement(makeStatement(seq))
        case .reconciliation: .reconciliation(makeReconciliation(seq))
        case .finding:
            .finding(
                FindingEntry(
                    unit: unit(), rule: "E03", target: Int.random(in: 1..<seq, using: &random),
                    date: date(), text: "疑点"))
        case .resolution: .resolution(makeResolution(seq))
        case .disclosure:
            .disclosure(
                DisclosureEntry(
                    unit: unit(), date: date(), from: date(), until: date(), round: 1,
                    profile: .totals, count: 0, amount: 0, root: "", files: ""))
        default:
            .close(CloseEntry(unit: unit(), until: date(), date: CivilDate(day: 19_100) ?? date()))
        }
    }

    private mutating func owner(of target: Int) -> UnitID {
        isOneIn(8) ? unit() : units[target] ?? unit()
    }

    private mutating func makeCofund(_ seq: Int) -> CofundEntry {
        guard isOneIn(2) else {
            return CofundEntry(
                unit: unit(), grant: grant(before: seq),
                part: .promise(
                    title: "项目",
                    shares: [
                        CofundEntry.Share(source: .central, amount: amount()),
                        CofundEntry.Share(source: .county, amount: amount()),
                    ], until: date()), date: date())
        }
        let target = earlier(.cofund, before: seq)
        return CofundEntry(
            unit: owner(of: target), grant: grant(before: seq),
            part: .contribution(
                target: target, source: random.pick([.central, .central, .county], or: .central),
                amount: amount()), date: date())
    }

    private mutating func makeAccount(_ seq: Int) -> BankAccountEntry {
        guard isOneIn(3) else {
            return BankAccountEntry(
                unit: unit(),
                action: .open(
                    BankAccountEntry.Terms(
                        name: "专户", bank: "银行", ending: "0001", isRelief: true)), date: date())
        }
        let target = earlier(.account, before: seq)
        return BankAccountEntry(
            unit: owner(of: target), action: .close(target: target), date: date())
    }

    private mutating func makeStatement(_ seq: Int) -> StatementEntry {
        let target = earlier(.account, before: seq)
        let day = date()
        return StatementEntry(
            unit: owner(of: target), target: target, date: day, until: day, opening: 0,
            inflow: 0, outflow: 0, closing: 0, count: 0)
    }

    private mutating func makeReconciliation(_ seq: Int) -> ReconciliationEntry {
        let basis = random.pick(ReconciliationBasis.allCases, or: .bank)
        let target: Int? =
            switch basis {
            case .bank: earlier(.statement, before: seq)
            case .books: earlier(.allocation, .grant, before: seq)
            case .report, .voucher: isOneIn(2) ? earlier(.batch, before: seq) : nil
            }
        let item = ReconciliationEntry.Item(
            amount: amount(), side: .book, since: date(),
            record: isOneIn(2) ? earlier(.expense, before: seq) : nil, reason: "未达")
        return ReconciliationEntry(
            unit: target.map { owner(of: $0) } ?? unit(), basis: basis, date: date(),
            target: target, book: 0, stated: 0, items: isOneIn(2) ? [item] : [])
    }

    private mutating func makeResolution(_ seq: Int) -> ResolutionEntry {
        let target = earlier(.finding, before: seq)
        let outcome = random.pick(ResolutionEntry.Outcome.allCases, or: .explained)
        return ResolutionEntry(
            unit: owner(of: target), target: target, outcome: outcome,
            record: outcome == .rectified
                ? earlier(.reversal, .recovery, .recall, .return, before: seq) : nil,
            date: date(), reason: "核实")
    }

    private mutating func makeMovement(_ kind: EntryKind, _ seq: Int) -> Movement {
        var target: Int?
        var outcome: Movement.Outcome?
        switch kind {
        case .receipt: target = earlier(.grant, .allocation, before: seq)
        case .result, .reissue, .cancel:
            target = earlier(.payment, before: seq)
            if kind == .result { outcome = random.pick(Movement.Outcome.allCases, or: .settled) }
        case .reversal:
            target = earlier(
                .allocation, .recall, .return, .expense, .irregular, .recoverable, .recovery,
                .repurpose, .carryover, .settlement, before: seq)
        case .recoverable: target = earlier(.payment, .expense, before: seq)
        case .recovery: target = earlier(.irregular, .recoverable, before: seq)
        default: break
        }
        let isWhole = [.result, .reissue, .cancel].contains(kind) && !isOneIn(20)
        let most = target.flatMap { amounts[$0] } ?? amount()
        let isOwn = target != nil && !isOneIn(20)
        let isUp = kind == .return && isOneIn(2)
        let hasOther = [.allocation, .recall, .return].contains(kind) && !isUp
        return Movement(
            kind: kind, seq: seq,
            grant: isOwn ? target.flatMap { grants[$0] } ?? 3 : grant(before: seq), target: target,
            unit: isOwn ? target.flatMap { units[$0] } ?? unit() : unit(),
            other: hasOther ? unit() : nil,
            amount: isWhole ? most : Int64.random(in: 1...most + 10, using: &random),
            date: date(), outcome: outcome)
    }
}

extension CivilDate {
    fileprivate static var founding: CivilDate {
        guard let date = CivilDate(year: 1949, month: 10, day: 1) else {
            preconditionFailure("a date of the format")
        }
        return date
    }
}
