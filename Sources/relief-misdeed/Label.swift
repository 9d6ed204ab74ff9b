// SPDX-License-Identifier: Apache-2.0

import LedgerFormat

/// What was planted in a ledger, and where.
struct Label {
    /// The rule that it breaks, or tries to slip past.
    let rule: String
    /// What was done, in a few words.
    let misdeed: String
    /// Whether the rule's written condition is met; else it is an evasion.
    let meetsCondition: Bool
    /// The records at any of which the rule is to speak.
    let places: [Int]
    /// All records of the story: what other rules say of these is no false alarm.
    let story: [Int]

    /// One object of the label file.
    var json: JSONValue {
        .object([
            "rule": .string(rule), "misdeed": .string(misdeed),
            "meetsCondition": .boolean(meetsCondition),
            "places": .array(places.map { .integer(Int64($0)) }),
            "story": .array(story.map { .integer(Int64($0)) }),
        ])
    }
}
