// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// One declared unit.
public struct Unit: Sendable, Equatable {
    /// Its id.
    public let id: UnitID
    /// The unit it lies in.
    public let parent: UnitID
    /// Its name, as last corrected.
    public internal(set) var name: String
    /// Other names in documents.
    public internal(set) var aliases: [String]
    /// The record that declared it.
    public let seq: Int
}

/// One grant and its totals.
///
/// Its totals are read for every movement, its terms seldom: those lie elsewhere, so that looking
/// at one number copies a hundred bytes and not the whole grant.
public struct Grant: Sendable {
    /// Its number: the record that made it, a grant, a change of purpose or a carry-over.
    public let seq: Int
    @usableFromInline var storedTerms: Shared<GrantEntry>
    /// Where it may be used.
    public let scope: UnitID
    /// Last day on which it may be passed on; nil when not stated.
    public let expiry: CivilDate?
    /// Fen granted.
    public internal(set) var granted: Int64
    /// Fen given back to the source.
    public internal(set) var returned: Int64 = 0
    /// Fen that changes of purpose, carry-overs and settlements brought from other grants.
    public internal(set) var movedIn: Int64 = 0
    /// Fen that they took to other grants.
    public internal(set) var movedOut: Int64 = 0
    /// Fen in all buckets of all units: granted − returned + moved in − moved out, always.
    public internal(set) var held: Int64 = 0
    /// The grant whose terms it took over, by seq, where a change of purpose or a carry-over made it.
    public internal(set) var twinOf: Int?

    init(seq: Int, terms: GrantEntry, granted: Int64, twinOf: Int? = nil) {
        self.seq = seq
        storedTerms = Shared(terms)
        scope = terms.scope
        expiry = terms.expiry
        self.granted = granted
        self.twinOf = twinOf
    }

    /// Its terms, as last corrected.
    @inlinable public internal(set) var terms: GrantEntry {
        get { storedTerms.value }
        set { storedTerms = Shared(newValue) }
    }
}

/// The balances of one grant at one unit.
public struct Account: Sendable {
    /// The grant, as an index into ``FundBook/grants``.
    public let grant: Int
    /// The unit.
    public let unit: UnitID
    /// Fen in each bucket, by ``Bucket`` raw value.
    public internal(set) var balances: InlineBalances
    /// The earliest stated date of a paper that brought money here; nil while none states one.
    public internal(set) var sourceDocumentDate: CivilDate?
    /// Whether `available` was ever below zero in the order of recording.
    public internal(set) var wentNegative = false

    /// Fen in one bucket.
    public subscript(bucket: Bucket) -> Int64 { balances[bucket] }
}

/// Four balances, stored in place.
public struct InlineBalances: Sendable, Equatable {
    private var available: Int64 = 0
    private var committed: Int64 = 0
    private var expended: Int64 = 0
    private var recoverable: Int64 = 0

    subscript(bucket: Bucket) -> Int64 {
        get {
            switch bucket {
            case .available: available
            case .committed: committed
            case .expended: expended
            case .recoverable: recoverable
            }
        }
        set {
            switch bucket {
            case .available: available = newValue
            case .committed: committed = newValue
            case .expended: expended = newValue
            case .recoverable: recoverable = newValue
            }
        }
    }
}

/// A batch, and how many of its lines are still to come.
public struct OpenBatch: Sendable {
    /// The record.
    public let seq: Int
    /// Its account, as an index into ``FundBook/accounts``.
    public let account: Int
    /// The rate that its lines are to keep; nil where neither batch nor policy has one.
    public let rate: BatchEntry.Rate?
    /// The days that a rate per person and day is multiplied by.
    public let days: Int
    /// The roster that it pays, as an index into ``FundBook/rosters``; nil for none.
    public let roster: Int?
    /// Lines still to come.
    public internal(set) var linesLeft: Int
    /// Fen that they must come to.
    public internal(set) var amountLeft: Int64
    var lineCount = 0
}

/// What happened to `available` of one account on one business date.
public struct DayFlow: Sendable, Equatable {
    /// The business date.
    public let date: CivilDate
    /// Fen in.
    public internal(set) var inflow: Int64
    /// Fen out.
    public internal(set) var outflow: Int64
    /// The last record that took something out on that date; −1 for none.
    public internal(set) var outflowSeq: Int
    /// The first record that brought something in on that date; −1 for none.
    public internal(set) var inflowSeq: Int
}

/// The one state machine of money: every balance, grant, unit and policy after the entries so far.
///
/// The writer's pre-flight check, the verifier, the reports: all apply entries here and nowhere
/// else. A violating entry is applied all the same, so that every later figure is what the
/// entries say; whether it violates anything is for the rules.
///
/// What is asked for every entry while it is applied is `mutating` or inlined even where it changes
/// nothing: a call that does not change a value of this size is handed a copy of it.
public struct FundBook: Sendable {
    /// Grants in the order of recording.
    public internal(set) var grants: [Grant] = []
    /// Accounts in the order of first use.
    public internal(set) var accounts: [Account] = []
    /// The policies adopted so far, with the records that adopted them.
    public internal(set) var policies: [(seq: Int, policy: Policy)] = []
    /// Disasters by seq.
    public internal(set) var events: [Int: EventEntry] = [:]
    /// Approved policy contents by seq, as digests in hex.
    public internal(set) var policyApprovals: [Int: String] = [:]

    /// Limits set by plans and decisions, and what has been used of them.
    public internal(set) var ceilings: ContiguousArray<Ceiling> = []
    /// Overrides in the order of recording.
    public internal(set) var overrides: [(seq: Int, entry: OverrideEntry)] = []
    /// Expenses in the order of recording.
    public internal(set) var expenses: ContiguousArray<ExpensePosition> = []
    /// Accounts at banks in the order of recording.
    public internal(set) var bankAccounts: [BankAccountPosition] = []
    /// What was compared with what, in the order of recording.
    public internal(set) var reconciliations: [(seq: Int, entry: ReconciliationEntry)] = []
    /// Findings in the order of recording.
    public internal(set) var findings: [FindingPosition] = []
    /// Promises of co-funding in the order of recording.
    public internal(set) var cofunds: [CofundPosition] = []
    /// What was published, in the order of recording.
    public internal(set) var disclosures: [(seq: Int, entry: DisclosureEntry)] = []
    /// The last day through which any unit's books are closed, as a day number: what is dated
    /// after it lies in no closed period, whatever its unit.
    public internal(set) var lastClosedDay = Int32.min
    /// The batch whose lines came last, complete or not.
    public internal(set) var lastBatch: OpenBatch?

    var plansBySeq: [Int: Plan] = [:]
    /// For each line of plans that replace one another, the ceilings of all items that any had: an
    /// item that comes back has what was used of it.
    var planFamilies: [[(item: String, ceiling: Int32)]] = []
    var decisionsBySeq: [Int: Decision] = [:]
    var payments = PaymentLines()
    /// What lines of batches entitle to.
    var entitlements: [Entitlement] = []
    var entitlementIndices: [Entitlement: Int32] = [:]
    /// Fen of settled payments that were found to be undue, by line.
    var reclaimed: [Int: Int64] = [:]
    /// Payments that wait for a reissue or a cancellation: the result that said so, by line.
    var failures: [Int: (seq: Int, date: CivilDate)] = [:]
    /// The record that gave a line up, by line.
    var cancellations: [Int: Int] = [:]
    var rosterPositions: ContiguousArray<RosterPosition> = []
    var rosterIndices: [Int: Int] = [:]
    /// Where a notice stands: in which roster, and there.
    var noticePlaces: [Int: (roster: Int, notice: Int)] = [:]
    var objectionPlaces: [Int: (roster: Int, notice: Int, objection: Int)] = [:]
    /// Persons of each line of the batches that cite a roster.
    var rosterPersons: ContiguousArray<UInt16> = []
    var unitsByID: [UnitID: Unit] = [:]
    /// The unit that was found to be declared last: entries of one posting mostly name the same.
    var recentUnit: UnitID?
    var grantIndices: [Int: Int] = [:]
    var accountIndices: [AccountKey: Int] = [:]
    var flows: [ContiguousArray<DayFlow>] = []
    var cashFlows: [ContiguousArray<CashDay>] = []
    var bankAccountIndices: [Int: Int] = [:]
    var statementPlaces: [Int: (account: Int, statement: Int)] = [:]
    var findingIndices: [Int: Int] = [:]
    var cofundIndices: [Int: Int] = [:]
    /// Through which day each unit closed its books and those below.
    var closedBooks: [UnitID: (seq: Int, until: CivilDate)] = [:]
    /// Reversals, ascending by seq.
    var reversals: ContiguousArray<ReversalPosition> = []
    /// Entries that later ones may name, ascending by seq.
    var targets: ContiguousArray<MovementTarget> = []
    /// Where recoverables and recoveries took their amounts from, by index of the target.
    var origins: [Int: MovementOrigin] = [:]

    struct AccountKey: Hashable, Sendable {
        let grant: Int
        let unit: UnitID
    }

    /// What a household gets once: the key of R02 besides the payee.
    struct Entitlement: Hashable, Sendable {
        let purpose: String
        let period: String
    }

    /// An empty book.
    public init() {}

    /// The policy in force, and the record that adopted it.
    public var policy: (seq: Int, policy: Policy)? { policies.last }

    /// The declared units, in order of id.
    public var units: [Unit] { unitsByID.values.sorted { $0.id < $1.id } }

    /// A declared unit.
    public func unit(_ id: UnitID) -> Unit? { unitsByID[id] }

    /// The grant that a record made.
    public func grant(seq: Int) -> Grant? { grantIndices[seq].map { grants[$0] } }

    /// The account of a grant at a unit.
    public func account(grant seq: Int, unit: UnitID) -> Account? {
        guard let grant = grantIndices[seq] else { return nil }
        return accountIndices[AccountKey(grant: grant, unit: unit)].map { accounts[$0] }
    }

    /// What went in and out of an account, by business date, ascending.
    public func flows(of account: Int) -> ContiguousArray<DayFlow> { flows[account] }
}
