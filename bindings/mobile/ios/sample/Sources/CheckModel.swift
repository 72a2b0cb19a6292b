// One check from key to verdict. Nothing is written to the log, and nothing is stored. Never built or run by chipid's makers.
import Chipid
import Combine
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
        /// Why no face was compared; nil where one was.
        let uncompared: String?
        let fromChip: UIImage?
        /// Only what was compared.
        let fromCamera: UIImage?
    }

    /// A document that was read, and since when it is judged.
    private struct Assessed {
        let assessment: Assessment
        let name: Attempts.Name
        private let began = ContinuousClock.now

        init(assessment: Assessment, name: Attempts.Name) {
            self.assessment = assessment
            self.name = name
        }

        var seconds: UInt64 { UInt64(clamping: began.duration(to: .now).components.seconds) }
    }

    @Published private(set) var step = Step.key
    /// Whether something is under way: its button is not to be pressed again.
    @Published private(set) var isRunning = false
    /// For documents that hide until PACE was done.
    @Published var hiddenCard = false

    private let bundled = Bundled()
    private var reading: Reading?
    private var assessed: Assessed?
    private var running: Task<Void, Never>?
    private let attempts = Attempts()

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
    func readCard() {
        run { await self.read($0) }
    }

    /// Compares what the camera sees from now on, and decides. There is no liveness check: a photograph passes.
    func compare(_ camera: Camera) {
        run { await self.compare($0, camera) }
    }

    /// Goes on with the card where that makes sense.
    func tryAgain() {
        if assessed != nil {
            step = .face
        } else {
            step = reading == nil ? .key : .card
        }
    }

    /// Forgets the person.
    func startAgain() {
        forget()
        step = .key
    }

    /// One thing at a time, of one check: what still runs when another check begins changes nothing there.
    private func run(_ work: @escaping @MainActor (Reading) async -> Void) {
        guard !isRunning, let reading else { return }
        isRunning = true
        running = Task {
            await work(reading)
            if self.reading === reading {
                isRunning = false
            }
        }
    }

    private func forget() {
        running?.cancel()
        running = nil
        isRunning = false
        reading = nil
        assessed = nil
    }

    private func read(_ reading: Reading) async {
        do {
            let document = try await NFCDocumentReader.read(
                reading, polling: polling, messages: Self.messages
            )
            guard self.reading === reading else { return }
            step = .working
            guard let trust = try bundled.trust() else {
                step = .trouble(told("anchors_missing"))
                return
            }
            let name = try attempts.name(of: document)
            let assessment = try await Assessment.of(document, trust: trust)
            guard self.reading === reading else { return }
            assessed = Assessed(assessment: assessment, name: name)
            step = .face
        } catch {
            guard self.reading === reading else { return }
            step = .trouble(told(error))
        }
    }

    private func compare(_ reading: Reading, _ camera: Camera) async {
        guard let assessed else { return }
        let frame = await camera.nextFrame()
        guard self.reading === reading else { return }
        // Only now: with this the camera stops.
        step = .working
        do {
            let faces = try await bundled.faces()
            guard self.reading === reading else { return }
            if let frame, let faces {
                let images = try await frame.images()
                guard self.reading === reading else { return }
                let count = attempts.begin(assessed.name)
                try assessed.assessment.setAttempts(
                    made: count.made, failedBefore: count.failed, sessionSeconds: assessed.seconds
                )
                try await assessed.assessment.compareFace(faces, images)
            }
            let verdict = try Policy.builtIn("counter").decide(assessed.assessment)
            let face = verdict.check("face")?.result
            // Counted even where another check has begun meanwhile.
            if verdict.similarity != nil, face != .passed {
                attempts.failed(assessed.name)
            }
            guard self.reading === reading else { return }
            step = .verdict(
                Shown(
                    answer: verdict.answer,
                    because: verdict.grounds.map(\.code),
                    uncompared: verdict.similarity == nil ? whyNot(frame, faces, face) : nil,
                    // Nil where nobody proves who issued the card, and where the system cannot show the format.
                    fromChip: try assessed.assessment.portrait().flatMap(UIImage.init(data:)),
                    fromCamera: verdict.similarity == nil ? nil : frame?.upright()
                )
            )
        } catch {
            guard self.reading === reading else { return }
            step = .trouble(told(error))
        }
    }

    private func whyNot(_ frame: CameraFrame?, _ faces: Faces?, _ face: Check.Result?) -> String {
        if faces == nil {
            return told("models_missing")
        }
        if frame == nil {
            return told("no_frame")
        }
        switch face {
        case .failed(let reason), .notPerformed(let reason): return reason
        default: return told("not_told")
        }
    }

    private func begin(_ keys: Keys) {
        do {
            forget()
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
