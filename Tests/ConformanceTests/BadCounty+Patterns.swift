// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog

/// What only shows when several records of the bad county are looked at together.
extension BadCounty {
    // MARK: - Spring

    mutating func closeAndGoOn() {
        post("2023-04-03", Draft.close(until: "2023-03-31", date: "2023-04-03"))
        let late = buy(180_000, "food", on: "2023-03-30", recorded: "2023-04-04", plan: westPlan)
        label(
            "T04", late, zh: "3 月已结账，又补记一笔 3 月 30 日的支出",
            en: "March is closed, and an expense of 30 March is added")
        splitOnePurchase()
        payOneBillTwice()
        stayBelowTheLimit()
        payInRoundSums()
    }

    private mutating func splitOnePurchase() {
        let supplier = newSupplier()
        buy(600_000, "heating", on: "2023-04-06", plan: westPlan, payee: supplier)
        let second = buy(550_000, "heating", on: "2023-04-10", plan: westPlan, payee: supplier)
        label(
            "F01", second, zh: "同一供应商五天内 6,000 元、5,500 元两笔，合计超过限额",
            en: "6,000 and 5,500 yuan to one supplier within five days, together above the limit")
    }

    private mutating func payOneBillTwice() {
        let supplier = newSupplier()
        buy(300_000, "heating", Self.east, on: "2023-04-17", plan: eastPlan, payee: supplier)
        let again = buy(
            300_000, "heating", Self.east, on: "2023-04-20", plan: eastPlan, payee: supplier)
        label(
            "F03", again, zh: "同一张 3,000 元的账单三天后又付一次",
            en: "one bill of 3,000 yuan is paid again three days later")
    }

    /// Twelve purchases of a little less than 10,000.00 yuan, recorded at 23:00 in Beijing.
    private mutating func stayBelowTheLimit() {
        let days =
            ["04-24", "04-25", "04-26", "04-27", "04-28", "05-04", "05-05", "05-08"]
            + ["05-09", "05-10", "05-11", "05-12"]
        var last = 0
        for (number, day) in days.enumerated() {
            last = buy(
                910_000 + Int64(number) * 5_300, "food", Self.north, on: "2023-\(day)", hour: 15,
                plan: northPlan)
        }
        label(
            "F02", last, zh: "十二笔买粮都在 9,100 元至 9,700 元之间，恰在限额之下",
            en: "twelve purchases of food between 9,100 and 9,700 yuan, all just below the limit")
        label(
            "F06", last - 1, zh: "同一人屡次在夜里十一点记账",
            en: "one person records at eleven at night again and again")
    }

    /// Small purchases of three units: the eastern township's are whole thousands of yuan.
    private mutating func payInRoundSums() {
        post(
            "2023-05-15",
            Draft.allocation(
                Self.east, Place.village, grant: winter, 1_000_000, date: "2023-05-15"))
        buyOften(
            (0..<23).map { 100_000 * ($0 % 3 + 1) }, Self.east, plan: eastPlan, on: "2023-05-16")
        buyOften(
            (0..<30).map { 11_300 + 170 * $0 }, Place.village, plan: eastPlan, on: "2023-05-17")
        buyOften(
            (0..<20).map { 10_700 + 130 * $0 }, Self.north, plan: northPlan, on: "2023-05-18")
    }

    /// Purchases of food of one day, each from a supplier of its own.
    private mutating func buyOften(
        _ amounts: [Int64], _ unit: String, plan: Int, on date: String
    ) {
        var entries: [RecordFields] = []
        for amount in amounts {
            entries.append(
                Draft.expense(
                    unit, grant: winter, amount, payee: newSupplier(), plan: plan, date: date))
        }
        post(date, list: entries)
    }

    // MARK: - Autumn

    mutating func approveTooOften() {
        var last = 0
        for day in ["25", "26", "27"] {
            last = post(
                "2023-09-\(day)", by: .chair,
                Draft.override("B02", Self.west, grant: winter, 100_000, date: "2023-09-\(day)"))
        }
        label(
            "A05", last, zh: "同一人三天内给出三项例外批准", en: "one person gives three overrides in three days")
    }

    mutating func reverseAndPaySomebodyElse() {
        let first = buy(250_000, "food", on: "2023-10-16", plan: westPlan)
        post(
            "2023-10-17",
            Draft.undo("reversal", first, Self.west, grant: winter, 250_000, date: "2023-10-17"))
        let second = buy(250_000, "food", on: "2023-10-18", plan: westPlan)
        label(
            "F07", second, zh: "冲正 2,500 元的次日，同样金额付给另一家",
            en: "the day after 2,500 yuan were reversed, the same goes to another supplier")
    }

    private mutating func buyFromOneSupplier() {
        let supplier = newSupplier()
        buy(200_000, "stove", Self.east, on: "2023-11-06", plan: eastPlan, payee: supplier)
        buy(210_000, "stove", Self.west, on: "2023-11-07", plan: westPlan, payee: supplier)
        let last = buy(
            220_000, "stove", Self.north, on: "2023-11-08", plan: northPlan, payee: supplier)
        label(
            "F09", last, zh: "三个乡镇的炉具都只向一家买",
            en: "three townships buy all their stoves from one supplier")
    }

    // MARK: - The bank

    mutating func keepTheBank() {
        reverseAndPaySomebodyElse()
        let account = post("2023-10-19", Draft.account(date: "2023-10-01"))
        let october = post(
            "2023-11-02",
            Draft.statement(
                of: account, from: "2023-10-01", until: "2023-10-31", in: 300_000))
        let compared = post(
            "2023-11-03",
            Draft.reconciliation(
                of: october, book: 250_000, stated: 250_000, date: "2023-11-03"))
        label(
            "C03", compared, zh: "对账单期末 3,000 元，对账时写成 2,500 元",
            en: "the statement closes with 3,000 yuan, and the reconciliation says 2,500")
        buyFromOneSupplier()
        useAnotherAccount()
        payAtTheYearsEnd()
        let december = post(
            "2024-01-02",
            Draft.statement(
                of: account, from: "2023-12-01", until: "2023-12-31", opening: 300_000))
        label("C04", december, zh: "缺 11 月的对账单", en: "November's statement is missing")
    }

    private mutating func useAnotherAccount() {
        let account = post(
            "2023-12-01",
            Draft.account(Self.north, isRelief: false, ending: "0077", date: "2023-11-01")
                .with("name", .string("乡财政零余额账户")))
        let statement = post(
            "2023-12-01",
            Draft.statement(
                of: account, Self.north, from: "2023-11-01", until: "2023-11-30", in: 500_000))
        let compared = post(
            "2023-12-04",
            Draft.reconciliation(
                Self.north, of: statement, book: 500_000, stated: 500_000, date: "2023-12-04"))
        label(
            "E05", compared, zh: "救灾资金 5,000 元存在乡里的普通账户",
            en: "5,000 yuan of relief money lie in an ordinary account of the township")
    }

    private mutating func payAtTheYearsEnd() {
        let meeting = meet([("heating", 15_000_000)], on: "2023-12-25", of: Self.east)
        let rush = buy(
            15_000_000, "heating", Self.east, on: "2023-12-27", plan: eastPlan, decision: meeting)
        label(
            "T05", rush, zh: "年底最后几天一次花掉全年的三成",
            en: "about a third of the year's money is spent on its last days")
        label(
            "F04", rush, zh: "东河乡三十来笔支出全是整千元，别的单位一笔也没有",
            en: "the eastern township's thirty purchases are all whole thousands of yuan, those of "
                + "others never")
    }

    mutating func endTheYear() {
        let carried = post(
            "2024-01-03",
            Draft.carryover(Self.east, grant: donated, 12_000_000, date: "2023-12-29"))
        label(
            "B05", carried, zh: "结余 150,000 元，只结转 120,000 元",
            en: "150,000 yuan are left, and 120,000 are carried over")
    }

    /// The year is made public, but for one household, and the donations of October only now.
    mutating func publishTheYear() {
        let year = (from: "2023-01-01", until: "2023-12-31")
        let due = forge.rows(from: year.from, until: year.until)
        let household = due.first { forge.isPayment($0) }
        let published = post(
            "2024-01-03",
            forge.disclosure(
                from: year.from, until: year.until, date: "2024-01-03",
                rows: due.filter { $0 != household }))
        label(
            "D02", published, zh: "公开的全年收支漏列了一户", en: "the year made public lacks one household")
        label(
            "D04", donated, zh: "十月收到的捐赠款，次年一月才公开",
            en: "the donations of October are made public in January only")
    }
}
