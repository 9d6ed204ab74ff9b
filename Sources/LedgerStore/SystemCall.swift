// SPDX-License-Identifier: Apache-2.0

/// The calls into the system that the store makes, each of which can fail.
package enum SystemCall: String, Sendable, CaseIterable {
    case open, mkdir, fchmod, fstat, flock, pread, pwrite, ftruncate, fsync, rename, unlink, rmdir
    case list, sleep
}

/// Decides for every call whether it is made: the place where tests put their faults.
///
/// Commands use ``real``, which lets every call pass. A call that a test fails is not made, so
/// that failing all calls from the n-th on leaves the disk as a kill before the n-th would.
package struct SystemGate: Sendable {
    package enum Verdict: Sendable {
        /// The call is made.
        case pass
        /// The call is not made and fails with this errno.
        case fail(Int32)
        /// At most so many bytes are written.
        case short(Int)
        /// The bytes are written with the lowest bit of the first one flipped.
        case flip
    }

    package let judge: @Sendable (SystemCall, _ path: String) -> Verdict

    package init(_ judge: @escaping @Sendable (SystemCall, _ path: String) -> Verdict) {
        self.judge = judge
    }

    /// Every call passes.
    package static let real = SystemGate { _, _ in .pass }
}

/// A call into the system that failed.
public struct SystemFailure: Error, Sendable, Equatable {
    /// The C function.
    public let call: String
    /// The file or folder.
    public let path: String
    /// Its errno.
    public let code: Int32

    package init(call: String, path: String, code: Int32) {
        self.call = call
        self.path = path
        self.code = code
    }
}
