// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import LedgerLog
internal import ReliefModel

extension DatasetPage {
    private func say(_ zh: String, _ en: String) -> String {
        Message(zh: zh, en: en).text(language)
    }

    /// What the data do not say, and what nothing in them can prove.
    var limits: [String] {
        var points = [
            say(
                "**最小单位**：发放单位（乡镇、村或组）。每笔发放只有金额、人数和查询码，没有姓名、证件号、卡号、电话、住址、病情，也没有账本中的户编号。",
                "**Smallest place**: the unit that pays (a township, village or group). A payment has "
                    + "an amount, a number of heads and a receipt code; no name, identity number, "
                    + "card, phone, address or illness, nor the ledger's pseudonym of a household."),
            say(
                "**账本不能证明的**：录入是否属实、钱到手后是否被收回、领款人之间的亲属关系、未入账的资金。它能证明的是：记录封存后没有被改动、增减。",
                "**What the chain cannot prove**: that an entry is true, that money was not taken back "
                    + "from whoever got it, who is whose kin, and money that was never entered. What "
                    + "it proves is that nothing was altered, added or removed after it was sealed."
            ),
            say(
                "**发放状态**（`state`）以上述条数为准，以后的退汇、重发、取消不在内。",
                "**What became of payments** (`state`) is as of the size above; later returns, "
                    + "reissues and cancellations are not in it."),
            say(
                "**`unstated`** 表示文件或账本没有写明，不是零，也未作推断。`economic_code` 只到“类”：`303` 用于发放到户，`513` 用于两级政府之间，其余一律 `unstated`。",
                "**`unstated`** means that the paper or the ledger does not say; it is no zero, and "
                    + "nothing was guessed. `economic_code` is a class and no finer: `303` for payments "
                    + "to households, `513` between governments of two levels, else `unstated`."),
            say(
                "**IATI**：单位标识为 `CN-NBS-` 加国家统计局统计用区划代码（村组为账本自编代码），该前缀未在 org-id.guide 登记；指标（11、2）与资金（1、3、4、7）两条线不能相加；到账（1、3）和取消（7）取自账本记录，不在 rows.csv 中。",
                "**IATI**: organisations are `CN-NBS-` and the statistical division code of the "
                    + "National Bureau of Statistics (units without one: the ledger's own id); "
                    + "org-id.guide does not list the prefix. Authority (11, 2) and money (1, 3, 4, 7) "
                    + "are two tracks and not to be added. Receipts (1, 3) and cancellations (7) come "
                    + "from the ledger's records and are not in rows.csv."),
            say(
                "以 `=`、`+`、`@` 等开头的文字前有一个撇号，以免表格软件当作公式。",
                "A text that begins with `=`, `+`, `@` or the like has an apostrophe before it, so "
                    + "that no spreadsheet takes it for a formula."),
        ]
        if statement.withheld.count > 0 {
            points.insert(
                say(
                    "**不单列的发放**：\(statement.withheld.count) 笔，合计 \(statement.withheldAmount) 元，因领款户为未成年人，不在 rows.csv 中；上面的合计也不含，求总数时应加入 `executed`。fiscal/ 与 IATI 为汇总，已含在内。",
                    "**Withheld**: \(statement.withheld.count) payments of "
                        + "\(statement.withheldAmount) yuan together, because the household is a "
                        + "child; they are not in rows.csv nor in the totals above, and belong to "
                        + "`executed`. fiscal/ and IATI are sums and hold them."), at: 1)
        }
        return ["## " + say("局限", "Limits"), ""] + points.map { "- \($0)" }
    }

    /// How anybody checks the package.
    var checking: [String] {
        let expectation = statement.seal.expectation
        var steps = [
            say(
                "`sha256sum -c SHA256SUMS`：各文件与发布时一致。",
                "`sha256sum -c SHA256SUMS`: the files are as they were published.")
        ]
        if statement.isDisclosed {
            steps.append(
                say(
                    "`relief-verify disclosure 目录`：不需账本，凭 proof.json 核对每一行、合计、根值、文件清单与签名。期间内有无漏公开，要凭账本核验（第3步，规则 D02）。",
                    "`relief-verify disclosure DIR`: without the ledger, by proof.json, every row, "
                        + "the totals, the root, the list of files and the signature. That no row of "
                        + "the period is missing is proven by the ledger (step 3, rule D02)."))
        } else {
            steps.append(
                say(
                    "本包由 `relief export` 导出，账本中没有相应的公开记录，也没有 proof.json：单凭本包不能证明它与账本一致。请核验账本后用同样的参数重新导出，逐字节比较。",
                    "This is an export by `relief export`: no entry of the ledger stands for it and "
                        + "there is no proof.json, so the package alone proves nothing about the "
                        + "ledger. Verify the ledger, export again with the same options, and "
                        + "compare the bytes."))
        }
        steps.append(
            say(
                "`relief-verify 账本 --expect \(expectation)`：完整账本及其全部规则。条数与根值应另从公示栏或回执取得。",
                "`relief-verify LEDGER --expect \(expectation)`: the whole ledger by all rules. Take "
                    + "size and root from a notice board or receipt, not from here."))
        steps.append(
            say(
                "`frictionless validate datapackage.json`、`csvwvalidate rows.csv-metadata.json`、`datapackage validate fiscal/datapackage.json`：类型、主键、外键、字节数与摘要。",
                "`frictionless validate datapackage.json`, `csvwvalidate rows.csv-metadata.json`, "
                    + "`datapackage validate fiscal/datapackage.json`: types, keys, sizes and digests."
            ))
        return ["## " + say("怎样核验", "How to check"), ""]
            + steps.enumerated().map { "\($0.offset + 1). \($0.element)" }
    }

    /// How it is cited.
    var citation: [String] {
        let day = statement.seal.sealedAt.date(offsetSeconds: 8 * 3600)
        let mark = statement.isIllustrative ? say("（示例数据）", " (illustrative)") : ""
        let origin = "\(statement.seal.origin), \(statement.seal.expectation)"
        let name = say(
            "\(statement.steward.name)：\(statement.unit.name)救灾资金收支\(mark)",
            "\(statement.steward.name): Relief money of \(statement.unit.name)\(mark)")
        return [
            "## " + say("引用", "Citation"), "",
            "> \(Table.line(name)). \(origin), \(day). "
                + say("访问日期：（填写）", "Accessed on (date)."),
        ]
    }
}
