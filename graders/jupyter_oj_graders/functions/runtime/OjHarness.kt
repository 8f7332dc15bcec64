import java.io.File
import java.nio.ByteBuffer
import java.nio.ByteOrder

private const val OJ_LONGEST = 5000000

private class OjWrongType(why: String) : RuntimeException(why)

private class OjOut {
    var raw: ByteBuffer = ByteBuffer.allocate(1 shl 12).order(ByteOrder.LITTLE_ENDIAN)

    fun room(size: Int): ByteBuffer {
        if (raw.remaining() < size) {
            val larger = ByteBuffer.allocate(2 * (raw.position() + size)).order(ByteOrder.LITTLE_ENDIAN)
            raw.flip()
            larger.put(raw)
            raw = larger
        }
        return raw
    }

    fun flag(value: Boolean) {
        room(1).put((if (value) 1 else 0).toByte())
    }

    fun count(value: Int) {
        room(4).putInt(value)
    }
}

private class OjCodec<T>(val read: (ByteBuffer) -> T, val write: (OjOut, Any?) -> Unit)

private fun ojAsked(type: String, value: Any?) =
    OjWrongType("asked for " + type + ", got " + (if (value == null) "null" else value.javaClass.simpleName))

private val ojBool = OjCodec<Boolean>({ it.get() == 1.toByte() }, { out, value ->
    out.flag(value as? Boolean ?: throw ojAsked("Boolean", value))
})
private val ojInt = OjCodec<Int>({ it.getInt() }, { out, value ->
    out.room(4).putInt(value as? Int ?: throw ojAsked("Int", value))
})
private val ojLong = OjCodec<Long>({ it.getLong() }, { out, value ->
    out.room(8).putLong(value as? Long ?: throw ojAsked("Long", value))
})
private val ojFloat = OjCodec<Double>({ it.getDouble() }, { out, value ->
    out.room(8).putDouble(value as? Double ?: throw ojAsked("Double", value))
})
private val ojChar = OjCodec<Char>({ it.get().toInt().toChar() }, { out, value ->
    val char = value as? Char ?: throw ojAsked("Char", value)
    if (char > '\u007f') throw OjWrongType("a char is one ASCII character")
    out.room(1).put(char.toInt().toByte())
})
private val ojString = OjCodec<String>({
    val raw = ByteArray(it.getInt())
    it.get(raw)
    String(raw, Charsets.UTF_8)
}, { out, value ->
    val raw = (value as? String ?: throw ojAsked("String", value)).toByteArray(Charsets.UTF_8)
    out.count(raw.size)
    out.room(raw.size).put(raw)
})

private fun <T> ojNullable(item: OjCodec<T>) = OjCodec<T?>({
    if (it.get() == 1.toByte()) item.read(it) else null
}, { out, value ->
    out.flag(value != null)
    if (value != null) item.write(out, value)
})

private fun <T> ojReadAll(input: ByteBuffer, item: OjCodec<T>): ArrayList<T> {
    val values = ArrayList<T>()
    for (i in 1..input.getInt()) values.add(item.read(input))
    return values
}

private fun ojWriteAll(out: OjOut, item: OjCodec<*>, values: Collection<*>) {
    out.count(values.size)
    for (value in values) item.write(out, value)
}

private fun <T> ojList(item: OjCodec<T>) = OjCodec<MutableList<T>>({ ojReadAll(it, item) }, { out, value ->
    ojWriteAll(out, item, value as? List<*> ?: throw ojAsked("List", value))
})

private fun <T> ojSet(item: OjCodec<T>) = OjCodec<MutableSet<T>>({ LinkedHashSet(ojReadAll(it, item)) }, { out, value ->
    ojWriteAll(out, item, value as? Set<*> ?: throw ojAsked("Set", value))
})

private fun <K, V> ojMap(key: OjCodec<K>, item: OjCodec<V>) = OjCodec<MutableMap<K, V>>({
    val found = LinkedHashMap<K, V>()
    for (i in 1..it.getInt()) {
        val name = key.read(it)
        found[name] = item.read(it)
    }
    found
}, { out, value ->
    val found = value as? Map<*, *> ?: throw ojAsked("Map", value)
    out.count(found.size)
    for (pair in found) {
        key.write(out, pair.key)
        item.write(out, pair.value)
    }
})
/*OJ_NODES*/
private fun ojFinish(type: OjCodec<*>, result: Any?) {
    var out = OjOut()
    out.flag(true)
    try {
        type.write(out, result)
    } catch (wrong: OjWrongType) {
        out = OjOut()
        out.room(1).put(2.toByte())
        ojString.write(out, wrong.message)
    }
    File("/scratch/oj_reply").writeBytes(out.raw.array().copyOf(out.raw.position()))
    System.out.flush()
    System.err.flush()
    Runtime.getRuntime().halt(0)
}

fun main() {
    val ojInput = ByteBuffer.wrap(System.`in`.readBytes()).order(ByteOrder.LITTLE_ENDIAN)
/*OJ_CALL*/
}
