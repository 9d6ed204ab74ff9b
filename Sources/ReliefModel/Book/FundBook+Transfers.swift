// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

// Money of one unit from one grant to another: only these three kinds do it.
extension FundBook {
    mutating func apply(_ entry: RepurposeEntry, seq: Int) throws(RecordFault) -> Effect {
        let giving = try grantIndex(entry.grant)
        try require(entry.unit)
        let receiving: Int
        switch entry.destination {
        case .into(let into): receiving = try receiver(into, giving: entry.grant)
        case .purpose(let purpose):
            try requirePurpose(purpose)
            guard purpose != grants[giving].terms.purpose else {
                throw .dangling(
                    Message(
                        zh: "第 \(entry.grant) 条指标的用途已经是 \(purpose)",
                        en: "grant \(entry.grant) has purpose \(purpose) already"))
            }
            receiving = openTwin(of: giving, seq: seq, entry.date, entry.document) {
                $0.purpose = purpose
            }
        }
        return try transfer(
            .repurpose, entry.amount, unit: entry.unit, giving, receiving, on: entry.date,
            document: entry.document.date, seq: seq)
    }

    mutating func apply(_ entry: CarryoverEntry, seq: Int) throws(RecordFault) -> Effect {
        let giving = try grantIndex(entry.grant)
        try require(entry.unit)
        let receiving: Int
        if let into = entry.into {
            receiving = try receiver(into, giving: entry.grant)
        } else {
            let year = grants[giving].terms.year + 1
            guard CivilDate.years.contains(year),
                let end = CivilDate(year: year, month: 12, day: 31)
            else {
                throw .dangling(
                    Message(zh: "账本格式没有 \(year) 年", en: "the format knows no year \(year)"))
            }
            receiving = openTwin(of: giving, seq: seq, entry.date, entry.document) {
                $0.year = year
                // What goes on into a year may be used in it (预算法第42条).
                $0.expiry = $0.expiry.map { max($0, end) }
            }
        }
        return try transfer(
            .carryover, entry.amount, unit: entry.unit, giving, receiving, on: entry.date,
            document: entry.document?.date, seq: seq)
    }

    mutating func apply(_ entry: SettlementEntry, seq: Int) throws(RecordFault) -> Effect {
        let giving = try grantIndex(entry.grant)
        try require(entry.unit)
        guard grants[giving].terms.type == .advance else {
            throw .dangling(
                Message(
                    zh: "第 \(entry.grant) 条指标不是预拨", en: "grant \(entry.grant) is no advance"))
        }
        let receiving = try receiver(entry.into, giving: entry.grant)
        guard grants[receiving].terms.type != .advance else {
            throw .dangling(
                Message(
                    zh: "第 \(entry.into) 条指标也是预拨，不能用来清算",
                    en: "grant \(entry.into) is an advance itself and settles none"))
        }
        return try transfer(
            .settlement, entry.amount, unit: entry.unit, giving, receiving, on: entry.date,
            document: entry.document.date, seq: seq)
    }

    /// The grant that an entry names as the one that receives, as an index.
    private mutating func receiver(_ into: Int, giving: Int) throws(RecordFault) -> Int {
        guard into != giving else {
            throw .dangling(
                Message(
                    zh: "转出和转入是同一条指标 \(giving)", en: "grant \(giving) cannot give to itself"))
        }
        return try grantIndex(into)
    }

    /// Opens a grant of 0 with the terms of another but for what is changed.
    ///
    /// Its number is the record's. Undone by ``closeLastGrant()``.
    private mutating func openTwin(
        of grant: Int, seq: Int, _ date: CivilDate, _ document: Document?,
        _ change: (inout GrantEntry) -> Void
    ) -> Int {
        var terms = grants[grant].terms
        terms.amount = 0
        terms.date = date
        terms.memo = nil
        if let document { terms.document = document }
        change(&terms)
        let index = grants.count
        grants.append(
            Grant(seq: seq, terms: terms, granted: 0, twinOf: grants[grant].seq))
        grantIndices[seq] = index
        return index
    }

    /// Takes back a grant that only the entry at hand would have opened.
    mutating func closeLastGrant() {
        guard let grant = grants.popLast() else { return }
        grantIndices[grant.seq] = nil
    }

    private mutating func transfer(
        _ kind: EntryKind, _ amount: Int64, unit: UnitID, _ giving: Int, _ receiving: Int,
        on date: CivilDate, document: CivilDate?, seq: Int
    ) throws(RecordFault) -> Effect {
        guard let ends = Move.of(kind) else {
            preconditionFailure("FundBook.transfer: \(kind) moves nothing")
        }
        let acting = try existingOrNew(grant: giving, unit: unit)
        let other = try existingOrNew(grant: receiving, unit: unit)
        var effect = Effect()
        effect.grant = giving
        let from = place(ends.from, acting: acting, other: other)
        let to = place(ends.to, acting: acting, other: other)
        note(from, to, in: &effect)
        try shift(amount, from: from, to: to, on: date, seq: seq)
        // Without a paper of its own, the money rests on the one that first brought it.
        remember(
            kind, seq, amount, from: acting, to: other, on: date,
            document: document ?? effect.restsOn)
        return effect
    }
}
