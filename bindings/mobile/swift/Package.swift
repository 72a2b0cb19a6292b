// swift-tools-version: 5.9
// Never built where chipid is made: there is no Swift compiler there. Run ./build-xcframework first.
import PackageDescription

let package = Package(
    name: "Chipid",
    platforms: [.iOS(.v15)],
    products: [
        .library(name: "Chipid", targets: ["Chipid"]),
    ],
    targets: [
        // The library and its C header, for devices and the simulator.
        .binaryTarget(name: "ChipidMobileFFI", path: "ChipidMobileFFI.xcframework"),
        // What UniFFI makes of it: nobody's interface.
        .target(
            name: "ChipidMobile",
            dependencies: ["ChipidMobileFFI"],
            path: "generated",
            exclude: ["ChipidMobileFFI.h", "ChipidMobileFFI.modulemap"]
        ),
        .target(name: "Chipid", dependencies: ["ChipidMobile"], path: "Sources/Chipid"),
    ]
)
