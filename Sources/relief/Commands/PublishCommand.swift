// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface

/// `relief publish`: what goes to the public, from the ledger alone.
struct PublishCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "publish", "生成对外公开的网站和公示表。", "Draw up the public site and the notices.",
            discussion: (
                """
                只读账本，不记录任何内容；公开本身用 relief disclose 记录。
                """,
                """
                Reads the ledger and records nothing; a disclosure is recorded by relief disclose.
                """
            ), subcommands: [PublishSite.self])
    }
}
