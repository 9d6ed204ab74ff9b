// SPDX-License-Identifier: Apache-2.0

/// A value of the ledger's JSON: no `null`, no fraction.
///
/// Equality compares code points, not Unicode equivalence: text is stored as given.
public indirect enum JSONValue: Sendable, Equatable {
    /// An object, its members in canonical order when parsed or built with ``object(_:)``.
    case object([Member])
    /// An array.
    case array([JSONValue])
    /// A string.
    case string(String)
    /// An integer within ±(2^53−1).
    case integer(Int64)
    /// `true` or `false`.
    case boolean(Bool)

    /// A name and its value inside an object.
    public struct Member: Sendable, Equatable {
        /// The name.
        public let name: String
        /// The value.
        public let value: JSONValue

        /// Pairs a name with its value.
        public init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }

        /// Whether names and values have the same code points.
        public static func == (left: Member, right: Member) -> Bool {
            left.name.utf8.elementsEqual(right.name.utf8) && left.value == right.value
        }

        /// Whether the name sorts before another's, by UTF-16 code units (RFC 8785 §3.2.3).
        func precedes(_ other: Member) -> Bool {
            name.utf16.lexicographicallyPrecedes(other.name.utf16)
        }
    }

    /// Whether two values have the same canonical bytes.
    public static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.object(let left), .object(let right)): left == right
        case (.array(let left), .array(let right)): left == right
        case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
        case (.integer(let left), .integer(let right)): left == right
        case (.boolean(let left), .boolean(let right)): left == right
        default: false
        }
    }
}

extension JSONValue {
    /// Builds an object in canonical order, leaving out the members without a value.
    ///
    /// - Precondition: The names differ (checked by ``CanonicalJSON/encode(_:)``).
    public static func object(_ pairs: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        object(pairs.map { ($0.key, $0.value) })
    }

    /// Builds an object in canonical order, leaving out the members without a value.
    ///
    /// - Precondition: The names differ (checked by ``CanonicalJSON/encode(_:)``).
    @_disfavoredOverload  // so that an empty literal means an object without members
    public static func object(_ pairs: [(String, JSONValue?)]) -> JSONValue {
        let members = pairs.compactMap { name, value in
            value.map { Member(name: name, value: $0) }
        }
        return .object(members.sorted { $0.precedes($1) })
    }

    /// The value of a member, or nil where this is no object or has no such name.
    public subscript(name: String) -> JSONValue? {
        members?.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }

    /// The members, or nil where this is no object.
    public var members: [Member]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    /// The elements, or nil where this is no array.
    public var array: [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    /// The text, or nil where this is no string.
    public var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The number, or nil where this is no integer.
    public var integer: Int64? {
        guard case .integer(let number) = self else { return nil }
        return number
    }

    /// The truth value, or nil where this is no boolean.
    public var boolean: Bool? {
        guard case .boolean(let value) = self else { return nil }
        return value
    }
}
