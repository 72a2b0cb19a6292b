// One check from key to verdict. Nothing is written to the log, and nothing is stored. Never built or run by chipid's makers.
import Chipid
import CoreVideo
import Foundation
import UIKit

@MainActor
final class CheckModel: ObservableObject {
    /// Where the check is.
    enum Step {
        case key
        case card
        case working
        case face
        case verdict(Shown)
        case trouble(String)
    }

    /// What the person sees at the end.
    struct Shown {
        let answer: Answer
        let because: [String]
        let fromChip: UIImage?
        let fromCamera: UIImage?
    }

    @Published private(set) var step = Step.key
    /// For documents that hide until PACE was done.
    @Published var hiddenCard = false

    private let bundled = Bundled()
    private var reading: Reading?
    private var assessment: Assessment?

    /// What the camera saw in a QR code. One that is no card's is passed over.
    func scanned(_ text: String) {
        guard case .key = step, let keys = try? Keys.qr(Data(text.utf8)) else { return }
        begin(keys)
    }

    /// Six digits are a CAN, twelve a number, and anything else a zone. False where it is no key.
    func typed(_ text: String) -> Bool {
        let entered = text.trimmingCharacters(in: .whitespacesAndNewlines)
        var bytes = Data(entered.utf8)
        defer { bytes.resetBytes(in: 0..<bytes.count) }
        let isNumber = entered.count == 12 && entered.allSatisfy(\.isNumber)
        guard let keys = try? entered.count == 6 ? Keys.can(bytes) : isNumber ? Keys.number(bytes) : Keys.mrz(bytes) else {
            return false
        }
        begin(keys)
        return true
    }

    /// Reads the card, or goes on reading it.
    func readCard() async {
        guard let reading else { return }
        do {
            let document = try await NFCDocumentReader.read(
                reading, polling: polling, messages: Self.messages
            )
            step = .working
            guard let trust = try bundled.trust() else {
                step = .trouble(told("anchors_missing"))
                return
            }
            assessment = try await Assessment.of(document, trust: trust)
            step = .face
        } catch {
            step = .trouble(told(error))
        }
    }

    /// Compares what the camera sees, and decides. There is no liveness check: a photograph passes.
    func compare(_ frame: CameraFrame?) async {
        guard let assessment else { return }
        step = .working
        do {
            if let frame, let faces = try await bundled.faces() {
                let images = LiveImages(.camera)
                try images.add(pixelBuffer: frame.buffer, rotation: frame.rotation)
                try await assessment.compareFace(faces, images)
            }
            let verdict = try Policy.builtIn("counter").decide(assessment)
            step = .verdict(
                Shown(
                    answer: verdict.answer,
                    because: verdict.grounds.map(\.code),
                    // Nil where nobody proves who issued the card, and where the system cannot show the format.
                    fromChip: try assessment.portrait().flatMap(UIImage.init(data:)),
                    fromCamera: frame?.upright()
                )
            )
        } catch {
            step = .trouble(told(error))
        }
    }

    /// Goes on with the card where that makes sense.
    func tryAgain() {
        if assessment != nil {
            step = .face
        } else {
            step = reading == nil ? .key : .card
        }
    }

    /// Forgets the person.
    func startAgain() {
        reading = nil
        assessment = nil
        step = .key
    }

    private func begin(_ keys: Keys) {
        do {
            assessment = nil
            reading = try Reading(keys: keys)
            step = .card
        } catch {
            step = .trouble(told(error))
        }
    }

    private var polling: NFCDocumentReader.Polling {
        hiddenCard ? .pace : .iso14443
    }

    private func told(_ error: any Error) -> String {
        switch error {
        case let trouble as ChipidError where trouble.code == ErrorCode.wrongKey:
            return told("wrong_key")
        case let trouble as ChipidError where trouble.fault != nil:
            return told("lifted")
        case let trouble as ChipidError:
            return String(format: told("trouble"), trouble.code)
        case let lost as TransportError where lost.fault == .noReader:
            return told("nfc_missing")
        default:
            return told("lifted")
        }
    }

    private func told(_ key: String) -> String {
        NSLocalizedString(key, comment: "")
    }

    private static let messages = NFCDocumentReader.Messages(
        hold: NSLocalizedString("hold", comment: ""),
        reading: { String(format: NSLocalizedString("reading", comment: ""), $0) },
        lifted: NSLocalizedString("lifted", comment: ""),
        done: NSLocalizedString("read", comment: ""),
        failed: NSLocalizedString("not_read", comment: "")
    )
}
