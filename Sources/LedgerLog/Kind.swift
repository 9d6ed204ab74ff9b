// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

/// The kinds that the log itself acts on; all others belong to the fold.
///
/// Packed by hand, so that the scanner compares integers; a test holds each to its spelling.
enum Kind {
    static var genesis: FieldName { FieldName(high: 0x6765_6E65_7369_7300) }
    static var posting: FieldName { FieldName(high: 0x706F_7374_696E_6700) }
    static var seal: FieldName { FieldName(high: 0x7365_616C_0000_0000) }
    static var key: FieldName { FieldName(high: 0x6B65_7900_0000_0000) }
}

/// The names of the fields that every record has.
enum CommonName {
    static var kind: FieldName { FieldName(high: 0x6B69_6E64_0000_0000) }
    static var prev: FieldName { FieldName(high: 0x7072_6576_0000_0000) }
    static var seq: FieldName { FieldName(high: 0x7365_7100_0000_0000) }
}
