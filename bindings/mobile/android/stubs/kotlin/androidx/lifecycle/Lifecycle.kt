package androidx.lifecycle

import kotlinx.coroutines.CoroutineScope

public val LifecycleOwner.lifecycleScope: CoroutineScope
    get() = throw UnsupportedOperationException()

@Suppress("UNUSED_PARAMETER")
public suspend inline fun <R> Lifecycle.withStarted(crossinline block: () -> R): R = throw UnsupportedOperationException()
