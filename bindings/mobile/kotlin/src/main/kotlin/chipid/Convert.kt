// From the public types to those of the generated code, and back.
package chipid

import chipid.ffi.Anchor as NativeAnchor
import chipid.ffi.Capture as NativeCapture
import chipid.ffi.Liveness as NativeLiveness
import chipid.ffi.LivenessResult as NativeLivenessResult
import chipid.ffi.Phase as NativePhase
import chipid.ffi.Progress as NativeProgress

internal fun Anchor.toNative(): NativeAnchor = when (this) {
    Anchor.ANY -> NativeAnchor.ANY
    Anchor.IDENTITY_CARDS -> NativeAnchor.IDENTITY_CARDS
    Anchor.LIST_ROOT -> NativeAnchor.LIST_ROOT
}

internal fun Capture.toNative(): NativeCapture = when (this) {
    Capture.FILE -> NativeCapture.FILE
    Capture.CAMERA -> NativeCapture.CAMERA
    Capture.STATION -> NativeCapture.STATION
    Capture.EXTERNAL -> NativeCapture.EXTERNAL
}

internal fun Liveness.toNative(): NativeLiveness = NativeLiveness(
    when (result) {
        LivenessResult.PASSED -> NativeLivenessResult.PASSED
        LivenessResult.FAILED -> NativeLivenessResult.FAILED
        LivenessResult.UNCERTAIN -> NativeLivenessResult.UNCERTAIN
    },
    capture.toNative(), at, vendor, version, basis, images,
)

internal fun NativeProgress.ours(): Progress = Progress(
    when (phase) {
        NativePhase.ACCESS -> Phase.ACCESS
        NativePhase.FILE -> Phase.FILE
        NativePhase.CHIP_AUTHENTICATION -> Phase.CHIP_AUTHENTICATION
        NativePhase.ACTIVE_AUTHENTICATION -> Phase.ACTIVE_AUTHENTICATION
        NativePhase.DONE -> Phase.DONE
        NativePhase.OTHER -> Phase.OTHER
    },
    file.toInt().takeIf { it != 0 },
    bytesDone.toLong(),
    bytesKnown.toLong(),
)
