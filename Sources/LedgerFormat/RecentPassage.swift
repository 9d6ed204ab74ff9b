// SPDX-License-Identifier: Apache-2.0

/// The passage that a field had last, of any length; see ``RecentText`` for short ones.
///
/// Records of one posting mostly rest on one paper. Comparing its words takes a tenth of the time
/// that reading it does.
public struct RecentPassage: Sendable {
    private var words: ContiguousArray<UInt64> = []
    private var count = 0

    /// No passage yet.
    public init() {}

    /// Whether a passage is the last one; if not, it is from now on.
    public mutating func repeats(_ text: Span<UInt8>) -> Bool {
        if text.count == count, matches(text) { return true }
        count = text.count
        words.removeAll(keepingCapacity: true)
        for offset in stride(from: 0, to: text.count, by: 8) {
            words.append(text.word(at: offset))
        }
        return false
    }

    private func matches(_ text: Span<UInt8>) -> Bool {
        guard count > 0 else { return false }
        var offset = 0
        for word in words {
            guard text.word(at: offset) == word else { return false }
            offset += 8
        }
        return true
    }
}
