// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import ReliefModel

/// The file by which the bank pays a batch: every payment that waits for the bank, by a profile.
///
/// It holds names, numbers and cards, and goes nowhere but to a file that only its owner reads.
struct BankFile {
    let profile: BankProfile
    let rows: [[String]]
    /// Fen of all rows.
    let total: Int64
    /// Payments whose payee the households lack.
    let missing: [PaymentPosition]

    /// - Parameters:
    ///   - batch: The batch's record.
    ///   - payments: Its payments that are with the bank.
    init(
        _ profile: BankProfile, batch: Int,
        payments: [(position: PaymentPosition, payee: PayeeID)],
        households: [PayeeID: BankHousehold]
    ) {
        self.profile = profile
        var rows: [[String]] = []
        var total: Int64 = 0
        var missing: [PaymentPosition] = []
        for (payment, payee) in payments {
            guard let household = households[payee] else {
                missing.append(payment)
                continue
            }
            // Part of the batch's total, which the ledger has checked.
            total += payment.amount
            rows.append(
                profile.exported.map { column in
                    Self.cell(column.content, payment, serial: payment.seq - batch, household)
                })
        }
        self.rows = rows
        self.total = total
        self.missing = missing
    }

    private static func cell(
        _ content: BankProfile.Content, _ payment: PaymentPosition, serial: Int,
        _ household: BankHousehold
    ) -> String {
        switch content {
        case .text(let text): text
        case .value(.serial): String(serial)
        case .value(.name): household.name
        case .value(.idNumber):
            String(decoding: household.identity.clearDigitsForPseudonym, as: UTF8.self)
        case .value(.card): String(decoding: household.card.clearDigitsForPayment, as: UTF8.self)
        case .value(.bank): household.bank
        case .value(.yuan): Money(fen: payment.amount).text().filter { $0 != "," }
        case .value(.fen): String(payment.amount)
        case .value(.outcome), .value(.reason), .value(.date):
            preconditionFailure("BankFile.cell: profiles export no answers")
        }
    }

    /// The file as text (RFC 4180): CRLF, the headings first.
    var csv: String {
        var text = Self.record(profile.exported.map(\.heading))
        for row in rows { text += Self.record(row) }
        return text
    }

    private static func record(_ fields: [String]) -> String {
        fields.map { field in
            field.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) })
                ? "\""
                    + field.split(separator: "\"", omittingEmptySubsequences: false)
                    .joined(separator: "\"\"") + "\"" : field
        }.joined(separator: ",") + "\r\n"
    }
}
