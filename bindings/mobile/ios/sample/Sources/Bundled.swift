import Chipid
import Foundation

/// What whoever builds the app puts into `Assets`: `trust/identity-cards` (certificates that vouch for identity cards alone), `trust/any`
/// (others, master lists), `models` (both models).
@MainActor
final class Bundled {
    private var trusted: TrustStore?
    private var loaded: Faces?

    /// The anchors; nil where the build has none.
    func trust() throws -> TrustStore? {
        if let trusted { return trusted }
        let kinds: [(String, Anchor)] = [("identity-cards", .identityCards), ("any", .any)]
        let anchors = kinds.flatMap { folder, anchor in files(in: "trust/\(folder)").map { ($0, anchor) } }
        if anchors.isEmpty { return nil }
        let store = TrustStore()
        for (file, anchor) in anchors {
            try store.add(Data(contentsOf: file), name: file.lastPathComponent, as: anchor)
        }
        trusted = store
        return store
    }

    /// The models; nil where the build has none.
    func faces() async throws -> Faces? {
        if let loaded { return loaded }
        let models = files(in: "models")
        guard let detector = models.first(where: { $0.lastPathComponent.hasPrefix("face_detection_") }),
            let recogniser = models.first(where: { $0.lastPathComponent.hasPrefix("face_recognition_") })
        else { return nil }
        let faces = try await Faces.load(detector: Data(contentsOf: detector), recogniser: Data(contentsOf: recogniser))
        loaded = faces
        return faces
    }

    private func files(in folder: String) -> [URL] {
        guard let place = Bundle.main.resourceURL?.appendingPathComponent("Assets/\(folder)"),
            let found = try? FileManager.default.contentsOfDirectory(at: place, includingPropertiesForKeys: nil)
        else { return [] }
        return found.filter { !$0.lastPathComponent.hasPrefix(".") }
    }
}
