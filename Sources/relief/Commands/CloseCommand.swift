// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import ReliefModel

/// `relief close`: the books of a unit and of those below are closed through a day.
struct CloseCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "close", "结账：单位及其下级截至某日的账不再补记。",
            "Close the books of a unit and of those below it, through a day.",
            discussion: (
                "此后业务日期在该日以前的资金记录提示 T04；更正以当期日期记冲正。",
                """
                Money that is recorded afterwards and dated up to that day is reported (T04); a \
                correction is a reversal dated in the current period.
                """
            ))
    }

    @Option(help: help("结账的单位，连同其下级。", "Whose books, with those below.", "unit"))
    var unit: String?

    @Option(help: help("结至哪一天，含当日。", "The last day that is closed.", "date"))
    var until: String?

    @Option(
        help: help("结账日期；默认今天（北京时间）。", "When it was done; by default today in China.", "date"))
    var date: String?

    @OptionGroup var document: DocumentOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        try recording.record(
            .close,
            document.values.merging([
                .unit: unit, .until: until, .date: date,
            ]) { first, _ in first },
            command: "close")
    }
}
