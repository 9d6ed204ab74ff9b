// SPDX-License-Identifier: Apache-2.0

public import LedgerCrypto
public import LedgerFormat

/// Why a season's key could not be made, opened or destroyed; never carries a byte of a key.
public enum SeasonKeyError: Error, Equatable, Sendable {
    /// The season has a key already.
    case alreadyThere(path: String, season: PayeeSeason)
    /// The season has no key: never made, or destroyed.
    case missing(path: String, season: PayeeSeason)
    /// The file holds the key of another season.
    case otherSeason(path: String, recorded: String, expected: PayeeSeason)
    /// The file holds a key of another ledger.
    case otherLedger(path: String, recorded: String, expected: String)
    /// The file holds no season key.
    case garbled(path: String)
    /// The file or a folder above it can't be used, or OpenSSL failed.
    case file(KeyError)

    /// What was found, where, what is expected and what to do, for people.
    public var message: Message {
        switch self {
        case .alreadyThere(let path, let season):
            Message(
                zh: "\(path)：补助期间“\(season)”已有密钥，每期应只有一把，从不覆盖；请直接使用现有密钥",
                en: "\(path): the period “\(season)” has a key, expected one only, and none is "
                    + "overwritten; use the key there is")
        case .missing(let path, let season):
            Message(
                zh: "\(path)：没有补助期间“\(season)”的密钥（尚未建立，或已销毁）；请核对期间的写法，"
                    + "第一次使用时先建立；已用过的密钥只能从备份恢复，已按规定销毁的不可恢复",
                en: "\(path): there is no key of the period “\(season)” (never made, or "
                    + "destroyed); check how the period is written and make its key at first use; "
                    + "a key once used only comes back from a backup, one destroyed by rule must "
                    + "not")
        case .otherSeason(let path, let recorded, let expected):
            Message(
                zh: "\(path)：文件中是补助期间“\(recorded)”的密钥，应为“\(expected)”；"
                    + "文件可能被改名，请从备份恢复原来的文件",
                en: "\(path): the file holds the key of the period “\(recorded)”, expected "
                    + "“\(expected)”; it may have been renamed, restore the files from a backup")
        case .otherLedger(let path, let recorded, let expected):
            Message(
                zh: "\(path)：文件中是账本 \(recorded) 的密钥，应为 \(expected)；"
                    + "文件可能来自另一账本，请从本账的备份恢复",
                en: "\(path): the file holds a key of the ledger \(recorded), expected "
                    + "\(expected); it may come from another ledger, restore this one's from a "
                    + "backup")
        case .garbled(let path):
            Message(
                zh: "\(path)：内容不是补助期间的密钥，应为版本、账本、期间、密钥四行；"
                    + "文件可能已损坏，请从备份恢复",
                en: "\(path): the content is no season key, expected the four lines version, "
                    + "origin, season and key; it may be damaged, restore it from a backup")
        case .file(let error):
            Message(zh: error.zh, en: error.en)
        }
    }
}

// MARK: - CustomStringConvertible

extension SeasonKeyError: CustomStringConvertible {
    /// The English message.
    public var description: String { message.en }
}
