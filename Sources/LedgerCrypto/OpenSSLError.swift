// SPDX-License-Identifier: Apache-2.0

internal import COpenSSL

/// A call into OpenSSL that failed, with everything its error queue held.
public struct OpenSSLError: Error, Sendable, Equatable {
    /// One line of the error queue, oldest first.
    public struct Entry: Sendable, Equatable {
        /// The packed number that `openssl errstr` explains.
        public let code: UInt
        /// The part of OpenSSL that failed.
        public let library: String
        /// The cause in OpenSSL's words.
        public let reason: String
        /// Source file inside OpenSSL, and line.
        public let location: String
    }

    /// The C function that reported the failure.
    public let function: String

    /// The error queue at that moment; empty when OpenSSL gave no reason.
    public let entries: [Entry]

    /// Takes this thread's whole error queue, so that no later call finds an old error in it.
    @inline(never)
    static func draining(after function: String) -> OpenSSLError {
        var entries: [Entry] = []
        var file: UnsafePointer<CChar>?
        var line: Int32 = 0
        while true {
            // SAFETY: the two out-parameters are locals; the optional rest may be null
            // (ERR_get_error_all(3)). The additional data is left out: it may quote a file.
            let code = unsafe ERR_get_error_all(&file, &line, nil, nil, nil)
            guard code != 0 else { break }
            // SAFETY: the strings are static tables of OpenSSL, or null.
            let entry = unsafe Entry(
                code: UInt(code),
                library: text(ERR_lib_error_string(code)) ?? "unknown library",
                reason: text(ERR_reason_error_string(code)) ?? "unknown reason",
                location: "\(text(file) ?? "?"):\(line)")
            entries.append(entry)
        }
        return OpenSSLError(function: function, entries: entries)
    }

    private static func text(_ string: UnsafePointer<CChar>?) -> String? {
        // SAFETY: callers pass NUL-terminated strings that live as long as the library.
        unsafe string.map { unsafe String(cString: $0) }
    }
}

// MARK: - CustomStringConvertible

extension OpenSSLError: CustomStringConvertible {
    /// The function and each cause, in one line.
    public var description: String {
        guard !entries.isEmpty else { return "\(function) failed" }
        let causes = entries.map { "\($0.library): \($0.reason) (\($0.location))" }
        return "\(function) failed: \(causes.joined(separator: "; "))"
    }
}

/// Throws the drained error queue unless `status` is 1, the only success OpenSSL has.
@inline(__always)
func check(_ status: Int32, _ function: StaticString) throws(OpenSSLError) {
    guard status == 1 else { throw .draining(after: "\(function)") }
}
