// A suite without a framework: named facts, each with a time limit, so that what hangs is a failure and no riddle.
package chipid.tests

import kotlin.system.exitProcess
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout

class Suite {
    private val facts = ArrayList<Pair<String, suspend () -> Unit>>()

    /** A fact, told by its name. */
    fun fact(name: String, hold: suspend () -> Unit) {
        facts += name to hold
    }

    /** Runs all, and ends the process: with 0 where every one holds. */
    fun run(): Nothing {
        val failed = facts.count { (name, hold) -> !holds(name, hold) }
        println("$failed of ${facts.size} facts failed")
        if (failed == 0) println("passed ${facts.size}")
        exitProcess(if (failed == 0) 0 else 1)
    }

    private fun holds(name: String, hold: suspend () -> Unit): Boolean {
        var trouble: Throwable? = null
        val thread = Thread({
            try {
                runBlocking(Dispatchers.Default) { withTimeout(LIMIT_MILLIS) { hold() } }
            } catch (failure: Throwable) {
                trouble = failure
            }
        }, name)
        thread.isDaemon = true
        thread.start()
        thread.join(LIMIT_MILLIS + 5_000)
        if (thread.isAlive) trouble = AssertionError("it hangs: ${thread.stackTrace.take(8)}")
        trouble?.let { println("FAILED $name: ${it.stackTraceToString().lines().take(12).joinToString("\n  ")}") }
        return trouble == null
    }

    private companion object {
        const val LIMIT_MILLIS = 60_000L
    }
}

fun <T> same(expected: T, found: T, what: String = "") {
    if (expected != found) throw AssertionError("$what expected $expected, found $found")
}

fun holds(condition: Boolean, what: String) {
    if (!condition) throw AssertionError(what)
}

/** What [work] throws, which must be a [T]. */
inline fun <reified T : Throwable> thrown(work: () -> Unit): T {
    try {
        work()
    } catch (found: Throwable) {
        if (found is T) return found
        throw AssertionError("another one was thrown: $found", found)
    }
    throw AssertionError("nothing was thrown")
}
