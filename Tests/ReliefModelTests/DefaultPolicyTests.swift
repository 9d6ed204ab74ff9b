// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import Testing

@testable import ReliefModel

@Suite struct `The default policy` {
    private let policy = DefaultPolicy.policy

    @Test func `it is a content that the strict reader accepts unchanged`() throws {
        #expect(try Policy(content: DefaultPolicy.content) == policy)
        let bytes = CanonicalJSON.encode(DefaultPolicy.content)
        #expect(bytes.count < 60_000, "it must fit one record of 65,535 bytes")
    }

    @Test func `it has the thirteen purposes of relief money`() {
        #expect(
            policy.purposes.map(\.code) == [
                "H1", "H2", "H3", "H4", "H5", "H6", "E1", "E2", "E3", "E4", "E5", "E6", "X9",
            ])
        #expect(policy.purposes.allSatisfy { !$0.buys.isEmpty })
    }

    @Test func `every payable item is bought by some purpose and no forbidden one is`() {
        let bought = Set(policy.purposes.flatMap(\.buys))
        for item in policy.items {
            #expect(bought.contains(item.code) == !item.isForbidden, "\(item.code)")
        }
    }

    @Test(arguments: [
        "wages", "allowances", "office", "meetings", "reception", "travel", "buildings",
        "vehicles", "workFunds", "lending", "debt", "consolation", "temporaryAid",
    ])
    func `what is always wrong is forbidden for every purpose`(code: String) {
        for purpose in policy.purposes {
            #expect(policy.verdict(item: code, purpose: purpose.code) == .forbidden)
        }
    }

    @Test(arguments: [
        ("food", "H6", Policy.ItemVerdict.allowed), ("heating", "H5", .outsidePurpose),
        ("condolence", "H2", .allowed), ("housingRebuild", "H6", .outsidePurpose),
        ("machinery", "E1", .allowed), ("food", "E3", .outsidePurpose),
    ])
    func `each purpose buys what its rule names`(
        item: String, purpose: String, verdict: Policy.ItemVerdict
    ) {
        #expect(policy.verdict(item: item, purpose: purpose) == verdict)
    }

    @Test func `a collective decision is due from ten thousand yuan inclusive`() throws {
        let threshold = try #require(policy.threshold(.collective))
        for kind in Policy.Covered.allCases {
            #expect(threshold.applies(to: try Money("10,000.00"), of: kind))
            #expect(!threshold.applies(to: try Money("9,999.99"), of: kind))
        }
        #expect(threshold.citation.contains("民法典第1259条"))
        #expect(threshold.citation.contains("[local]"))
    }

    @Test func `only the province has a term for passing money on`() {
        #expect(policy.clock(.onward, at: .province)?.days == 30)
        #expect(policy.clock(.onward, at: .province)?.calendar == .calendar)
        for level in [Policy.ClockLevel.prefecture, .county, .township] {
            #expect(policy.clock(.onward, at: level) == nil)
        }
        #expect(policy.clock(.recording, at: .county)?.days == 10)
        #expect(policy.clock(.recording, at: .county)?.calendar == .working)
        #expect(policy.clock(.notice, at: .township)?.days == 7)
        // Money for the emergency does not wait for a notice.
        let announced = policy.purposes.map(\.code).filter {
            policy.noticeClock(purpose: $0, at: nil) != nil
        }
        #expect(announced == ["H4", "H6"])
    }

    @Test func `a term that no law sets says so`() {
        #expect(policy.clock(.settlement, at: .county)?.days == 90)
        #expect(policy.clock(.acknowledge, at: .township) == nil)
        for code in [Policy.ClockCode.recording, .notice, .settlement] {
            #expect(policy.clock(code, at: nil)?.citation.hasPrefix("默认值") == true)
        }
    }

    @Test func `rates with two published readings are left out`() {
        #expect(Set(policy.rates.map(\.purpose)) == ["H1"])
        #expect(policy.rate(purpose: "H1", per: .person)?.amount.text() == "300.00")
        #expect(policy.rate(purpose: "H1", per: .personDay)?.amount.text() == "20.00")
    }

    @Test func `there are no holidays until a county adds them`() {
        #expect(policy.holidays.isEmpty)
    }

    @Test func `names differ and nothing unverified is cited`() {
        #expect(Set(policy.items.map(\.name.zh)).count == policy.items.count)
        #expect(Set(policy.items.map(\.name.en)).count == policy.items.count)
        #expect(Set(policy.purposes.map(\.name.en)).count == policy.purposes.count)
        let citations = policy.items.map(\.citation) + policy.purposes.map(\.citation)
        #expect(citations.allSatisfy { !$0.isEmpty && !$0.contains("unverified") })
    }
}
