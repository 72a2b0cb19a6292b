package chipid.sample

import chipid.Assessment
import chipid.Document
import chipid.DocumentFile
import java.security.MessageDigest
import java.security.SecureRandom

/**
 * Counts the comparisons with each document, so that the limits of a policy hold over several readings of it. A document is known by a
 * salted digest of its DG1, where its number is; nothing of it leaves the memory, and the end of the app forgets it.
 */
internal class Attempts {
    private class Count(var made: Int = 0, var failed: Int = 0)

    private val counts = HashMap<String, Count>()
    private val salt = ByteArray(32).also(SecureRandom()::nextBytes)

    /** Tells [assessment] of a comparison with [document] that is about to be made, of those before, and how long ago it was read. */
    fun begin(document: Document, assessment: Assessment, sessionSeconds: Long): Attempt {
        val count = counts.getOrPut(digest(document)) { Count() }
        count.made += 1
        assessment.setAttempts(count.made, count.failed, sessionSeconds)
        // Until it is known that it matched, it did not: who takes the card away has lost one.
        count.failed += 1
        return Attempt { count.failed -= 1 }
    }

    private fun digest(document: Document): String {
        val file = document.dangerUnverifiedFile(DocumentFile.dataGroup(1)) ?: ByteArray(0)
        val digest = MessageDigest.getInstance("SHA-256").apply { update(salt) }.digest(file)
        file.fill(0)
        return digest.joinToString("") { "%02x".format(it) }
    }
}

/** A comparison that counts as one that did not match, until [matched] is called. */
internal class Attempt(private val forgive: () -> Unit) {
    private var open = true

    /** The faces matched. */
    fun matched() {
        if (open) forgive()
        open = false
    }
}
