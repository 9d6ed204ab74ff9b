// SPDX-License-Identifier: Apache-2.0

public import ReliefAudit
internal import ReliefModel

/// An edition of a notice with the data of its parts.
public struct ProvenNotice: Sendable {
    let notice: DisclosureNotice
    /// `proof.json` of each part.
    public let proofs: [String]

    /// Makes the proofs of an edition; rows of rosters are opened where it shows names in full.
    public init(
        _ notice: DisclosureNotice, _ maker: DisclosureProofMaker, _ people: DisclosedPeople,
        _ opening: PublicSite.Opening
    ) {
        self.notice = notice
        let withheld = Set(DisclosureNotice.withheldSeqs(people, notice.edition))
        let isWhole = notice.partCount == 1
        proofs = (0..<notice.partCount).map { part in
            let shown = notice.rows[notice.rowRange(ofPart: part)].map(\.row.seq)
            let proof = maker.proof(
                of: isWhole ? nil : notice.ledgerRange(ofPart: part), withheld: withheld,
                opening: notice.edition == .board ? opening(shown) : [])
            return String(decoding: proof.bytes, as: UTF8.self)
        }
    }
}
