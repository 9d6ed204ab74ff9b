// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import LedgerFormat
import LedgerLog
import ReliefModel
import ReliefRoster

/// The season keys beside a ledger, as commands use them.
struct PeriodKey {
    let season: PayeeSeason
    private let files: SeasonKeyFiles
    private let ledger: VerifiedLedger<Journal>

    init(
        _ period: String, of ledger: VerifiedLedger<Journal>, at path: String
    ) throws(CommandFailure) {
        do throws(PayeeSeasonError) {
            season = try PayeeSeason(period)
        } catch {
            throw CommandFailure(
                .usage, zh: "--period：\(error.message.zh)", en: "--period: \(error.message.en)")
        }
        files = SeasonKeyFiles(ledger: path, origin: ledger.founding.origin)
        self.ledger = ledger
    }

    /// The key, or nil before its first use.
    ///
    /// A period that has payments and no key is refused: a second key would give everybody a
    /// second pseudonym, and nobody would see who is paid twice.
    func existing() throws(CommandFailure) -> SeasonKey? {
        do throws(SeasonKeyError) {
            return try files.open(season)
        } catch .missing(let path, let season) where !isUsed {
            _ = (path, season)
            return nil
        } catch {
            throw CommandFailure(.incomplete, [Complaint(error.message)])
        }
    }

    private var isUsed: Bool {
        ledger.fold.records.contains { record in
            if case .batch(let batch) = record.entry { batch.period == season.text } else { false }
        }
    }

    /// Makes the key.
    func create() throws(CommandFailure) -> SeasonKey {
        do throws(SeasonKeyError) {
            return try files.create(season)
        } catch {
            throw CommandFailure(.incomplete, [Complaint(error.message)])
        }
    }

    /// A key that is kept nowhere, to try what a posting would be.
    func passing() throws(CommandFailure) -> SeasonKey {
        do throws(OpenSSLError) {
            return try SeasonKey(
                origin: ledger.founding.origin, season: season,
                secret: try SecretBytes.random(SeasonKey.byteCount))
        } catch {
            throw CommandFailure(error)
        }
    }

    /// What was just made, and the periods that it is not.
    var notice: Complaint {
        var periods: [String] = []
        for record in ledger.fold.records {
            guard case .batch(let batch) = record.entry, !periods.contains(batch.period) else {
                continue
            }
            periods.append(batch.period)
        }
        let path = (try? files.path(of: season)) ?? ""
        let list =
            periods.isEmpty
            ? Message(zh: "无", en: "none")
            : Message(
                zh: periods.map { "“\($0)”" }.joined(separator: "、"),
                en: periods.map { "“\($0)”" }.joined(separator: ", "))
        return Complaint(
            zh: "已为补助期间“\(season)”建立密钥 \(path)；请备份，工作结束后依法销毁。账本中已有的其他期间：\(list.zh)",
            en: "a key was made for the period “\(season)”: \(path); back it up, and destroy it by "
                + "law when the work ends. Other periods in the ledger: \(list.en)")
    }
}
