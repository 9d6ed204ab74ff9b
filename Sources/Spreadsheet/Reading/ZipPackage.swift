// SPDX-License-Identifier: Apache-2.0

import CZip
import Glibc

/// The parts of an .xlsx file, unpacked as they are read.
///
/// Nothing is written to disk, so names cannot lead anywhere; a name that stands twice is refused,
/// for one reader could take the first and another the last.
@safe final class ZipPackage {
    /// What all parts that are read may unpack to, in bytes.
    static let maximumUnpackedByteCount: UInt64 = 512 << 20
    private static let maximumEntryCount: Int64 = 10_000
    private static let chunkByteCount = 1 << 16

    private let archive: OpaquePointer
    private var entries: [String: UInt64] = [:]
    private var unpackedByteCount: UInt64 = 0

    init(_ bytes: [UInt8]) throws(SpreadsheetFault) {
        guard !bytes.isEmpty, let copy = unsafe malloc(bytes.count) else { throw .outOfMemory }
        // SAFETY: the copy has that many bytes.
        unsafe UnsafeMutableRawBufferPointer(start: copy, count: bytes.count).copyBytes(from: bytes)
        // SAFETY: with freep 1 the source frees the copy, also where opening fails.
        guard let source = unsafe zip_source_buffer_create(copy, UInt64(bytes.count), 1, nil)
        else {
            unsafe free(copy)
            throw .outOfMemory
        }
        guard let archive = unsafe zip_open_from_source(source, ZIP_RDONLY, nil) else {
            unsafe zip_source_free(source)
            throw .damagedPackage
        }
        unsafe self.archive = archive
        try list()
    }

    deinit {
        // SAFETY: opened in init; nothing was changed, so nothing is written.
        unsafe zip_discard(archive)
    }

    private func list() throws(SpreadsheetFault) {
        // SAFETY: the archive is open; names live as long as it does.
        let count = unsafe zip_get_num_entries(archive, 0)
        guard (0...Self.maximumEntryCount).contains(count) else { throw .damagedPackage }
        for index in 0..<UInt64(count) {
            guard let name = unsafe zip_get_name(archive, index, 0) else { throw .damagedPackage }
            let key = unsafe Self.key(String(cString: name))
            guard entries.updateValue(index, forKey: key) == nil else {
                throw .duplicatePart(key)
            }
        }
    }

    /// Part names are equal whatever the case of their letters (ECMA-376 part 2, 6.2.2.3).
    private static func key(_ name: String) -> String {
        var key = name.lowercased().split(separator: "\\").joined(separator: "/")
        while key.hasPrefix("/") { key.removeFirst() }
        return key
    }

    /// Whether the package has the part.
    func has(_ part: String) -> Bool { entries[Self.key(part)] != nil }

    /// Whether any part lies in the folder.
    func hasFolder(_ prefix: String) -> Bool { entries.keys.contains { $0.hasPrefix(prefix) } }

    /// The names of all parts, in order.
    var names: [String] { entries.keys.sorted() }

    /// A part as it is.
    func bytes(of part: String) throws(SpreadsheetFault) -> [UInt8] {
        var bytes: [UInt8] = []
        unsafe try unpack(part) { (chunk, _) throws(SpreadsheetFault) in
            unsafe bytes.append(contentsOf: chunk)
        }
        return bytes
    }

    /// Reads a part with a handler.
    func read(_ part: String, with handler: XMLHandler) throws(SpreadsheetFault) {
        let reader = try XMLReader(part: part, handler: handler)
        unsafe try unpack(part) { (chunk, isLast) throws(SpreadsheetFault) in
            unsafe try reader.feed(chunk, isLast: isLast)
        }
    }

    /// Unpacks a part chunk by chunk; the last chunk is empty.
    private func unpack(
        _ part: String,
        _ body: (UnsafeRawBufferPointer, _ isLast: Bool) throws(SpreadsheetFault) -> Void
    ) throws(SpreadsheetFault) {
        guard let index = entries[Self.key(part)] else { throw .missingPart(part) }
        var status = unsafe zip_stat_t()
        // SAFETY: the structure is a local, lent for the call.
        guard unsafe zip_stat_index(archive, index, 0, &status) == 0 else { throw .damagedPackage }
        guard unsafe status.encryption_method == ZIP_EM_NONE else { throw .encryptedPackage }
        guard unsafe status.size <= Self.maximumUnpackedByteCount else { throw .unpacksTooLarge }
        guard let file = unsafe zip_fopen_index(archive, index, 0) else { throw .damagedPackage }
        // SAFETY: opened above, closed once.
        defer { unsafe zip_fclose(file) }
        let buffer = UnsafeMutableRawPointer.allocate(
            byteCount: Self.chunkByteCount, alignment: 8)
        defer { unsafe buffer.deallocate() }
        while true {
            // SAFETY: the buffer has that many bytes. The last read also checks the part's CRC.
            let count = unsafe zip_fread(file, buffer, UInt64(Self.chunkByteCount))
            guard count >= 0 else { throw .damagedPackage }
            unpackedByteCount += UInt64(count)
            guard unpackedByteCount <= Self.maximumUnpackedByteCount else {
                throw .unpacksTooLarge
            }
            unsafe try body(
                UnsafeRawBufferPointer(start: buffer, count: Int(count)), count == 0)
            if count == 0 { return }
        }
    }
}
