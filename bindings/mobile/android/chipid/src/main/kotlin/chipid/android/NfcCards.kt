// Reader mode of android.nfc.NfcAdapter. Never run on a phone by chipid's makers.
package chipid.android

import android.app.Activity
import android.nfc.NfcAdapter
import android.nfc.Tag
import android.os.Bundle
import chipid.ChipidException
import chipid.Document
import chipid.Reading
import chipid.TransportException
import chipid.TransportFault
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.mapNotNull

/**
 * How long Android waits between two looks whether the card is still there. By default it asks every 125 ms, in the midst of a
 * computation, and from Android 13 on PACE and Chip Authentication were killed by it; public apps take 250 ms to 10 s.
 */
public const val PRESENCE_CHECK_MILLIS: Int = 1_000

/**
 * The cards that are laid on the phone while the flow is collected and [activity] is in front: reader mode for types A and B,
 * without the check for NDEF, which disturbs documents. Collect it on the main thread.
 */
public fun NfcAdapter.cards(activity: Activity, presenceCheckMillis: Int = PRESENCE_CHECK_MILLIS): Flow<Tag> =
    callbackFlow {
        val flags = NfcAdapter.FLAG_READER_NFC_A or
            NfcAdapter.FLAG_READER_NFC_B or
            NfcAdapter.FLAG_READER_SKIP_NDEF_CHECK
        val options = Bundle()
        options.putInt(NfcAdapter.EXTRA_READER_PRESENCE_CHECK_DELAY, presenceCheckMillis)
        enableReaderMode(activity, { tag -> trySend(tag) }, flags, options)
        awaitClose { disableReaderMode(activity) }
    }.conflate() // a card that another one followed is gone

/**
 * Reads from the first card that lets itself be read to the end. A card that was lifted is no end: the next one goes on where it
 * was, and must be the same.
 *
 * @param lifted told why the chip was lost, each time: show what to do.
 * @throws ChipidException for whatever is not the transport's.
 */
public suspend fun Reading.readFrom(
    cards: Flow<Tag>,
    timeoutMillis: Int = IsoDepTransport.TIMEOUT_MILLIS,
    lifted: (TransportFault) -> Unit = {},
): Document = cards.mapNotNull { tag ->
    try {
        IsoDepTransport.connect(tag, timeoutMillis)?.use { card -> read(card) }
    } catch (gone: TransportException) {
        lifted(gone.fault)
        null
    } catch (trouble: ChipidException) {
        lifted(trouble.fault ?: throw trouble)
        null
    }
}.first()
