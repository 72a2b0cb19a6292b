package chipid.conformance

import chipid.Check
import chipid.ChipidException
import chipid.TransportFault
import chipid.TransportLimits
import chipid.Verdict

/** What a verdict says, as lines of a result. */
fun tell(case: Block, verdict: Verdict, out: MutableList<Pair<String, String>>) {
    out += "verdict" to verdict.answer.name.lowercase()
    for (ground in verdict.grounds) {
        out += "ground" to "${ground.code}|${ground.severity.name.lowercase()}|${ground.file ?: "-"}"
    }
    for ((name, check) in verdict.checks) {
        out += "check.$name" to when (check) {
            is Check.Passed -> "passed|-"
            is Check.Failed -> "failed|${check.reason}"
            is Check.NotPerformed -> "not_performed|${check.reason}"
        }
    }
    val fields = case.first("fields")?.split(',').orEmpty()
    verdict.holder(fields)?.let { holder ->
        out += "holder.trust" to holder.trust.name.lowercase()
        for ((field, value) in holder.fields) out += "holder.$field" to value
        for ((field, why) in holder.missing) out += "holder.missing.$field" to why
    }
    for (difference in verdict.differences(fields)) out += "difference" to "${difference.subject}|${difference.code}"
    verdict.similarity?.let { out += "face.similarity" to it.toString().removeSuffix(".0") }
}

/** What an error says, as lines of a result. */
fun linesOf(error: ChipidException): List<Pair<String, String>> = listOfNotNull(
    "error.code" to error.code.toString(),
    error.file?.let { "error.file" to it },
    error.offset?.let { "error.offset" to it.toString() },
    error.statusWord?.let { "error.status_word" to "%04X".format(it) },
    error.triesLeft?.let { "error.tries_left" to it.toString() },
)

/** The road that a case asks for. */
fun carrying(case: Block, port: Int): Carrying {
    val limits = case.first("limits")?.split(',')?.map(String::toInt)
    return Carrying(
        connect = { ServedCard(port, case.first("card").orEmpty()) },
        faults = case.beginning("fail.").associate { (at, code) -> at.toInt() to (TransportFault.of(code.toInt()) ?: TransportFault.FAILED) },
        throwAt = case.first("throw_at")?.toInt(),
        cancelAfter = case.first("cancel_after")?.toInt(),
        limits = TransportLimits(limits?.get(0)?.takeIf { it > 0 }, limits?.get(1)?.takeIf { it > 0 }),
    )
}
