// SPDX-License-Identifier: Apache-2.0

package import ArgumentParser
private import Glibc

extension OutputError {
    /// Says on standard error, under the command's name, what failed; ends with exit code 3.
    package func exit(of command: String) -> ExitCode {
        let text = Array("\(command): error: \(self)\n".utf8)
        // SAFETY: the array is alive for the call, and all of it may be read.
        _ = unsafe text.withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
        return ExitCode(3)
    }
}
