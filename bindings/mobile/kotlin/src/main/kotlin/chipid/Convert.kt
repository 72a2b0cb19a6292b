// From the public types to those of the generated code, and back.
package chipid

import chipid.ffi.Anchor as NativeAnchor
import chipid.ffi.Capture as NativeCapture
import chipid.ffi.ConfirmationAnswer as NativeConfirmationAnswer
import chipid.ffi.Liveness as NativeLiveness
import chipid.ffi.LivenessResult as NativeLivenessResult
import chipid.ffi.Phase as NativePhase
import chipid.ffi.Progress as NativeProgress
import chipid.ffi.Unreachable as NativeUnreachable
import chipid.ffi.VendorComparison as NativeVendorComparison
import chipid.ffi.VendorMatch as NativeVendorMatch

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

internal fun VendorComparison.toNative(): NativeVendorComparison = NativeVendorComparison(
    when (result) {
        VendorMatch.MATCH -> NativeVendorMatch.MATCH
        VendorMatch.MISMATCH -> NativeVendorMatch.MISMATCH
        VendorMatch.UNCERTAIN -> NativeVendorMatch.UNCERTAIN
    },
    vendor, version, certificate, capture.toNative(), at, portrait, images,
)

internal fun ConfirmationAnswer.toNative(): NativeConfirmationAnswer =
    NativeConfirmationAnswer(confirmed, service, transaction, number, signerSha256, nonce, answeredAt)

internal fun Unreachable.toNative(): NativeUnreachable = when (this) {
    Unreachable.NO_CONNECTION -> NativeUnreachable.NO_CONNECTION
    Unreachable.TIMED_OUT -> NativeUnreachable.TIMED_OUT
    Unreachable.REFUSED -> NativeUnreachable.REFUSED
    Unreachable.UNREADABLE -> NativeUnreachable.UNREADABLE
    Unreachable.NOT_AUTHENTIC -> NativeUnreachable.NOT_AUTHENTIC
}

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
