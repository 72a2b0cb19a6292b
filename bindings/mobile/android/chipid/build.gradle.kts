// The AAR: the layer over the generated code, what only Android has, and the libraries that ../build-native puts into jniLibs.
import org.jetbrains.kotlin.gradle.dsl.JvmTarget

plugins {
    alias(libs.plugins.android.library)
    alias(libs.plugins.kotlin.android)
    `maven-publish`
}

group = "chipid"
version = providers.fileContents(layout.projectDirectory.file("../../../../Cargo.toml")).asText.map { toml ->
    Regex("""(?m)^version = "([^"]+)"""").find(toml)?.groupValues?.get(1) ?: error("Cargo.toml says no version")
}.get()

android {
    namespace = "chipid.android"
    compileSdk = 36

    defaultConfig {
        minSdk = 28
        consumerProguardFiles("consumer-rules.pro")
        ndk { abiFilters += listOf("arm64-v8a", "armeabi-v7a", "x86_64") }
    }

    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_11
        targetCompatibility = JavaVersion.VERSION_11
    }

    // One copy of the sources: what runs on the JVM runs here. Readers through PC/SC are not in it.
    sourceSets["main"].kotlin.srcDirs("src/main/kotlin", "../../kotlin/src/main/kotlin", "../../kotlin/generated")

    publishing { singleVariant("release") }
}

kotlin {
    compilerOptions { jvmTarget.set(JvmTarget.JVM_11) }
}

dependencies {
    api(libs.coroutines.android)
    implementation(libs.jna) { artifact { type = "aar" } }
}

publishing {
    publications {
        register<MavenPublication>("release") {
            artifactId = "chipid-android"
            afterEvaluate { from(components["release"]) }
            // The texts are in META-INF/chipid: ../build-native puts them there.
            pom { licenses { license { name.set("(MIT OR Apache-2.0) AND MPL-2.0") } } }
        }
    }
}
