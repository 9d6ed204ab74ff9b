// SPDX-License-Identifier: Apache-2.0

/// A sentence for people, in both languages of the project.
public struct Message: Sendable, Equatable {
    /// The Chinese wording.
    public let zh: String
    /// The English wording.
    public let en: String

    /// Pairs the two wordings of one sentence.
    public init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }

    /// The wording in the asked language.
    public func text(_ language: Language) -> String {
        switch language {
        case .zh: zh
        case .en: en
        }
    }
}

/// A language in which messages exist.
public enum Language: String, Sendable, CaseIterable {
    /// Chinese, simplified.
    case zh
    /// English.
    case en

    /// One of two texts.
    public func say(_ zh: String, _ en: String) -> String { self == .zh ? zh : en }
}
