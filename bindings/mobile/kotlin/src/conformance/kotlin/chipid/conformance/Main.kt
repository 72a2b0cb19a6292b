// A member of the conformance run: see the protocol in bindings/conformance.
package chipid.conformance

import java.io.File
import kotlinx.coroutines.runBlocking

fun main(): Unit = runBlocking {
    fun needed(name: String) = System.getenv("CHIPID_CONFORMANCE_$name") ?: error("CHIPID_CONFORMANCE_$name is not set")
    val cases = blocksOf(File(needed("CASES")).readText())
    val results = if (needed("MODE") == "overhead") {
        cases.map { overhead(it) }
    } else {
        Member(needed("PORT").toInt()).use { member -> cases.map { member.result(it) } }
    }
    File(needed("RESULTS")).writeText(results.joinToString("", transform = ::textOf))
}
