// SPDX-License-Identifier: Apache-2.0

/// Why one record is refused, whatever its place in the chain.
public struct RecordFault: Error, Sendable, Equatable {
    /// The two ways in which a record can be wrong by itself.
    public enum Kind: Sendable {
        /// Its bytes or fields are not what the format allows.
        case malformed
        /// It refers to a record or a unit that is not there, or is of another kind.
        case dangling
    }

    /// Which of the two.
    public let kind: Kind
    /// Byte offset inside the line, from 0, where it is known.
    public let offset: Int
    /// What is wrong.
    public let message: Message

    /// A fault of the record's bytes or fields.
    @inline(never)
    public static func malformed(_ message: Message, offset: Int = 0) -> RecordFault {
        RecordFault(kind: .malformed, offset: offset, message: message)
    }

    /// A reference to nothing, or to the wrong kind of record.
    @inline(never)
    public static func dangling(_ message: Message) -> RecordFault {
        RecordFault(kind: .dangling, offset: 0, message: message)
    }

    /// A fault of the text itself, as the parser found it.
    @inline(never)
    public static func format(_ error: FormatError) -> RecordFault {
        RecordFault(kind: .malformed, offset: error.offset, message: error.message)
    }
}
