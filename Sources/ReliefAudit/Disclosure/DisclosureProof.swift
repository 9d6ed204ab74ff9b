// SPDX-License-Identifier: Apache-2.0

public import LedgerCrypto
public import LedgerFormat
public import LedgerLog

/// What ties the rows of a disclosure to a sealed ledger, without the ledger (FORMAT.md §14).
public struct DisclosureProof: Sendable, Equatable {
    /// The name of the form.
    public static let format = "relief-ledger/disclosure-proof/v1"

    /// A record as the proof gives it.
    public struct Given: Sendable, Equatable {
        /// What its leaf hash is said to be.
        public let leaf: Digest
        /// Its fields; without `prev` where the record before it is given too.
        public let record: JSONValue

        /// Joins a record and its leaf.
        public init(leaf: Digest, record: JSONValue) {
            self.leaf = leaf
            self.record = record
        }

        /// Its number; nil where it states none.
        public var seq: Int? { record["seq"]?.integer.flatMap { Int(exactly: $0) } }
    }

    /// One row.
    public enum Row: Sendable, Equatable {
        /// A row that is shown.
        case shown(Given)
        /// A row of which only number and leaf are told.
        case withheld(seq: Int, leaf: Digest)

        /// Its number; nil where it states none.
        public var seq: Int? {
            switch self {
            case .shown(let given): given.seq
            case .withheld(let seq, _): seq
            }
        }

        /// The record of a row that is shown.
        var shown: Given? {
            if case .shown(let given) = self { return given }
            return nil
        }

        /// What its leaf hash is said to be.
        public var leaf: Digest {
            switch self {
            case .shown(let given): given.leaf
            case .withheld(_, let leaf): leaf
            }
        }
    }

    /// Which of the disclosure's rows these are, where they are not all.
    public struct Part: Sendable, Equatable {
        /// The first, from 0.
        public let first: Int
        /// The proof of them against the disclosure's root.
        public let tree: TreeProof

        /// Joins place and proof.
        public init(first: Int, tree: TreeProof) {
            self.first = first
            self.tree = tree
        }
    }

    /// Rows of a roster that are opened (FORMAT.md §5.2): whom payments went to.
    public struct OpenedRoster: Sendable, Equatable {
        /// One of them.
        public struct Row: Sendable, Equatable {
            /// Its place in the roster, from 0.
            public let index: Int
            /// Its line, as an object.
            public let row: JSONValue
            /// The payment to the household, by seq.
            public let payment: Int

            /// Joins a row and its payment.
            public init(index: Int, row: JSONValue, payment: Int) {
                self.index = index
                self.row = row
                self.payment = payment
            }
        }

        /// The roster entry.
        public let seq: Int
        /// How many rows the roster has.
        public let size: Int
        /// The rows, ascending by index.
        public let rows: [Row]
        /// The proof of them against the roster's root.
        public let tree: TreeProof

        /// Names a roster and its opened rows.
        public init(seq: Int, size: Int, rows: [Row], tree: TreeProof) {
            self.seq = seq
            self.size = size
            self.rows = rows
            self.tree = tree
        }
    }

    /// How many records the seal covers.
    public let size: Int
    /// What the rows rest on, ascending.
    public let records: [Given]
    /// The rows, in the order of the disclosure.
    public let rows: [Row]
    /// The proof of both against the seal's root.
    public let tree: TreeProof
    /// The seal record.
    public let seal: JSONValue
    /// Where the rows are not all.
    public let part: Part?
    /// Whom payments went to; the board's edition only.
    public let rosters: [OpenedRoster]

    /// Joins the parts of a proof.
    public init(
        size: Int, records: [Given], rows: [Row], tree: TreeProof, seal: JSONValue,
        part: Part? = nil, rosters: [OpenedRoster] = []
    ) {
        self.size = size
        self.records = records
        self.rows = rows
        self.tree = tree
        self.seal = seal
        self.part = part
        self.rosters = rosters
    }
}
