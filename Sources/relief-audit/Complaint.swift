// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import Glibc
import LedgerFormat
import LedgerLog
import ReliefModel

/// What the program says on standard error, and how it ends after it.
enum Complaint {
    /// One line, without what looks like personal data.
    static func write(_ message: Message) {
        Terminal.complain(
            PersonalDataScan.masked(
                say("relief-audit: 错误：", "relief-audit: error: ") + message.said + "\n"))
    }

    /// Says why a run could not be completed; the end of it.
    static func incomplete(_ message: Message) -> ExitCode {
        write(message)
        return ExitCode(3)
    }

    /// The end of a run that could not read the ledger.
    static func unreadable(_ error: LedgerReadError) -> ExitCode {
        let reason =
            error.code == 0
            ? say("不是普通文件", "not a regular file") : unsafe String(cString: strerror(error.code))
        return incomplete(
            Message(
                zh: "无法读取 \(error.path)：\(reason)（\(error.call)）；请检查路径和权限",
                en:
                    "\(error.path): cannot be read: \(reason) (\(error.call)); check the path and the "
                    + "permissions"))
    }
}
