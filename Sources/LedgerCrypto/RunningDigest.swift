// SPDX-License-Identifier: Apache-2.0

internal import COpenSSL

/// SHA-256 of bytes that come in pieces, such as a file too large for memory.
public struct RunningDigest: ~Copyable {
    private let context: DigestContext

    /// Begins a message of no bytes.
    ///
    /// - Throws: when OpenSSL has no SHA-256, or no memory.
    public init() throws(OpenSSLError) {
        let algorithm = try FetchedDigest(name: "SHA256")
        let context = try DigestContext()
        // SAFETY: both objects are alive; the context takes its own reference to the algorithm.
        try check(
            unsafe EVP_DigestInit_ex2(context.pointer, algorithm.pointer, nil), "EVP_DigestInit_ex2"
        )
        self.context = context
    }

    /// Appends to the message.
    public mutating func update(_ bytes: Span<UInt8>) {
        // SAFETY: context and bytes are alive for the call; null with length 0 is allowed.
        let isDone = unsafe bytes.withUnsafeBytes { bytes in
            unsafe EVP_DigestUpdate(context.pointer, bytes.baseAddress, bytes.count) == 1
        }
        // A live context has no operating reason to fail.
        precondition(isDone, "OpenSSL failed to continue a digest")
    }

    /// The digest of everything appended.
    public consuming func finish() -> Digest {
        var isDone = false
        // SAFETY: the context is alive; SHA-256 writes exactly the 32 bytes of a digest.
        let digest = unsafe Digest { output in
            let bytes = unsafe output.assumingMemoryBound(to: UInt8.self)
            isDone = unsafe EVP_DigestFinal_ex(context.pointer, bytes, nil) == 1
        }
        precondition(isDone, "OpenSSL failed to finish a digest")
        return digest
    }
}
