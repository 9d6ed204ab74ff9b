// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import LedgerLog
internal import ReliefModel

/// A07 越权: an entry is sealed by a key whose role or subtree does not cover it.
///
/// The log itself refuses seals by unknown keys and ignores enrolments without right; this rule
/// reports those, and holds every entry to FORMAT.md §5.
struct A07Authority: Rule {
    static let info = RuleInfo(
        code: .a07, severity: .refuse, isOverridable: false, isRefusedByWriter: true,
        title: Message(zh: "越权签署", en: "sealed without authority"),
        citation: Message(
            zh: "会计法第25条（一）、第35条（职责分离）；电子签名法第13条",
            en:
                "Accounting Law Art. 25(1), 35 (separation of duties); Electronic Signature Law Art. 13"
        ),
        documentation: Message(
            zh: "根密钥管密钥、政策、单位；登记密钥管本单位范围内的密钥和单位；经办密钥管本单位范围内的单位和资金。"
                + "新政策须由根密钥签署，另一人事先批准同一内容，单独成批。对不可例外批准的规则作出的例外批准无效。越权的密钥、政策和例外批准记录不生效，资金记录照常入账并报告。",
            en: "Root keys seal keys, policy and units; registrar keys the keys and units of their "
                + "subtree; officer keys units and money of theirs. A new policy needs a root key, "
                + "another person's earlier approval of the same content, and a posting of its own. An "
                + "override of a rule that allows none has no effect. A "
                + "key, policy or override entry without right has no effect; a money entry is applied all the "
                + "same and reported."))

    private var approvals: [Int: (person: PersonID, digest: String)] = [:]
    private var steward = UnitID.state
    private var contentDigest: @Sendable (JSONValue) -> String = { _ in "" }
    /// A later policy in the open posting, in force once the posting turns out to hold nothing
    /// else.
    private var adoption: (seq: Int, entry: PolicyEntry)?
    private var entryCount = 0
    /// The last unit that the posting's key was found to act for.
    private var passed: (postingSeq: Int, unit: UnitID)?

    mutating func begin(_ genesis: Genesis) {
        steward = genesis.steward
        contentDigest = { genesis.suite.contentDigest(of: $0) }
    }

    mutating func open() {
        adoption = nil
        entryCount = 0
    }

    /// The later policy that takes effect with the posting's seal, if it stands there alone.
    mutating func close(into findings: inout [Finding]) -> (seq: Int, entry: PolicyEntry)? {
        defer { adoption = nil }
        guard let adoption, entryCount > 1 else { return adoption }
        findings.append(notAlone(adoption.seq))
        return nil
    }

    private func notAlone(_ seq: Int) -> Finding {
        finding(
            seq, steward,
            Message(
                zh: "新政策应单独成批；本条未生效",
                en: "a new policy stands in a posting of its own; this one has no effect"))
    }

    /// Why a key entry had no effect, as the log says.
    mutating func observe(
        _ entry: KeyEntry, seq: Int, refusal: Message?, into findings: inout [Finding]
    ) {
        entryCount += 1
        guard let refusal else { return }
        var unit = steward
        if case .enrol(_, _, let enrolled, _) = entry.action { unit = enrolled }
        findings.append(finding(seq, unit, refusal))
    }

    /// Checks a movement: officers of the acting unit, or of one that contains it.
    mutating func check(
        _ movement: Movement, seal: borrowing SealingContext, into findings: inout [Finding]
    ) {
        entryCount += 1
        if passed?.postingSeq == seal.postingSeq, passed?.unit == movement.unit { return }
        guard let role = seal.role, let unit = seal.unit,
            role != .officer || !unit.contains(movement.unit)
        else {
            passed = (seal.postingSeq, movement.unit)
            return
        }
        refuse(movement.seq, movement.unit, role, unit, grant: movement.grant, &findings)
    }

    /// Whose authority an entry stands under.
    private struct Signer {
        let role: KeyRole
        let unit: UnitID

        /// Nil where the key is unknown.
        init?(_ seal: borrowing SealingContext) {
            guard let role = seal.role, let unit = seal.unit else { return nil }
            self.role = role
            self.unit = unit
        }
    }

    /// Checks any other entry before it is applied.
    ///
    /// - Returns: False when the entry may not take effect at all.
    mutating func admits(
        _ entry: Entry, seq: Int, seal: borrowing SealingContext, book: borrowing FundBook,
        into findings: inout [Finding]
    ) -> Bool {
        entryCount += 1
        guard let signer = Signer(seal) else { return true }
        switch entry {
        case .movement, .payment:
            preconditionFailure("A07Authority.admits: movements and payments are not checked here")
        case .grant, .event, .plan, .decision, .batch, .expense, .irregular, .roster, .notice,
            .objection, .repurpose, .carryover, .settlement, .cofund, .account, .statement,
            .reconciliation, .finding, .resolution, .close, .disclosure:
            guard let unit = entry.unit else { return true }
            requireOfficer(of: unit, signer, seq, grant: entry.grant(seq: seq), &findings)
        case .override(let override):
            return admits(override, signer, seq: seq, into: &findings)
        case .unit(let unit):
            if signer.role != .root, !signer.unit.contains(unit.parent) {
                refuse(seq, unit.parent, signer.role, signer.unit, grant: nil, &findings)
            }
        case .amend(let amendment):
            // Units are governance: a root key may name and correct them.
            if signer.role == .root, book.unit(declaredAt: amendment.target) != nil { return true }
            requireOfficer(of: acting(amendment, book), signer, seq, grant: nil, &findings)
        case .policy(let policy):
            return admits(policy, seq: seq, seal: seal, book: book, into: &findings)
        }
        return true
    }

    /// An override that nobody may give, or by whom it may not be given, has no effect.
    private func admits(
        _ entry: OverrideEntry, _ signer: Signer, seq: Int, into findings: inout [Finding]
    ) -> Bool {
        guard signer.role == .officer, signer.unit.contains(entry.unit) else {
            refuse(seq, entry.unit, signer.role, signer.unit, grant: entry.grant, &findings)
            return false
        }
        if RuleSet.overridableCodes.contains(entry.rule) { return true }
        findings.append(
            Finding(
                Self.info, seq: seq, unit: entry.unit, grant: entry.grant,
                Message(
                    zh: "规则 \(entry.rule) 不可例外批准；本条未生效",
                    en: "nobody may override rule \(entry.rule); this entry has no effect"),
                expected: .text(RuleSet.overridableCodes.joined(separator: " | ")),
                actual: .text(entry.rule)))
        return false
    }

    /// Counts a payment, which stands under the authority of its batch in the same posting.
    mutating func passPayment() { entryCount += 1 }

    private func requireOfficer(
        of unit: UnitID, _ signer: Signer, _ seq: Int, grant: Int?,
        _ findings: inout [Finding]
    ) {
        guard signer.role != .officer || !signer.unit.contains(unit) else { return }
        refuse(seq, unit, signer.role, signer.unit, grant: grant, &findings)
    }

    /// The unit whose entry is corrected; for a movement, which the book does not keep, the
    /// steward's, so that only a key of the whole ledger may.
    private func acting(_ amendment: Amendment, _ book: borrowing FundBook) -> UnitID {
        if let grant = book.grant(seq: amendment.target) { return grant.terms.unit }
        if let event = book.events[amendment.target] { return event.unit }
        return book.unit(declaredAt: amendment.target)?.parent ?? steward
    }

    private mutating func admits(
        _ entry: PolicyEntry, seq: Int, seal: borrowing SealingContext,
        book: borrowing FundBook, into findings: inout [Finding]
    ) -> Bool {
        guard let signer = Signer(seal), let person = seal.person else { return true }
        guard signer.role == .root else {
            findings.append(
                Finding(
                    Self.info, seq: seq, unit: steward,
                    Message(
                        zh: "政策只能由根密钥批准和施行；本条未生效",
                        en: "only root keys approve and adopt a policy; this entry has no effect"),
                    expected: .text(KeyRole.root.rawValue),
                    actual: .text("\(signer.role.rawValue) \(signer.unit)")))
            return false
        }
        switch entry.action {
        case .approve(let digest):
            approvals[seq] = (person, digest)
            return true
        case .adopt(let content, _, _, let approval):
            guard book.policy != nil else { return true }
            guard let approval, let approved = approvals[approval],
                approved.person != person, approved.digest == contentDigest(content)
            else {
                findings.append(
                    finding(
                        seq, steward,
                        Message(
                            zh: "新政策须先由另一人批准同一内容；本条未生效",
                            en:
                                "a new policy needs another person's earlier approval of the same content; "
                                + "this one has no effect")))
                return false
            }
            if entryCount == 1 {
                adoption = (seq, entry)
            } else {
                findings.append(notAlone(seq))
            }
            return false
        }
    }

    private func refuse(
        _ seq: Int, _ unit: UnitID, _ role: KeyRole, _ keyUnit: UnitID, grant: Int?,
        _ findings: inout [Finding]
    ) {
        findings.append(
            Finding(
                Self.info, seq: seq, unit: unit, grant: grant,
                Message(
                    zh: "本批的密钥（\(role.keyName.zh)，\(keyUnit)）无权为 \(unit) 签署此类记录；"
                        + "请由该单位或其上级的经办密钥签署",
                    en: "this posting's key (\(role.rawValue) of \(keyUnit)) may not seal this for "
                        + "\(unit); use an officer key of that unit or one above it"),
                expected: .text("∋ \(unit)"), actual: .text("\(role.rawValue) \(keyUnit)")))
    }

    private func finding(_ seq: Int, _ unit: UnitID, _ message: Message) -> Finding {
        Finding(Self.info, seq: seq, unit: unit, message)
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus { .clean }
}
