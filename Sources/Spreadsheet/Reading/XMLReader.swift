// SPDX-License-Identifier: Apache-2.0

import CExpat
import Glibc

/// What reads the elements of one part of a workbook.
///
/// Names are local ones of the namespaces that ``XMLReader`` knows; an element of another one (an
/// extension) has the name "". A handler ends the reading by setting ``fault``.
class XMLHandler {
    var fault: SpreadsheetFault?

    func start(_ name: String, _ attributes: XMLAttributes) {}
    func end(_ name: String) {}
    func text(_ bytes: Span<UInt8>) {}
}

/// The attributes of an element.
struct XMLAttributes {
    fileprivate var pairs: [(name: String, value: String)] = []

    /// The value of an attribute without namespace.
    subscript(_ name: String) -> String? { pairs.first { $0.name == name }?.value }

    /// `r:id`: which relationship an element means.
    var relationship: String? { self["r:id"] }
}

/// Reads one XML part with expat, chunk by chunk.
///
/// A document type declaration is refused, so there are no entities to expand and nothing outside
/// is ever read; elements nest at most 64 deep, and no tag or attribute is longer than 1 MiB.
@safe final class XMLReader {
    private static let maximumDepth = 64
    private static let maximumTokenByteCount = 1 << 20
    /// Stands between namespace and name; expat's choice is ours, and XML cannot contain it.
    private static let separator: CChar = 0x01
    private static let namespaces: Set<String> = [
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/package/2006/relationships",
    ]
    private static let relationshipIDs: Set<String> = [
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships\u{1}id",
        "http://purl.oclc.org/ooxml/officeDocument/relationships\u{1}id",
    ]

    private let part: String
    private let handler: XMLHandler
    private let parser: XML_Parser
    private var depth = 0
    private var fault: SpreadsheetFault?
    private var fedByteCount = 0
    /// The namespace of the element before, which is nearly always that of the next.
    private var lastNamespace: [CChar] = []
    private var isLastKnown = false

    init(part: String, handler: XMLHandler) throws(SpreadsheetFault) {
        // SAFETY: a null encoding means the document's own.
        guard let parser = unsafe XML_ParserCreateNS(nil, Self.separator) else {
            throw .outOfMemory
        }
        self.part = part
        self.handler = handler
        unsafe self.parser = parser
        // SAFETY: the reader owns the parser and outlives every call of these functions.
        unsafe XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        unsafe XML_SetElementHandler(
            parser, { unsafe started($0, $1, $2) }, { unsafe ended($0, $1) })
        unsafe XML_SetCharacterDataHandler(parser) { unsafe characters($0, $1, $2) }
        unsafe XML_SetStartDoctypeDeclHandler(parser) { user, _, _, _, _ in
            unsafe reader(user)?.stop(.documentType(part: ""))
        }
    }

    deinit {
        // SAFETY: created in init, freed once.
        unsafe XML_ParserFree(parser)
    }

    /// Reads the next bytes of the part; an empty chunk with `isLast` ends it.
    func feed(_ bytes: UnsafeRawBufferPointer, isLast: Bool) throws(SpreadsheetFault) {
        // SAFETY: the bytes are lent for the call, which copies what it keeps.
        let status = unsafe XML_Parse(
            parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count),
            isLast ? 1 : 0)
        if let fault = handler.fault ?? fault {
            if case .documentType = fault { throw .documentType(part: part) }
            throw fault
        }
        fedByteCount += bytes.count
        guard status == XML_STATUS_OK else {
            // SAFETY: the parser lives; expat's texts are constants.
            let reason = unsafe XML_ErrorString(XML_GetErrorCode(parser)).map {
                unsafe String(cString: $0)
            }
            let line = unsafe Int(XML_GetCurrentLineNumber(parser))
            throw .notXML(part: part, line: line, reason: reason ?? "")
        }
        let readByteCount = unsafe max(0, Int(XML_GetCurrentByteIndex(parser)))
        if fedByteCount - readByteCount > Self.maximumTokenByteCount + bytes.count {
            throw .oversizedText(part: part)
        }
    }

    // MARK: - From expat

    fileprivate func stop(_ fault: SpreadsheetFault) {
        if self.fault == nil { self.fault = fault }
        // SAFETY: called from within a handler, where a parser may be stopped.
        _ = unsafe XML_StopParser(parser, 0)
    }

    fileprivate var isStopped: Bool { fault != nil || handler.fault != nil }

    fileprivate func start(
        _ name: UnsafePointer<CChar>, _ list: UnsafeMutablePointer<UnsafePointer<CChar>?>
    ) {
        if isStopped { return }
        depth += 1
        guard depth <= Self.maximumDepth else { return stop(.tooDeep(part: part)) }
        var attributes = XMLAttributes()
        var index = 0
        // SAFETY: expat's list holds names and values in turn and ends with a null pointer.
        while let name = unsafe list[index], let value = unsafe list[index + 1] {
            var name = unsafe String(cString: name)
            if name.utf8.count > 15, Self.relationshipIDs.contains(name) { name = "r:id" }
            attributes.pairs.append((name, unsafe String(cString: value)))
            index += 2
        }
        unsafe handler.start(local(name), attributes)
        if let fault = handler.fault { stop(fault) }
    }

    fileprivate func end(_ name: UnsafePointer<CChar>) {
        if isStopped { return }
        depth -= 1
        unsafe handler.end(local(name))
        if let fault = handler.fault { stop(fault) }
    }

    fileprivate func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        if isStopped { return }
        unsafe handler.text(bytes.span)
        if let fault = handler.fault { stop(fault) }
    }

    /// The name without its namespace, or "" where that is not one of ours.
    private func local(_ name: UnsafePointer<CChar>) -> String {
        // SAFETY: expat's names end with 0; the separator, where found, lies before that.
        guard let separator = unsafe strrchr(name, Int32(Self.separator)) else { return "" }
        let count = unsafe UnsafePointer(separator) - name
        if unsafe count != lastNamespace.count
            || lastNamespace.withUnsafeBufferPointer({
                unsafe memcmp($0.baseAddress ?? name, name, count)
            }) != 0
        {
            let namespace = unsafe UnsafeBufferPointer(start: name, count: count)
            unsafe lastNamespace = Array(namespace)
            let text = String(decoding: lastNamespace.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            isLastKnown = Self.namespaces.contains(text)
        }
        return unsafe isLastKnown ? String(cString: separator + 1) : ""
    }
}

/// The reader that expat's user data means.
private func reader(_ user: UnsafeMutableRawPointer?) -> XMLReader? {
    // SAFETY: the pointer is the reader's own, which lives while expat calls.
    unsafe user.map { unsafe Unmanaged<XMLReader>.fromOpaque($0).takeUnretainedValue() }
}

private func started(
    _ user: UnsafeMutableRawPointer?, _ name: UnsafePointer<CChar>?,
    _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?
) {
    guard let name = unsafe name, let attributes = unsafe attributes else { return }
    unsafe reader(user)?.start(name, attributes)
}

private func ended(_ user: UnsafeMutableRawPointer?, _ name: UnsafePointer<CChar>?) {
    guard let name = unsafe name else { return }
    unsafe reader(user)?.end(name)
}

private func characters(
    _ user: UnsafeMutableRawPointer?, _ bytes: UnsafePointer<CChar>?, _ count: Int32
) {
    guard let bytes = unsafe bytes, count > 0 else { return }
    // SAFETY: expat lends so many bytes for the call; CChar and UInt8 have one layout.
    unsafe reader(user)?.text(
        UnsafeBufferPointer(
            start: UnsafeRawPointer(bytes).assumingMemoryBound(to: UInt8.self),
            count: Int(count)))
}
