import ChipidMobile
import Foundation

/// Where live images come from; policies ask for it. It is the application's word.
public enum Capture: Sendable {
    /// A file: it may show anybody at any time.
    case file
    /// A camera that the app controls.
    case camera
    /// A station that is trusted as a whole.
    case station
    /// Another vendor's capture, by its word.
    case external

    var native: ChipidMobile.Capture {
        switch self {
        case .file: return .file
        case .camera: return .camera
        case .station: return .station
        case .external: return .external
        }
    }
}

/// By how much a frame must be turned clockwise to stand upright.
public enum Rotation: UInt32, Sendable, CaseIterable {
    /// It stands upright.
    case none = 0
    /// A quarter.
    case clockwise90 = 90
    /// Upside down.
    case half = 180
    /// Three quarters.
    case clockwise270 = 270
}

/// Live images of one person, decoded. Wiped when nobody holds them any more.
///
/// A camera's samples are read where they lie and go straight into upright pixels: that is the one copy of them that is made.
/// Luminance and chrominance are taken as JFIF has them (BT.601, full range).
public final class LiveImages: Sendable, CustomStringConvertible {
    let native: ChipidMobile.LiveImages

    /// No image yet.
    public init(_ capture: Capture) {
        native = ChipidMobile.LiveImages(capture: capture.native)
    }

    /// Shows nothing of them.
    public var description: String { "LiveImages" }

    /// Adds a JPEG, PNG or JPEG 2000 file's bytes. It is decoded here: not on the main thread.
    public func add(file: Data) throws {
        try translating { try native.addFile(data: file) }
    }

    /// Adds a frame of red, green, blue; `pixelStride` is 3, or 4 where a byte lies between.
    public func add(rgb pixels: Data, width: UInt32, height: UInt32, rowStride: UInt32, pixelStride: UInt32 = 3, rotation: Rotation = .none) throws {
        try add(
            .rgb, width: width, height: height, rotation: rotation,
            [(pixels, Strides(row: rowStride, pixel: pixelStride))]
        )
    }

    /// Adds a frame of blue, green, red, alpha.
    public func add(bgra pixels: Data, width: UInt32, height: UInt32, rowStride: UInt32, rotation: Rotation = .none) throws {
        try add(.bgra, width: width, height: height, rotation: rotation, [(pixels, Strides(row: rowStride, pixel: 4))])
    }

    /// Adds a frame of one to three planes, as many as its format has.
    func add(_ format: PixelFormat, width: UInt32, height: UInt32, rotation: Rotation, _ planes: [(samples: Data, strides: Strides)]) throws {
        let frame = Frame(
            format: format, width: width, height: height, rotation: rotation.rawValue, strides: planes.map { $0.strides }
        )
        func samples(_ plane: Int) -> Data { plane < planes.count ? planes[plane].samples : Data() }
        try translating { try native.addFrame(frame: frame, first: samples(0), second: samples(1), third: samples(2)) }
    }

    /// What ties a liveness result to these images: SHA-256, 32 bytes for each in the order in which they were added, over a file's
    /// bytes as they were given; over a frame's upright pixels, after width and height (32 bits each, big-endian).
    public func digests() throws -> [Data] {
        try translating { try native.digests() }
    }
}
