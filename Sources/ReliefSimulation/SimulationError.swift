// SPDX-License-Identifier: Apache-2.0

/// A text that the simulation itself got wrong.
package enum SimulationError: Error {
    case malformed(String)
}

extension Optional {
    /// The value; its absence is a mistake of the simulation.
    package func orMalformed(_ what: @autoclosure () -> String) throws -> Wrapped {
        guard let self else { throw SimulationError.malformed(what()) }
        return self
    }
}
