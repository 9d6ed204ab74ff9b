// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import ReliefModel

/// Text that officers write freely: what may enter the chain, and what messages may repeat.
enum FreeText {
    /// Why a text may not be recorded; personal data is told by kind and place, never repeated.
    static func problem(in text: String, maximumByteCount: Int) -> Message? {
        TextRule.problem(in: text, maximumByteCount: maximumByteCount)
            ?? PersonalDataScan.search(text).first?.message
    }
}
