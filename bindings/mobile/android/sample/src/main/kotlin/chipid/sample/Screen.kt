package chipid.sample

import android.app.Activity
import android.graphics.Bitmap
import android.graphics.BitmapFactory
import android.view.View
import android.widget.Button
import android.widget.EditText
import android.widget.ImageView
import android.widget.TextView
import androidx.camera.view.PreviewView
import chipid.Answer
import chipid.Check
import chipid.ChipidException
import chipid.Keys
import chipid.Progress
import chipid.Verdict
import kotlin.coroutines.resume
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.suspendCancellableCoroutine

/** What the person sees, and what they do with it. On the main thread alone. */
internal class Screen(private val activity: Activity) {
    val preview: PreviewView = activity.findViewById(R.id.preview)
    private val message: TextView = activity.findViewById(R.id.message)
    private val typed: EditText = activity.findViewById(R.id.typed)
    private val action: Button = activity.findViewById(R.id.action)
    private val pictures: View = activity.findViewById(R.id.pictures)
    private val fromChip: ImageView = activity.findViewById(R.id.from_chip)
    private val fromCamera: ImageView = activity.findViewById(R.id.from_camera)

    fun say(text: Int) {
        message.setText(text)
    }

    fun showProgress(progress: Progress) {
        message.text = activity.getString(R.string.reading, progress.bytesDone, progress.bytesKnown)
    }

    /** Waits for the button. */
    suspend fun press(label: Int) {
        action.setText(label)
        action.visibility = View.VISIBLE
        try {
            suspendCancellableCoroutine { waiting ->
                action.setOnClickListener {
                    action.setOnClickListener(null)
                    waiting.resume(Unit)
                }
            }
        } finally {
            action.visibility = View.GONE
        }
    }

    /** Keys from [scan], or from what is typed, whichever comes first. */
    suspend fun askForKey(scan: suspend () -> Keys?): Keys = coroutineScope {
        clear()
        say(R.string.scan)
        typed.visibility = View.VISIBLE
        try {
            firstOf(scan, { typedKeys() })
        } finally {
            typed.text.clear()
            typed.visibility = View.GONE
        }
    }

    /** Shows the answer in plain words, the chip's portrait beside the camera's face. */
    fun show(verdict: Verdict, portrait: ByteArray?, face: Face) {
        val answer = when (verdict.answer) {
            Answer.ACCEPT -> R.string.accept
            Answer.REJECT -> R.string.reject
            Answer.UNDECIDED -> R.string.undecided
        }
        val grounds = verdict.grounds.joinToString { it.code }
        message.text = listOfNotNull(
            activity.getString(answer),
            activity.getString(R.string.because, grounds).takeIf { grounds.isNotEmpty() },
            activity.getString(R.string.no_portrait).takeIf { portrait == null },
            noComparison(verdict, face),
        ).joinToString("\n")
        // Android shows JPEG, and no JPEG 2000, which some chips hold: then its place stays empty.
        fromChip.setImageBitmap(portrait?.let { BitmapFactory.decodeByteArray(it, 0, it.size) })
        fromCamera.setImageBitmap((face as? Face.Compared)?.picture)
        pictures.visibility = View.VISIBLE
        portrait?.fill(0)
    }

    private fun noComparison(verdict: Verdict, face: Face): String? {
        val why = when (face) {
            is Face.NotCompared -> activity.getString(face.why)
            is Face.Compared -> (verdict.checks["face"] as? Check.NotPerformed)?.reason ?: return null
        }
        return activity.getString(R.string.not_compared, why)
    }

    fun showTrouble(trouble: ChipidException) {
        message.text = when (trouble.code) {
            WRONG_KEY -> activity.getString(R.string.wrong_key)
            else -> activity.getString(R.string.trouble, trouble.code, trouble.message.orEmpty())
        }
    }

    /** Nothing of the person before is left on the screen. */
    private fun clear() {
        pictures.visibility = View.GONE
        fromChip.setImageDrawable(null)
        fromCamera.setImageDrawable(null)
    }

    private suspend fun typedKeys(): Keys {
        while (true) {
            press(R.string.use_typed)
            keysOf(typed.text.toString())?.let { return it }
            say(R.string.not_a_key)
        }
    }

    private companion object {
        const val WRONG_KEY = 2002
    }
}

/** Six digits are a CAN, twelve a number, and what has a line's end or a chevron in it is a zone. */
internal fun keysOf(text: String): Keys? {
    val entered = text.trim()
    val bytes = entered.encodeToByteArray()
    return try {
        when {
            entered.length == 6 -> Keys.can(bytes)
            entered.length == 12 && entered.all(Char::isDigit) -> Keys.number(bytes)
            else -> Keys.mrz(bytes)
        }
    } catch (_: ChipidException) {
        null
    } finally {
        bytes.fill(0)
    }
}

/** The keys that come first; those that come too late are closed. */
internal suspend fun firstOf(vararg ways: suspend () -> Keys?): Keys = coroutineScope {
    val first = CompletableDeferred<Keys>()
    val trying = ways.map { way ->
        launch { way()?.let { keys -> if (!first.complete(keys)) keys.close() } }
    }
    try {
        first.await()
    } catch (lost: Throwable) {
        // It may have come while this was cancelled, and nothing comes after.
        if (!first.completeExceptionally(lost)) first.await().close()
        throw lost
    } finally {
        trying.forEach { it.cancel() }
    }
}

/** What came of the comparison, for the screen alone. */
internal sealed interface Face {
    /** The faces were compared; [picture] is the camera's. */
    class Compared(val picture: Bitmap, val attempt: Attempt) : Face

    /** They were not; [why] is a text. */
    class NotCompared(val why: Int) : Face
}
