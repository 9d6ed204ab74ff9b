// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// The fields of an entry as they are recorded, without `seq` and `prev`; absent ones are nil.
public typealias EntryFields = [(String, JSONValue?)]

extension UnitEntry {
    /// The record's own fields.
    public var fields: EntryFields {
        [
            ("kind", .string(EntryKind.unit.rawValue)), ("unit", .string(unit.description)),
            ("parent", .string(parent.description)), ("name", .string(name)),
            ("official", .boolean(unit.isOfficial)),
            ("alias", aliases.isEmpty ? nil : .array(aliases.map(JSONValue.string))),
            ("memo", memo.map(JSONValue.string)),
        ]
    }
}

extension PolicyEntry {
    /// The record's own fields.
    public var fields: EntryFields {
        var fields: EntryFields = [
            ("kind", .string(EntryKind.policy.rawValue)), ("memo", memo.map(JSONValue.string)),
        ]
        switch action {
        case .approve(let digest):
            fields += [("action", .string("approve")), ("digest", .string(digest))]
        case .adopt(let content, _, let effective, let approval):
            fields += [
                ("action", .string("adopt")), ("content", content),
                ("effective", .string("\(effective)")),
                ("approval", approval.map { .integer(Int64($0)) }),
            ]
        }
        return fields
    }
}

extension EventEntry {
    /// The record's own fields.
    public var fields: EntryFields {
        [
            ("kind", .string(EntryKind.event.rawValue)), ("unit", .string(unit.description)),
            ("cause", .string(cause.rawValue)), ("date", .string("\(date)")),
            ("name", .string(name)), ("response", response.map(JSONValue.string)),
            ("document", document?.json), ("memo", memo.map(JSONValue.string)),
        ]
    }
}

extension GrantEntry {
    /// The record's own fields.
    public var fields: EntryFields {
        [
            ("kind", .string(EntryKind.grant.rawValue)), ("unit", .string(unit.description)),
            ("amount", .integer(amount)), ("cause", .string(cause.rawValue)),
            ("date", .string("\(date)")), ("document", document.json),
            ("event", event.map { .integer(Int64($0)) }),
            ("expiry", .string(expiry.map { "\($0)" } ?? Document.unstated)),
            ("function", .string(function ?? Document.unstated)),
            ("purpose", .string(purpose)), ("scope", .string(scope.description)),
            ("source", .string(source.rawValue)), ("title", .string(title)),
            ("type", .string(type.rawValue)), ("year", .integer(Int64(year))),
            ("memo", memo.map(JSONValue.string)),
        ]
    }
}

extension Amendment {
    /// The record's own fields.
    public var fields: EntryFields {
        let changes = JSONValue.object([
            "document": changes.document?.json, "memo": changes.memo.map(JSONValue.string),
            "name": changes.name.map(JSONValue.string),
            "title": changes.title.map(JSONValue.string),
            "alias": changes.aliases.map { .array($0.map(JSONValue.string)) },
            "evidence": changes.evidence.map { .array($0.map(\.json)) },
        ])
        return [
            ("kind", .string(EntryKind.amend.rawValue)), ("target", .integer(Int64(target))),
            ("reason", .string(reason)), ("changes", changes),
            ("memo", memo.map(JSONValue.string)),
        ]
    }
}
