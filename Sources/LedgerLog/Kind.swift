// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

/// The kinds that the log itself acts on; all others belong to the fold.
enum Kind {
    static let genesis: FieldName = "genesis"
    static let posting: FieldName = "posting"
    static let seal: FieldName = "seal"
    static let key: FieldName = "key"
}
