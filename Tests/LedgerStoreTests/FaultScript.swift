// SPDX-License-Identifier: Apache-2.0

import Foundation
import LedgerStore
import Synchronization

/// Lets a test stop the n-th call, and remembers what a power cut could not take away.
final class FaultScript: Sendable {
    enum Fault: Sendable, CustomStringConvertible {
        case once(Int32)
        /// From the n-th call on nothing reaches the disk: what a kill before it leaves.
        case always(Int32)
        case short(Int)
        case flip

        var description: String {
            switch self {
            case .once(let code): "errno \(code) once"
            case .always(let code): "errno \(code) from then on"
            case .short(let count): "\(count) bytes only"
            case .flip: "flipped bit"
            }
        }
    }

    private struct State {
        var calls = 0
        var made: [(SystemCall, String)] = []
        /// Contents as of each file's last fsync.
        var durable: [String: [UInt8]] = [:]
    }

    private let state = Mutex(State())
    private let target: Int
    private let fault: Fault

    init(_ fault: Fault, at target: Int, durable: [String: [UInt8]] = [:]) {
        self.fault = fault
        self.target = target
        state.withLock { $0.durable = durable }
    }

    var gate: SystemGate {
        SystemGate { call, path in self.judge(call, path) }
    }

    /// Whether the run was long enough to meet the fault.
    var wasReached: Bool { state.withLock { $0.calls >= target } }

    var calls: [String] { state.withLock { $0.made.map(\.0.rawValue) } }

    func durable(_ file: String) -> [UInt8]? { state.withLock { $0.durable[file] } }

    private func judge(_ call: SystemCall, _ path: String) -> SystemGate.Verdict {
        state.withLock { state in
            state.calls += 1
            let verdict = verdict(state.calls, call)
            if case .fail = verdict { return verdict }
            state.made.append((call, path))
            guard call == .fsync else { return verdict }
            // A folder's fsync makes its names durable: here that of the head.
            let file = path.hasSuffix("/private") ? path + "/head" : path
            if let content = FileManager.default.contents(atPath: file) {
                state.durable[file] = [UInt8](content)
            }
            return verdict
        }
    }

    private func verdict(_ number: Int, _ call: SystemCall) -> SystemGate.Verdict {
        switch fault {
        case .once(let code): number == target ? .fail(code) : .pass
        case .always(let code): number >= target ? .fail(code) : .pass
        case .short(let count): number == target && call == .pwrite ? .short(count) : .pass
        case .flip: number == target && call == .pwrite ? .flip : .pass
        }
    }
}
