// One check from key to verdict, as one coroutine. Nothing is written to the log, and nothing is stored. Never built or run by
// chipid's makers.
package chipid.sample

import android.Manifest
import android.content.pm.PackageManager
import android.nfc.NfcAdapter
import android.os.Bundle
import android.view.WindowManager
import androidx.activity.ComponentActivity
import androidx.activity.result.contract.ActivityResultContracts
import androidx.lifecycle.Lifecycle
import androidx.lifecycle.lifecycleScope
import androidx.lifecycle.withStarted
import chipid.Assessment
import chipid.Capture
import chipid.Check
import chipid.ChipidException
import chipid.Document
import chipid.Faces
import chipid.Keys
import chipid.LiveImages
import chipid.Policy
import chipid.Reading
import chipid.android.add
import chipid.android.cards
import chipid.android.readFrom
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.filterNotNull
import kotlinx.coroutines.launch

/** The only screen. */
public class MainActivity : ComponentActivity() {
    private lateinit var screen: Screen
    private val cameraAnswer = CompletableDeferred<Boolean>()
    private val askForCamera = registerForActivityResult(ActivityResultContracts.RequestPermission()) {
        cameraAnswer.complete(it)
    }

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        // No screenshots, and no picture among the recent apps.
        window.setFlags(WindowManager.LayoutParams.FLAG_SECURE, WindowManager.LayoutParams.FLAG_SECURE)
        setContentView(R.layout.main)
        screen = Screen(this)
        lifecycleScope.launch {
            val camera = if (mayUseCamera()) Camera(this@MainActivity, screen.preview) else null
            camera.use {
                Bundled(assets).use { bundled ->
                    while (true) {
                        checkOnce(bundled, camera)
                        screen.press(R.string.start_again)
                    }
                }
            }
        }
    }

    private suspend fun checkOnce(bundled: Bundled, camera: Camera?) {
        try {
            check(bundled, camera)
        } catch (trouble: ChipidException) {
            screen.showTrouble(trouble)
        } catch (end: CancellationException) {
            throw end
        } catch (_: Exception) {
            // The phone's own: no camera on that side, another app that holds it, NFC that went off.
            screen.say(R.string.phone_trouble)
        }
    }

    private suspend fun check(bundled: Bundled, camera: Camera?) {
        val trust = bundled.trust() ?: return screen.say(R.string.anchors_missing)
        val document = keys(camera).use { keys -> read(keys) } ?: return screen.say(R.string.nfc_off)
        screen.say(R.string.checking)
        document.use {
            Assessment.of(document, trust).use { assessment ->
                val face = compare(document, assessment, bundled.faces(), camera)
                Policy.builtIn("counter").use { policy ->
                    policy.decide(assessment).use { verdict ->
                        if (face is Face.Compared && verdict.checks["face"] == Check.Passed) face.attempt.matched()
                        screen.show(verdict, assessment.portrait(), face)
                    }
                }
            }
        }
    }

    /** What opens the card: the QR code in front of the camera, or what is typed. */
    private suspend fun keys(camera: Camera?): Keys = screen.askForKey {
        camera?.let { scanned(it) }
    }

    /** Lays the phone on the card, as often as it takes. */
    private suspend fun read(keys: Keys): Document? = coroutineScope {
        val nfc = NfcAdapter.getDefaultAdapter(this@MainActivity)?.takeIf { it.isEnabled } ?: return@coroutineScope null
        Reading(keys).use { reading ->
            screen.say(R.string.hold)
            val shown = launch {
                reading.progress.filterNotNull().collect { screen.showProgress(it) }
            }
            // Reader mode wants an activity that is in front.
            lifecycle.withStarted { }
            reading.readFrom(nfc.cards(this@MainActivity)) { screen.say(R.string.lifted) }
                .also { shown.cancel() }
        }
    }

    /** Compares the person before the camera with the chip's portrait. There is no liveness check: a photograph passes. */
    private suspend fun compare(document: Document, assessment: Assessment, faces: Faces?, camera: Camera?): Face {
        if (faces == null) return Face.NotCompared(R.string.models_missing)
        if (camera == null) return Face.NotCompared(R.string.camera_needed)
        val read = System.nanoTime()
        return camera.facing(Camera.PERSON) {
            screen.say(R.string.look)
            screen.press(R.string.take)
            camera.frame { frame ->
                val attempt = attempts.begin(document, assessment, (System.nanoTime() - read) / NANOS_OF_A_SECOND)
                LiveImages(Capture.CAMERA).use { images ->
                    images.add(frame.image, frame.rotationDegrees)
                    screen.say(R.string.checking)
                    assessment.compareFace(faces, images)
                }
                Face.Compared(frame.upright(), attempt)
            }
        }
    }

    private suspend fun mayUseCamera(): Boolean {
        if (checkSelfPermission(Manifest.permission.CAMERA) == PackageManager.PERMISSION_GRANTED) return true
        lifecycle.withStarted { askForCamera.launch(Manifest.permission.CAMERA) }
        return cameraAnswer.await()
    }

    private companion object {
        /** Of the app and not of the screen: turning the phone makes a new screen. */
        val attempts = Attempts()
        const val NANOS_OF_A_SECOND = 1_000_000_000L
    }
}
