// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import ReliefModel

/// Policies as files: the canonical JSON of FORMAT.md §6, with or without a line end.
enum PolicyFile {
    /// Reads a file, with every problem at once.
    static func read(_ path: String) throws(CommandFailure) -> (content: JSONValue, policy: Policy)
    {
        var bytes = try InputFile.read(path)
        if bytes.last == 0x0A { bytes.removeLast() }
        let content: JSONValue
        do throws(FormatError) {
            content = try CanonicalJSON.parse(bytes)
        } catch {
            throw CommandFailure(
                .usage, zh: "\(path)：\(error.message.zh)", en: "\(path): \(error.message.en)",
                hint: Message(
                    zh: "改成规范形式：jq -cS . \(path)", en: "make it canonical: jq -cS . \(path)"))
        }
        return (content, try policy(content, path: path))
    }

    /// The policy of a content.
    static func policy(_ content: JSONValue, path: String) throws(CommandFailure) -> Policy {
        do throws(PolicyError) {
            return try Policy(content: content)
        } catch {
            throw CommandFailure(
                .usage,
                error.problems.map {
                    Complaint(zh: "\(path)：\($0.message.zh)", en: "\(path): \($0.message.en)")
                })
        }
    }
}
