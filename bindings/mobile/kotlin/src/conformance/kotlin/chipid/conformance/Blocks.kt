// The text that passes between the conformance program and its members.
package chipid.conformance

/** A block of `key=value` lines, in their order; keys may repeat. */
class Block(val lines: List<Pair<String, String>>) {
    fun first(key: String): String? = lines.firstOrNull { it.first == key }?.second

    fun all(key: String): List<String> = lines.filter { it.first == key }.map { it.second }

    /** Lines whose key begins with [prefix], without it. */
    fun beginning(prefix: String): List<Pair<String, String>> =
        lines.filter { it.first.startsWith(prefix) }.map { it.first.removePrefix(prefix) to it.second }
}

fun blocksOf(text: String): List<Block> = text.split(Regex("\n\n+"))
    .map { block -> Block(block.lines().filter(String::isNotEmpty).map(::line)) }
    .filter { it.lines.isNotEmpty() }

private fun line(line: String): Pair<String, String> {
    val (key, value) = line.split('=', limit = 2)
    return key to Regex("""\\(.)""").replace(value) { if (it.groupValues[1] == "n") "\n" else it.groupValues[1] }
}

fun textOf(block: List<Pair<String, String>>): String = block.joinToString("", postfix = "\n") { (key, value) ->
    "$key=${value.replace("\\", "\\\\").replace("\n", "\\n")}\n"
}
