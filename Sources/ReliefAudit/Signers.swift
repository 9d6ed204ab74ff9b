// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import LedgerLog

/// Who sealed which posting: 16 bytes a posting.
struct Signers: Sendable {
    private var persons: [PersonID] = []
    private var indices: [PersonID: Int] = [:]
    /// Headers in order, each with its person's index; −1 for a key that the log does not know.
    private var postings: ContiguousArray<(seq: Int, person: Int)> = []

    /// A posting begins.
    mutating func open(_ posting: OpenPosting) {
        var index = -1
        if let person = posting.signer?.person {
            index = indices[person] ?? persons.count
            if index == persons.count {
                persons.append(person)
                indices[person] = index
            }
        }
        postings.append((posting.seq, index))
    }

    /// The header and person of the posting in which a record stands.
    func posting(of seq: Int) -> (seq: Int, person: PersonID?)? {
        var low = 0
        var high = postings.count
        while low < high {
            let middle = (low + high) / 2
            if postings[middle].seq <= seq { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return nil }
        let posting = postings[low - 1]
        return (posting.seq, posting.person < 0 ? nil : persons[posting.person])
    }
}
