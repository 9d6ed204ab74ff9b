// SPDX-License-Identifier: Apache-2.0

internal import Glibc
public import LedgerFormat
internal import LedgerLog

extension StoreError {
    /// A failure while a ledger is opened, before anything is changed.
    init(opening failure: SystemFailure) {
        switch failure.code {
        case ELOOP, ENOTDIR, EISDIR, ENXIO: self = .wrongFileType(path: failure.path)
        default: self = .system(failure)
        }
    }

    /// What is wrong, where, and what to do next.
    public var message: Message {
        switch self {
        case .noLedger, .noParentFolder, .occupied, .wrongFileType, .sharedPrivateFolder,
            .foreignPrivateFolder, .locked:
            accessMessage
        case .system(let failure):
            failure.message.followed(
                zh: "没有改动任何文件；排除原因后重试", en: "nothing was changed; mend the cause and try again")
        case .unreadable(let error):
            SystemFailure(call: error.call, path: error.path, code: error.code).message.followed(
                zh: "没有改动任何文件；排除原因后重试", en: "nothing was changed; mend the cause and try again")
        case .tampered(let path, let tampering):
            tampering.message.prefixed(path)
        case .refused(let path, let refusal):
            refusal.message.prefixed(path).followed(
                zh: "没有写入任何内容", en: "nothing was written")
        case .notRecorded, .notRolledBack, .notAcknowledged, .closed, .recoveryFailed, .notFounded:
            outcomeMessage
        }
    }

    private var accessMessage: Message {
        switch self {
        case .noLedger(let path):
            Message(
                zh: "\(path)：这里没有账本；请核对路径，新建账本用 relief init",
                en: "\(path): there is no ledger here; check the path, or make one with relief init"
            )
        case .noParentFolder(let path):
            Message(
                zh: "\(path)：上级文件夹不存在；请先建立，再重试",
                en: "\(path): the folder above does not exist; make it first, then try again")
        case .occupied(let path):
            Message(
                zh: "\(path)：已有内容，不会覆盖；请另选路径。若是上次新建账本中断所留（没有 private/head），"
                    + "核对后移走再重试",
                en:
                    "\(path): something stands here already and is never overwritten; choose another "
                    + "path. If an interrupted founding left it (there is no private/head), check it, "
                    + "move it away and try again")
        case .wrongFileType(let path):
            Message(
                zh: "\(path)：应为普通文件或文件夹，不能是链接、管道或设备；请核对后换回原件",
                en:
                    "\(path): must be a regular file or folder, not a link, pipe or device; put the "
                    + "original back")
        case .sharedPrivateFolder(let path, let mode):
            Message(
                zh: "\(path)：权限为 \(String(mode, radix: 8))，应为 700；请执行 chmod 700 '\(path)'",
                en: "\(path): its mode is \(String(mode, radix: 8)) and must be 700; run "
                    + "chmod 700 '\(path)'")
        case .foreignPrivateFolder(let path, let owner):
            Message(
                zh: "\(path)：属于用户 \(owner)，应为当前用户；请用该用户运行，或由管理员执行 "
                    + "chown -R $(id -u) '\(path)' && chmod 700 '\(path)'",
                en:
                    "\(path): belongs to user \(owner) and must be yours; run as that user, or let the "
                    + "administrator run chown -R $(id -u) '\(path)' && chmod 700 '\(path)'")
        case .locked(let path, let holder, let seconds):
            Self.lockedMessage(path: path, holder: holder, seconds: seconds)
        default:
            preconditionFailure("StoreError.accessMessage: \(self)")
        }
    }

    private static func lockedMessage(path: String, holder: LockHolder?, seconds: Int) -> Message {
        guard let holder else {
            return Message(
                zh: "\(path)：另一个程序正在记账，等待 \(seconds) 秒仍未结束；请稍后重试",
                en: "\(path): another program is writing and was not done after \(seconds) s; try "
                    + "again later")
        }
        return Message(
            zh: "\(path)：「\(holder.command)」（进程 \(holder.pid)）自 \(holder.since) 起正在记账，等待 "
                + "\(seconds) 秒仍未结束；请待其结束后重试",
            en: "\(path): \(holder.command) (process \(holder.pid)) has been writing since "
                + "\(holder.since) and was not done after \(seconds) s; try again when it has ended"
        )
    }

    private var outcomeMessage: Message {
        switch self {
        case .notRecorded(let cause):
            cause.message.followed(
                zh: "没有记入任何内容，账本与之前相同；排除原因后重新录入",
                en:
                    "nothing was recorded and the ledger is as before; mend the cause and enter the "
                    + "posting again")
        case .notRolledBack(let cause, let rollback):
            cause.message.followed(
                zh: "该批未获确认，且账本未能复原（\(rollback.message.zh)）；下一次打开账本时会自动处理，"
                    + "届时请看提示再决定是否重录",
                en: "the posting is not acknowledged, and the file could not be put back "
                    + "(\(rollback.message.en)); the next command settles it and says whether to "
                    + "enter the posting again")
        case .notAcknowledged(let failure):
            failure.message.followed(
                zh: "该批已写入但未获确认；请检查磁盘，下一次打开账本时会确认它或移至一旁，届时请看提示再决定是否重录",
                en:
                    "the posting was written but is not acknowledged; check the disk; the next command "
                    + "adopts it or sets it aside and says whether to enter it again")
        case .closed(let path):
            Message(
                zh: "\(path)：此前的写入失败后状态未明，不再继续；请重新打开账本",
                en: "\(path): after the failed write before, the state of the disk is not known; "
                    + "open the ledger again")
        case .recoveryFailed(let failure):
            failure.message.followed(
                zh: "上次中断的善后未完成，已确认的内容未受影响；排除原因后重试",
                en:
                    "settling the earlier interruption was not finished, and nothing acknowledged is "
                    + "touched; mend the cause and try again")
        case .notFounded(let cause, let remains):
            remains.isEmpty
                ? cause.message.followed(
                    zh: "没有建立账本，也没有留下任何文件", en: "no ledger was made and nothing is left behind")
                : cause.message.followed(
                    zh: "账本未建成，以下未能删除，请核对后删除：\(remains.joined(separator: "、"))",
                    en:
                        "founding was not finished and these could not be removed, check and remove "
                        + "them: \(remains.joined(separator: ", "))")
        default:
            preconditionFailure("StoreError.outcomeMessage: \(self)")
        }
    }
}

extension StoreError.Tampering {
    /// How the ledger differs from what was acknowledged last.
    public var message: Message {
        switch self {
        case .headMissing:
            Message(
                zh: "缺少 private/head，无法得知最后确认到哪里，拒绝写入。若是复制来的账本，它只供查验；若是新建时中断，"
                    + "尚无任何确认，核对后移走整个文件夹再重新建立；否则请从备份恢复 private/head",
                en:
                    "private/head is missing, so what was acknowledged last is not known, and nothing "
                    + "is written. A copied ledger is for reading only; after an interrupted founding "
                    + "nothing was acknowledged: check, move the folder away and found it again; "
                    + "otherwise restore private/head from a backup")
        case .headMalformed:
            Message(
                zh: "private/head 的内容不合格式，拒绝写入；请从备份恢复 private/head，并与最近的凭据核对",
                en:
                    "private/head is not in its form, nothing is written; restore it from a backup and "
                    + "compare it with the latest receipt")
        case .ledgerMissing:
            Message(
                zh: "有 private/head 而没有 ledger.jsonl：账本被移走或删除；请保全现场并从备份恢复",
                en:
                    "there is private/head but no ledger.jsonl: the ledger was moved or deleted; keep "
                    + "everything as it is and restore it from a backup")
        case .foreignHead(let recorded, let computed):
            Message(
                zh: "private/head 属于另一个账本：记载的指纹为 \(recorded)，本账为 \(computed)；请找回原件",
                en:
                    "private/head is another ledger's: the recorded fingerprint is \(recorded), this "
                    + "ledger's is \(computed); find the original of the two")
        case .surplusPostings(let recorded, let size):
            Message(
                zh: "账本比最后确认的多出不止一批：确认至 \(recorded.size) 条，现有 \(size) 条；head 被换成旧的，"
                    + "或有人绕过本程序写入。请用最近的凭据核对：relief-verify --expect SIZE:ROOT",
                en:
                    "more than one posting stands beyond what was acknowledged: \(recorded.size) records "
                    + "are, \(size) stand there; an old head was put back, or somebody wrote past this "
                    + "program. Compare with the latest receipt: relief-verify --expect SIZE:ROOT")
        case .faults(let faults):
            Self.message(of: faults)
        case .changedWhileOpen(let recorded, let byteCount):
            Message(
                zh: "账本在打开期间被其他程序改动：应为 \(recorded) 字节，实为 \(byteCount) 字节；未写入，请查明后运行 "
                    + "relief-verify",
                en:
                    "another program changed the ledger while it was open: \(recorded) bytes were known, "
                    + "\(byteCount) stand there; nothing was written, find out why and run relief-verify"
            )
        }
    }

    private static func message(of faults: [Fault]) -> Message {
        let places = faults.map { fault in
            let values = [
                fault.recorded.map { (zh: "记载 \($0)", en: "recorded \($0)") },
                fault.computed.map { (zh: "推算 \($0)", en: "computed \($0)") },
            ].compactMap { $0 }
            let place = "ledger.jsonl:\(fault.line)"
            return (
                zh: ([place + " \(fault.message.zh)"] + values.map(\.zh)).joined(separator: "，"),
                en: ([place + " \(fault.message.en)"] + values.map(\.en)).joined(separator: ", ")
            )
        }
        return Message(
            zh: "账本与最后确认的不一致，拒绝写入，也未改动任何内容：\(places.map(\.zh).joined(separator: "；"))。"
                + "请保全现场，运行 relief-verify 查看全部问题",
            en: "the ledger is not what was acknowledged last; nothing was written or changed: "
                + "\(places.map(\.en).joined(separator: "; ")). Keep everything as it is and run "
                + "relief-verify")
    }
}

extension StoreError.Refusal {
    /// Why the posting may not follow.
    public var message: Message {
        switch self {
        case .wrongPlace(let firstSeq, let size):
            Message(
                zh: "该批从第 \(firstSeq) 条开始，而账本现有 \(size) 条；请以现状重新生成",
                en:
                    "the posting begins at seq \(firstSeq) but the ledger holds \(size) records; build "
                    + "it again from the present state")
        case .unsound:
            Message(
                zh: "该批的字节、链值或封条不成立；请重新生成，若再次出现请检查内存",
                en: "the posting's bytes, links or seal do not hold; build it again, and check the "
                    + "memory if it happens again")
        case .faults(let entries):
            Message(
                zh: entries.map { "第 \($0.seq) 条：\($0.fault.message.zh)" }.joined(separator: "；"),
                en: entries.map { "seq \($0.seq): \($0.fault.message.en)" }.joined(separator: "; "))
        case .wrongRoot(let recorded, let computed):
            Message(
                zh: "该批自称记账后为 \(recorded)，推算为 \(computed)；请重新生成",
                en:
                    "the posting says it leads to \(recorded), computed is \(computed); build it again"
            )
        }
    }
}

extension StoreError.Cause {
    /// What stopped the write.
    public var message: Message {
        switch self {
        case .system(let failure): failure.message
        case .readBack(let path, let offset):
            Message(
                zh: "\(path)：第 \(offset) 字节读回与写入不同；请检查磁盘和内存",
                en:
                    "\(path): byte \(offset) read back differs from what was written; check disk and "
                    + "memory")
        }
    }
}

extension SystemFailure {
    /// The call, the file and the reason, with what helps against it.
    public var message: Message {
        switch code {
        case ENOSPC, EDQUOT:
            Message(
                zh: "\(path)：磁盘空间不足（\(call)）；请先腾出空间",
                en: "\(path): no space left (\(call)); free some")
        case EIO:
            Message(
                zh: "\(path)：磁盘读写出错（\(call)）；请检查磁盘",
                en: "\(path): disk error (\(call)); check the disk")
        case EACCES, EPERM, EROFS:
            Message(
                zh: "\(path)：没有权限（\(call)）；请检查权限或挂载方式",
                en: "\(path): not permitted (\(call)); check permissions and mount")
        default:
            Message(
                zh: "\(path)：系统调用 \(call) 失败，错误号 \(code)",
                en: "\(path): the call \(call) failed with errno \(code)")
        }
    }
}

extension Message {
    fileprivate func followed(zh: String, en: String) -> Message {
        Message(zh: self.zh + "。" + zh, en: self.en + ". " + en)
    }

    fileprivate func prefixed(_ path: String) -> Message {
        Message(zh: "\(path)：\(zh)", en: "\(path): \(en)")
    }
}
