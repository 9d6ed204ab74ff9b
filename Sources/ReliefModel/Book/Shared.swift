// SPDX-License-Identifier: Apache-2.0

/// A value with many texts, kept once: a copy of what holds it counts one reference and not ten.
@usableFromInline
final class Shared<Value: Sendable>: Sendable {
    @usableFromInline let value: Value

    @inlinable
    init(_ value: Value) { self.value = value }
}
