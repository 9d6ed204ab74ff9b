// SPDX-License-Identifier: Apache-2.0

internal import COpenSSL

/// The secret that a private key file is encrypted under.
///
/// It can't be copied or printed, and is cleansed from memory when it ends.
@safe
public struct Passphrase: ~Copyable {
    /// Lengths that a passphrase can have, in bytes.
    public static let byteCounts = 1...1024

    private let storage: UnsafeMutableRawBufferPointer

    /// Takes the bytes over, as typed and without a line end, and overwrites them with zeros.
    ///
    /// The overwriting reaches the caller's memory only if no other copy of the array exists.
    ///
    /// - Throws: ``KeyError/emptyPassphrase`` or ``KeyError/passphraseTooLong(byteCount:maximum:)``.
    public init(_ bytes: consuming [UInt8]) throws(KeyError) {
        guard !bytes.isEmpty else { throw .emptyPassphrase }
        guard Self.byteCounts.contains(bytes.count) else {
            throw .passphraseTooLong(byteCount: bytes.count, maximum: Self.byteCounts.upperBound)
        }
        // SAFETY: the new region is as long as the array and owned by this value alone; the array
        // is lent for the copying and the cleansing.
        let storage = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        unsafe bytes.withUnsafeMutableBytes { source in
            unsafe storage.copyMemory(from: UnsafeRawBufferPointer(source))
            unsafe OPENSSL_cleanse(source.baseAddress, source.count)
        }
        unsafe self.storage = storage
    }

    // SAFETY: allocated in `init`, lent only by the function below, freed once.
    deinit {
        unsafe OPENSSL_cleanse(storage.baseAddress, storage.count)
        unsafe storage.deallocate()
    }

    /// Lends the passphrase to a C function; it is not NUL-terminated.
    func withUnsafeCharacters<Result>(
        _ body: (_ characters: UnsafePointer<CChar>?, _ count: Int32) -> Result
    ) -> Result {
        // SAFETY: bytes and characters share size and alignment; the count is at most 1024.
        let characters = unsafe storage.assumingMemoryBound(to: CChar.self)
        return unsafe body(characters.baseAddress, Int32(characters.count))
    }
}
