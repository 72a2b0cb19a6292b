package chipid.tests

import java.io.File

fun main() {
    val suite = Suite()
    if (System.getenv("CHIPID_TEST_READER") != null) {
        suite.readerFacts()
        suite.run()
    }
    suite.readingFacts()
    suite.othersFacts()
    suite.misuseFacts()
    suite.frameFacts()
    if (Cards.shownOf("face") != null && File(models(), "obama2.jpg").exists()) {
        suite.faceFacts(models())
    } else {
        println("left out: faces (models and photographs: chipid models fetch)")
    }
    suite.leakFacts()
    suite.exitFacts()
    suite.run()
}
