// QR codes of the back camera, frames of the front one. Never built or run by chipid's makers.
import AVFoundation
import Chipid
import Combine
import CoreImage
import SwiftUI
import UIKit

/// A frame of the front camera's.
struct CameraFrame: @unchecked Sendable {
    let buffer: CVPixelBuffer
    /// When the camera took it, by the session's clock.
    let time: CMTime
    /// The connection turns frames upright already.
    let rotation = Rotation.none

    /// The frame for a comparison, read off the main actor.
    func images() async throws -> LiveImages {
        try await Task.detached {
            let images = LiveImages(.camera)
            try images.add(pixelBuffer: buffer, rotation: rotation)
            return images
        }.value
    }

    /// The frame as a person sees it.
    func upright() -> UIImage? {
        let image = CIImage(cvPixelBuffer: buffer)
        return CIContext().createCGImage(image, from: image.extent).map { UIImage(cgImage: $0) }
    }
}

/// The camera, as long as a view shows it. No frame is kept: whoever asks gets the first that is taken after the question, so that it
/// never shows whoever stood there before.
final class Camera: NSObject, ObservableObject, @unchecked Sendable {
    enum Side {
        case card
        case person
    }

    /// Who waits for a frame.
    private struct Waiting {
        let number: Int
        let since: CMTime
        let continuation: CheckedContinuation<CameraFrame?, Never>
    }

    let session = AVCaptureSession()
    private let queue = DispatchQueue(label: "chipid.sample.camera")
    private let lock = NSLock()
    // Under the lock.
    private var generation = 0
    private var asked = 0
    private var waiting: Waiting?
    // On the queue; outputs do not hold it.
    private var receiver: Receiver?

    override init() {
        super.init()
        let leaving: [Notification.Name] = [
            .AVCaptureSessionWasInterrupted, .AVCaptureSessionRuntimeError, UIApplication.willResignActiveNotification,
            UIApplication.didEnterBackgroundNotification,
        ]
        for name in leaving {
            NotificationCenter.default.addObserver(self, selector: #selector(interrupted), name: name, object: nil)
        }
    }

    /// The first frame that is taken from now on; nil where none comes: no camera, stopped, interrupted, three seconds gone.
    func nextFrame() async -> CameraFrame? {
        let number = ask()
        let patience = Task { [weak self] in
            try await Task.sleep(nanoseconds: 3_000_000_000)
            self?.giveUp(number)
        }
        defer { patience.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { wait(number, $0) }
        } onCancel: {
            giveUp(number)
        }
    }

    /// Starts, where the person lets the app see.
    func start(_ side: Side, onCode: (@MainActor (String) -> Void)? = nil) async {
        let begun = forget()
        guard await AVCaptureDevice.requestAccess(for: .video) else { return }
        queue.async { [self] in
            // Stopped, or started anew, before the person answered.
            guard isCurrent(begun) else { return }
            let receiver = Receiver(self, begun, onCode)
            self.receiver = receiver
            configure(side, receiver)
            session.startRunning()
        }
    }

    func stop() {
        let ended = forget()
        queue.async { [self] in
            guard isCurrent(ended) else { return }
            session.stopRunning()
            receiver = nil
        }
    }

    /// Whether a start is the latest, and was not stopped.
    fileprivate func isCurrent(_ begun: Int) -> Bool {
        lock.lock()
        defer { lock.unlock() }
        return generation == begun
    }

    /// Hands a frame to whoever waits for it. One of another start, or from before the question, is dropped.
    fileprivate func took(_ frame: CameraFrame, _ begun: Int) {
        lock.lock()
        var answered: Waiting?
        if generation == begun, let waiting, frame.time.isValid, CMTimeCompare(frame.time, waiting.since) >= 0 {
            answered = waiting
            self.waiting = nil
        }
        lock.unlock()
        answered?.continuation.resume(returning: frame)
    }

    /// What was started before is no more: its late frames and codes are dropped, and who waits for one gets none.
    private func forget() -> Int {
        lock.lock()
        generation += 1
        let now = generation
        lock.unlock()
        giveUp(nil)
        return now
    }

    private func ask() -> Int {
        lock.lock()
        defer { lock.unlock() }
        asked += 1
        return asked
    }

    private func wait(_ number: Int, _ continuation: CheckedContinuation<CameraFrame?, Never>) {
        let since = CMClockGetTime(session.synchronizationClock ?? CMClockGetHostTimeClock())
        lock.lock()
        // Within the lock: a cancellation that comes now finds who waits. One question at a time.
        let refused = waiting != nil || Task.isCancelled
        if !refused {
            waiting = Waiting(number: number, since: since, continuation: continuation)
        }
        lock.unlock()
        if refused {
            continuation.resume(returning: nil)
        }
    }

    /// The question of that number, or any, has no answer.
    private func giveUp(_ number: Int?) {
        lock.lock()
        var answered: Waiting?
        if let waiting, number == nil || number == waiting.number {
            answered = waiting
            self.waiting = nil
        }
        lock.unlock()
        answered?.continuation.resume(returning: nil)
    }

    /// The app leaves the front, or the system took the camera away.
    @objc private func interrupted() {
        giveUp(nil)
    }

    private func configure(_ side: Side, _ receiver: Receiver) {
        session.beginConfiguration()
        defer { session.commitConfiguration() }
        session.inputs.forEach(session.removeInput)
        session.outputs.forEach(session.removeOutput)
        let position: AVCaptureDevice.Position = side == .card ? .back : .front
        guard let device = AVCaptureDevice.default(.builtInWideAngleCamera, for: .video, position: position),
            let input = try? AVCaptureDeviceInput(device: device), session.canAddInput(input)
        else { return }
        session.addInput(input)
        switch side {
        case .card: addCodes(receiver)
        case .person: addFrames(receiver)
        }
    }

    private func addCodes(_ receiver: Receiver) {
        let codes = AVCaptureMetadataOutput()
        guard session.canAddOutput(codes) else { return }
        session.addOutput(codes)
        codes.setMetadataObjectsDelegate(receiver, queue: .main)
        if codes.availableMetadataObjectTypes.contains(.qr) {
            codes.metadataObjectTypes = [.qr]
        }
    }

    private func addFrames(_ receiver: Receiver) {
        let frames = AVCaptureVideoDataOutput()
        frames.videoSettings = [kCVPixelBufferPixelFormatTypeKey as String: kCVPixelFormatType_32BGRA]
        frames.alwaysDiscardsLateVideoFrames = true
        guard session.canAddOutput(frames) else { return }
        session.addOutput(frames)
        frames.setSampleBufferDelegate(receiver, queue: queue)
        if let connection = frames.connection(with: .video), connection.isVideoOrientationSupported {
            connection.videoOrientation = .portrait
        }
    }
}

/// What the outputs of one start deliver to.
private final class Receiver: NSObject, AVCaptureMetadataOutputObjectsDelegate, AVCaptureVideoDataOutputSampleBufferDelegate,
    @unchecked Sendable
{
    private weak var camera: Camera?
    private let begun: Int
    private let onCode: (@MainActor (String) -> Void)?

    init(_ camera: Camera, _ begun: Int, _ onCode: (@MainActor (String) -> Void)?) {
        self.camera = camera
        self.begun = begun
        self.onCode = onCode
    }

    func metadataOutput(_ output: AVCaptureMetadataOutput, didOutput objects: [AVMetadataObject], from connection: AVCaptureConnection) {
        let texts = objects.compactMap { ($0 as? AVMetadataMachineReadableCodeObject)?.stringValue }
        Task { @MainActor [camera, begun, onCode] in
            guard let camera, camera.isCurrent(begun) else { return }
            texts.forEach { onCode?($0) }
        }
    }

    func captureOutput(_ output: AVCaptureOutput, didOutput sample: CMSampleBuffer, from connection: AVCaptureConnection) {
        guard let buffer = CMSampleBufferGetImageBuffer(sample) else { return }
        camera?.took(CameraFrame(buffer: buffer, time: CMSampleBufferGetPresentationTimeStamp(sample)), begun)
    }
}

/// What the camera sees.
struct CameraPreview: UIViewRepresentable {
    let session: AVCaptureSession

    func makeUIView(context: Context) -> PreviewView {
        let view = PreviewView()
        view.preview.session = session
        view.preview.videoGravity = .resizeAspectFill
        return view
    }

    func updateUIView(_ view: PreviewView, context: Context) {}

    final class PreviewView: UIView {
        override static var layerClass: AnyClass { AVCaptureVideoPreviewLayer.self }

        var preview: AVCaptureVideoPreviewLayer { layer as! AVCaptureVideoPreviewLayer }
    }
}
