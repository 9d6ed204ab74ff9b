// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// Who opens a ledger to write, as told to others who wait for it.
public struct Writer: Sendable, Equatable {
    /// The command, for people, without its arguments.
    public let command: String
    /// The time by the command's clock.
    public let now: Timestamp

    /// Names a writer.
    public init(command: String, now: Timestamp) {
        self.command = command
        self.now = now
    }
}

/// Who holds the lock of a ledger: `{"command":"relief pay","pid":4711,"since":"…Z"}`.
public struct LockHolder: Sendable, Equatable {
    /// The command.
    public let command: String
    /// Its process.
    public let pid: Int32
    /// When it got the lock, by its own clock.
    public let since: Timestamp

    init(command: String, pid: Int32, since: Timestamp) {
        self.command = command
        self.pid = pid
        self.since = since
    }

    /// One canonical line.
    var line: [UInt8] {
        CanonicalJSON.encode(
            .object([
                "command": .string(command), "pid": .integer(Int64(pid)),
                "since": .string(since.description),
            ])) + [0x0A]
    }

    /// Reads the line; nil for anything else, such as one that is being written.
    init?(line: [UInt8]) {
        guard line.last == 0x0A, let value = try? CanonicalJSON.parse(line.dropLast() + []),
            value.members?.count == 3, let command = value["command"]?.string,
            let pid = value["pid"]?.integer.flatMap({ Int32(exactly: $0) }),
            let since = value["since"]?.string.flatMap({ Timestamp($0) })
        else { return nil }
        self.init(command: command, pid: pid, since: since)
    }
}
