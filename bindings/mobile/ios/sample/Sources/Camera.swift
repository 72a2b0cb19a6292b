// QR codes of the back camera, frames of the front one. Never built or run by chipid's makers.
import AVFoundation
import Chipid
import CoreImage
import SwiftUI
import UIKit

/// A frame of the front camera's.
struct CameraFrame: @unchecked Sendable {
    let buffer: CVPixelBuffer
    /// The connection turns frames upright already.
    let rotation = Rotation.none

    /// The frame as a person sees it.
    func upright() -> UIImage? {
        let image = CIImage(cvPixelBuffer: buffer)
        return CIContext().createCGImage(image, from: image.extent).map { UIImage(cgImage: $0) }
    }
}

/// The camera, as long as a view shows it.
final class Camera: NSObject, ObservableObject, @unchecked Sendable {
    enum Side {
        case card
        case person
    }

    let session = AVCaptureSession()
    private let queue = DispatchQueue(label: "chipid.sample.camera")
    private let lock = NSLock()
    private var newest: CameraFrame?
    private var onCode: (@MainActor (String) -> Void)?

    /// The newest frame; nil before there is one.
    func frame() -> CameraFrame? {
        lock.lock()
        defer { lock.unlock() }
        return newest
    }

    /// Starts, where the person lets the app see.
    func start(_ side: Side, onCode: (@MainActor (String) -> Void)? = nil) async {
        guard await AVCaptureDevice.requestAccess(for: .video) else { return }
        queue.async { [self] in
            self.onCode = onCode
            configure(side)
            session.startRunning()
        }
    }

    func stop() {
        queue.async { [self] in
            session.stopRunning()
            lock.lock()
            newest = nil
            lock.unlock()
        }
    }

    private func configure(_ side: Side) {
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
        case .card: addCodes()
        case .person: addFrames()
        }
    }

    private func addCodes() {
        let codes = AVCaptureMetadataOutput()
        guard session.canAddOutput(codes) else { return }
        session.addOutput(codes)
        codes.setMetadataObjectsDelegate(self, queue: .main)
        if codes.availableMetadataObjectTypes.contains(.qr) {
            codes.metadataObjectTypes = [.qr]
        }
    }

    private func addFrames() {
        let frames = AVCaptureVideoDataOutput()
        frames.videoSettings = [kCVPixelBufferPixelFormatTypeKey as String: kCVPixelFormatType_32BGRA]
        frames.alwaysDiscardsLateVideoFrames = true
        guard session.canAddOutput(frames) else { return }
        session.addOutput(frames)
        frames.setSampleBufferDelegate(self, queue: queue)
        if let connection = frames.connection(with: .video), connection.isVideoOrientationSupported {
            connection.videoOrientation = .portrait
        }
    }
}

extension Camera: AVCaptureMetadataOutputObjectsDelegate {
    func metadataOutput(_ output: AVCaptureMetadataOutput, didOutput objects: [AVMetadataObject], from connection: AVCaptureConnection) {
        for case let code as AVMetadataMachineReadableCodeObject in objects {
            if let text = code.stringValue {
                let told = onCode
                Task { @MainActor in told?(text) }
            }
        }
    }
}

extension Camera: AVCaptureVideoDataOutputSampleBufferDelegate {
    func captureOutput(_ output: AVCaptureOutput, didOutput sample: CMSampleBuffer, from connection: AVCaptureConnection) {
        guard let buffer = CMSampleBufferGetImageBuffer(sample) else { return }
        lock.lock()
        newest = CameraFrame(buffer: buffer)
        lock.unlock()
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
