// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

/// Every target: Swift 6 mode, strict memory safety (SE-0458), warnings as errors (SE-0480).
let settings: [SwiftSetting] = [
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),  // SE-0335
    .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
    .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
]

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let argumentParser = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")

// The edges are those of Sources/ARCHITECTURE.md; scripts/check-layering holds this list to it.
let package = Package(
    name: "ReliefLedger",
    products: [
        .executable(name: "relief", targets: ["relief"]),
        .executable(name: "relief-verify", targets: ["relief-verify"]),
        .executable(name: "relief-audit", targets: ["relief-audit"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        .systemLibrary(
            name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
        .systemLibrary(
            name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .systemLibrary(
            name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .target(name: "LedgerFormat"),
        .target(
            name: "Spreadsheet", dependencies: ["CExpat", "CXLSXWriter", "CZip", "LedgerFormat"]),
        .target(name: "LedgerCrypto", dependencies: ["COpenSSL"]),
        .target(name: "LedgerLog", dependencies: ["LedgerCrypto", "LedgerFormat"]),
        .target(name: "LedgerStore", dependencies: ["LedgerLog"]),
        .target(name: "ReliefModel", dependencies: ["LedgerFormat"]),
        .target(name: "ReliefAudit", dependencies: ["LedgerLog", "ReliefModel"]),
        .target(name: "ReliefRoster", dependencies: ["LedgerCrypto", "ReliefModel", grdb]),
        .target(
            name: "ReliefDisclosure", dependencies: ["CQREncode", "ReliefAudit", "Spreadsheet"],
            resources: [.embedInCode("Site/verify-page.js"), .embedInCode("Site/check.html")]),
        .target(
            name: "ReliefExamination",
            dependencies: ["LedgerCrypto", "ReliefAudit", "ReliefDisclosure", "Spreadsheet"]),
        .target(
            name: "ReliefReconciliation", dependencies: ["ReliefDisclosure", "Spreadsheet"]),
        .target(
            name: "CommandInterface", dependencies: ["LedgerLog", "ReliefModel", argumentParser]),
        .executableTarget(
            name: "relief",
            dependencies: [
                "CommandInterface", "LedgerStore", "ReliefDisclosure", "ReliefReconciliation",
                "ReliefRoster", "Spreadsheet", argumentParser,
            ]),
        .executableTarget(
            name: "relief-audit",
            dependencies: [
                "CommandInterface", "ReliefExamination", "ReliefReconciliation",
                "ReliefDisclosure", "Spreadsheet",
                argumentParser,
            ]),
        .executableTarget(
            name: "relief-verify",
            dependencies: ["CommandInterface", "ReliefAudit", argumentParser],
            // One file to hand to an auditor, with no Swift runtime to install beside it.
            linkerSettings: [
                .unsafeFlags([
                    "-static-stdlib", "-l_FoundationCShims", "-l_FoundationCollections",
                ])
            ]),
        .executableTarget(
            name: "relief-simulate",
            dependencies: ["LedgerStore", "ReliefAudit", "ReliefSimulation", argumentParser]),
        .target(
            name: "ReliefSimulation",
            dependencies: [
                "LedgerLog", "LedgerCrypto", "LedgerFormat", "ReliefModel", argumentParser,
            ]),
        .executableTarget(
            name: "relief-misdeed",
            dependencies: ["ReliefSimulation", argumentParser]),
        .testTarget(name: "LedgerFormatTests", dependencies: ["LedgerFormat"]),
        .testTarget(name: "LedgerCryptoTests", dependencies: ["LedgerCrypto"]),
        .testTarget(
            name: "SpreadsheetTests", dependencies: ["Spreadsheet"], exclude: ["Fixtures"]),
        .testTarget(name: "LedgerStoreTests", dependencies: ["LedgerStore"]),
        .testTarget(name: "ReliefModelTests", dependencies: ["ReliefModel"]),
        .testTarget(name: "ReliefRosterTests", dependencies: ["ReliefRoster", grdb]),
        .testTarget(
            name: "ReliefCommandTests",
            dependencies: ["CommandInterface", "ReliefReconciliation", "relief"]),
        .target(
            name: "LedgerForge", dependencies: ["LedgerCrypto", "LedgerFormat", "LedgerLog"],
            path: "Tests/LedgerForge"),
        .testTarget(name: "LedgerLogTests", dependencies: ["LedgerForge", "LedgerLog"]),
        .testTarget(
            name: "ReliefDisclosureTests", dependencies: ["LedgerForge", "ReliefDisclosure"],
            exclude: ["Golden"]),
        .testTarget(
            name: "ReliefExaminationTests",
            dependencies: ["LedgerForge", "ReliefExamination", "relief-audit"]),
        .testTarget(
            name: "ReliefReconciliationTests",
            dependencies: ["LedgerForge", "ReliefReconciliation"], exclude: ["Golden"]),
        .testTarget(
            name: "ReliefAuditTests", dependencies: ["LedgerForge", "ReliefAudit"]),
        .testTarget(
            name: "ConformanceTests",
            dependencies: ["LedgerForge", "LedgerFormat", "LedgerLog", "ReliefAudit"]),
    ]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = settings
}
