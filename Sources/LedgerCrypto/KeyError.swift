// SPDX-License-Identifier: Apache-2.0

/// Why a key or a key file could not be read, written or used.
///
/// No case carries a byte of a key or of a passphrase.
public enum KeyError: Error, Sendable, Equatable {
    /// What is wrong with a SubjectPublicKeyInfo.
    public enum PublicKeyDefect: Sendable, Equatable {
        /// Not as long as a key of the suite is, in bytes.
        case length(actual: Int, expected: Int)
        /// Not DER, or not the one spelling that DER allows.
        case encoding
        /// A key of another algorithm.
        case algorithm(expected: String)
        /// A point that lets one signature fit many messages, or is no point.
        case weakPoint
    }

    /// There is no file at the path, or no folder for it.
    case notFound(path: String)
    /// The path is taken; key files are never overwritten.
    case alreadyExists(path: String)
    /// A link, folder, pipe or device instead of a file.
    case notRegularFile(path: String)
    /// Others than the owner may do something with the file; `mode` holds its permission bits.
    case permissionsTooOpen(path: String, mode: UInt32)
    /// A link, file or device instead of a folder.
    case notFolder(path: String)
    /// Others than the owner may do something in the folder; `mode` holds its permission bits.
    case folderTooOpen(path: String, mode: UInt32)
    /// The file or folder belongs to another account, by number.
    case foreignOwner(path: String, owner: UInt32)
    /// A file of no bytes.
    case emptyFile(path: String)
    /// Larger than any key file is.
    case tooLarge(sizeBytes: Int, maximumBytes: Int, path: String?)
    /// The private key lies there in clear.
    case notEncrypted(path: String?)
    /// Not exactly one PEM block with an encrypted private key.
    case malformedKeyFile(path: String?)
    /// The passphrase does not open the key, or the file is damaged.
    case wrongPassphrase(path: String?)
    /// A private key of another algorithm than the suite's.
    case wrongAlgorithm(expected: String, path: String?)
    /// The bytes are no acceptable public key of the suite.
    case malformedPublicKey(PublicKeyDefect)
    /// A seed of the wrong length, in bytes.
    case seedLength(actual: Int, expected: Int)
    /// A passphrase of no bytes.
    case emptyPassphrase
    /// A passphrase of too many bytes.
    case passphraseTooLong(byteCount: Int, maximum: Int)
    /// A system call failed.
    case system(call: String, errno: Int32, path: String)
    /// OpenSSL failed for a reason that is none of the above.
    case openSSL(OpenSSLError)

    /// Runs a call into OpenSSL whose failure is none of the other cases.
    static func wrapping<Result: ~Copyable>(
        _ body: () throws(OpenSSLError) -> Result
    ) throws(KeyError) -> Result {
        do throws(OpenSSLError) {
            return try body()
        } catch {
            throw .openSSL(error)
        }
    }
}
