// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import LedgerLog

/// Who sealed which posting, and who works at night: 16 bytes a posting.
struct Signers: Sendable {
    /// What one person has sealed.
    struct Sealed: Sendable {
        let id: PersonID
        var postingCount = 0
        /// Postings recorded at night or on a holiday, and the last of them.
        var offHoursCount = 0
        var lastOffHours = -1
    }

    /// Everybody who sealed a posting, in the order of the first.
    private(set) var people: [Sealed] = []
    /// Records up to the last seal.
    private(set) var recordCount = 0
    private var indices: [PersonID: Int] = [:]
    /// Headers in order, each with its person's index; −1 for a key that the log does not know.
    private var postings: ContiguousArray<(seq: Int, person: Int)> = []

    /// A posting begins.
    mutating func open(_ posting: OpenPosting, isOffHours: Bool) {
        var index = -1
        if let person = posting.signer?.person {
            index = indices[person] ?? people.count
            if index == people.count {
                people.append(Sealed(id: person))
                indices[person] = index
            }
            people[index].postingCount += 1
            if isOffHours {
                people[index].offHoursCount += 1
                people[index].lastOffHours = posting.seq
            }
        }
        postings.append((posting.seq, index))
    }

    /// A posting is sealed by a record.
    mutating func close(sealSeq: Int) { recordCount = sealSeq + 1 }

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
        return (posting.seq, posting.person < 0 ? nil : people[posting.person].id)
    }
}
