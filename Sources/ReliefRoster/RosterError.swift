// SPDX-License-Identifier: Apache-2.0

public import LedgerCrypto
public import LedgerFormat

/// Why the private roster could not be read or written; never carries what stands in it.
public enum RosterError: Error, Equatable, Sendable {
    /// No roster was ever made.
    case missing(path: String)
    /// A newer program has changed the database.
    case newer(path: String)
    /// There is no such list.
    case noList(Int64)
    /// The list's rows were destroyed.
    case erased(Int64)
    /// A row, or a column beside it, is not what was written.
    case altered(list: Int64, ordinal: Int)
    /// The rows are not those that the list's root was made over.
    case otherRoot(list: Int64)
    /// SQLite failed; its code and words, which quote no values.
    case database(path: String, code: Int32, text: String)
    /// A file or folder can't be used.
    case file(KeyError)
    /// The key of the season can't be used.
    case key(SeasonKeyError)

    /// What was found, where, what is expected and what to do, for people.
    public var message: Message {
        switch self {
        case .missing(let path):
            Message(
                zh: "\(path)：还没有名册库；请先用 relief roster import 导入名册",
                en: "\(path): there is no roster yet; import one with relief roster import")
        case .newer(let path):
            Message(
                zh: "\(path)：名册库由更新版本的程序写入；请改用该版本",
                en: "\(path): a newer program has written the roster; use that version")
        case .noList(let id):
            Message(
                zh: "没有第 \(id) 号名册；请用 relief roster list 查看",
                en: "there is no list \(id); look at relief roster list")
        case .erased(let id):
            Message(
                zh: "第 \(id) 号名册的农户数据已依法销毁，只剩合计；不能再查看、发放或核对",
                en: "the households of list \(id) were destroyed by law and only its totals are "
                    + "left; it can no longer be shown, paid or checked")
        case .altered(let list, let ordinal):
            Message(
                zh: "第 \(list) 号名册第 \(ordinal) 行与写入时不同，名册库已被改动；请停止使用，从备份恢复并查明原因",
                en: "row \(ordinal) of list \(list) is not what was written: the database was "
                    + "changed; stop, restore a backup and find out why")
        case .otherRoot(let list):
            Message(
                zh: "第 \(list) 号名册各行与其根值不符，名册库已被改动；请停止使用，从备份恢复并查明原因",
                en: "the rows of list \(list) do not come to its root: the database was changed; "
                    + "stop, restore a backup and find out why")
        case .database(let path, let code, let text):
            Message(
                zh: "\(path)：SQLite 出错（\(code)）：\(text)；请核对磁盘空间和权限",
                en: "\(path): SQLite failed (\(code)): \(text); check disk space and permissions")
        case .file(let error):
            Message(zh: error.zh, en: error.en)
        case .key(let error):
            error.message
        }
    }
}

// MARK: - CustomStringConvertible

extension RosterError: CustomStringConvertible {
    /// The English message.
    public var description: String { message.en }
}
