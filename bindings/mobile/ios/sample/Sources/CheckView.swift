import Chipid
import SwiftUI

/// The only screen.
@MainActor
struct CheckView: View {
    @ObservedObject var check: CheckModel
    @StateObject private var camera = Camera()

    var body: some View {
        VStack(spacing: 16) {
            content
            Spacer(minLength: 0)
            Text("notice").font(.footnote)
        }
        .padding()
    }

    @ViewBuilder private var content: some View {
        switch check.step {
        case .key:
            KeyView(check: check, camera: camera)
        case .card:
            Text("hold").font(.title2)
            Toggle("hidden_card", isOn: $check.hiddenCard)
            Button("read_card") { check.readCard() }
                .buttonStyle(.borderedProminent)
                .disabled(check.isRunning)
        case .working:
            ProgressView("checking")
        case .face:
            FaceView(check: check, camera: camera)
        case .verdict(let shown):
            VerdictView(shown: shown)
            Button("start_again") { check.startAgain() }
        case .trouble(let text):
            Text(text).font(.title2)
            Button("try_again") { check.tryAgain() }
            Button("start_again") { check.startAgain() }
        }
    }
}

/// The QR code in front of the camera, or what is typed.
@MainActor
private struct KeyView: View {
    @ObservedObject var check: CheckModel
    @ObservedObject var camera: Camera
    @State private var typed = ""
    @State private var isNoKey = false

    var body: some View {
        Text("scan").font(.title2)
        CameraPreview(session: camera.session)
            .task { await camera.start(.card) { check.scanned($0) } }
            .onDisappear { camera.stop() }
        TextField("typed", text: $typed, axis: .vertical)
            .textInputAutocapitalization(.characters)
            .autocorrectionDisabled()
            .privacySensitive()
        if isNoKey {
            Text("not_a_key").foregroundStyle(.red)
        }
        Button("use_typed") {
            isNoKey = !check.typed(typed)
            typed = ""
        }
    }
}

/// The person in front of the camera.
@MainActor
private struct FaceView: View {
    @ObservedObject var check: CheckModel
    @ObservedObject var camera: Camera

    var body: some View {
        Text("look").font(.title2)
        CameraPreview(session: camera.session)
            .task { await camera.start(.person) }
            .onDisappear { camera.stop() }
        Button("compare") { check.compare(camera) }
            .buttonStyle(.borderedProminent)
            .disabled(check.isRunning)
    }
}

/// The answer in plain words, the chip's portrait beside the camera's face.
@MainActor
private struct VerdictView: View {
    let shown: CheckModel.Shown

    var body: some View {
        Text(answer).font(.title2)
        if !shown.because.isEmpty {
            Text("because \(shown.because.joined(separator: ", "))").font(.callout)
        }
        if let why = shown.uncompared {
            Text("uncompared \(why)").font(.callout)
        }
        HStack {
            picture(shown.fromChip, "from_chip")
            picture(shown.fromCamera, "from_camera")
        }
        .privacySensitive()
        if shown.fromChip == nil {
            Text("no_portrait")
        }
    }

    private var answer: LocalizedStringKey {
        switch shown.answer {
        case .accept: return "accept"
        case .reject: return "reject"
        case .undecided: return "undecided"
        }
    }

    @ViewBuilder private func picture(_ image: UIImage?, _ label: LocalizedStringKey) -> some View {
        if let image {
            Image(uiImage: image).resizable().scaledToFit().accessibilityLabel(Text(label))
        }
    }
}
