// SPDX-License-Identifier: Apache-2.0

import CommandInterface
import LedgerCrypto
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefModel
import Spreadsheet

/// How a command ends (DESIGN, Commands).
enum ExitStatus: Int32 {
    /// Refused by a rule.
    case refused = 1
    /// The ledger is broken.
    case broken = 2
    /// File, key, lock or system.
    case incomplete = 3
    /// The arguments, or the rows of a file, are not what they must be.
    case usage = 64
}

/// One thing that is wrong: the sentence, what was found and expected, and what to do.
struct Complaint: Equatable {
    let message: Message
    var details: [Message] = []
    var hint: Message?
    /// The cell of a table that it is about, and what is wrong without the place.
    var mark: CellMark?

    init(_ message: Message, details: [Message] = [], hint: Message? = nil) {
        self.message = message
        self.details = details
        self.hint = hint
    }

    init(zh: String, en: String) {
        self.init(Message(zh: zh, en: en))
    }

    /// `relief: error: …`, the details indented, then `relief: hint: …`.
    ///
    /// Whatever looks like personal data is hidden: a number in the wrong cell must not come back
    /// in a message that quotes the cell.
    func text(_ word: Message) -> String {
        let language = CommandLanguage.current
        let head = language == .zh ? "relief: \(word.zh)：" : "relief: \(word.en): "
        var text = head + message.said + "\n"
        for detail in details { text += "    " + detail.said + "\n" }
        if let hint {
            text += (language == .zh ? "relief: 提示：" : "relief: hint: ") + hint.said + "\n"
        }
        return PersonalDataScan.masked(text)
    }

    static let error = Message(zh: "错误", en: "error")
    static let warning = Message(zh: "警告", en: "warning")
    static let notice = Message(zh: "说明", en: "note")
}

/// Why a command stops: everything that is wrong, never only the first.
struct CommandFailure: Error {
    let status: ExitStatus
    let complaints: [Complaint]
    /// What has to be known to read the complaints.
    let note: Complaint?

    init(_ status: ExitStatus, _ complaints: [Complaint], note: Complaint? = nil) {
        self.status = status
        self.complaints = complaints
        self.note = note
    }

    init(_ status: ExitStatus, zh: String, en: String, hint: Message? = nil) {
        self.init(status, [Complaint(Message(zh: zh, en: en), hint: hint)])
    }

    init(_ error: KeyError) {
        self.init(.incomplete, zh: error.zh, en: error.en)
    }

    init(_ error: OpenSSLError) {
        self.init(KeyError.openSSL(error))
    }

    init(_ error: StoreError) {
        let status: ExitStatus =
            switch error {
            case .tampered: .broken
            case .refused: .refused
            default: .incomplete
            }
        self.init(status, [Complaint(error.message)])
    }
}

/// Runs what may fail, and gives the failure its form.
func withErrors<Value: ~Copyable, Failure: Error>(
    as form: (Failure) -> CommandFailure, _ body: () throws(Failure) -> Value
) throws(CommandFailure) -> Value {
    do throws(Failure) {
        return try body()
    } catch {
        throw form(error)
    }
}

/// Runs what may fail on a key, and gives the failure its form.
func withKeyErrors<Value: ~Copyable>(
    _ body: () throws(KeyError) -> Value
) throws(CommandFailure) -> Value {
    try withErrors(as: { CommandFailure($0) }, body)
}

/// Runs what may fail to read the ledger again, and gives the failure its form.
func withReading<Value>(
    _ body: () throws(LedgerReadError) -> Value
) throws(CommandFailure) -> Value {
    try withErrors(
        as: { error in
            CommandFailure(
                .incomplete, zh: "\(error.path)：\(error.call) 失败（errno \(error.code)）",
                en: "\(error.path): \(error.call) failed (errno \(error.code))")
        }, body)
}

/// Runs what may fail to make a workbook, and gives the failure its form.
func withWorkbookErrors<Value>(
    _ body: () throws(WorkbookError) -> Value
) throws(CommandFailure) -> Value {
    try withErrors(as: { CommandFailure(.incomplete, [Complaint($0.message)]) }, body)
}
