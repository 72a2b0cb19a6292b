package chipid.tests

import java.io.File
import java.util.concurrent.TimeUnit
import kotlin.system.exitProcess
import kotlinx.coroutines.runBlocking

/** A process that ends in the midst of a reading. */
fun Suite.exitFacts() {
    for (way in listOf("exit", "main-returns", "thread-dies")) fact("a process that ends during a reading ends well: $way") {
        val java = File(System.getProperty("java.home"), "bin/java").path
        val child = ProcessBuilder(
            java, "-XX:+UseSerialGC", "-Djna.library.path=${System.getProperty("jna.library.path")}",
            "-XX:ErrorFile=/dev/null", "-cp", System.getProperty("java.class.path"), "chipid.tests.ExitFactsKt", way,
        ).redirectErrorStream(true).start()
        child.outputStream.close()
        val said = child.inputStream.bufferedReader().readText()
        holds(child.waitFor(30, TimeUnit.SECONDS), "it does not end")
        same(0, child.exitValue(), said)
        holds("carried" in said, "it never came so far: $said")
    }
}

/** The process that ends: while a command is under way. */
fun main(arguments: Array<String>) {
    val reading = Thread {
        runBlocking {
            Cards.can().use { keys ->
                chipid.Reading(keys).use { reading ->
                    Cards.lay("vn").use { card ->
                        reading.read(At(8, card) { command ->
                            println("carried")
                            when (arguments.single()) {
                                "exit" -> exitProcess(0)
                                "thread-dies" -> throw ThreadDeath()
                                else -> card.transmit(command).also { Thread.sleep(60_000) }
                            }
                        })
                    }
                }
            }
        }
    }
    reading.isDaemon = true
    reading.uncaughtExceptionHandler = Thread.UncaughtExceptionHandler { _, _ -> }
    reading.start()
    if (arguments.single() == "thread-dies") reading.join() else Thread.sleep(3_000)
}
