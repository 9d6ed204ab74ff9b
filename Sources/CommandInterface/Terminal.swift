// SPDX-License-Identifier: Apache-2.0

internal import Glibc
public import LedgerFormat

/// Standard output and error, and passphrases typed without echo.
public enum Terminal {
    /// Why no passphrase was read.
    public enum SecretError: Error {
        /// The process has no terminal to ask at.
        case noTerminal
        /// The officer ended the question with Ctrl-C or Ctrl-D.
        case interrupted
    }

    /// Writes results.
    public static func show(_ text: String) { write(text, to: STDOUT_FILENO) }

    /// How far long work has come, on one line of the terminal; nothing where standard error is
    /// no terminal.
    public static func progress(_ what: Message, _ done: Int, of total: Int) {
        guard isatty(STDERR_FILENO) == 1 else { return }
        let share = total == 0 ? 100 : done * 100 / total
        write("\r\u{1B}[K" + (done < total ? "\(what.said) \(share)%" : ""), to: STDERR_FILENO)
    }

    /// Writes messages.
    public static func complain(_ text: String) { write(text, to: STDERR_FILENO) }

    private static func write(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        var done = 0
        while done < bytes.count {
            // SAFETY: the pointer lives for the call; done ..< count lies in the array.
            let wrote = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(
                    descriptor, buffer.baseAddress.map { unsafe $0 + done }, bytes.count - done)
            }
            if wrote < 0, errno == EINTR { continue }
            guard wrote > 0 else { return }
            done += wrote
        }
    }

    /// Asks at the terminal and gives the line that is typed; nil without a terminal.
    public static func ask(_ prompt: String) -> String? {
        // SAFETY: the path is a literal, lent for the call.
        let terminal = unsafe open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard terminal >= 0 else { return nil }
        defer { close(terminal) }
        write(prompt, to: terminal)
        guard let line = try? readLine(terminal) else { return "" }
        return String(decoding: line, as: UTF8.self)
    }

    /// Asks at the terminal, not at standard input, which may be a file.
    ///
    /// Echo, line editing and signals are off while the answer is typed: Ctrl-C arrives as a
    /// character, so the terminal is restored before the process ends by it.
    public static func readSecret(_ prompt: String) throws(SecretError) -> [UInt8] {
        // SAFETY: the path is a literal, lent for the call.
        let terminal = unsafe open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard terminal >= 0 else { throw .noTerminal }
        defer { close(terminal) }
        var before = termios()
        // SAFETY: the structure is a local, lent for the call.
        guard unsafe tcgetattr(terminal, &before) == 0 else { throw .noTerminal }
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO | ECHONL | ICANON | ISIG)
        silent.c_cc.6 = 1  // VMIN: one byte at a time
        silent.c_cc.5 = 0  // VTIME: without a limit
        // SAFETY: as above; TCSAFLUSH drops what was typed before the question.
        guard unsafe tcsetattr(terminal, TCSAFLUSH, &silent) == 0 else { throw .noTerminal }
        defer {
            // SAFETY: as above.
            _ = unsafe tcsetattr(terminal, TCSAFLUSH, &before)
            write("\n", to: terminal)
        }
        write(prompt, to: terminal)
        return try readLine(terminal)
    }

    private static func readLine(_ terminal: Int32) throws(SecretError) -> [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(1025)
        while true {
            var byte: UInt8 = 0
            // SAFETY: one byte into a local of one byte.
            let count = unsafe read(terminal, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1 else { throw .interrupted }
            switch byte {
            case 0x0A, 0x0D: return line
            case 0x03, 0x1C: throw .interrupted
            case 0x04:
                guard line.isEmpty else { return line }
                throw .interrupted
            case 0x15: line.removeAll(keepingCapacity: true)
            case 0x08, 0x7F:
                // A whole character, however many bytes it took.
                while let last = line.popLast(), last & 0xC0 == 0x80 {}
            default: if line.count < 1025 { line.append(byte) }
            }
        }
    }
}
