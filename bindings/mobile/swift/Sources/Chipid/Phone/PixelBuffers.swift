// Frames of AVFoundation. Never compiled or run by chipid's makers.
#if canImport(CoreVideo)
import ChipidMobile
import CoreVideo
import Foundation

extension LiveImages {
    /// Adds a camera's frame: 32BGRA, or bi-planar 4:2:0 of full range. Its samples are read where they lie, which
    /// takes some milliseconds: not on the main thread. The buffer may be let go afterwards.
    ///
    /// - Parameter rotation: by how much it must be turned clockwise to stand upright.
    /// - Throws: a ``ChipidError``, 8905 for any other format (video range among them: its black is not nought).
    public func add(pixelBuffer: CVPixelBuffer, rotation: Rotation = .none) throws {
        let format = CVPixelBufferGetPixelFormatType(pixelBuffer)
        guard CVPixelBufferLockBaseAddress(pixelBuffer, .readOnly) == kCVReturnSuccess else {
            throw ChipidError(code: ErrorCode.unknownValue, message: "the frame's memory cannot be read")
        }
        defer { CVPixelBufferUnlockBaseAddress(pixelBuffer, .readOnly) }
        switch format {
        case kCVPixelFormatType_32BGRA:
            try addBgra(pixelBuffer, rotation)
        case kCVPixelFormatType_420YpCbCr8BiPlanarFullRange:
            try addBiPlanar(pixelBuffer, rotation)
        default:
            throw ChipidError(code: ErrorCode.unknownValue, message: "32BGRA or bi-planar 4:2:0 of full range is asked for")
        }
    }

    private func addBgra(_ buffer: CVPixelBuffer, _ rotation: Rotation) throws {
        let (width, height) = (CVPixelBufferGetWidth(buffer), CVPixelBufferGetHeight(buffer))
        let row = CVPixelBufferGetBytesPerRow(buffer)
        let pixels = try lent(CVPixelBufferGetBaseAddress(buffer), rows: height, row: row, last: width * 4)
        try add(bgra: pixels, width: UInt32(width), height: UInt32(height), rowStride: UInt32(row), rotation: rotation)
    }

    private func addBiPlanar(_ buffer: CVPixelBuffer, _ rotation: Rotation) throws {
        let (width, height) = (CVPixelBufferGetWidth(buffer), CVPixelBufferGetHeight(buffer))
        let (row, halfRow) = (CVPixelBufferGetBytesPerRowOfPlane(buffer, 0), CVPixelBufferGetBytesPerRowOfPlane(buffer, 1))
        let (halfWidth, halfHeight) = (CVPixelBufferGetWidthOfPlane(buffer, 1), CVPixelBufferGetHeightOfPlane(buffer, 1))
        let y = try lent(CVPixelBufferGetBaseAddressOfPlane(buffer, 0), rows: height, row: row, last: width)
        let chrominance = CVPixelBufferGetBaseAddressOfPlane(buffer, 1)
        // Cb and Cr by turns: V begins a byte behind U, and its last sample is the last byte.
        let u = try lent(chrominance, rows: halfHeight, row: halfRow, last: halfWidth * 2 - 1)
        let v = try lent(chrominance?.advanced(by: 1), rows: halfHeight, row: halfRow, last: halfWidth * 2 - 1)
        let half = Strides(row: UInt32(halfRow), pixel: 2)
        try add(
            .yuv420, width: UInt32(width), height: UInt32(height), rotation: rotation,
            [(y, Strides(row: UInt32(row), pixel: 1)), (u, half), (v, half)]
        )
    }

    /// The samples where they lie, without what stands behind the last one. Only while the buffer is locked.
    private func lent(_ base: UnsafeMutableRawPointer?, rows: Int, row: Int, last: Int) throws -> Data {
        guard let base, rows > 0, last > 0, row >= last else {
            throw ChipidError(code: ErrorCode.unknownValue, message: "a frame without samples")
        }
        return Data(bytesNoCopy: base, count: row * (rows - 1) + last, deallocator: .none)
    }
}
#endif
