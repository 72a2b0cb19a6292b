// Never built or run by chipid's makers.
import SwiftUI

@main
struct ChipidSampleApp: App {
    @Environment(\.scenePhase) private var phase
    @StateObject private var check = CheckModel()

    var body: some Scene {
        WindowGroup {
            CheckView(check: check)
                // The system keeps a picture of what is shown when the app leaves the front.
                .overlay {
                    if phase != .active {
                        Color(.systemBackground).ignoresSafeArea()
                    }
                }
        }
    }
}
