// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import LedgerLog

/// What an opening did about an earlier interruption; to be shown to the officer.
public enum StoreNotice: Sendable, Equatable {
    /// A whole, sealed posting stood beyond the head; it is now acknowledged.
    case adopted(firstSeq: Int, head: Expectation)
    /// The beginning of a posting stood after the last seal; it is kept in a file of its own.
    case setAside(path: String, byteOffset: Int, byteCount: Int)

    /// What happened and what to do.
    public var message: Message {
        switch self {
        case .adopted(let firstSeq, let head):
            Message(
                zh: "上次记账在确认之前中断，但第 \(firstSeq) 至 \(head.size - 1) 条已完整封存，现予确认"
                    + "（凭据 \(head)）；请勿重复录入该批",
                en: "an earlier command was interrupted before it could acknowledge its posting, "
                    + "but records \(firstSeq) to \(head.size - 1) are complete and sealed and are "
                    + "acknowledged now (receipt \(head)); do not enter that posting again")
        case .setAside(let path, let offset, let count):
            Message(
                zh: "上次记账写到一半中断：账本第 \(offset) 字节之后的 \(count) 字节没有封条，已移至 \(path)；"
                    + "该批从未确认，请重新录入",
                en: "an earlier command was interrupted while it wrote: \(count) bytes from byte "
                    + "\(offset) on have no seal and were moved to \(path); that posting was never "
                    + "acknowledged, enter it again")
        }
    }
}
