// SPDX-License-Identifier: Apache-2.0

internal import Glibc

extension KeyError {
    /// The message in Chinese: what, where, recorded and required, what to do.
    public var zh: String {
        switch self {
        case .notFound(let path):
            "\(path)：找不到文件或所在文件夹；请核对路径"
        case .alreadyExists(let path):
            "\(path)：文件已存在，密钥文件从不覆盖；请换一个文件名"
        case .notRegularFile(let path):
            "\(path)：不是普通文件（可能是链接、文件夹、管道或设备）；请给出密钥文件本身的路径"
        case .permissionsTooOpen(let path, let mode):
            "\(path)：权限为 \(Self.octal(mode))，他人可以访问，应为 0600；请执行 chmod 600，"
                + "并考虑更换此密钥"
        case .notFolder(let path):
            "\(path)：不是文件夹（可能是链接、文件或设备）；请核对路径，密钥文件夹不得是链接"
        case .folderTooOpen(let path, let mode):
            "\(path)：文件夹权限为 \(Self.octal(mode))，他人可以进入，应为 0700；请执行 chmod 700"
        case .foreignOwner(let path, let owner):
            "\(path)：属于另一账户（编号 \(owner)），应属于当前账户；请换用该账户执行，或由管理员核对"
        case .emptyFile(let path):
            "\(path)：文件为空，应有密钥；请从备份恢复"
        case .tooLarge(let sizeBytes, let maximumBytes, let path):
            "\(Self.prefixZh(path))有 \(sizeBytes) 字节，超过上限 \(maximumBytes) 字节，不是密钥文件；请核对路径"
        case .notEncrypted(let path):
            "\(Self.prefixZh(path))私钥未加密，应为 ENCRYPTED PRIVATE KEY；"
                + "请用 openssl pkcs8 -topk8 -scrypt 加密，并考虑更换此密钥"
        case .malformedKeyFile(let path):
            "\(Self.prefixZh(path))内容不是恰好一个 ENCRYPTED PRIVATE KEY 的 PEM 块；"
                + "请核对文件，或从备份恢复"
        case .wrongPassphrase(let path):
            "\(Self.prefixZh(path))口令不正确，或文件已损坏；请重新输入，仍不行则从备份恢复"
        case .wrongAlgorithm(let expected, let path):
            "\(Self.prefixZh(path))密钥算法与账本的算法套件不符，应为 \(expected)；请换用本账本的密钥"
        case .malformedPublicKey(let defect):
            "公钥不可用：\(defect.zh)；请向密钥持有人重新索取公钥"
        case .seedLength(let actual, let expected):
            "密钥种子有 \(actual) 字节，应为 \(expected) 字节；请给出完整的种子"
        case .emptyPassphrase:
            "口令为空；请设置口令"
        case .passphraseTooLong(let byteCount, let maximum):
            "口令有 \(byteCount) 字节，最多 \(maximum) 字节；请换一个较短的口令"
        case .system(let call, let errno, let path):
            "\(path)：系统调用 \(call) 失败：\(SystemReason(errno).zh)；请排除该原因后重试"
        case .openSSL(let error):
            "密码库 OpenSSL 出错：\(error)；请核对其安装，并把本消息交给维护人员"
        }
    }

    /// The message in English: what, where, recorded and required, what to do.
    public var en: String {
        switch self {
        case .notFound(let path):
            "\(path): no such file or folder; check the path"
        case .alreadyExists(let path):
            "\(path): the file exists, and key files are never overwritten; choose another name"
        case .notRegularFile(let path):
            "\(path): not a regular file (a link, folder, pipe or device); "
                + "give the path of the key file itself"
        case .permissionsTooOpen(let path, let mode):
            "\(path): the mode is \(Self.octal(mode)), so others have access, and must be 0600; "
                + "run chmod 600 and consider replacing the key"
        case .notFolder(let path):
            "\(path): not a folder (a link, file or device); check the path, "
                + "a folder of keys must not be a link"
        case .folderTooOpen(let path, let mode):
            "\(path): the folder's mode is \(Self.octal(mode)), so others have access, "
                + "and must be 0700; run chmod 700"
        case .foreignOwner(let path, let owner):
            "\(path): it belongs to another account (number \(owner)), and must be yours; "
                + "run the command as that account or have it checked"
        case .emptyFile(let path):
            "\(path): the file is empty, and must hold a key; restore it from a backup"
        case .tooLarge(let sizeBytes, let maximumBytes, let path):
            "\(Self.prefixEn(path))\(sizeBytes) bytes are more than the maximum of "
                + "\(maximumBytes), so this is no key file; check the path"
        case .notEncrypted(let path):
            "\(Self.prefixEn(path))the private key is not encrypted, and must be an "
                + "ENCRYPTED PRIVATE KEY; encrypt it with openssl pkcs8 -topk8 -scrypt and "
                + "consider replacing it"
        case .malformedKeyFile(let path):
            "\(Self.prefixEn(path))the content is not exactly one PEM block "
                + "ENCRYPTED PRIVATE KEY; check the file or restore it from a backup"
        case .wrongPassphrase(let path):
            "\(Self.prefixEn(path))the passphrase is wrong, or the file is damaged; "
                + "type it again, and if that fails restore the file from a backup"
        case .wrongAlgorithm(let expected, let path):
            "\(Self.prefixEn(path))the key's algorithm is not that of the ledger's suite, "
                + "which is \(expected); use a key made for this ledger"
        case .malformedPublicKey(let defect):
            "the public key can't be used: \(defect.en); ask its holder for it again"
        case .seedLength(let actual, let expected):
            "the key seed has \(actual) bytes and must have \(expected); give the whole seed"
        case .emptyPassphrase:
            "the passphrase is empty; set one"
        case .passphraseTooLong(let byteCount, let maximum):
            "the passphrase has \(byteCount) bytes and may have \(maximum); choose a shorter one"
        case .system(let call, let errno, let path):
            "\(path): system call \(call) failed: \(SystemReason(errno).en); "
                + "remove the cause and try again"
        case .openSSL(let error):
            "OpenSSL reported an error: \(error); check its installation and pass this message on"
        }
    }

    private static func prefixZh(_ path: String?) -> String { path.map { "\($0)：" } ?? "密钥：" }

    private static func prefixEn(_ path: String?) -> String { path.map { "\($0): " } ?? "key: " }

    /// Permission bits as people know them from chmod(1): 0644.
    private static func octal(_ mode: UInt32) -> String {
        let digits = String(mode, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

extension KeyError.PublicKeyDefect {
    fileprivate var zh: String {
        switch self {
        case .length(let actual, let expected): "有 \(actual) 字节，应为 \(expected) 字节"
        case .encoding: "不是规范的 DER SubjectPublicKeyInfo"
        case .algorithm(let expected): "算法不符，应为 \(expected)"
        case .weakPoint: "曲线上的点无效或阶数过小，签名不能证明任何事"
        }
    }

    fileprivate var en: String {
        switch self {
        case .length(let actual, let expected): "it has \(actual) bytes and must have \(expected)"
        case .encoding: "it is not a canonical DER SubjectPublicKeyInfo"
        case .algorithm(let expected): "its algorithm must be \(expected)"
        case .weakPoint: "its point is invalid or of small order, so its signatures prove nothing"
        }
    }
}

/// The causes that an officer can do something about; strerror(3) knows no Chinese.
private struct SystemReason {
    let zh: String
    let en: String

    init(_ number: Int32) {
        (zh, en) =
            switch number {
            case EACCES: ("没有权限 (EACCES)", "no permission (EACCES)")
            case EDQUOT: ("磁盘配额已满 (EDQUOT)", "disk quota used up (EDQUOT)")
            case EINVAL: ("参数无效 (EINVAL)", "invalid argument (EINVAL)")
            case EIO: ("读写设备出错 (EIO)", "input or output error (EIO)")
            case ENAMETOOLONG: ("路径过长 (ENAMETOOLONG)", "path too long (ENAMETOOLONG)")
            case ENOSPC: ("磁盘已满 (ENOSPC)", "no space left (ENOSPC)")
            case ENOTDIR: ("路径中有一段不是文件夹 (ENOTDIR)", "part of the path is no folder (ENOTDIR)")
            case EPERM: ("不允许此操作 (EPERM)", "operation not permitted (EPERM)")
            case EROFS: ("文件系统只读 (EROFS)", "read-only file system (EROFS)")
            default: ("错误号 \(number)", "errno \(number)")
            }
    }
}

// MARK: - CustomStringConvertible

extension KeyError: CustomStringConvertible {
    /// The English message.
    public var description: String { en }
}
