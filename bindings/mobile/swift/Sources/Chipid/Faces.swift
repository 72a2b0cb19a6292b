import ChipidMobile
import Foundation

/// Both models, loaded, for any number of tasks at once. Loading takes a quarter of a second and some 100 MB: do it once.
///
/// No package of chipid has them: `chipid models fetch` gets them.
public final class Faces: Sendable {
    let native: ChipidMobile.Faces

    private init(_ native: ChipidMobile.Faces) {
        self.native = native
    }

    /// Loads both models from a folder, after checking their digests.
    public static func load(from folder: URL) async throws -> Faces {
        let path = folder.path
        return try await aside { try Faces(ChipidMobile.Faces.load(folder: path)) }
    }

    /// The same from the bytes of the detector's file and the recogniser's (an app's bundle).
    public static func load(detector: Data, recogniser: Data) async throws -> Faces {
        try await aside { try Faces(ChipidMobile.Faces.loadBytes(detector: detector, recogniser: recogniser)) }
    }
}
